"""Creatures of 5etools that only say how they differ from one of the SRD, which we have."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.stat_block import accepted
from dualslot_widgets.library import bestiary
from dualslot_widgets.scenario.creature import Creature

#: Keys that change nothing in a fight, or are taken over below.
_TAKEN = frozenset(
    ("name", "source", "page", "_copy", "hp", "ac", "cr", "size", "type", "alignment", "senses")
) | {"languages", "skill", "passive", "environment", "fluff", "soundClip", "hasToken", "token"}


def copy_of(
    value: dict[str, Any], armor_class: int | None, place: str, notes: Notes
) -> Creature | None:
    """Return the SRD's creature with the changes of a copy, or None with a remark."""
    name = values.name(value.get("name"), "Monster")
    other = values.name(values.obj(value.get("_copy")).get("name"), "another monster")
    block = bestiary.stat_block(other)
    if block is None:
        notes.leave(place, f"{name} only says how it differs from {other}; give its whole entry")
        return None
    notes.assume(place, f"{name} is the SRD's {other} with its changes")
    block["name"] = name
    hit_points = values.obj(value.get("hp"))
    points = values.whole(hit_points.get("average", hit_points.get("special")))
    if points is not None:
        block["max_hp"] = points
        block.pop("hit_dice", None)
        if formula := values.text(hit_points.get("formula")).replace(" ", ""):
            block["hit_dice"] = formula
    if armor_class is not None:
        block["armor_class"] = armor_class
    changes = [*(value.keys() - _TAKEN), *values.obj(value["_copy"].get("_mod"))]
    if changes:
        words = ", ".join(sorted(str(key)[:30] for key in changes)[:20])
        notes.leave(place, f"what {name} changes besides hit points and armor class: {words}")
    return accepted(block, place, notes)
