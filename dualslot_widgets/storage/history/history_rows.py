"""The rows of the history: their columns, the row of a data set, and what no commit can have."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.storage.record.metadata import MAX_COUNT

#: More rows are not kept; the oldest leave.
MAX_ROWS = 10_000
# From 1970 to the first moment of a datetime, as of a clock that is wrong, and to the last.
_MICROSECONDS = (-62_135_596_800_000_000, 253_402_300_799_999_999)

_COUNTS = ("generation", "generation_count", "runs", "wins", "losses", "unresolved")
_RATES = ("win_rate", "win_rate_low", "win_rate_high")
_COSTS = ("simulation_seconds", "disk_seconds")
_WORDS = pa.dictionary(pa.int32(), pa.string())
#: The columns of both files; the frame has `times_stored` besides.
SCHEMA = pa.schema(
    [
        ("generation", pa.int64()),
        ("slot", pa.int8()),
        ("generation_count", pa.int64()),
        ("timestamp", pa.timestamp("us", "UTC")),
        ("scenario_name", _WORDS),
        ("fingerprint", pa.string()),
        ("scenario", _WORDS),
        *((name, pa.int64()) for name in _COUNTS[2:]),
        *((name, pa.float64()) for name in _RATES),
        ("grade", _WORDS),
        ("tier", pa.int8()),
        ("label", _WORDS),
        *((name, pa.float64()) for name in _COSTS),
        ("compressed_size", pa.int64()),
    ]
)


def row_from_data_set(data: SimulationDataSet) -> pa.Table:
    """Return the one row of a stored data set; raises `DamagedSlotError` when there can be none."""
    metadata = data.metadata
    row: dict[str, Any] = {
        "generation": metadata.generation,
        "slot": metadata.slot,
        "generation_count": metadata.generation_count,
        "timestamp": metadata.timestamp,
        "scenario_name": data.scenario.name,
        "fingerprint": data.parameters.fingerprint,
        "scenario": json.dumps(data.scenario.to_dict(), ensure_ascii=False, allow_nan=False),
        "compressed_size": metadata.compressed_size,
    }
    means = ("runs", "wins", "losses", "unresolved", *_RATES, "grade", "tier", "label")
    row |= {name: getattr(data.analysis, name) for name in means}
    row |= {name: getattr(metadata.metrics, name) for name in _COSTS}
    try:
        table = pa.Table.from_pylist([row], SCHEMA)
    except (pa.ArrowException, OverflowError, UnicodeError) as error:
        raise DamagedSlotError(f"what its slot says is no row: {error}") from error
    # What would be refused at reading is never written: it would cost all other rows.
    if not is_possible(table):
        raise DamagedSlotError("what its slot says is impossible")
    return table


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return rows of the history as a DataFrame, its columns the same however few there are.

    `scenario` is JSON for `Scenario.from_dict`; `times_stored` counts how often these parameters
    had been stored by then, also where other results had overwritten them in between.
    """
    frame = table.to_pandas()
    for field in SCHEMA:
        if field.type in (_WORDS, pa.string()):
            frame[field.name] = frame[field.name].astype(object)
    times = frame.groupby("fingerprint").cumcount().astype("int64") + 1
    frame.insert(frame.columns.get_loc("generation_count") + 1, "times_stored", times)
    return frame


def joined(tables: list[pa.Table]) -> pa.Table:
    """Return all rows in one piece, with words that occur in them and no others."""
    whole = pa.concat_tables([SCHEMA.empty_table(), *tables]).unify_dictionaries().combine_chunks()
    columns = []
    for field in SCHEMA:
        column = whole[field.name].combine_chunks()
        if field.type == _WORDS:
            used, keys = np.unique(column.indices.to_numpy(), return_inverse=True)
            words = column.dictionary.take(pa.array(used))
            column = pa.DictionaryArray.from_arrays(pa.array(keys.astype("int32")), words)
        columns.append(column)
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def newest(table: pa.Table, rows: int, text: int) -> int:
    """Return how many of the newest rows, at most `rows`, have at most `text` of scenarios."""
    scenarios = table["scenario"].combine_chunks()
    lengths = pc.binary_length(scenarios.dictionary).to_pylist()
    count = 0
    for index in scenarios.indices.to_numpy()[::-1][:rows]:
        text -= lengths[index]
        lengths[index] = 0
        if text < 0:
            break
        count += 1
    return count


def is_possible(table: pa.Table) -> bool:
    """Say whether rows have the columns of a history, and values that a commit can have."""
    if not table.schema.equals(SCHEMA, check_metadata=False) or table.num_rows > MAX_ROWS:
        return False
    for column in table.columns:
        words = [piece.dictionary for piece in column.chunks] if column.type == _WORDS else []
        if column.null_count or any(piece.null_count for piece in words):
            return False
    value = {
        field.name: table[field.name].cast(pa.int64()).to_numpy()
        for field in SCHEMA
        if pa.types.is_integer(field.type) or pa.types.is_timestamp(field.type)
    }
    value |= {name: table[name].to_numpy() for name in (*_RATES, *_COSTS)}
    limits = {"slot": (0, 1), "timestamp": _MICROSECONDS, **dict.fromkeys(_RATES, (0.0, 1.0))}
    # Written so that nan is refused.
    for name, numbers in value.items():
        low, high = limits.get(name, (0, MAX_COUNT))
        if not ((numbers >= low) & (numbers <= high)).all():
            return False
    return bool((value["wins"] + value["losses"] + value["unresolved"] == value["runs"]).all())
