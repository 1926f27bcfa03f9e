"""A creature: a player character or a monster, with its numbers, defences and actions.

Rules: SRD 5.1, "Monsters" and "Damage Resistance and Vulnerability".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dualslot_widgets.scenario import fields, named_blocks
from dualslot_widgets.scenario.action_reading import action_dict, read_action
from dualslot_widgets.scenario.actions import (
    ACTION_CLASSES,
    MAX_BONUS,
    MOST_HP,
    Action,
    Attack,
    Heal,
)
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, DamageTerm
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS, DEFENCES, MAX_ROUNDS
from dualslot_widgets.scenario.reading import ObjectReader, Problems, nearest, shown
from dualslot_widgets.scenario.resources import MAX_SLOTS, PactMagic, Regeneration, Resource
from dualslot_widgets.scenario.riders import MAX_USES, Rider, check_rider
from dualslot_widgets.scenario.schema import read_record, record_dict

TARGETING = (
    "lowest_hp",
    "highest_hp",
    "lowest_ac",
    "highest_damage",
    "random",
    "focus_fire",
)
MAX_COMBATANTS = 60
MAX_HP = MOST_HP
MAX_ARMOR_CLASS = 100
MAX_ACTIONS = 50
MAX_MULTIATTACK = 20


#: Lasting features that need no number; see the SRD's trait or class feature of that name.
TRAITS = (
    "ambusher",
    "assassinate",
    "blood_frenzy",
    "evasion",
    "gnome_cunning",
    "grappler",
    "magic_resistance",
    "pack_tactics",
    "reactive",
    "reckless",
    "steadfast",
    "undead_fortitude",
)
POSITIONS = ("front", "back")
#: Weights of what the creature weighs when it chooses; see `engine.encoded`.
ROLES = ("striker", "controller", "healer", "brute", "dragon")
MAX_CREATURE_RIDERS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Creature:
    """`count` creatures of one kind.

    Attributes
    ----------
    name : str
    max_hp : int
        Hit points each starts with.
    armor_class : int
    count : int
        How many of them; a scenario holds at most `MAX_COMBATANTS` in all.
    level : int or None
        The level of a player character; it decides nothing in a fight.
    arrives : int
        Round in which it joins the fight, 1 for from the start.
    hit_dice : DamageTerm or None
        Such as "7d10+21": a monster's hit points if they are rolled (`Settings.hit_points`), and
        what a character spends in a short rest, each die with its share of the bonus.
    position : str
        "front" or "back": melee attacks reach the back line only when nobody stands in front.
    role : str
        What it weighs when it chooses, one of `ROLES`.
    initiative_bonus : int
    saving_throws : tuple of int
        Six bonuses in the order of `ABILITIES`.
    actions : tuple of Action
    multiattack : tuple of str
        Names of the actions one multiattack makes, in order; empty for none.
    riders : tuple of Rider
        What comes with its hits, whatever it attacks with.
    spell_slots : tuple of int
        Slots of spell level 1, 2, ...; back after a long rest.
    pact_magic : PactMagic or None
    resources : tuple of (str, Resource)
    traits : tuple of str
        Some of `TRAITS`.
    save_advantage : tuple of str
        Abilities whose saving throws it always makes with advantage.
    condition_advantage : tuple of str
        Conditions against which it makes saving throws with advantage (Brave, Fey Ancestry).
    resistances, immunities, vulnerabilities : tuple of str
        Damage types, or "nonmagical slashing" and its like.
    absorbs : tuple of str
        Damage types that heal instead of hurting.
    condition_immunities : tuple of str
        Conditions that it never suffers.
    damage_threshold : int
        Damage of one hit below this is none.
    relentless : int
        Damage of one hit up to this drops it to 1 hit point instead of 0, once until a rest.
    regeneration : Regeneration or None
    legendary_resistance : int
        Failed saving throws a day that succeed instead.
    legendary_actions : int
        How many it may take a round.
    targeting : str
        How it picks its targets, one of `TARGETING`.
    """

    name: str = fields.text(edit=True)
    level: int | None = fields.integer(1, 20, None, edit=True, removable=True)
    count: int = fields.integer(1, MAX_COMBATANTS, 1, edit=True, always=True)
    max_hp: int = fields.integer(1, MAX_HP, label="hit points", edit=True)
    armor_class: int = fields.integer(0, MAX_ARMOR_CLASS, edit=True)
    arrives: int = fields.integer(1, MAX_ROUNDS, 1, edit=True, names_default=True)
    hit_dice: DamageTerm | None = fields.points()
    position: str = fields.word(POSITIONS, "front", edit=True, names_default=True)
    role: str = fields.word(ROLES, "striker", edit=True, names_default=True)
    initiative_bonus: int = fields.integer(-MAX_BONUS, MAX_BONUS, 0, edit=True, always=True)
    saving_throws: tuple[int, ...] = fields.bonuses(
        ABILITIES, -MAX_BONUS, MAX_BONUS, edit=True, spelled=True
    )
    actions: tuple[Action, ...] = fields.records(
        ACTION_CLASSES, MAX_ACTIONS, read=read_action, write=action_dict, edit=True, spelled=True
    )
    multiattack: tuple[str, ...] = fields.names(
        MAX_MULTIATTACK, "the name of an action", edit=True, spelled=True
    )
    riders: tuple[Rider, ...] = fields.records(Rider, MAX_CREATURE_RIDERS, edit=True)
    spell_slots: tuple[int, ...] = fields.numbers(0, MAX_SLOTS, 9, edit=True)
    pact_magic: PactMagic | None = fields.record(PactMagic, phrase="pact magic: {}")
    resources: tuple[tuple[str, Resource], ...] = fields.named_records(Resource)
    traits: tuple[str, ...] = fields.words(TRAITS, phrase="{}")
    save_advantage: tuple[str, ...] = fields.words(ABILITIES)
    condition_advantage: tuple[str, ...] = fields.words(CONDITIONS)
    resistances: tuple[str, ...] = fields.words(DEFENCES, edit=True, spelled=True)
    immunities: tuple[str, ...] = fields.words(DEFENCES, edit=True, spelled=True)
    vulnerabilities: tuple[str, ...] = fields.words(DEFENCES, edit=True, spelled=True)
    absorbs: tuple[str, ...] = fields.words(DAMAGE_TYPES, phrase="absorbs {}")
    condition_immunities: tuple[str, ...] = fields.words(CONDITIONS, edit=True)
    damage_threshold: int = fields.integer(0, MAX_HP, 0)
    relentless: int = fields.integer(0, MAX_HP, 0, phrase="relentless up to {} damage")
    regeneration: Regeneration | None = fields.record(Regeneration)
    legendary_resistance: int = fields.integer(0, MAX_USES, 0)
    legendary_actions: int = fields.integer(0, 10, 0, edit=True)
    targeting: str = fields.word(
        TARGETING,
        "lowest_hp",
        edit=True,
        spelled=True,
        says={
            "lowest_hp": "lowest hit points",
            "highest_hp": "highest hit points",
            "lowest_ac": "lowest armor class",
        },
    )

    @property
    def saves(self) -> Mapping[str, int]:
        """The saving throw bonuses by ability."""
        return MappingProxyType(dict(zip(ABILITIES, self.saving_throws, strict=True)))

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario JSON of this creature, defaults left out."""
        return record_dict(self)


