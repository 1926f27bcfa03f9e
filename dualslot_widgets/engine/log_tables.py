"""Turns what the kernels wrote, columns of int32, into the Arrow tables of `tables.py`.

Stands between the kernels and `simulate.py`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.engine.encoded.codes import (
    F_HP,
    F_MAX_HP,
    F_STATE,
    F_TALLY,
    NOTHING,
    R_ENCOUNTER,
    R_MONSTER_HP,
    R_OUTCOME,
    R_PARTY_HP,
    R_ROUNDS,
    R_SURVIVORS,
    T_DEALT,
    T_DOWN_ENCOUNTER,
    T_DOWN_ROUND,
    T_HEALED,
    T_RECEIVED,
    T_TAKEN,
)
from dualslot_widgets.engine.encoded.encoding import EncodedScenario, Int32s
from dualslot_widgets.tables import (
    COMBATANTS,
    EVENTS,
    KINDS,
    OUTCOMES,
    ROUNDS,
    RUNS,
    SIDES,
    STATES,
    dictionary_column,
    integer_column,
)

#: score = survivors * 10000 + party hit points left - monster hit points left
SURVIVOR_POINTS = 10_000


def runs_table(number: Int32s, results: Int32s) -> pa.Table:
    """Return the runs table; `results` is what `play` wrote for the runs in `number`."""
    survivors, party, monsters = results[[R_SURVIVORS, R_PARTY_HP, R_MONSTER_HP]]
    return _table(
        RUNS,
        {
            "run": number,
            "outcome": (results[R_OUTCOME], OUTCOMES),
            "score": survivors * SURVIVOR_POINTS + party - monsters,
            "survivors": survivors,
            "encounter": results[R_ENCOUNTER],
            "rounds": results[R_ROUNDS],
            "party_hp": party,
            "monster_hp": monsters,
        },
    )


def combatants_table(scenario: EncodedScenario, number: Int32s, finals: Int32s) -> pa.Table:
    """Return the combatants table; `finals` is what `play` wrote, N columns a run."""
    names = scenario.names
    combatant = np.tile(np.arange(len(names), dtype=np.uint8), len(number))
    tally = finals[F_TALLY:]
    never_down = tally[T_DOWN_ROUND] == 0
    return _table(
        COMBATANTS,
        {
            "run": np.repeat(number, len(names)),
            "combatant": combatant,
            "name": (combatant, names),
            "side": (np.tile(scenario.sides, len(number)), SIDES),
            "start_hp": finals[F_MAX_HP],
            "final_hp": finals[F_HP],
            "state": (finals[F_STATE], STATES),
            "damage_dealt": tally[T_DEALT],
            "damage_taken": tally[T_TAKEN],
            "healing_done": tally[T_HEALED],
            "healing_received": tally[T_RECEIVED],
            "went_down_encounter": tally[T_DOWN_ENCOUNTER],
            "went_down_round": tally[T_DOWN_ROUND],
        },
        {"went_down_encounter": never_down, "went_down_round": never_down},
    )


def rounds_table(written: Int32s) -> pa.Table:
    """Return the rounds table from the kernel's columns, which stand in its order."""
    return _table(ROUNDS, dict(zip(ROUNDS.names, written, strict=True)))


def events_table(scenario: EncodedScenario, written: Int32s) -> pa.Table:
    """Return the events table from the kernel's columns, which stand in its order."""
    columns: dict[str, _Column] = dict(zip(EVENTS.names, written, strict=True))
    missing = {
        "action": written[EVENTS.names.index("action")] < 0,
        "roll": written[EVENTS.names.index("roll")] == NOTHING,
        "total": written[EVENTS.names.index("total")] == NOTHING,
    }
    words = {
        "actor": scenario.names,
        "action": scenario.action_names,
        "target": scenario.names,
        "kind": KINDS,
    }
    for name, meaning in words.items():
        columns[name] = (written[EVENTS.names.index(name)], meaning)
    return _table(EVENTS, columns, missing)


_Column = npt.NDArray[np.integer] | tuple[npt.NDArray[np.integer], tuple[str, ...]]


def _table(
    schema: pa.Schema,
    columns: dict[str, _Column],
    missing: dict[str, npt.NDArray[np.bool_]] | None = None,
) -> pa.Table:
    arrays = []
    for field in schema:
        column = columns[field.name]
        mask = missing.get(field.name) if missing else None
        if isinstance(column, tuple):
            narrow = _narrow(column[0], field.type.index_type)
            arrays.append(dictionary_column(narrow, column[1], field.type, mask))
        else:
            arrays.append(integer_column(_narrow(column, field.type), field.type, mask))
    return pa.Table.from_arrays(arrays, schema=schema)


def _narrow(values: npt.NDArray[np.integer], kind: pa.DataType) -> npt.NDArray[np.integer]:
    """Copy to the column's dtype: the kernels' buffers are reused and must not be shared."""
    return values.astype(kind.to_pandas_dtype())
