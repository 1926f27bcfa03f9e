"""Places in the JSON of a scenario, by their paths, and names that are still free there.

A room of the scenario floor below `editing`. Paths are written as error messages write them:
``"encounters[0].monsters[1]"``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from string import ascii_uppercase
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.creature import Creature, read_creature
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH, Problems, shown

_STEP = re.compile(r"(\w+)|\[(\d+)\]", re.ASCII)
_ENTRY = re.compile(r"(.*?)\.?(\w+)\[(\d+)\]", re.ASCII)
#: Of the things that can be removed and duplicated, what one is called.
KINDS = {
    "players": "character",
    "monsters": "monster",
    "encounters": "encounter",
    "actions": "action",
    "on_hit": "rider",
    "riders": "rider",
}


def steps_of(path: str) -> list[str | int]:
    """Return the keys and indices that a path is made of."""
    return [int(index) if index else key for key, index in _STEP.findall(path)]


def place_of(content: Any, steps: list[str | int], path: str) -> Any:
    """Return what stands at a path.

    Parameters
    ----------
    content
        JSON of a scenario.
    steps : list of str and int
    path : str
        For the error.

    Raises
    ------
    ScenarioError
        When nothing stands there.
    """
    try:
        for step in steps:
            # Saving throws that are all 0, and slots of which there are none, are left out.
            if step == "saving_throws" and isinstance(content, dict):
                content.setdefault(step, {})
            if step == "spell_slots" and isinstance(content, dict):
                content.setdefault(step, [])
            content = content[step]
    except (KeyError, IndexError, TypeError):
        raise nowhere(path) from None
    return content


def creature_at(content: Any, steps: list[str | int]) -> Creature:
    """Return the creature that a path leads to or into.

    Raises
    ------
    ScenarioError
        When it leads to none.
    """
    depth = 4 if steps[:1] == ["encounters"] else 2
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)[1:]
    if len(steps) < depth or steps[depth - 2] not in ("players", "monsters"):
        raise nowhere(path)
    return read_creature(place_of(content, steps[:depth], path), "", Problems())


def entry_of(content: Any, path: str) -> tuple[list[Any], int, str, dict[str, Any]]:
    """Return the list that a path leads into, the place in it, its key, and whose list it is."""
    found = _ENTRY.fullmatch(path)
    if found is None or found[2] not in KINDS:
        raise nowhere(path)
    owner = place_of(content, steps_of(found[1]), path)
    entries, index = place_of(owner, [found[2]], path), int(found[3])
    place_of(entries, [index], path)
    return entries, index, found[2], owner


def nowhere(path: str) -> ScenarioError:
    """Return the error for a path that leads nowhere."""
    return ScenarioError(f"{path[:100]}: there is no such value in this scenario")


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
