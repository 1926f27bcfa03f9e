"""Columns of small integers as bit planes: the signs, the lowest bits, the next bits, and so on.

At the bottom of the storage floor. Small numbers, of either sign, have few planes, and planes of
what is nearly always the same are compressed to nothing. A negative number stands as its complement
and a sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from dualslot_widgets.errors import DamagedSlotError

Integers = npt.NDArray[np.integer[Any]]


class PlanesWriter:
    """Collects columns.

    Attributes
    ----------
    bits : list of int
        The number of planes of each column.
    parts : list of bytes
        The planes of all columns, each with eight values to the byte.
    """

    def __init__(self) -> None:
        self.bits: list[int] = []
        self.parts: list[bytes] = []

    def put(self, values: Integers) -> None:
        """Put a column; one of zeros has no planes. Unsigned values count as signed ones."""
        values = values.view(f"i{values.dtype.itemsize}")
        negative = values < 0
        if negative.any():
            values = values ^ -negative.astype(values.dtype)
        elif not values.any():
            self.bits.append(0)
            return
        bits = int(values.max()).bit_length()
        self.bits.append(1 + bits)
        self.parts.append(np.packbits(negative).tobytes())
        for low in range(0, bits, 8):
            byte = (values >> low if low else values).astype(np.uint8)
            for bit in range(min(8, bits - low)):
                self.parts.append(np.packbits(byte & np.uint8(1 << bit)).tobytes())


class PlanesReader:
    """Hands out columns, in the order in which they were put; raises `DamagedSlotError`."""

    def __init__(self, bits: Sequence[int], planes: npt.NDArray[np.uint8]) -> None:
        self._bits = iter(bits)
        self._planes = planes
        self._at = 0

    def take(self, count: int, dtype: np.dtype[Any]) -> Integers:
        """Return the next column, new memory of `count` elements."""
        bits = next(self._bits, None)
        if bits is None or bits > 1 + 8 * dtype.itemsize:
            raise DamagedSlotError("has fewer columns than its events, or wider ones")
        width = -(-count // 8)
        end = self._at + bits * width
        if end > len(self._planes):
            raise DamagedSlotError("has fewer planes than its events need")
        planes = self._planes[self._at : end].reshape(bits, width)
        self._at = end
        kind = np.dtype(f"i{dtype.itemsize}")
        values = np.zeros(count, kind)
        for low in range(1, bits, 8):
            # A product of bytes, because numpy shifts them one by one.
            byte = np.zeros(count, np.uint8)
            for bit, plane in enumerate(planes[low : low + 8]):
                byte |= np.unpackbits(plane, count=count) * np.uint8(1 << bit)
            values |= byte.astype(kind) << (low - 1)
        if bits and planes[0].any():
            values ^= -np.unpackbits(planes[0], count=count).astype(kind)
        return values.view(dtype)

    def finish(self) -> None:
        """Refuse what is left over."""
        if next(self._bits, None) is not None or self._at != len(self._planes):
            raise DamagedSlotError("has more planes than its events need")
