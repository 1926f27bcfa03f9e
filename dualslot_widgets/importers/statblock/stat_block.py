"""A monster between the formats and the scenario: the same words whoever wrote the file.

Each format of monsters fills in a `StatBlock`; `creature`
reads its English and returns a `Creature` that a scenario accepts, whatever was in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.action_text import Passage, read_action
from dualslot_widgets.importers.statblock.effect_text import modifier
from dualslot_widgets.importers.statblock.multiattack_text import routine
from dualslot_widgets.importers.statblock.name_text import cost_of, plain_name, tidy
from dualslot_widgets.importers.statblock.spell_text import Casting, cast_spells, casting_of_text
from dualslot_widgets.importers.statblock.trait_text import (
    condition_immunities,
    defences,
    read_trait,
)
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

_PARRY = re.compile(r"adds (\d{1,2}) to its AC against one melee attack", re.IGNORECASE)
_USES_ATTACK = re.compile(r"\bmakes?\b|\buses?\b|\battack", re.IGNORECASE)


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
    keys: dict[str, Any] = {}
    castings = list(block.castings)
    for passage in block.traits:
        read = None if castings else casting_of_text(passage.place, passage.text)
        if read:
            castings.append(read)
        else:
            read_trait(passage, keys, notes)
    actions, multiattack = _actions(block, castings, notes)
    if keys.pop("magical weapons", False):
        for action in actions:
            if action["type"] == "attack":
                action["magical"] = True
    slots = [max(0, min(20, sum(each))) for each in zip(*(c.slots for c in castings), strict=True)]
    while slots and not slots[-1]:
        slots.pop()
    has_legends = any(action.get("time") == "legendary" for action in actions)
    scores = {ability: modifier(block.scores.get(ability)) for ability in ABILITIES}
    dexterity = scores["dex"]
    value = keys | {
        "name": block.name,
        "max_hp": _hit_points(block, notes),
        "armor_class": _armor_class(block, notes),
        "initiative_bonus": _small(block.initiative if block.initiative is not None else dexterity),
        "saving_throws": {a: _small(block.saves.get(a, scores[a])) for a in ABILITIES},
        "position": "back" if slots else "front",
        "role": "dragon" if block.kind == "dragon" else "controller" if slots else "brute",
        "spell_slots": slots,
        "legendary_actions": max(1, min(block.legendary_actions, 10)) if has_legends else 0,
        "actions": actions,
        "multiattack": multiattack,
        "condition_immunities": condition_immunities(
            block.condition_immunities, f"{block.place}.condition_immunities", notes
        ),
    }
    for key in ("resistances", "immunities", "vulnerabilities"):
        value[key] = defences(getattr(block, key), f"{block.place}.{key}", notes)
    if dice := _hit_dice(block):
        value["hit_dice"] = dice
    return accepted(value, block.place, notes)


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


def _actions(
    block: StatBlock, castings: list[Casting], notes: Notes
) -> tuple[list[dict[str, Any]], list[str]]:
    actions: list[dict[str, Any]] = []
    taken: set[str] = set()
    multiattacks: list[Passage] = []
    later: list[Passage] = []

    def add(action: dict[str, Any] | None, place: str) -> None:
        if action is None:
            return
        action["name"] = values.unique(values.name(action["name"], "Action"), taken)
        if len(actions) == MAX_ACTIONS:
            notes.leave(
                f"{block.place}.actions", f"what is beyond the {MAX_ACTIONS} actions of a creature"
            )
        elif playable(action, place, notes):
            actions.append(action)

    for passage in block.actions:
        if passage.routines or plain_name(passage.name).casefold() == "multiattack":
            multiattacks.append(passage)
        elif passage.time != "action":
            later.append(passage)
        elif listed := casting_of_text(passage.place, passage.text):
            castings.append(listed)
        else:
            add(read_action(passage, notes), passage.place)
    own = list(actions)
    for casting in castings:
        for action in cast_spells(casting, notes):
            if action["name"] not in taken:
                add(action, casting.place)
    for passage in later:
        add(_out_of_turn(passage, own, notes), passage.place)
    found = (routine(passage, own, notes) for passage in multiattacks)
    return actions, next((names for names in found if names), [])


def _out_of_turn(
    passage: Passage, own: list[dict[str, Any]], notes: Notes
) -> dict[str, Any] | None:
    """Return a bonus action, reaction, legendary or lair action."""
    name, text = plain_name(passage.name), tidy(passage.text)
    timed: dict[str, Any] = {"time": passage.time}
    if passage.time == "reaction":
        if found := _PARRY.search(text):
            return {
                "type": "defend",
                "name": name,
                "armor_class": min(int(found[1]), 20),
                "melee_only": True,
            }
        notes.leave(passage.place, f"reaction {name}")
        return None
    if passage.time == "legendary":
        timed["name"] = f"{name[:80]} (legendary)"
        cost = cost_of(passage.name) or passage.legendary_cost
        timed |= {"legendary_cost": cost} if 1 < cost <= 5 else {}
    copied = _copied(name, text, own)
    if copied is not None:
        return copied | timed
    found_action = read_action(passage, notes)
    return None if found_action is None else found_action | timed


def _copied(name: str, text: str, own: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the at-will action that a short text refers to: "The dragon makes a tail attack."."""
    if "DC " in text or "Hit:" in text or not _USES_ATTACK.search(text):
        return None
    low = f"{name} {text}".casefold()
    for action in own:
        word = plain_name(action["name"]).casefold()
        at_will = not {"recharge", "uses"} & action.keys()
        if at_will and re.search(rf"(?<!\w){re.escape(word)}(?:s|es)?(?!\w)", low):
            return dict(action)
    return None


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