def read_creature(value: Any, path: str, problems: Problems) -> Creature:
    """Read one creature of the scenario JSON, noting every problem under its path.

    An object with one of the keys of `named_blocks`, such as ``"monster"``, starts from the block
    that it names; the keys beside it override that.
    """
    for key in named_blocks.known():
        if isinstance(value, Mapping) and key in value:
            block = named_blocks.block(key, value, path, problems)
            if block is None:
                return Creature(name="?", max_hp=1, armor_class=0)
            if "actions" in value:  # the multiattack of the old actions goes with them
                block.pop("multiattack", None)
            value = {**block, **{k: v for k, v in value.items() if k != key}}
    reader = ObjectReader(value, path, problems)
    creature = read_record(Creature, reader)
    reader.finish()
    _check(creature, reader)
    return creature


def _check(creature: Creature, reader: ObjectReader) -> None:
    """Note names that lead nowhere, and spells that no slot is for."""
    known = [action.name for action in creature.actions]
    for name, times in Counter(known).items():
        if times > 1 and name != "?":
            reader.fail("actions", f"{times} actions are named {shown(name)}; give each its own")
    for index, name in enumerate(creature.multiattack):
        if name not in known:
            hint = nearest(name, known) if known else "; it has no actions"
            reader.fail(f"multiattack[{index}]", f"names the unknown action {shown(name)}{hint}")
    for index, rider in enumerate(creature.riders):
        check_rider(rider, f"riders[{index}]", reader)
        _check_rider(creature, rider, f"riders[{index}]", reader)
        if rider.spell is not None and rider.spell > highest_slot(creature):
            reader.fail(f"riders[{index}].spell", "has no slot; give spell_slots or pact_magic")
    for index, action in enumerate(creature.actions):
        _check_cost(creature, action, f"actions[{index}]", reader)
        limited = [other.name for other in creature.actions if other.uses or other.recharge]
        if action.shares is not None and action.shares not in limited:
            reader.fail(
                f"actions[{index}].shares",
                f"names {shown(action.shares)}, which is no action with uses or a recharge",
            )
        if action.takes_slot and (action.spell or 0) > highest_slot(creature):
            reader.fail(
                f"actions[{index}].spell",
                f"is a spell of level {action.spell} without a slot; give spell_slots, "
                "pact_magic, or the action's uses",
            )
        for number, rider in enumerate(getattr(action, "on_hit", ())):
            _check_rider(creature, rider, f"actions[{index}].on_hit[{number}]", reader)


def _check_rider(creature: Creature, rider: Rider, key: str, reader: ObjectReader) -> None:
    _check_cost(creature, rider, key, reader)
    attacks = [action.name for action in creature.actions if isinstance(action, Attack)]
    if rider.follow_up is not None and rider.follow_up not in attacks:
        reader.fail(f"{key}.follow_up", f"names {shown(rider.follow_up)}, which is no attack of it")


def highest_slot(creature: Creature) -> int:
    """Return the highest level of which the creature has a spell slot, 0 for none."""
    levels = [level for level, slots in enumerate(creature.spell_slots, start=1) if slots]
    return max([*levels, creature.pact_magic.level if creature.pact_magic else 0])


def _check_cost(creature: Creature, what: Action | Rider, key: str, reader: ObjectReader) -> None:
    known = [name for name, _ in creature.resources]
    named = [name for name, _ in what.cost]
    if isinstance(what, Heal) and what.points is not None:
        named.append(what.points)
    for name in named:
        if name not in known:
            hint = nearest(name, known) if known else "; the creature has no resources"
            reader.fail(f"{key}.cost", f"names the unknown resource {shown(name)}{hint}")
