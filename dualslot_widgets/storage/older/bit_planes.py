"""Reads the events in slots and archives of the layouts 2 and 3; nothing is written so any more.

A block of events is one row of `ENCODED`: the differences from what other columns foretell, as bit
planes: the signs of all values, their lowest bits, their next bits, and so on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.tables import EVENTS

Column = npt.NDArray[np.integer[Any]]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

_WORDS = tuple(field.name for field in EVENTS if pa.types.is_dictionary(field.type))
_DTYPES = {
    f.name: np.dtype((f.type.index_type if f.name in _WORDS else f.type).to_pandas_dtype())
    for f in EVENTS
}
#: `bits` has the number of planes of each column, in the order in which `_Block` takes them, and
#: `planes` their bytes; the first row has the dictionaries of the whole table.
ENCODED = pa.schema(
    [
        pa.field("rows", pa.int32()),
        pa.field("bits", pa.list_(pa.uint8())),
        pa.field("planes", pa.large_binary()),
        *(pa.field(name, pa.list_(pa.string())) for name in _WORDS),
    ]
)


def decode_events(encoded: pa.Table, rows: int) -> pa.Table:
    """Return the events in a table of the schema `ENCODED`, for which nobody needs to vouch.

    Raises
    ------
    DamagedSlotError
        When it does not hold so many events; memory is taken for no more.
    """
    try:
        encoded.validate(full=True)
        if any(column.null_count for column in encoded.columns):
            raise DamagedSlotError("has a block without its head")
        counts = encoded["rows"].to_pylist()
        if min(counts, default=1) < 0 or sum(counts) != rows:
            raise DamagedSlotError(f"does not hold {rows} rows")
        words = {name: encoded[name].combine_chunks().flatten() for name in _WORDS}
        heads = zip(counts, encoded["bits"], encoded["planes"], strict=True)
        table = pa.Table.from_batches([_Block(*head, words).events() for head in heads], EVENTS)
        # Looks for dictionary keys that point nowhere, which pandas would follow.
        table.validate(full=True)
    except pa.ArrowException as error:
        raise DamagedSlotError(f"does not hold encoded events: {error}") from error
    return table


class _Block:
    """Finds out the columns of a block, one after the other; numbers are modulo their width."""

    def __init__(
        self, rows: int, bits: pa.Scalar, planes: pa.Scalar, words: dict[str, pa.Array]
    ) -> None:
        self._rows = rows
        self._bits = iter(bits.as_py())
        self._planes = np.frombuffer(planes.as_buffer(), np.uint8)
        self._at = 0
        self._words = words
        self._known = {name: found.to_pylist() for name, found in words.items()}
        self._columns: dict[str, Column] = {}
        self._nulls: dict[str, Flags] = {}

    def events(self) -> pa.RecordBatch:
        """Return the events."""
        self._find_columns()
        if next(self._bits, None) is not None or self._at != len(self._planes):
            raise DamagedSlotError("has more planes than its events need")
        arrays = []
        for name in EVENTS.names:
            array = pa.array(self._columns[name], mask=self._nulls.get(name))
            if name in _WORDS:
                array = pa.DictionaryArray.from_arrays(array, self._words[name])
            arrays.append(array)
        return pa.RecordBatch.from_arrays(arrays, schema=EVENTS)

    def _find_columns(self) -> None:
        rows = self._rows
        nowhere = np.zeros(rows, np.bool_)
        self._missing("kind", nowhere)
        kind = self._values("kind")
        initiative, death_save, heal, recharge = (
            kind == self._known["kind"].index(word) if word in self._known["kind"] else nowhere
            for word in ("initiative", "death_save", "heal", "recharge")
        )
        for name in ("run", "encounter", "round", "turn", "actor", "target", "amount", "target_hp"):
            self._missing(name, nowhere)
        self._missing("action", initiative | death_save)
        self._missing("total", self._missing("roll", heal))

        # Initiative opens an encounter; a turn that is not after the last one, or is behind
        # initiative, begins a round.
        after_initiative = _before(initiative)
        opening = (initiative & ~after_initiative).view(np.int8)
        new_run = _changes(self._steps("run", np.arange(rows) == 0, opening))
        new_fight = new_run | _changes(self._steps("encounter", new_run, opening))
        turn = self._steps("turn", new_fight, np.zeros(rows, np.int8))
        again = (turn < _before(turn)) | (after_initiative & ~initiative)
        self._steps("round", new_fight, (again & ~new_fight).view(np.int8))

        # Initiative is rolled by everybody in order; later whose turn it is stays so in a fight.
        fight = np.cumsum(new_fight, dtype=np.int32)
        seat = _pair(turn, initiative.view(np.uint8), 2)
        along = _order(seat)
        fresh = _changes(seat.take(along)) | _changes(fight.take(along))
        actor = self._steps("actor", fresh, initiative.take(along).view(np.int8), along)
        by_actor = _order(_pair(kind, actor, len(self._known["actor"])))
        action = self._values("action", by_actor)
        by_action = by_actor.take(_order(action.take(by_actor)))
        oneself = initiative | recharge | death_save
        target = self._values("target", by_action, np.where(oneself, actor, 0))

        self._values("total", by_action, self._values("roll", by_action))
        amount = self._values("amount", by_action)
        along = _order(target)
        fresh = _changes(target.take(along)) | _changes(fight.take(along))
        change = amount * (1 - 2 * (~(heal | death_save)).view(np.int8))
        self._steps("target_hp", fresh, change.take(along), along)

    def _missing(self, name: str, guess: Flags) -> Flags:
        """Find out where a column is null, from where a guess is wrong."""
        nulls = self._take(np.dtype(np.uint8)).astype(np.bool_) ^ guess
        if nulls.any():
            self._nulls[name] = nulls
        return nulls

    def _values(self, name: str, order: Rows | None = None, guess: Column | int = 0) -> Column:
        """Find out a column from its differences from a guess, which stand in an order."""
        difference = self._take(_DTYPES[name])
        column = difference if order is None else _back(difference, order)
        column += np.asarray(guess).astype(column.dtype)
        return self._keep(name, column)

    def _steps(self, name: str, starts: Flags, guess: Column, along: Rows | None = None) -> Column:
        """Find out a column from its steps, less a guess, from the row before or, at starts, 0.

        All of these are in the order `along`. If there is one, the steps of `starts` stand first.
        """
        step = self._take(_DTYPES[name])
        first = np.flatnonzero(starts)
        if along is not None:
            step = _back(step, np.concatenate([first, np.flatnonzero(~starts)]))
        step += guess.astype(step.dtype)
        sums = np.cumsum(step, dtype=np.int32).astype(step.dtype)
        sums -= np.repeat(sums[first] - step[first], np.diff(first, append=self._rows))
        return self._keep(name, sums if along is None else _back(sums, along))

    def _keep(self, name: str, column: Column) -> Column:
        if name in _WORDS and len(column):
            size = max(1, len(self._known[name]))
            if not 0 <= column.min() <= column.max() < size:
                raise DamagedSlotError(f"has a key without a word: {name}")
        self._columns[name] = column
        return column

    def _take(self, dtype: np.dtype[Any]) -> Column:
        """Return the next column of planes; a negative number stands as its complement."""
        bits = next(self._bits, None)
        if bits is None or bits > 1 + 8 * dtype.itemsize:
            raise DamagedSlotError("has fewer columns than its events, or wider ones")
        width = -(-self._rows // 8)
        end = self._at + bits * width
        if end > len(self._planes):
            raise DamagedSlotError("has fewer planes than its events need")
        planes = self._planes[self._at : end].reshape(bits, width)
        self._at = end
        kind = np.dtype(f"i{dtype.itemsize}")
        values = np.zeros(self._rows, kind)
        for bit, plane in enumerate(planes[1:]):
            values |= np.unpackbits(plane, count=self._rows).astype(kind) << kind.type(bit)
        if bits:
            values ^= -np.unpackbits(planes[0], count=self._rows).astype(kind)
        return values.view(dtype)


def _order(labels: Column) -> Rows:
    narrow = np.uint8 if labels.max(initial=0) < 256 else np.uint16
    return np.argsort(labels.astype(narrow), kind="stable")


def _pair(labels: Column, other: Column, size: int) -> Column:
    return labels.astype(np.uint16) * np.uint16(size & 0xFFFF) + other.astype(np.uint16)


def _back(ordered: Column, order: Rows) -> Column:
    column = np.empty_like(ordered)
    column[order] = ordered
    return column


def _before(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.concatenate([column[:0], np.zeros(1, column.dtype), column[:-1]])[: len(column)]


def _changes(column: Column) -> Flags:
    """Say which rows differ from the one before; the first one does."""
    return np.concatenate([np.ones(1, np.bool_), column[1:] != column[:-1]])[: len(column)]
