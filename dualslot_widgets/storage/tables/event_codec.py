"""Delta encoding of the events inside one slot: what the rules of a fight foretell is not stored.

A room of the storage floor, on `event_model` and `bit_planes`; it opens no file. A block of events
becomes one row: the differences from what was guessed, as bit planes. Blocks are independent, so
that they are written as they come; the encoded events are a table too, and compressed as all are.
"""

from __future__ import annotations

from typing import Self, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.tables.bit_planes import PlanesReader, PlanesWriter
from dualslot_widgets.storage.tables.event_model import Column, Flags, Rows, walk, walk_runs
from dualslot_widgets.tables import EVENTS

_T = TypeVar("_T", bound=np.generic)
WORD_COLUMNS = tuple(field.name for field in EVENTS if pa.types.is_dictionary(field.type))
_DTYPES = {
    f.name: np.dtype((f.type.index_type if f.name in WORD_COLUMNS else f.type).to_pandas_dtype())
    for f in EVENTS
}
#: One row a block. `bits` has the number of planes of each column in the order of `walk`, and
#: `planes` their bytes; the dictionaries are those of the whole table, and stand in the first row.
ENCODED = pa.schema(
    [
        pa.field("rows", pa.int32()),
        pa.field("bits", pa.list_(pa.uint8())),
        pa.field("planes", pa.large_binary()),
        *(pa.field(name, pa.list_(pa.string())) for name in WORD_COLUMNS),
    ]
)


def encode_block(events: pa.RecordBatch, *, first: bool) -> pa.RecordBatch:
    """Return one block of events as one row of the schema `ENCODED`.

    Parameters
    ----------
    events : pyarrow.RecordBatch
        Of the schema `tables.EVENTS`, valid, with any values and nulls; all blocks of a table have
        the same dictionaries.
    first : bool
        Whether it is the first block of its table, which carries the dictionaries.
    """
    words = {name: events[name].dictionary.to_pylist() for name in WORD_COLUMNS}
    coder = _Writer(events, words)
    walk(coder)
    row = {
        "rows": events.num_rows,
        "bits": coder.planes.bits,
        "planes": b"".join(coder.planes.parts),
        **{name: known if first else [] for name, known in words.items()},
    }
    return pa.RecordBatch.from_pylist([row], schema=ENCODED)


def decode_block(
    rows: int, bits: pa.Scalar, planes: pa.Scalar, words: dict[str, pa.Array]
) -> pa.RecordBatch:
    """Return one block of events.

    Parameters
    ----------
    rows, bits, planes
        Of one row of the schema `ENCODED`, which nobody needs to vouch for.
    words : dict
        The dictionaries of the whole table.

    Raises
    ------
    DamagedSlotError
        When `encode_block` cannot have made it of so many events.
    """
    coder = _Reader.of(rows, bits, planes, words)
    walk(coder)
    coder.planes.finish()
    arrays = []
    for field in EVENTS:
        name = field.name
        array = pa.array(coder.columns[name], mask=coder.nulls.get(name))
        if name in WORD_COLUMNS:
            array = pa.DictionaryArray.from_arrays(array, words[name])
        arrays.append(array)
    return pa.RecordBatch.from_arrays(arrays, schema=EVENTS)


def runs_of_block(
    rows: int, bits: pa.Scalar, planes: pa.Scalar, words: dict[str, pa.Array]
) -> tuple[int, int]:
    """Return the first and the last run of a block that has rows, from its first columns alone.

    Parameters and errors are those of `decode_block`; it takes a tenth of the time (measured).
    """
    coder = _Reader.of(rows, bits, planes, words)
    _, run = walk_runs(coder)
    return int(run[0]), int(run[-1])


