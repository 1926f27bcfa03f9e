"""Differences as bits: writes the columns that `event_model` walks through, and reads them back.

A room of the storage floor under `event_codec`. A part is a smallest difference, a number of bits,
and that many planes: the lowest bit of all its values, eight to the byte, then the next bit. What
was guessed right, or wrong by always the same, has no planes at all.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.event_model import (
    Flags,
    Numbers,
    Parts,
    Rows,
    before,
    null_column,
    size_of,
)
from dualslot_widgets.tables import EVENTS

WORD_COLUMNS = tuple(field.name for field in EVENTS if pa.types.is_dictionary(field.type))
_MAX_BITS = 32


class PartsWriter:
    """Cuts columns into parts (a `Coder`).

    Attributes
    ----------
    least, bits : list of int
        The head of each part.
    planes : list of bytes
        Of all parts.
    """

    def __init__(
        self, rows: int, words: dict[str, list[str | None]], columns: dict[str, Numbers]
    ) -> None:
        self.rows, self.words = rows, words
        self.least: list[int] = []
        self.bits: list[int] = []
        self.planes: list[bytes] = []
        self._columns = columns

    def nulls(self, name: str, parts: Parts) -> None:
        """See `Coder`."""
        if self.limit(null_column(name)) > 1:
            self.guessed(null_column(name), parts)

    def limit(self, name: str) -> int:
        """See `Coder`."""
        largest = int(self._columns[name].max(initial=0))
        self._put(np.array([largest + 1], np.int32))
        return largest + 1

    def ranked(self, name: str) -> Numbers:
        """See `Coder`."""
        column = self._columns[name]
        order = np.argsort(-np.bincount(column, minlength=size_of(self, name)), kind="stable")
        self._put(order.astype(np.int32))
        rank = np.empty(len(order), np.int32)
        rank[order] = np.arange(len(order))
        self._put(rank[column])
        return column

    def guessed(self, name: str, parts: Parts, guess: Numbers | int = 0) -> Numbers:
        """See `Coder`."""
        column = self._columns[name]
        self._put_parts(column - guess, parts)
        return column

    def leading(self, name: str, lead: Rows, known: Numbers) -> Numbers:
        """See `Coder`."""
        column = self._columns[name]
        rest = column - known
        leads = lead == np.arange(self.rows)
        self._put(rest[leads])
        self._put((rest - rest[lead])[~leads])
        return column

    def steps(
        self,
        name: str,
        parts: Parts,
        starts: Flags,
        *,
        guess: Numbers | int = 0,
        along: Rows | None = None,
        modulus: int = 0,
    ) -> Numbers:
        """See `Coder`."""
        column = self._columns[name]
        values = column if along is None else column[along]
        step = values - np.where(starts, 0, before(values))
        if modulus:
            step %= modulus
        if along is not None:
            step[along] = step.copy()
        self._put_parts(step - guess, parts)
        return column

    def _put_parts(self, difference: Numbers, parts: Parts) -> None:
        ordered = difference if parts.order is None else difference[parts.order]
        for start, end in pairwise((0, *parts.ends)):
            self._put(ordered[start:end])

    def _put(self, values: Numbers) -> None:
        least = int(values.min()) if len(values) else 0
        above = (values - np.int32(least)).view(np.uint32)
        bits = int(above.max(initial=0)).bit_length()
        self.least.append(least)
        self.bits.append(bits)
        narrow = above.astype(_unsigned(bits))
        self.planes += [np.packbits(narrow >> bit & 1).tobytes() for bit in range(bits)]


class PartsReader:
    """Finds columns out from their parts, none of which it believes (a `Coder`).

    All methods raise `DamagedSlotError` where the parts cannot be those of events.

    Parameters
    ----------
    rows : int
        Memory is taken for so many rows.
    words : dict
        The dictionaries.
    heads : tuple of array
        `least` and `bits` of the parts.
    planes : array of uint8

    Attributes
    ----------
    columns : dict
        The columns found so far; `null_column` only of those that have nulls.
    """

    def __init__(
        self,
        rows: int,
        words: dict[str, list[str | None]],
        heads: tuple[Numbers, npt.NDArray[np.uint8]],
        planes: npt.NDArray[np.uint8],
    ) -> None:
        self.rows, self.words = rows, words
        self.columns: dict[str, Numbers] = {}
        self._least, self._bits = heads
        self._planes = planes
        self._next = self._at = 0

    def finish(self) -> None:
        """Refuse what is left over."""
        if self._next != len(self._bits) or self._at != len(self._planes):
            raise DamagedSlotError("has more parts than its events need")

    def nulls(self, name: str, parts: Parts) -> None:
        """See `Coder`."""
        if self.limit(null_column(name)) > 1:
            self.guessed(null_column(name), parts)

    def limit(self, name: str) -> int:
        """See `Coder`."""
        found = self._take(1)
        _require_between(found, 1, 1 + _limits(self, name)[1], name)
        return int(found[0])

    def ranked(self, name: str) -> Numbers:
        """See `Coder`."""
        order, rank = self._take(size_of(self, name)), self._take(self.rows)
        _require_between(rank, 0, len(order) - 1, name)
        return self._keep(name, order[rank])

    def guessed(self, name: str, parts: Parts, guess: Numbers | int = 0) -> Numbers:
        """See `Coder`."""
        return self._keep(name, self._take_parts(parts) + guess)

    def leading(self, name: str, lead: Rows, known: Numbers) -> Numbers:
        """See `Coder`."""
        leads = lead == np.arange(self.rows)
        others = np.flatnonzero(~leads)
        rest = np.empty(self.rows, np.int32)
        rest[leads] = self._take(self.rows - len(others))
        rest[others] = self._take(len(others)) + rest[lead[others]]
        return self._keep(name, rest + known)

    def steps(
        self,
        name: str,
        parts: Parts,
        starts: Flags,
        *,
        guess: Numbers | int = 0,
        along: Rows | None = None,
        modulus: int = 0,
    ) -> Numbers:
        """See `Coder`."""
        step = self._take_parts(parts) + guess
        if along is not None:
            step = step[along]
        values = np.cumsum(step, dtype=np.int32)
        first = np.flatnonzero(starts)
        values -= np.repeat(values[first] - step[first], np.diff(first, append=self.rows))
        if modulus:
            values %= modulus
        if along is not None:
            values[along] = values.copy()
        return self._keep(name, values)

    def _take(self, count: int) -> Numbers:
        return self._take_parts(Parts(None, [count]))

    def _take_parts(self, parts: Parts) -> Numbers:
        heads = slice(self._next, self._next + len(parts.ends))
        self._next = heads.stop
        least, bits = self._least[heads], self._bits[heads]
        if len(bits) != len(parts.ends) or bits.max() > _MAX_BITS:
            raise DamagedSlotError("has fewer parts than its events need, or wider ones")
        ordered = np.repeat(least, np.diff(parts.ends, prepend=0))
        for part in np.flatnonzero(bits).tolist():
            start = parts.ends[part - 1] if part else 0
            ordered[start : parts.ends[part]] += self._unpack(
                parts.ends[part] - start, int(bits[part])
            )
        if parts.order is None:
            return ordered
        found = np.empty_like(ordered)
        found[parts.order] = ordered
        return found

    def _unpack(self, count: int, bits: int) -> Numbers:
        width = -(-count // 8)
        end = self._at + bits * width
        if end > len(self._planes):
            raise DamagedSlotError("has fewer planes than its events need")
        packed = self._planes[self._at : end].reshape(bits, width)
        self._at = end
        planes = np.unpackbits(packed, axis=1, count=count)
        above = planes[0].astype(_unsigned(bits))
        for bit in range(1, bits):
            above |= planes[bit].astype(above.dtype) << bit
        found: Numbers = above.astype(np.uint32).view(np.int32)
        return found

    def _keep(self, name: str, values: Numbers) -> Numbers:
        _require_between(values, *_limits(self, name), name)
        self.columns[name] = values
        return values


def _unsigned(bits: int) -> npt.DTypeLike:
    return np.min_scalar_type((1 << bits) - 1)


def _limits(reader: PartsReader, name: str) -> tuple[int, int]:
    if name in reader.words:
        return 0, size_of(reader, name) - 1
    if name not in EVENTS.names:  # where a column is null
        return 0, 1
    limits = np.iinfo(EVENTS.field(name).type.to_pandas_dtype())
    return int(limits.min), int(limits.max)


def _require_between(values: Numbers, low: int, high: int, name: str) -> None:
    if len(values) and not (low <= values.min() and values.max() <= high):
        raise DamagedSlotError(f"has a value that its column cannot have: {name}")
