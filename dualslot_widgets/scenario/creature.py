"""A creature: a player character or a monster, with its numbers, defences and actions.

Fourth room of the scenario floor. Rules: SRD 5.1, "Monsters" and "Damage Resistance and
Vulnerability".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dualslot_widgets.scenario import bestiary
from dualslot_widgets.scenario.actions import (
    ABILITIES,
    MAX_BONUS,
    Action,
    action_dict,
    read_action,
)
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.reading import ObjectReader, Problems, nearest, shown

TARGETING = (
    "lowest_hp",
    "highest_hp",
    "lowest_ac",
    "highest_damage",
    "random",
    "focus_fire",
)
MAX_COMBATANTS = 60
MAX_HP = 30_000
MAX_ARMOR_CLASS = 100
MAX_ACTIONS = 50
MAX_MULTIATTACK = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Creature:
    """`count` creatures of one kind.

    Attributes
    ----------
    name : str
    max_hp : int
        Hit points each starts with, 1 to 30,000.
    armor_class : int
        0 to 100.
    count : int
        How many of them; a scenario holds at most 60 in all.
    level : int or None
        Of a player character, 1 to 20. Decides nothing in a fight; it describes the party.
    initiative_bonus : int
    saving_throws : tuple of int
        Six bonuses in the order of `ABILITIES`.
    actions : tuple of Attack, Save or Heal
    multiattack : tuple of str
        Names of the actions one multiattack makes, in order; empty for none.
    resistances, immunities, vulnerabilities : tuple of str
        Damage types.
    targeting : str
        How it picks its targets, one of `TARGETING`.
    """

    name: str
    max_hp: int
    armor_class: int
    count: int = 1
    level: int | None = None
    initiative_bonus: int = 0
    saving_throws: tuple[int, ...] = (0, 0, 0, 0, 0, 0)
    actions: tuple[Action, ...] = ()
    multiattack: tuple[str, ...] = ()
    resistances: tuple[str, ...] = ()
    immunities: tuple[str, ...] = ()
    vulnerabilities: tuple[str, ...] = ()
    targeting: str = "lowest_hp"

    @property
    def saves(self) -> Mapping[str, int]:
        """The saving throw bonuses by ability."""
        return MappingProxyType(dict(zip(ABILITIES, self.saving_throws, strict=True)))

    def to_dict(self) -> dict[str, Any]:
        """Return the scenario JSON of this creature, defaults left out."""
        out: dict[str, Any] = {"name": self.name}
        if self.level is not None:
            out["level"] = self.level
        out["count"] = self.count
        out["max_hp"] = self.max_hp
        out["armor_class"] = self.armor_class
        out["initiative_bonus"] = self.initiative_bonus
        if any(self.saving_throws):
            out["saving_throws"] = dict(self.saves)
        out["actions"] = [action_dict(action) for action in self.actions]
        for key in ("multiattack", "resistances", "immunities", "vulnerabilities"):
            if getattr(self, key):
                out[key] = list(getattr(self, key))
        if self.targeting != "lowest_hp":
            out["targeting"] = self.targeting
        return out


def read_creature(value: Any, path: str, problems: Problems) -> Creature:
    """Read one creature of the scenario JSON, noting every problem under its path.

    An object with a ``"monster"`` key starts from the bestiary's stat block; the keys beside it
    override that.
    """
    if isinstance(value, Mapping) and "monster" in value:
        block = _stat_block(value["monster"], f"{path}.monster", problems)
        if block is None:
            return Creature(name="?", max_hp=1, armor_class=0)
        if "actions" in value:  # the multiattack of the old actions goes with them
            block.pop("multiattack", None)
        value = {**block, **{k: v for k, v in value.items() if k != "monster"}}
    reader = ObjectReader(value, path, problems)
    creature = Creature(
        name=reader.text("name"),
        level=reader.integer("level", 1, 20, 1) if reader.has("level") else None,
        count=reader.integer("count", 1, MAX_COMBATANTS, 1),
        max_hp=reader.integer("max_hp", 1, MAX_HP),
        armor_class=reader.integer("armor_class", 0, MAX_ARMOR_CLASS),
        initiative_bonus=reader.integer("initiative_bonus", -MAX_BONUS, MAX_BONUS, 0),
        saving_throws=_saving_throws(reader),
        actions=_actions(reader),
        multiattack=tuple(_words(reader, "multiattack", MAX_MULTIATTACK)),
        resistances=reader.choices("resistances", DAMAGE_TYPES),
        immunities=reader.choices("immunities", DAMAGE_TYPES),
        vulnerabilities=reader.choices("vulnerabilities", DAMAGE_TYPES),
        targeting=reader.choice("targeting", TARGETING, "lowest_hp"),
    )
    known = [action.name for action in creature.actions]
    for index, name in enumerate(creature.multiattack):
        if name not in known:
            hint = nearest(name, known) if known else "; it has no actions"
            problems.add(
                f"{path}.multiattack[{index}]", f"names the unknown action {shown(name)}{hint}"
            )
    reader.finish()
    return creature


def _stat_block(key: object, path: str, problems: Problems) -> dict[str, Any] | None:
    if not isinstance(key, str):
        problems.add(path, f"expected the name of a monster, got {shown(key)}")
        return None
    block = bestiary.stat_block(key)
    if block is None:
        hint = nearest(key, bestiary.keys())
        problems.add(
            path,
            f"{shown(key)} is not in the bestiary{hint or ';'} "
            "dualslot_widgets.bestiary.find(...) lists its monsters",
        )
    return block


def _saving_throws(reader: ObjectReader) -> tuple[int, ...]:
    if not reader.has("saving_throws"):
        return (0,) * len(ABILITIES)
    inner = ObjectReader(reader.raw("saving_throws"), reader.at("saving_throws"), reader.problems)
    bonuses = tuple(inner.integer(ability, -MAX_BONUS, MAX_BONUS, 0) for ability in ABILITIES)
    inner.finish()
    return bonuses


def _actions(reader: ObjectReader) -> tuple[Action, ...]:
    read = tuple(
        read_action(value, path, reader.problems)
        for path, value in reader.items("actions", MAX_ACTIONS)
    )
    for name, times in Counter(action.name for action in read).items():
        if times > 1 and name != "?":
            reader.fail("actions", f"{times} actions are named {shown(name)}; give each its own")
    return read


def _words(reader: ObjectReader, key: str, at_most: int) -> list[str]:
    words = []
    for path, value in reader.items(key, at_most):
        if isinstance(value, str):
            words.append(value)
        else:
            reader.problems.add(path, f"expected the name of an action, got {shown(value)}")
    return words
