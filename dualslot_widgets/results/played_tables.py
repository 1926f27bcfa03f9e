"""Turns the arrays that the engine gives out into the Arrow tables of `tables.py`."""

from __future__ import annotations

from collections.abc import Mapping

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
from dualslot_widgets.engine.played_runs import PlayedRuns
from dualslot_widgets.results.analysis.score import scores
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

_Column = npt.NDArray[np.integer] | tuple[npt.NDArray[np.integer], tuple[str, ...]]


def played_tables(scenario: EncodedScenario, played: PlayedRuns) -> dict[str, pa.Table]:
    """Return the tables of a scenario's runs by their names in `tables.SCHEMAS`.

    They share no memory with the arrays.
    """
    first = played.first_run
    number = np.arange(first, first + played.results.shape[1], dtype=np.int32)
    return {
        "runs": _runs(number, played.results),
        "combatants": _combatants(scenario, number, played.finals),
        "rounds": _table(ROUNDS, dict(zip(ROUNDS.names, played.rounds, strict=True))),
        "events": _events(scenario, played.events),
    }


def _runs(number: Int32s, results: Int32s) -> pa.Table:
    survivors, party, monsters = results[[R_SURVIVORS, R_PARTY_HP, R_MONSTER_HP]]
    return _table(
        RUNS,
        {
            "run": number,
            "outcome": (results[R_OUTCOME], OUTCOMES),
            "score": scores(survivors, party, monsters),
            "survivors": survivors,
            "encounter": results[R_ENCOUNTER],
            "rounds": results[R_ROUNDS],
            "party_hp": party,
            "monster_hp": monsters,
        },
    )


def _combatants(scenario: EncodedScenario, number: Int32s, finals: Int32s) -> pa.Table:
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


def _events(scenario: EncodedScenario, written: Int32s) -> pa.Table:
    column = dict(zip(EVENTS.names, written, strict=True))
    missing = {
        "action": column["action"] < 0,
        "roll": column["roll"] == NOTHING,
        "total": column["total"] == NOTHING,
    }
    words = {
        "actor": (column["actor"], scenario.names),
        "action": (column["action"], scenario.action_names),
        "target": (column["target"], scenario.names),
        "kind": (column["kind"], KINDS),
    }
    return _table(EVENTS, column | words, missing)


def _table(
    schema: pa.Schema,
    columns: Mapping[str, _Column],
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
    """Copy to the column's dtype: the engine's arrays are reused and must not be shared."""
    return values.astype(kind.to_pandas_dtype())
