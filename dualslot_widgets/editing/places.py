"""Places in a scenario and its JSON, by their paths, and names that are still free there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from string import ascii_uppercase
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.paths import Step, nowhere, path_of, steps_of
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH, shown
from dualslot_widgets.scenario.scenario import Scenario

#: What an entry of each list is called that can be removed and duplicated.
KINDS = {
    "players": "character",
    "monsters": "monster",
    "encounters": "encounter",
    "actions": "action",
    "on_hit": "rider",
    "riders": "rider",
}


def place_of(content: Any, steps: list[Step]) -> Any:
    """Return what is at a path of a scenario's JSON; raises `ScenarioError` for nothing."""
    try:
        for step in steps:
            content = content[step]
    except (KeyError, IndexError, TypeError):
        raise nowhere(path_of(steps)) from None
    return content


def creature_at(scenario: Scenario, steps: list[Step]) -> Creature:
    """Return the creature that a path leads to or into; raises `ScenarioError` for none."""
    try:
        match steps:
            case ["players", int(index), *_]:
                return scenario.players[index]
            case ["encounters", int(number), "monsters", int(index), *_]:
                return scenario.encounters[number].monsters[index]
    except IndexError:
        pass
    raise nowhere(path_of(steps))


def entry_of(content: Any, path: str) -> tuple[list[Any], int, str, dict[str, Any]]:
    """Return the list that a path leads into, the place in it, its key, and whose list it is."""
    match steps_of(path):
        case [*way, str(key), int(index)] if key in KINDS:
            owner = place_of(content, way)
            entries = place_of(owner, [key])
            place_of(entries, [index])
            return entries, index, key, owner
    raise nowhere(path)


def free_name(name: str, beside: list[dict[str, Any]]) -> dict[str, str]:
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
