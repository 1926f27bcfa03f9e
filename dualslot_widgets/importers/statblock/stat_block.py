"""A monster between the formats and the scenario: the same words whoever wrote the file.

Each format of monsters fills in a `StatBlock`; `creature`
reads its English and returns a `Creature` that a scenario accepts, whatever was in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.actions import grappling, read_actions
from dualslot_widgets.importers.statblock.by_itself import aura_of
from dualslot_widgets.importers.statblock.defences import condition_immunities, defences
from dualslot_widgets.importers.statblock.known import known_action
from dualslot_widgets.importers.statblock.multiattack import routine
from dualslot_widgets.importers.statblock.names import limit_of, plain_name
from dualslot_widgets.importers.statblock.out_of_turn import out_of_turn
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.spells import Casting, cast_spells, casting_of_text
from dualslot_widgets.importers.statblock.traits import Traits
from dualslot_widgets.scenario.action_reading import read_action as _check_action
from dualslot_widgets.scenario.creature import (
    MAX_ACTIONS,
    MAX_ARMOR_CLASS,
    MAX_HP,
    Creature,
    read_creature as _read_creature,
)
from dualslot_widgets.scenario.dice import DiceError, parse_healing
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.scenario.reading import Problems


@dataclass(slots=True)
class StatBlock:
    """What the formats of monsters have in common.

    Attributes
    ----------
    place : str
        Path in the file.
    name : str
    max_hp, armor_class, initiative : int or None
    hit_dice : str
    scores : dict of str to float or None
        The six ability scores, by `effects.ABILITIES`.
    saves : dict of str to int
        Saving throw bonuses that are listed.
    kind : str
        Such as "dragon".
    resistances, immunities, vulnerabilities, condition_immunities : list of str
        Phrases.
    traits, actions : list of Passage
    castings : list of Casting
        Spells that the format gives as data.
    legendary_actions : int
        A round, if there are any.
    """

    place: str
    name: str
    max_hp: int | None = None
    armor_class: int | None = None
    initiative: int | None = None
    hit_dice: str = ""
    scores: dict[str, float | None] = field(default_factory=dict)
    saves: dict[str, int] = field(default_factory=dict)
    kind: str = ""
    resistances: list[str] = field(default_factory=list)
    immunities: list[str] = field(default_factory=list)
    vulnerabilities: list[str] = field(default_factory=list)
    condition_immunities: list[str] = field(default_factory=list)
    traits: list[Passage] = field(default_factory=list)
    actions: list[Passage] = field(default_factory=list)
    castings: list[Casting] = field(default_factory=list)
    legendary_actions: int = 3


def creature(block: StatBlock, notes: Notes) -> Creature | None:
    """Return the creature of a stat block, or None with a remark when it cannot be played."""
    value = _Reader(block, notes).keys()
    return accepted(value, block.place, notes)


def modifier(score: float | None) -> int:
    """Return the modifier of an ability score; SRD 5.1, "Ability Scores and Modifiers"."""
    return 0 if score is None else int((score - 10) // 2)


def accepted(value: dict[str, Any], place: str, notes: Notes) -> Creature | None:
    """Return a creature if a scenario accepts it, else None with a remark on what was wrong."""
    problems = Problems()
    found = None
    if isinstance(value.get("max_hp"), int):
        found = _read_creature(value, place, problems)
    else:
        problems.add(place, "has no hit points")
    if problems:
        notes.leave(place, f"cannot be played: {'; '.join(problems.lines()[:3])}")
        return None
    if found is not None and not found.actions:
        notes.leave(place, f"{found.name} has no action that can be played")
    return found


def playable(action: dict[str, Any], place: str, notes: Notes) -> bool:
    """Say whether a scenario accepts an action; note what is wrong with one that it does not."""
    problems = Problems()
    _check_action(action, place, problems)
    if problems:
        notes.leave(place, f"cannot be played: {'; '.join(problems.lines()[:2])}")
    return not problems


class _Reader:
    """Reads one stat block: actions first, then what its traits add to them."""

    def __init__(self, block: StatBlock, notes: Notes) -> None:
        self._block, self._notes = block, notes
        self._castings = list(block.castings)
        self._actions: list[dict[str, Any]] = []
        self._taken: set[str] = set()
        self._multiattacks: list[Passage] = []
        self._later: list[Passage] = []

    def keys(self) -> dict[str, Any]:
        """Return the creature as scenario JSON."""
        block, notes = self._block, self._notes
        self._read_actions()
        own = list(self._actions)
        traits = self._read_traits(own)
        found = [names for each in self._multiattacks if (names := routine(each, own, notes))]
        self._cast()
        for passage in self._later:
            if passage.time == "reaction" and (aura := aura_of(passage)):
                self._add(aura, passage.place)
                continue
            for action in out_of_turn(passage, own, notes):
                self._add(action, passage.place)
        slots = [
            max(0, min(20, sum(each)))
            for each in zip(*(c.slots for c in self._castings), strict=True)
        ]
        while slots and not slots[-1]:
            slots.pop()
        legendary = any(action.get("time") == "legendary" for action in self._actions)
        scores = {ability: modifier(block.scores.get(ability)) for ability in ABILITIES}
        start = block.initiative if block.initiative is not None else scores["dex"]
        value = {
            "name": block.name,
            "max_hp": _hit_points(block, notes),
            "armor_class": _armor_class(block, notes),
            "initiative_bonus": _small(start),
            "saving_throws": {a: _small(block.saves.get(a, scores[a])) for a in ABILITIES},
            "position": "back" if slots else "front",
            "role": "dragon" if block.kind == "dragon" else "controller" if slots else "brute",
            "spell_slots": slots,
            "legendary_actions": max(1, min(block.legendary_actions, 10)) if legendary else 0,
            "actions": self._actions,
            "multiattack": found[0] if found else [],
            "condition_immunities": condition_immunities(
                block.condition_immunities, f"{block.place}.condition_immunities", notes
            ),
        } | traits.keys
        if traits.magical:
            for action in self._actions:
                if action["type"] == "attack":
                    action["magical"] = True
        for key in ("resistances", "immunities", "vulnerabilities"):
            value[key] = defences(getattr(block, key), f"{block.place}.{key}", notes)
        if dice := _hit_dice(block):
            value["hit_dice"] = dice
        return value

    def _read_actions(self) -> None:
        for passage in self._block.actions:
            if passage.routines or plain_name(passage.name).casefold() == "multiattack":
                self._multiattacks.append(passage)
            elif passage.time != "action":
                self._later.append(passage)
            elif listed := casting_of_text(passage.place, passage.text):
                self._castings.append(listed)
            elif known := known_action(plain_name(passage.name), passage.text):
                limit = passage.limit or limit_of(passage.name)
                free = known.get("time") == "start" or "uses" in known
                self._add(known | ({} if free else limit), passage.place)
                if known["type"] == "save":
                    self._notes.leave(passage.place, f"what else {known['name']} does")
            else:
                for action in read_actions(passage, self._notes):
                    self._add(action, passage.place)
                    if second := grappling(passage.text, action):
                        self._add(second, passage.place)

    def _read_traits(self, own: list[dict[str, Any]]) -> Traits:
        traits = Traits(own, self._notes)
        for passage in self._block.traits:
            listed = casting_of_text(passage.place, passage.text)
            if listed and not self._block.castings:
                self._castings.append(listed)
            elif not listed:
                traits.read(passage)
        for action in traits.actions:
            self._add(action, self._block.place)
        return traits

    def _cast(self) -> None:
        for casting in self._castings:
            if casting.modifier is None and casting.ability:
                casting.modifier = modifier(self._block.scores.get(casting.ability))
            for action in cast_spells(casting, self._notes):
                if action["name"] not in self._taken:
                    self._add(action, casting.place)

    def _add(self, action: dict[str, Any], place: str) -> None:
        action["name"] = values.unique(values.name(action["name"], "Action"), self._taken)
        if len(self._actions) == MAX_ACTIONS:
            self._notes.leave(
                f"{self._block.place}.actions",
                f"what is beyond the {MAX_ACTIONS} actions of a creature",
            )
        elif playable(action, place, self._notes):
            self._actions.append(action)


def _hit_points(block: StatBlock, notes: Notes) -> int | None:
    if block.max_hp is not None:
        if not 1 <= block.max_hp <= MAX_HP:
            notes.assume(block.place, f"{block.max_hp} hit points brought between 1 and {MAX_HP:,}")
        return max(1, min(block.max_hp, MAX_HP))
    dice = _hit_dice(block)
    if not dice:
        return None
    average = int(parse_healing(dice).average)
    notes.assume(block.place, f"hit points are missing: {average}, the average of {dice}")
    return max(1, min(average, MAX_HP))


def _hit_dice(block: StatBlock) -> str:
    dice = block.hit_dice[:30].replace(" ", "")
    try:
        return dice if dice and parse_healing(dice).count else ""
    except DiceError:
        return ""


def _armor_class(block: StatBlock, notes: Notes) -> int:
    if block.armor_class is None:
        notes.assume(block.place, "armor class is missing: taken as 10")
        return 10
    return max(0, min(block.armor_class, MAX_ARMOR_CLASS))


def _small(bonus: int) -> int:
    return max(-100, min(bonus, 100))
