"""What lasts: conditions, and numbers that a spell or a feature changes for a while.

One mechanism serves conditions, Bless and Bane, Rage, Hunter's Mark, poison that hurts every turn
and auras. SRD 5.1, "Conditions", "Combining Magical Effects", "Concentration".
"""

from __future__ import annotations

from dataclasses import dataclass

from dualslot_widgets.scenario import fields
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, DamageTerm

ABILITIES = ("str", "dex", "con", "int", "wis", "cha")

#: SRD 5.1, appendix "Conditions". Deafened changes nothing in a fight; exhaustion is not modelled.
CONDITIONS = (
    "blinded",
    "charmed",
    "deafened",
    "frightened",
    "grappled",
    "incapacitated",
    "invisible",
    "paralyzed",
    "petrified",
    "poisoned",
    "prone",
    "restrained",
    "stunned",
    "unconscious",
)
#: What else an effect can do to its bearer. "extra_attack" is Haste's one weapon attack,
#: "one_attack", "no_reactions" and "no_bonus_action" are Slow's, "melee_disadvantage" is for its
#: melee weapon attacks, and nobody can aim at who is "out_of_reach" (banished, swallowed).
GRANTS = (
    "attack_advantage",
    "attack_disadvantage",
    "attacked_advantage",
    "attacked_disadvantage",
    "no_reactions",
    "extra_attack",
    "one_attack",
    "evasion",
    "magic_resistance",
    "halved_weapon_damage",
    "no_healing",
    "melee_disadvantage",
    "no_bonus_action",
    "out_of_reach",
)
#: When the clock of an effect ticks: at turns of its bearer or of whoever caused it.
CLOCKS = ("start_of_turn", "end_of_turn", "start_of_source_turn", "end_of_source_turn")
#: What ends an effect early: an attack of its bearer, one against it, damage it takes, or that
#: whoever caused it falls or is incapacitated (SRD 5.1, "Grappled").
ENDS_ON = ("attack", "attacked", "damage", "source_down")
MAX_ROUNDS = 1000
NONMAGICAL = tuple(f"nonmagical {kind}" for kind in ("bludgeoning", "piercing", "slashing"))
#: What resistances and their kin may name.
DEFENCES = DAMAGE_TYPES + NONMAGICAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """What an effect does while it lasts: everything but how it grows worse.

    Attributes
    ----------
    name : str
        What the log calls it, and what keeps it from adding up with itself.
    conditions : tuple of str
        Who is immune to one does not suffer it.
    duration : int or None
        How many times its clock ticks before it is over; None lasts through the encounter.
    clock : str
        When the clock ticks, one of `CLOCKS`.
    save_ends : bool
        The bearer repeats the saving throw at the end of each of its turns.
    ends_on : tuple of str
        What ends it early: an attack of its bearer, one against it, damage it takes, or that
        whoever caused it falls or is incapacitated.
    grants : tuple of str
        What else it does to its bearer, some of `GRANTS`.
    armor_class : int
        Added to the bearer's armor class.
    attack_roll, saving_throw : str or None
        Added to its d20 rolls: "1d4", "-1d4", "2".
    damage_roll : int
        Added to the damage of its melee weapon attacks.
    extra_damage : tuple of DamageTerm
        Added to each hit of its weapon attacks.
    marked_damage : tuple of DamageTerm
        Added to each hit of the source's attacks against the bearer.
    save_advantage, save_disadvantage : tuple of str
        Abilities.
    resistances, immunities, vulnerabilities : tuple of str
        Damage types.
    turn_damage : tuple of DamageTerm
        Suffered at the start of each of the bearer's turns.
    turn_save : str or None
        "half" or "none": what a saving throw leaves of `turn_damage`; None for no saving throw.
    turn_healing : DamageTerm or None
        Regained at the start of each of the bearer's turns.
    temporary_hp : DamageTerm or None
        Gained when it begins; a higher number of temporary hit points stays.
    aura : int
        Not 0: the effect stays with its bearer, and `turn_damage` hurts this many of the bearer's
        enemies instead, each at the start of its own turn.
    retribution : tuple of DamageTerm
        Suffered by whoever hits the bearer with a melee attack.
    """

    name: str = fields.text()
    conditions: tuple[str, ...] = fields.words(CONDITIONS, edit=True)
    duration: int | None = fields.integer(1, MAX_ROUNDS, None, edit=True, removable=True)
    clock: str = fields.word(
        CLOCKS,
        "end_of_turn",
        edit=True,
        says={
            "start_of_turn": "starts of its turn",
            "end_of_turn": "ends of its turn",
            "start_of_source_turn": "starts of the source’s turn",
            "end_of_source_turn": "ends of the source’s turn",
        },
    )
    save_ends: bool = fields.flag(edit=True)
    ends_on: tuple[str, ...] = fields.words(ENDS_ON)
    grants: tuple[str, ...] = fields.words(GRANTS)
    armor_class: int = fields.integer(-20, 20, 0)
    attack_roll: str | None = fields.roll_bonus()
    saving_throw: str | None = fields.roll_bonus()
    damage_roll: int = fields.integer(-20, 20, 0)
    extra_damage: tuple[DamageTerm, ...] = fields.damage()
    marked_damage: tuple[DamageTerm, ...] = fields.damage()
    save_advantage: tuple[str, ...] = fields.words(ABILITIES)
    save_disadvantage: tuple[str, ...] = fields.words(ABILITIES)
    resistances: tuple[str, ...] = fields.words(DEFENCES)
    immunities: tuple[str, ...] = fields.words(DEFENCES)
    vulnerabilities: tuple[str, ...] = fields.words(DEFENCES)
    turn_damage: tuple[DamageTerm, ...] = fields.damage(edit=True, removable=True)
    turn_save: str | None = fields.word(
        ("half", "none"), None, phrase="a saving throw leaves {} of it"
    )
    turn_healing: DamageTerm | None = fields.points()
    temporary_hp: DamageTerm | None = fields.points()
    aura: int = fields.integer(0, 60, 0)
    retribution: tuple[DamageTerm, ...] = fields.damage()


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect(Lasting):
    """Something that lasts on a combatant, its bearer; whoever caused it is its source.

    The same effect (by `name`) is never twice on one bearer: the newer one takes the older's
    place. All effects end with their encounter. Its attributes are those of `Lasting`, and two:

    Attributes
    ----------
    worsens : Lasting or None
        What takes its place when the saving throw of `save_ends` fails (turning to stone).
    badly : Lasting or None
        What comes beside it when the first saving throw fails by 5 or more.
    """

    worsens: Lasting | None = fields.record(Lasting)
    badly: Lasting | None = fields.record(Lasting)
