"""The columns of the flat arrays that a scenario becomes, each named once, and rows that fill them.

A row starts as a copy of one of the rows of zeros below, so that it has every column of its kind.
To read a misspelt name is a KeyError there and then, to write one is a KeyError where rows become
arrays; in a kernel it does not compile, as the fields of `world.WORLD` are named after columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

Row = dict[str, int]


def _zeros(*columns: str) -> MappingProxyType[str, int]:
    return MappingProxyType(dict.fromkeys(columns, 0))


COMBATANT_ROW = _zeros(
    *("side", "kind", "encounter", "max_hp", "armor", "initiative", "targeting", "position"),
    *("arrives", "first_action", "end_action", "first_multi", "end_multi", "first_rider"),
    *("end_rider", "bits", "resist", "immune", "vulnerable", "conditions", "threshold"),
    *("relentless", "relentless_pool", "resistance_pool", "regeneration", "stopped_by", "revives"),
    *("legendary", "lair", "pools", "dice_count", "dice_sides", "dice_bonus", "main", "simple"),
    *("times", "recharges", "steady", "absorbs"),
)
ACTION_ROW = _zeros(
    *("kind", "time", "name", "bonus", "critical", "critical_dice", "reroll", "advantage"),
    *("ability", "half", "targets", "attacks", "on", "ranged", "magical", "automatic", "area"),
    *("spell", "level", "lower", "pool", "cost", "points", "concentration", "legendary_cost"),
    *("first_term", "end_term", "first_rider", "end_rider", "first_temporary", "end_temporary"),
    *("effect", "once", "trigger", "armor", "halve", "melee_only", "requires", "hp_at_most"),
    *("first_wounded", "end_wounded", "first_pool", "end_pool", "usual_pool"),
)
RIDER_ROW = _zeros(
    *("when", "attacks", "once", "group", "name", "bonus", "ability", "half", "pool", "cost"),
    *("first_term", "end_term", "effect", "drains", "heals", "follow_up"),
)
EFFECT_ROW = _zeros(
    *("name", "stack", "conditions", "bits", "duration", "clock", "save_ends", "armor"),
    *("attack_count", "attack_sides", "attack_flat", "save_count", "save_sides", "save_flat"),
    *("damage_roll", "first_extra", "end_extra", "first_marked", "end_marked"),
    *("resist", "immune", "vulnerable", "first_turn", "end_turn", "turn_save", "first_healing"),
    *("end_healing", "first_temporary", "end_temporary", "aura", "bonus", "ability", "magical"),
    *("concentration", "once", "first_retribution", "end_retribution", "worsens", "badly"),
)
TERM_ROW = _zeros("count", "sides", "bonus", "type")


def span(row: Row, what: str) -> slice:
    """Return which rows of another table belong to this one: its terms, riders and the like."""
    return slice(row[f"first_{what}"], row[f"end_{what}"])


def column_arrays(
    prefix: str, zeros: Mapping[str, int], rows: Sequence[Row]
) -> dict[str, npt.NDArray[np.int64]]:
    """Return the columns of R rows as (R,) arrays, by the names of the world's fields.

    Raises
    ------
    KeyError
        When a row has another column than the row of zeros of its kind, or lacks one.
    """
    columns = list(zeros)
    for row in rows:
        if list(row) != columns:
            raise KeyError(f"no columns of {prefix}_: {sorted(row.keys() ^ zeros.keys())}")
    values = np.array([list(row.values()) for row in rows], np.int64).reshape(-1, len(columns))
    return {f"{prefix}_{name}": values[:, number] for number, name in enumerate(columns)}
