"""What a creature can do: attacks, saving throws, healing, effects, reactions, as frozen data.

Rules: SRD 5.1, "Making an Attack", "Saving Throws", "Healing", "Casting a Spell", "Reactions", and
"Limited Usage", "Legendary Actions", "Lair Actions" of monsters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from dualslot_widgets.scenario import fields
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS, Effect
from dualslot_widgets.scenario.reading import shown
from dualslot_widgets.scenario.riders import (
    HALF_OR_NONE,
    LEFT_IN_WORDS,
    MAX_ATTACKS,
    MAX_DC,
    MAX_RIDERS,
    MAX_TARGETS,
    MAX_USES,
    Rider,
    Upcast,
)
from dualslot_widgets.scenario.schema import REQUIRED

MAX_BONUS = 100

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
#: What sets off an attack or a saving-throw action that is a reaction.
TRIGGERS = ("hit", "missed")
_TRIGGERS_IN_WORDS = {"hit": "being hit", "missed": "being missed"}
_ITSELF = {"self": "itself"}


#: Hit points up to which something can be limited.
MOST_HP = 30_000


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

    name: str = fields.text(edit=True)
    time: str = fields.word(TIMES, "action", edit=True, names_default=True)
    recharge: int | None = fields.integer(2, 6, None, edit=True, removable=True)
    uses: int | None = fields.integer(
        1, MAX_USES, None, edit=True, removable=True, none="unlimited", phrase="{} uses"
    )
    per: str = fields.word(RESTS, "long_rest", edit=True)
    shares: str | None = fields.text(None, phrase="shares the limit of {}")
    cost: tuple[tuple[str, int], ...] = fields.amounts(1, MAX_USES)
    spell: int | None = fields.integer(0, 9, None, phrase="spell of level {}")
    upcast: Upcast | None = fields.record(Upcast, phrase="a higher slot adds {}")
    concentration: bool = fields.flag()
    legendary_cost: int = fields.integer(1, 5, 1, edit=True)

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

    requires: tuple[str, ...] = fields.words(CONDITIONS, phrase="only against the {}")
    hp_at_most: int = fields.integer(0, MOST_HP, 0, phrase="only up to {} hit points")


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

    attack_bonus: int = fields.integer(-MAX_BONUS, MAX_BONUS, edit=True)
    damage: tuple[DamageTerm, ...] = fields.damage(required=True, edit=True)
    attacks: int = fields.integer(1, MAX_ATTACKS, 1, edit=True)
    ranged: bool = fields.flag(edit=True)
    magical: bool = fields.flag(edit=True)
    critical_range: int = fields.integer(2, 20, 20, edit=True, names_default=True)
    critical_dice: int = fields.integer(0, 10, 0, phrase="{} more dice on a critical hit")
    reroll: int = fields.integer(0, 5, 0, phrase="rerolls damage dice up to {}")
    advantage: bool = fields.flag(edit=True)
    disadvantage: bool = fields.flag(edit=True)
    automatic: bool = fields.flag(edit=True)
    on_hit: tuple[Rider, ...] = fields.records(Rider, MAX_RIDERS, edit=True)
    wounded_damage: tuple[DamageTerm, ...] = fields.damage(phrase="{} when wounded")
    trigger: str = fields.word(TRIGGERS, "hit", edit=True, says=_TRIGGERS_IN_WORDS)


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

    concentration: bool = fields.flag(edit=True)
    dc: int = fields.integer(0, MAX_DC, label="DC", edit=True)
    ability: str = fields.word(ABILITIES, edit=True)
    damage: tuple[DamageTerm, ...] = fields.damage(edit=True, removable=True)
    on_success: Literal["half", "none"] = fields.word(
        HALF_OR_NONE, "half", edit=True, always=True, says=LEFT_IN_WORDS
    )
    targets: int = fields.integer(1, MAX_TARGETS, 1, edit=True, always=True)
    area: bool = fields.flag(edit=True)
    magical: bool = fields.flag(edit=True)
    effect: Effect | None = fields.record(Effect, edit=True, removable=True)
    once: bool = fields.flag(edit=True, phrase="immune after a made saving throw")
    trigger: str = fields.word(TRIGGERS, "hit", edit=True, says=_TRIGGERS_IN_WORDS)


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

    healing: DamageTerm | None = fields.points(edit=True)
    points: str | None = fields.text(None, phrase="hit points from {}")
    temporary_hp: DamageTerm | None = fields.points(edit=True)
    targets: int = fields.integer(1, MAX_TARGETS, 1, edit=True, always=True)
    on: str = fields.word(("allies", "self"), "allies", edit=True, says=_ITSELF)


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
        What the saving throw of `Effect.turn_save` and `Effect.save_ends` is made with.
    hp_pool : DamageTerm or None
        It takes enemies from the lowest hit points up, while those they have fit into what is
        left of this roll (Sleep).
    """

    concentration: bool = fields.flag(edit=True)
    effect: Effect = fields.record(Effect, REQUIRED, edit=True)
    dc: int | None = fields.integer(0, MAX_DC, None, label="DC", edit=True)
    ability: str = fields.word(ABILITIES, "con", edit=True)
    on: str = fields.word(("self", "allies", "enemies"), "self", edit=True, says=_ITSELF)
    targets: int = fields.integer(1, MAX_TARGETS, 1, edit=True)
    area: bool = fields.flag(edit=True)
    hp_pool: DamageTerm | None = fields.points(phrase="takes {} hit points of enemies")


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
    armor_class: int = fields.integer(0, 20, 0, edit=True)
    lasting: bool = fields.flag(edit=True)
    halve: bool = fields.flag(edit=True)
    melee_only: bool = fields.flag(edit=True)


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
#: The types that can be reactions, and those that are nothing else.
REACTIONS, ONLY_REACTIONS = ("attack", "save", "defend", "counter"), ("defend", "counter")


def type_of(action: Action) -> str:
    """Return the type of an action; raises `TypeError` for anything else."""
    for word, cls in ACTION_CLASSES.items():
        if type(action) is cls:
            return word
    raise TypeError(f"{shown(action)} is no action")


def times_of(kind: str) -> list[str]:
    """Return what an action of a type may take of a turn, of `TIMES`."""
    if kind in ONLY_REACTIONS:
        return ["reaction"]
    fitting = [time for time in TIMES if BY_THEMSELVES.get(time, kind) == kind]
    return [time for time in fitting if time != "reaction" or kind in REACTIONS]
