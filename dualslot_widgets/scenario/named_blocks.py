"""Creatures that a scenario names instead of writing them out: ``{"monster": "ogre"}``.

A scenario imports no library. Each library of stat blocks registers the key that names its blocks,
and the function that finds one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from dualslot_widgets.scenario.reading import Problems

#: Returns the JSON of the creature that an object at a path names; None once it noted a problem.
Resolve: TypeAlias = Callable[[Mapping[str, Any], str, Problems], dict[str, Any] | None]

_resolvers: dict[str, Resolve] = {}


def register(key: str, resolve: Resolve) -> None:
    """Have a function find the blocks that objects with a key name."""
    _resolvers[key] = resolve


def known() -> tuple[str, ...]:
    """Return the keys that name blocks, in the order in which they were registered."""
    return tuple(_resolvers)


def block(key: str, value: Mapping[str, Any], path: str, problems: Problems) -> Any:
    """Return the JSON of the creature that an object names; None once a problem was noted."""
    return _resolvers[key](value, path, problems)
