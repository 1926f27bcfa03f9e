"""Lets scenarios name a monster of the bestiary and a ready-made character.

What these are is read when the first one is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario import named_blocks
from dualslot_widgets.scenario.reading import Problems, nearest, shown


def _monster(value: Mapping[str, Any], path: str, problems: Problems) -> dict[str, Any] | None:
    from dualslot_widgets.library import bestiary

    key, path = value["monster"], f"{path}.monster"
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


def _character(value: Mapping[str, Any], path: str, problems: Problems) -> dict[str, Any] | None:
    from dualslot_widgets.library.characters import character

    try:
        return character(value["character"], value.get("level", 1))
    except ScenarioError as error:
        for line in error.problems:
            key, _, message = line.partition(": ")
            problems.add(f"{path}.{key}", message)
        return None


named_blocks.register("monster", _monster)
named_blocks.register("character", _character)