class _Writer:
    """Puts the columns of a block into planes (a `Coder`)."""

    def __init__(self, events: pa.RecordBatch, words: dict[str, list[str | None]]) -> None:
        self.rows, self.words = events.num_rows, words
        self.planes = PlanesWriter()
        self._nulls: dict[str, Flags] = {}
        self._columns: dict[str, Column] = {}
        for name in EVENTS.names:
            column = events[name].indices if name in WORD_COLUMNS else events[name]
            if column.null_count:
                self._nulls[name] = column.is_null().to_numpy(zero_copy_only=False)
                column = column.fill_null(0)
            self._columns[name] = column.to_numpy()

    def missing(self, name: str, guess: Flags) -> Flags:
        """See `Coder`."""
        nulls = self._nulls.get(name)
        if nulls is None:
            nulls = np.zeros(self.rows, np.bool_)
        self.planes.put((nulls ^ guess).view(np.uint8))
        return nulls

    def values(self, name: str, order: Rows | None = None, guess: Column | int = 0) -> Column:
        """See `Coder`."""
        column = self._columns[name]
        difference = column - _like(column, guess)
        self.planes.put(difference if order is None else difference.take(order))
        return column

    def steps(self, name: str, starts: Flags, guess: Column, along: Rows | None = None) -> Column:
        """See `Coder`."""
        column = self._columns[name]
        ordered = column if along is None else column.take(along)
        first = np.flatnonzero(starts)
        step = ordered.copy()
        step[1:] -= ordered[:-1]
        step[first] = ordered[first]
        step -= _like(step, guess)
        if along is not None:
            step = np.concatenate([step.take(first), step.take(np.flatnonzero(~starts))])
        self.planes.put(step)
        return column


class _Reader:
    """Finds the columns of a block out from planes that it does not believe (a `Coder`)."""

    def __init__(self, rows: int, words: dict[str, list[str | None]], planes: PlanesReader) -> None:
        self.rows, self.words = rows, words
        self.columns: dict[str, Column] = {}
        self.nulls: dict[str, Flags] = {}
        self.planes = planes

    @classmethod
    def of(cls, rows: int, bits: pa.Scalar, planes: pa.Scalar, words: dict[str, pa.Array]) -> Self:
        """Return the reader of one row of the schema `ENCODED`."""
        reader = PlanesReader(bits.as_py(), np.frombuffer(planes.as_buffer(), np.uint8))
        return cls(rows, {name: found.to_pylist() for name, found in words.items()}, reader)

    def missing(self, name: str, guess: Flags) -> Flags:
        """See `Coder`."""
        nulls = self.planes.take(self.rows, np.dtype(np.uint8)).astype(np.bool_) ^ guess
        if nulls.any():
            self.nulls[name] = nulls
        return nulls

    def values(self, name: str, order: Rows | None = None, guess: Column | int = 0) -> Column:
        """See `Coder`."""
        difference = self.planes.take(self.rows, _DTYPES[name])
        column = difference if order is None else _back(difference, order)
        column += _like(column, guess)
        return self._keep(name, column)

    def steps(self, name: str, starts: Flags, guess: Column, along: Rows | None = None) -> Column:
        """See `Coder`."""
        step = self.planes.take(self.rows, _DTYPES[name])
        first = np.flatnonzero(starts)
        if along is not None:
            step = _back(step, np.concatenate([first, np.flatnonzero(~starts)]))
        step += _like(step, guess)
        # numpy sums up four bytes faster than one; the sum is taken modulo the width all the same.
        sums = np.cumsum(step, dtype=np.int32).astype(step.dtype)
        sums -= np.repeat(sums[first] - step[first], np.diff(first, append=self.rows))
        return self._keep(name, sums if along is None else _back(sums, along))

    def _keep(self, name: str, column: Column) -> Column:
        if name in WORD_COLUMNS and len(column):
            size = max(1, len(self.words[name]))
            if not 0 <= column.min() <= column.max() < size:
                raise DamagedSlotError(f"has a key without a word: {name}")
        self.columns[name] = column
        return column


def _like(column: Column, guess: Column | int) -> Column:
    return np.asarray(guess).astype(column.dtype)


def _back(ordered: npt.NDArray[_T], order: Rows) -> npt.NDArray[_T]:
    """Return the column of which `ordered` is ``column[order]``."""
    column = np.empty_like(ordered)
    column[order] = ordered
    return column
