"""Edits of scenarios: each takes a scenario and returns another one that can be played.

Stands on `scenario`, and knows nothing of widgets. Paths are written as error messages write them:
``"encounters[0].monsters[1]"``. An edit that leads nowhere, or to what cannot be played, raises
`ScenarioError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from string import ascii_uppercase
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.characters.progression import MAX_LEVEL
from dualslot_widgets.scenario.creature import Creature, read_creature
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH, Problems, shown
from dualslot_widgets.scenario.ready_made import at_level, class_of
from dualslot_widgets.scenario.scenario import Scenario

_STEP = re.compile(r"(\w+)|\[(\d+)\]", re.ASCII)
_ENTRY = re.compile(r"(.*?)\.?(\w+)\[(\d+)\]", re.ASCII)
#: Of the things that can be removed and duplicated, what one is called.
_KINDS = {
    "players": "character",
    "monsters": "monster",
    "encounters": "encounter",
    "actions": "action",
}
#: An action is limited by one of these at most; the one that is set last stays.
_LIMITS = {"uses": ("recharge",), "recharge": ("uses", "per")}


def with_value(scenario: Scenario, path: str, value: object) -> Scenario:
    """Return a scenario with one value changed.

    A renamed action keeps its place in the multiattack; a ready-made character that changes its
    level changes with it; uses and recharge take each other's place.

    Parameters
    ----------
    scenario : Scenario
    path : str
        Of the value; it may be one that is left out because it is the usual one.
    value : object
        None takes away what may be absent.
    """
    *way, key = _steps(path) or [""]
    content = scenario.to_dict()
    place = _place(content, way, path)
    if not (isinstance(place, dict) and isinstance(key, str)):
        raise _nowhere(path)
    if key == "level" and value is not None:
        _change_level(scenario, content, way, value)
        return Scenario.from_dict(content)
    if way and way[-2:-1] == ["actions"]:
        _keep_in_step(_place(content, way[:-2], path), place, key, value)
    if value is None:
        place.pop(key, None)
    else:
        place[key] = value
    return Scenario.from_dict(content)


def add_monster(scenario: Scenario, encounter: int, key: str) -> Scenario:
    """Return a scenario with one monster of the bestiary more in an encounter.

    Where that monster is already there as the bestiary has it, its count goes up.

    Parameters
    ----------
    scenario : Scenario
    encounter : int
        Counted from 0.
    key : str
        Of the monster, as `bestiary.keys` lists it.
    """
    if not 0 <= encounter < len(scenario.encounters):
        raise _nowhere(f"encounters[{encounter}]")
    content = scenario.to_dict()
    monsters = content["encounters"][encounter]["monsters"]
    fresh = read_creature({"monster": key}, "", Problems())
    for index, monster in enumerate(scenario.encounters[encounter].monsters):
        if replace(monster, count=1) == fresh:
            monsters[index]["count"] += 1
            return Scenario.from_dict(content)
    monsters.append({"monster": key} | _free_name(fresh.name, monsters))
    return Scenario.from_dict(content)


def add_character(scenario: Scenario, class_name: str, level: int) -> Scenario:
    """Return a scenario with a ready-made character more; see `characters.character`."""
    content = scenario.to_dict()
    made: dict[str, Any] = {"character": class_name, "level": level}
    name = class_name.strip().capitalize()
    content["players"].append(made | _free_name(name, content["players"]))
    return Scenario.from_dict(content)


def add_encounter(scenario: Scenario, key: str) -> Scenario:
    """Return a scenario with one encounter more, behind the others, against one monster."""
    content = scenario.to_dict()
    content["encounters"].append({"monsters": [{"monster": key}]})
    return Scenario.from_dict(content)


def remove(scenario: Scenario, path: str) -> Scenario:
    """Return a scenario without a character, a monster, an encounter or an action.

    At least one of each stays, but for actions; a removed action leaves the multiattack, too.
    """
    content = scenario.to_dict()
    entries, index, kind, owner = _entry(content, path)
    if kind != "actions" and len(entries) == 1:
        what = _KINDS[kind]
        remedy = "; remove the encounter" if kind == "monsters" and _several(scenario) else ""
        raise ScenarioError(f"{path}: is the last {what}, and one has to stay{remedy}")
    gone = entries.pop(index)
    if kind == "actions" and "multiattack" in owner:
        owner["multiattack"] = [name for name in owner["multiattack"] if name != gone["name"]]
    return Scenario.from_dict(content)


def duplicate(scenario: Scenario, path: str) -> Scenario:
    """Return a scenario with a character, a monster, an encounter or an action twice.

    The second one stands right behind the first; but for encounters it gets a name of its own.
    """
    content = scenario.to_dict()
    entries, index, kind, _ = _entry(content, path)
    named = {} if kind == "encounters" else _free_name(entries[index]["name"], entries)
    entries.insert(index + 1, entries[index] | named)
    return Scenario.from_dict(content)


def _change_level(
    scenario: Scenario, content: dict[str, Any], way: list[str | int], level: object
) -> None:
    creature: Any = scenario
    for step in way:
        creature = creature[step] if isinstance(step, int) else getattr(creature, step)
    class_name = class_of(creature) if isinstance(creature, Creature) else None
    place = _place(content, way, "level")
    if class_name is not None and isinstance(level, int) and 1 <= level <= MAX_LEVEL:
        made = at_level(creature, class_name, level)
        place.clear()
        place.update(made)
    place["level"] = level


def _keep_in_step(
    creature: dict[str, Any], action: dict[str, Any], key: str, value: object
) -> None:
    """Change what hangs on a value of an action."""
    if key == "name" and "multiattack" in creature:
        before = action["name"]
        creature["multiattack"] = [
            value if name == before else name for name in creature["multiattack"]
        ]
    for other in _LIMITS.get(key, ()) if value is not None else ():
        action.pop(other, None)
    if key == "uses" and value is None:
        action.pop("per", None)


def _steps(path: str) -> list[str | int]:
    return [int(index) if index else key for key, index in _STEP.findall(path)]


def _place(content: Any, steps: list[str | int], path: str) -> Any:
    try:
        for step in steps:
            # Saving throws that are all 0 are left out of the JSON.
            if step == "saving_throws" and isinstance(content, dict):
                content.setdefault(step, {})
            content = content[step]
    except (KeyError, IndexError, TypeError):
        raise _nowhere(path) from None
    return content


def _entry(content: Any, path: str) -> tuple[list[Any], int, str, dict[str, Any]]:
    """Return the list that a path leads into, the place in it, its key, and whose list it is."""
    found = _ENTRY.fullmatch(path)
    if found is None or found[2] not in _KINDS:
        raise _nowhere(path)
    owner = _place(content, _steps(found[1]), path)
    entries, index = _place(owner, [found[2]], path), int(found[3])
    _place(entries, [index], path)
    return entries, index, found[2], owner


def _nowhere(path: str) -> ScenarioError:
    return ScenarioError(f"{path[:100]}: there is no such value in this scenario")


def _several(scenario: Scenario) -> bool:
    return len(scenario.encounters) > 1


def _free_name(name: str, beside: list[dict[str, Any]]) -> dict[str, str]:
    """Return the name if nothing else has it, else "Goblin B", "Goblin C", ..., as JSON.

    Letters, because "Goblin 2" is what the second of several goblins is called.
    """
    taken = {each["name"] for each in beside}
    if name not in taken:
        return {"name": name}
    base = re.sub(r" [A-Z]{1,2}\Z", "", name)
    for letters in _letters():
        free = f"{base[: MAX_NAME_LENGTH - 1 - len(letters)]} {letters}"
        if free not in taken:
            return {"name": free}
    raise ScenarioError(f"{shown(name)}: has no free name left; rename some")


def _letters() -> Iterator[str]:
    yield from ascii_uppercase[1:]
    yield from map("".join, product(ascii_uppercase, repeat=2))
