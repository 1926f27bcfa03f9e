"""What a creature can do: attacks, saving throws, healing, effects, reactions, as frozen data.

A room of the scenario floor above `effects`. Rules: SRD 5.1, "Making an Attack", "Saving Throws",
"Healing", "Casting a Spell", "Reactions", and "Limited Usage", "Legendary Actions", "Lair Actions"
of monsters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dualslot_widgets.scenario import fields
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS, Effect
from dualslot_widgets.scenario.reading import ObjectReader, Problems, shown

MAX_BONUS = 100
MAX_DC = 100
MAX_USES = 1000
MAX_TARGETS = 60
MAX_ATTACKS = 20
MAX_RIDERS = 10

#: What an action takes of a turn. "free" takes nothing; "legendary" is taken at the end of another
#: creature's turn, "lair" on initiative count 20. Three come by themselves: "start" with the
#: encounter, "aura" at the start of the turn of every enemy that it reaches, "death" when its owner
#: dies.
TIMES = (
    *("action", "bonus_action", "reaction", "free", "legendary", "lair"),
    *("start", "aura", "death"),
)
#: What can come by itself: an effect with the encounter, saving throws later.
BY_THEMSELVES = {"start": "effect", "aura": "save", "death": "save"}
#: Which rest brings uses back.
RESTS = ("short_rest", "long_rest")
#: When a rider applies: on every hit, on one with advantage or an ally of the attacker standing
#: (Sneak Attack), on a critical hit, with an ally standing (Martial Advantage), in the attacker's
#: first turn of an encounter (Charge), against the surprised, or on a hit that fells (Rampage).
WHEN = ("always", "advantage_or_ally", "critical", "ally", "charge", "surprised", "felled")
#: Which attacks a creature's own riders apply to.
ATTACKS = ("weapon", "melee_weapon", "any")
#: What sets off an attack or a saving-throw action that is a reaction.
TRIGGERS = ("hit", "missed")


#: Hit points up to which something can be limited.
MOST_HP = 30_000


def _name() -> Any:
    """Declare a name that may be absent."""
    return fields.custom(
        lambda reader, key: reader.text(key) if reader.has(key) else None, None, str
    )


def _pairs(low: int, high: int) -> Any:
    return fields.named(lambda reader, name: reader.integer(name, low, high), int)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcast:
    """What a spell gains with each slot level above its own, or a cantrip is given outright.

    Attributes
    ----------
    damage : tuple of DamageTerm
    healing : DamageTerm or None
    targets, attacks : int
    """

    damage: tuple[DamageTerm, ...] = fields.damage()
    healing: DamageTerm | None = fields.points()
    targets: int = fields.integer(0, MAX_TARGETS, 0)
    attacks: int = fields.integer(0, MAX_ATTACKS, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rider:
    """What comes with a hit: more damage, a saving throw, an effect. Sneak Attack is one.

    With a `dc` the target rolls a saving throw: a made one leaves half or none of the rider's
    damage, and no effect. Without one the damage is rolled with the attack's own.

    Attributes
    ----------
    name : str
    when : str
        One of `WHEN`.
    attacks : str
        One of `ATTACKS`; decides only for a creature's own riders.
    once_per_turn : bool
    damage : tuple of DamageTerm
    dc : int or None
    ability : str
        Of the saving throw.
    on_success : {"half", "none"}
    effect : Effect or None
    cost : tuple of (str, int)
        A resource of the creature and how much of it.
    spell : int or None
        Takes a spell slot of at least this level, as Divine Smite does.
    upcast : Upcast or None
        What a higher slot adds.
    drains : str or None
        A damage type: the target's maximum of hit points falls, until a long rest, by what the hit
        dealt of it; at 0 the target dies (Life Drain).
    heals : bool
        The attacker regains what it drains.
    follow_up : str or None
        The name of an attack made at once: against the same target if the rider's saving throw
        failed (Pounce), against the next one if it was felled (Rampage). Once a turn.
    """

    name: str = fields.text()
    when: str = fields.word(WHEN, "always")
    attacks: str = fields.word(ATTACKS, "weapon")
    once_per_turn: bool = fields.flag()
    damage: tuple[DamageTerm, ...] = fields.damage()
    dc: int | None = fields.integer(0, MAX_DC, None)
    ability: str = fields.word(ABILITIES, "con")
    on_success: Literal["half", "none"] = fields.word(("half", "none"), "none")
    effect: Effect | None = fields.record(Effect)
    cost: tuple[tuple[str, int], ...] = _pairs(1, MAX_USES)
    spell: int | None = fields.integer(1, 9, None)
    upcast: Upcast | None = fields.record(Upcast)
    drains: str | None = fields.word(DAMAGE_TYPES, None)
    heals: bool = fields.flag()
    follow_up: str | None = _name()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limited:
    """What an action takes and what limits it.

    Attributes
    ----------
    name : str
        Unique within its creature.
    time : str
        What it takes of a turn, one of `TIMES`.
    recharge : int or None
        Lowest d6 roll (2 to 6) that makes the action ready again.
    uses : int or None
        How often, until a rest of the kind `per` gives them back.
    per : str
        "long_rest" or "short_rest" (which a long rest is, too).
    shares : str or None
        The name of another action whose recharge or uses it takes (a dragon's second breath).
    cost : tuple of (str, int)
        A resource of the creature and how much of it, such as ``("ki", 1)``.
    spell : int or None
        Level of the spell, 0 for a cantrip. From 1 on it takes a slot, unless it has `uses`,
        `recharge` or a `cost`.
    upcast : Upcast or None
        What each slot level above its own adds.
    concentration : bool
        Its effects end when the caster's concentration does.
    legendary_cost : int
        Legendary actions that it takes, if its time is "legendary".
    """

    name: str = fields.text()
    time: str = fields.word(TIMES, "action")
    recharge: int | None = fields.integer(2, 6, None)
    uses: int | None = fields.integer(1, MAX_USES, None)
    per: str = fields.word(RESTS, "long_rest")
    shares: str | None = _name()
    cost: tuple[tuple[str, int], ...] = _pairs(1, MAX_USES)
    spell: int | None = fields.integer(0, 9, None)
    upcast: Upcast | None = fields.record(Upcast)
    concentration: bool = fields.flag()
    legendary_cost: int = fields.integer(1, 5, 1)

    @property
    def takes_slot(self) -> bool:
        """Whether it takes a spell slot."""
        return bool(self.spell) and not (self.uses or self.recharge or self.shares or self.cost)

    @property
    def at_will(self) -> bool:
        """Whether nothing limits the action."""
        limits = (self.uses, self.recharge, self.shares, self.cost, self.takes_slot)
        return not any(limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aimed(Limited):
    """What is aimed at enemies, and may be for some of them only.

    Attributes
    ----------
    requires : tuple of str
        Conditions: only against somebody who suffers one of them (a vampire's bite). Being
        stunned, paralyzed, petrified or unconscious is being incapacitated, too.
    hp_at_most : int
        Not 0: only against somebody with so many hit points or fewer (Power Word Stun).
    """

    requires: tuple[str, ...] = fields.words(CONDITIONS)
    hp_at_most: int = fields.integer(0, MOST_HP, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack(Aimed):
    """An attack roll against armor class; a critical hit doubles every damage die.

    Attributes
    ----------
    attack_bonus : int
    damage : tuple of DamageTerm
    attacks : int
        How many attack rolls, each against a target of its own choice (Scorching Ray).
    ranged : bool
        Reaches the back line; a melee attack does so only when nobody stands in front.
    magical : bool
        Resistance to nonmagical damage does not apply; spells are always magical.
    critical_range : int
        Lowest natural roll that is a critical hit. Only a natural 20 hits whatever the armor class.
    critical_dice : int
        Dice of the first damage term that a critical hit rolls once more (Brutal Critical).
    reroll : int
        Damage dice up to this number are rolled again once (Great Weapon Fighting: 2).
    advantage, disadvantage : bool
    automatic : bool
        Hits without a roll (Magic Missile).
    on_hit : tuple of Rider
    wounded_damage : tuple of DamageTerm
        Instead of `damage` while the attacker has half of its hit points or fewer (swarms).
    trigger : str
        If its time is "reaction": what against its owner sets it off, one of `TRIGGERS`.
    """

    attack_bonus: int = fields.integer(-MAX_BONUS, MAX_BONUS)
    damage: tuple[DamageTerm, ...] = fields.damage(required=True)
    attacks: int = fields.integer(1, MAX_ATTACKS, 1)
    ranged: bool = fields.flag()
    magical: bool = fields.flag()
    critical_range: int = fields.integer(2, 20, 20)
    critical_dice: int = fields.integer(0, 10, 0)
    reroll: int = fields.integer(0, 5, 0)
    advantage: bool = fields.flag()
    disadvantage: bool = fields.flag()
    automatic: bool = fields.flag()
    on_hit: tuple[Rider, ...] = fields.records(Rider, MAX_RIDERS)
    wounded_damage: tuple[DamageTerm, ...] = fields.damage()
    trigger: str = fields.word(TRIGGERS, "hit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Save(Aimed):
    """Something that up to `targets` enemies resist with a saving throw against `dc`.

    Attributes
    ----------
    dc : int
    ability : str
    damage : tuple of DamageTerm
        Rolled once for all targets; none for an effect alone.
    on_success : {"half", "none"}
        What a made saving throw leaves of the damage; of the effect it leaves nothing.
    targets : int
    area : bool
        It catches whoever is there: `Settings.spread` makes it more or fewer than `targets`.
    magical : bool
        Magic resistance helps against it; spells are always magical.
    effect : Effect or None
    once : bool
        Who makes the saving throw is immune to the effect through the encounter (Frightful
        Presence).
    trigger : str
        If its time is "reaction": what against its owner sets it off, one of `TRIGGERS`.
    """

    dc: int = fields.integer(0, MAX_DC)
    ability: str = fields.word(ABILITIES)
    damage: tuple[DamageTerm, ...] = fields.damage()
    on_success: Literal["half", "none"] = fields.word(("half", "none"), "half", always=True)
    targets: int = fields.integer(1, MAX_TARGETS, 1, always=True)
    area: bool = fields.flag()
    magical: bool = fields.flag()
    effect: Effect | None = fields.record(Effect)
    once: bool = fields.flag()
    trigger: str = fields.word(TRIGGERS, "hit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heal(Limited):
    """Restores hit points to up to `targets` allies, never above their maximum.

    Attributes
    ----------
    healing : DamageTerm or None
    points : str or None
        Instead of dice: a resource of which each hit point takes one (Lay on Hands).
    temporary_hp : DamageTerm or None
    targets : int
    on : str
        "allies" (the healer too) or "self".
    """

    healing: DamageTerm | None = fields.points()
    points: str | None = _name()
    temporary_hp: DamageTerm | None = fields.points()
    targets: int = fields.integer(1, MAX_TARGETS, 1, always=True)
    on: str = fields.word(("allies", "self"), "allies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enchant(Aimed):
    """Puts an effect on somebody without any roll: Bless, Rage, Hunter's Mark. Its type: "effect".

    Attributes
    ----------
    effect : Effect
    on : str
        "self", "allies" (the caster too) or "enemies".
    targets : int
    area : bool
        See `Save`.
    dc : int or None
    ability : str
        Of the saving throw that `Effect.turn_save` and `Effect.save_ends` speak of, if they do.
    hp_pool : DamageTerm or None
        It takes enemies from the lowest hit points up, while those they have fit into what is
        left of this roll (Sleep).
    """

    effect: Effect = fields.record(Effect, required=True)
    dc: int | None = fields.integer(0, MAX_DC, None)
    ability: str = fields.word(ABILITIES, "con")
    on: str = fields.word(("self", "allies", "enemies"), "self")
    targets: int = fields.integer(1, MAX_TARGETS, 1)
    area: bool = fields.flag()
    hp_pool: DamageTerm | None = fields.points()


@dataclass(frozen=True, slots=True, kw_only=True)
class Defend(Limited):
    """A reaction to being hit by an attack: Shield, Parry, Uncanny Dodge.

    Attributes
    ----------
    armor_class : int
        Added against this attack; used where that makes it miss.
    lasting : bool
        The armor class stays until the start of the defender's next turn.
    halve : bool
        Leaves half of the attack's damage, rounded down.
    melee_only : bool
    """

    time: str = fields.word(TIMES, "reaction")
    armor_class: int = fields.integer(0, 20, 0)
    lasting: bool = fields.flag()
    halve: bool = fields.flag()
    melee_only: bool = fields.flag()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter(Limited):
    """A reaction that interrupts an enemy's spell: Counterspell.

    A spell up to the slot's level fails; a higher one if d20 + `check_bonus` reaches 10 + its
    level.
    """

    time: str = fields.word(TIMES, "reaction")
    check_bonus: int = fields.integer(-MAX_BONUS, MAX_BONUS, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge(Limited):
    """One more action in the same turn: Action Surge."""

    time: str = fields.word(TIMES, "free")


Action: TypeAlias = Attack | Save | Heal | Enchant | Defend | Counter | Surge
ACTION_CLASSES: dict[str, type[Any]] = {
    "attack": Attack,
    "save": Save,
    "heal": Heal,
    "effect": Enchant,
    "defend": Defend,
    "counter": Counter,
    "surge": Surge,
}


def read_action(value: Any, path: str, problems: Problems) -> Action:
    """Read one action of the scenario JSON, noting every problem under its path."""
    reader = ObjectReader(value, path, problems)
    kind = reader.choice("type", tuple(ACTION_CLASSES))
    if reader.raw("type") != kind:  # which other keys it should have is anybody's guess
        return Attack(name=reader.text("name"), attack_bonus=0, damage=())
    action: Action = fields.read_record(ACTION_CLASSES[kind], reader)
    reader.finish()
    _check(action, reader)
    return action


def action_dict(action: Action) -> dict[str, Any]:
    """Return the scenario JSON of an action; `read_action` reads it back unchanged."""
    kinds = [word for word, cls in ACTION_CLASSES.items() if type(action) is cls]
    if not kinds:
        raise TypeError(f"{shown(action)} is no action")
    kind = kinds[0]
    return {"type": kind} | fields.record_dict(action)


def _check(action: Action, reader: ObjectReader) -> None:
    if action.recharge is not None and action.uses is not None:
        reader.fail("uses", "and recharge exclude each other; keep one")
    if len(action.cost) > 1:
        reader.fail("cost", "names several resources; an action takes one")
    if isinstance(action, Heal) and not (action.healing or action.points or action.temporary_hp):
        reader.fail("healing", 'is missing; write dice such as "1d4+3"')
    if isinstance(action, Save) and not (action.damage or action.effect):
        reader.fail("damage", 'is missing; write dice such as "8d6 fire", or give an effect')
    if isinstance(action, Enchant) and action.dc is None:
        needs = [key for key in ("turn_save", "save_ends") if getattr(action.effect, key)]
        if needs:
            reader.fail("dc", f"is missing; the effect's {needs[0]} needs it")
    if isinstance(action, Defend) and not (action.armor_class or action.halve):
        reader.fail("armor_class", "is missing; or let it halve the damage")
    if isinstance(action, (Defend, Counter)) and action.time != "reaction":
        reader.fail("time", 'is always "reaction" for this type; leave it out')
    if isinstance(action, (Heal, Enchant, Surge)) and action.time == "reaction":
        reader.fail("time", "is no reaction's; attack, save, defend and counter can be reactions")
    only = BY_THEMSELVES.get(action.time)
    if only is not None and type(action) is not ACTION_CLASSES[only]:
        reader.fail("time", f'is only for actions of type "{only}"')
    if action.shares and (action.uses or action.recharge or action.cost):
        reader.fail("shares", "takes the place of uses, recharge and cost; keep one")
    for index, rider in enumerate(getattr(action, "on_hit", ())):
        check_rider(rider, f"on_hit[{index}]", reader)


def check_rider(rider: Rider, key: str, reader: ObjectReader) -> None:
    """Note what is missing in a rider."""
    if not (rider.damage or rider.effect or rider.drains or rider.follow_up):
        reader.fail(f"{key}.damage", 'is missing; write dice such as "2d6", or give an effect')
    if len(rider.cost) > 1:
        reader.fail(f"{key}.cost", "names several resources; a rider takes one")
    if rider.follow_up is not None and not rider.once_per_turn:
        reader.fail(f"{key}.follow_up", "may not come at every hit; set once_per_turn")
