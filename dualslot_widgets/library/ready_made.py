"""Which creatures are ready-made characters as they were built, and the same ones at another level.

A scenario keeps numbers, not where they came from: a character is known again by its numbers, and
one that was changed by hand is not.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from dualslot_widgets.scenario.creature import Creature, read_creature
from dualslot_widgets.scenario.reading import Problems

#: What a user may change about a ready-made character without its becoming another one.
KEPT = ("name", "count", "targeting", "position", "role", "arrives")


def class_of(creature: Creature) -> str | None:
    """Return the class of a ready-made character, or None for any other creature.

    Examples
    --------
    >>> from dualslot_widgets.scenario.scenario import Scenario
    >>> party = [{"character": "wizard", "level": 3, "name": "Ada"}]
    >>> fights = [{"monsters": [{"monster": "cat"}]}]
    >>> duel = Scenario.from_dict({"name": "Duel", "players": party, "encounters": fights})
    >>> class_of(duel.players[0])
    'wizard'
    """
    return None if creature.level is None else _class_of(creature)


def at_level(creature: Creature, class_name: str, level: int) -> dict[str, Any]:
    """Return a ready-made character of a class at a level as scenario JSON, its `KEPT` as they are.

    Raises
    ------
    ScenarioError
        For an unknown class or level.
    """
    from dualslot_widgets.library.characters import character

    content = creature.to_dict()
    return character(class_name, level, **{key: content[key] for key in KEPT if key in content})


@lru_cache(maxsize=256)
def _class_of(creature: Creature) -> str | None:
    from dualslot_widgets.library.characters import classes

    for name in classes():
        made = _made(name, creature.level or 1)
        if creature == replace(made, **{key: getattr(creature, key) for key in KEPT}):
            return name
    return None


@cache
def _made(class_name: str, level: int) -> Creature:
    return read_creature({"character": class_name, "level": level}, "", Problems())
