"""The Arrow schemas of a result set, which engine, results, storage and widgets share.

Every table is sorted by run. Integers are narrow and words dictionaries, because strings cost four
times the bytes and int64 more than twice (measured on these tables, LZ4 Arrow IPC).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

OUTCOMES = ("win", "loss", "unresolved")
SIDES = ("party", "monsters")
#: How a combatant ends: standing, at 0 rolling death saves, at 0 and stable, dead, or never met
#: because the scenario ended before its encounter.
STATES = ("up", "dying", "stable", "dead", "waiting")
KINDS = (
    "initiative",
    "recharge",
    "miss",
    "hit",
    "critical",
    "save_failed",
    "save_made",
    "heal",
    "death_save",
    "damage",
    "effect",
    "effect_ended",
    "legendary_resistance",
    "reaction",
    "countered",
    "temporary_hp",
    "endured",
    "arrival",
    "option",
)


def _words(index: pa.DataType) -> pa.DataType:
    return pa.dictionary(index, pa.string())


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns])


#: One row a run. `encounter` (from 1) is the last one played; `rounds` counts over all encounters.
RUNS = _schema(
    ("run", pa.int32()),
    ("outcome", _words(pa.int8())),
    ("score", pa.int32()),
    ("survivors", pa.uint8()),
    ("encounter", pa.uint8()),
    ("rounds", pa.int16()),
    ("party_hp", pa.int32()),
    ("monster_hp", pa.int32()),
)

#: One row a run and combatant. Damage and healing count hit points really lost or regained, so
#: ``start_hp - damage_taken + healing_received == final_hp``. `went_down_*` is the first time at 0.
COMBATANTS = _schema(
    ("run", pa.int32()),
    ("combatant", pa.uint8()),
    ("name", _words(pa.int8())),
    ("side", _words(pa.int8())),
    ("start_hp", pa.int16()),
    ("final_hp", pa.int16()),
    ("state", _words(pa.int8())),
    ("damage_dealt", pa.int32()),
    ("damage_taken", pa.int32()),
    ("healing_done", pa.int32()),
    ("healing_received", pa.int32()),
    ("went_down_encounter", pa.uint8()),
    ("went_down_round", pa.int16()),
)

#: One row a run, encounter and round, as things stand at the round's end. Hit points and the number
#: standing of the party and of this encounter's monsters.
ROUNDS = _schema(
    ("run", pa.int32()),
    ("encounter", pa.uint8()),
    ("round", pa.int16()),
    ("party_hp", pa.int32()),
    ("monster_hp", pa.int32()),
    ("party_up", pa.uint8()),
    ("monsters_up", pa.uint8()),
)

#: One row an event. `roll` is the natural die (the d20 kept, or the d6 of a recharge), `total` the
#: roll with its bonus; both null where nothing was rolled. `amount` is hit points really lost or
#: regained, `target_hp` those left. `action` is null for initiative and death saves.
EVENTS = _schema(
    ("run", pa.int32()),
    ("encounter", pa.uint8()),
    ("round", pa.int16()),
    ("turn", pa.uint8()),
    ("actor", _words(pa.int8())),
    ("action", _words(pa.int16())),
    ("target", _words(pa.int8())),
    ("kind", _words(pa.int8())),
    ("roll", pa.uint8()),
    ("total", pa.int16()),
    ("amount", pa.int32()),
    ("target_hp", pa.int16()),
)

SCHEMAS = {"runs": RUNS, "combatants": COMBATANTS, "rounds": ROUNDS, "events": EVENTS}

#: How a run ended, as the runs table says it, without its number.
RESULTS = ("outcome", "score", "survivors", "encounter", "rounds", "party_hp", "monster_hp")

#: One row a run of two data sets with the same dice; derived when asked for and never stored.
#: `results.pairs.runs_side_by_side` says what its columns mean. ``*_other`` is of the other one.
PAIRED = _schema(
    ("run", pa.int32()),
    ("diverged", pa.bool_()),
    ("diverged_at", pa.int32()),
    ("diverged_encounter", pa.uint8()),
    ("diverged_round", pa.int16()),
    ("same_result", pa.bool_()),
    *((name + whose, RUNS.field(name).type) for name in RESULTS for whose in ("", "_other")),
)


def dictionary_column(
    indices: npt.NDArray[np.integer],
    words: Sequence[str],
    kind: pa.DataType,
    missing: npt.NDArray[np.bool_] | None = None,
) -> pa.DictionaryArray:
    """Return a dictionary column from indices into `words`; `missing` rows are null."""
    keys = integer_column(indices, kind.index_type, missing)
    return pa.DictionaryArray.from_arrays(keys, _text_column(words))


def integer_column(
    values: npt.NDArray[np.integer],
    kind: pa.DataType,
    missing: npt.NDArray[np.bool_] | None = None,
) -> pa.Array:
    """Return an array over the memory of `values`, which must not change any more.

    `pyarrow.array` would do, but it imports pandas, half a second, wherever that is installed.

    Parameters
    ----------
    values : (N,) contiguous array of the integers of `kind`
    kind : pyarrow.DataType
        A type of integers.
    missing : (N,) bool array, optional
        Where there is no value.
    """
    seen = None if missing is None else pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [seen, pa.py_buffer(values)])


def numbers(column: pa.ChunkedArray | pa.Array) -> npt.NDArray[np.integer]:
    """Return a column of integers without nulls as an array; like `to_numpy`, without pandas.

    Where there is one chunk it is a view of the column's memory, and cannot be written to.
    """
    chunks = column.chunks if isinstance(column, pa.ChunkedArray) else [column]
    views = [
        np.frombuffer(
            chunk.buffers()[1],
            dtype := chunk.type.to_pandas_dtype(),
            count=len(chunk),
            offset=chunk.offset * np.dtype(dtype).itemsize,
        )
        for chunk in chunks
        if len(chunk)
    ]
    if len(views) == 1:
        return views[0]
    return np.concatenate([np.empty(0, column.type.to_pandas_dtype()), *views])


def _text_column(words: Sequence[str]) -> pa.Array:
    encoded = [word.encode() for word in words]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    buffers = [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
    return pa.Array.from_buffers(pa.string(), len(encoded), buffers)


def rows_of_run(table: pa.Table, run: int) -> pa.Table:
    """Return the rows of one run of a table that is sorted by run."""
    return table.filter(pc.equal(table["run"], run))


def dictionary_codes(column: pa.ChunkedArray, words: Sequence[str]) -> npt.NDArray[np.int16]:
    """Return a dictionary column as indices into `words`; -1 for null and any other word.

    Parameters
    ----------
    column : pyarrow.ChunkedArray
        R values in any chunks, which may have dictionaries of their own.
    words : sequence of str

    Returns
    -------
    (R,) int16 array
    """
    whole = column.unify_dictionaries().combine_chunks()
    index_of = {word: index for index, word in enumerate(words)}
    codes = [index_of.get(word, -1) for word in whole.dictionary.to_pylist()]
    # One more, which the -1 of a null finds.
    keys = whole.indices.fill_null(-1).to_numpy()
    found: npt.NDArray[np.int16] = np.array([*codes, -1], np.int16)[keys]
    return found
