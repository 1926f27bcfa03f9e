"""Creatures of the two battle simulators as creatures of a scenario."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.saves import battlesim_numbers as numbers
from dualslot_widgets.importers.saves.battlesim_actions import read_action
from dualslot_widgets.importers.saves.battlesim_limits import Context
from dualslot_widgets.importers.statblock.stat_block import accepted, playable
from dualslot_widgets.scenario.creature import (
    MAX_ACTIONS,
    MAX_ARMOR_CLASS,
    MAX_COMBATANTS,
    MAX_HP,
    Creature,
)
from dualslot_widgets.scenario.dice import DiceError, parse_healing
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.scenario.fields import MAX_NAMED
from dualslot_widgets.scenario.riders import MAX_USES

_TARGETING = {
    "enemy with least HP": "lowest_hp",
    "enemy with most HP": "highest_hp",
    "enemy with highest DPR": "highest_damage",
    "enemy with lowest AC": "lowest_ac",
}


def creature(
    raw: dict[str, Any], place: str, damage_type: str, notes: Notes, *, player: bool
) -> Creature | None:
    """Return a creature that a scenario accepts, or None with a remark."""
    name = values.name(raw.get("name"), "Player" if player else "Monster")
    count = numbers.whole(raw.get("count"), "count", place, notes, 1)
    hit_points = numbers.whole(raw.get("hp"), "hp", place, notes, 0)
    armor = numbers.whole(raw.get("AC", raw.get("ac")), "armor class", place, notes, 10)
    if count < 1 or hit_points < 1:
        notes.leave(place, f"{name} has {hit_points} hit points, count {count}: nobody is there")
        return None
    value: dict[str, Any] = {
        "name": name,
        "count": min(count, MAX_COMBATANTS),
        "max_hp": min(hit_points, MAX_HP),
        "armor_class": max(0, min(armor, MAX_ARMOR_CLASS)),
        "saving_throws": _saves(raw, place, notes),
        "initiative_bonus": _initiative(raw, place, notes),
        "arrives": max(1, min(numbers.whole(raw.get("arrival"), "arrival", place, notes, 1), 100)),
    }
    level = values.whole(values.obj(raw.get("class")).get("level"))
    if level is not None and 1 <= level <= 20:
        value["level"] = level
    value |= _means(raw, place, notes)
    value |= _choices(raw, place, damage_type, value, notes)
    return accepted(value, place, notes)


def _saves(raw: dict[str, Any], place: str, notes: Notes) -> dict[str, int]:
    average = numbers.whole(raw.get("saveBonus"), "saveBonus", place, notes, 0)
    found = {}
    for ability in ABILITIES:
        key = f"{ability}SaveBonus"
        own = numbers.whole(raw.get(key), key, place, notes, average)
        found[ability] = max(-100, min(own, 100))
    return found


def _initiative(raw: dict[str, Any], place: str, notes: Notes) -> int:
    if raw.get("initiativeAdvantage") is True:
        notes.leave(f"{place}.initiativeAdvantage", "advantage on initiative has no word")
    if raw.get("initiativeBonus") is None:
        return 0
    try:
        found = numbers.bonus(raw["initiativeBonus"], "initiativeBonus", place, notes)
    except numbers.FormulaError as error:
        notes.leave(f"{place}.initiativeBonus", str(error))
        return 0
    return max(-100, min(found, 100))


def _means(raw: dict[str, Any], place: str, notes: Notes) -> dict[str, Any]:
    """Return hit dice, spell slots, resources, and advantage on saving throws."""
    out: dict[str, Any] = {}
    dice, modifier = values.text(raw.get("hitDice"))[:20], values.whole(raw.get("conModifier")) or 0
    try:
        term = parse_healing(dice.replace(" ", "")) if dice else None
        if term is not None and term.count and -10 <= modifier <= 20:
            own = term.bonus or modifier * term.count
            out["hit_dice"] = f"{term.count}d{term.sides}{own:+d}" if own else dice
    except DiceError as error:
        notes.leave(f"{place}.hitDice", str(error))
    slots = [0] * 9
    for key, number in list(values.obj(raw.get("spellSlots")).items())[:20]:
        level, count = values.whole(key[:1]), values.whole(number)
        if level is not None and 1 <= level <= 9 and count is not None:
            slots[level - 1] = max(0, min(count, 20))
    if any(slots):
        out["spell_slots"] = slots
    resources = {}
    for key, number in list(values.obj(raw.get("classResources")).items())[:MAX_NAMED]:
        count = values.whole(number)
        if count is not None and count > 0 and (name := values.name(key, "")):
            resources[name] = {"uses": min(count, MAX_USES)}
    if resources:
        out["resources"] = resources
    if raw.get("saveAdvantage") is True:
        out["save_advantage"] = list(ABILITIES)
    elif raw.get("conSaveAdvantage") is True:
        out["save_advantage"] = ["con"]
    return out


def _choices(
    raw: dict[str, Any], place: str, damage_type: str, so_far: dict[str, Any], notes: Notes
) -> dict[str, Any]:
    """Return actions, multiattack, targeting and legendary actions."""
    context = Context(
        damage_type,
        tuple(so_far.get("spell_slots", ())),
        tuple(so_far.get("resources", ())),
    )
    actions: list[dict[str, Any]] = []
    taken: set[str] = set()
    multiattack: list[str] = []
    for where, entry in _entries(raw, place, notes):
        action = read_action(entry, where, context, notes)
        if action is None:
            continue
        if len(actions) == MAX_ACTIONS:
            notes.leave(
                f"{place}.actions", f"what is beyond the {MAX_ACTIONS} actions of a creature"
            )
            break
        action["name"] = values.unique(action["name"], taken)
        plain = not {"time", "uses", "recharge", "cost", "spell"} & action.keys()
        rolls = action.get("attacks", 1)
        if action["type"] == "attack" and plain and rolls > 1 and not multiattack:
            # One attack roll an action, as published stat blocks have it.
            action["attacks"] = 1
            multiattack = [action["name"]] * rolls
        if playable(action, where, notes):
            actions.append(action)
        elif action["name"] in multiattack:
            multiattack = []
    out: dict[str, Any] = {"actions": actions, "multiattack": multiattack}
    if any(action.get("time") == "legendary" for action in actions):
        out["legendary_actions"] = 1
        notes.assume(place, "one legendary action a round")
    return out | _targeting(raw, place, notes)


def _entries(raw: dict[str, Any], place: str, notes: Notes) -> list[tuple[str, dict[str, Any]]]:
    """Return the actions, and those of triggers as reactions."""
    listed = [
        (f"{place}.actions[{index}]", values.obj(entry))
        for index, entry in enumerate(values.items(raw.get("actions")))
    ]
    for index, entry in enumerate(map(values.obj, values.items(raw.get("triggers")))):
        where = f"{place}.triggers[{index}]"
        if entry.get("condition") in ("on being attacked", "on being damaged"):
            own = values.obj(entry.get("action"))
            listed.append((f"{where}.action", own | {"actionSlot": 4, "cost": []}))
        else:
            notes.leave(where, f"the trigger {values.text(entry.get('condition'))[:40]!r}")
    return listed


def _targeting(raw: dict[str, Any], place: str, notes: Notes) -> dict[str, Any]:
    words = [
        values.text(values.obj(entry).get("target")) for entry in values.items(raw.get("actions"))
    ]
    enemies = [word for word in words if word.startswith("enemy")]
    if not enemies:
        return {}
    if enemies[0] not in _TARGETING:
        notes.leave(f"{place}.actions", f'targets "{enemies[0][:40]}": taken as least HP')
        return {}
    if len(set(enemies)) > 1:
        notes.assume(f"{place}.actions", f'all its actions pick the "{enemies[0]}"')
    return {"targeting": _TARGETING[enemies[0]]}
