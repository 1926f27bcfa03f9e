"""The encoded events of a table, decoded a block at a time: whole, or only as one run needs it.

A room of the storage floor, on `event_codec`. Decoding 274,000 events takes a tenth of a second,
and a replay wants a few hundred of them. What was decoded is kept, and decoding a block twice at
once does no harm: there is no lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.tables.event_codec import (
    ENCODED,
    WORD_COLUMNS,
    decode_block,
    runs_of_block,
)
from dualslot_widgets.tables import EVENTS, rows_of_run


class EventBlocks:
    """Events that were encoded block by block.

    Parameters
    ----------
    encoded : pyarrow.Table
        Nobody needs to vouch for it, nor for its schema.
    rows : int
        How many events it must hold; memory is taken for no more.

    Raises
    ------
    DamagedSlotError
        When `encode_block` cannot have made it of so many events; what is in a block is looked at
        when that block is decoded.
    """

    def __init__(self, encoded: pa.Table, rows: int) -> None:
        if not encoded.schema.equals(ENCODED, check_metadata=False):
            raise DamagedSlotError("does not have the columns of encoded events")
        with _damage():
            encoded.validate(full=True)
            if any(column.null_count for column in encoded.columns):
                raise DamagedSlotError("has a block without its head")
            counts = encoded["rows"].to_pylist()
            if min(counts, default=1) < 0 or sum(counts) != rows:
                raise DamagedSlotError(f"does not hold {rows} rows")
            self._words = {name: encoded[name].combine_chunks().flatten() for name in WORD_COLUMNS}
            self._heads = list(zip(counts, encoded["bits"], encoded["planes"], strict=True))
        self._decoded: dict[int, pa.RecordBatch] = {}

    def table(self) -> pa.Table:
        """Return all events, one chunk a block."""
        blocks = [self._block(number) for number in range(len(self._heads))]
        return pa.Table.from_batches(blocks, schema=EVENTS)

    def of_run(self, run: int) -> pa.Table:
        """Return the events of one run; a run stands in one block, and blocks are sorted by run."""
        filled = [number for number, (rows, *_) in enumerate(self._heads) if rows]
        while filled:
            middle = len(filled) // 2
            first, last = self._runs(filled[middle])
            if first <= run <= last:
                block = self._block(filled[middle])
                return rows_of_run(pa.Table.from_batches([block]), run)
            filled = filled[:middle] if run < first else filled[middle + 1 :]
        return EVENTS.empty_table()

    def _runs(self, number: int) -> tuple[int, int]:
        if number in self._decoded:
            run = self._decoded[number]["run"]
            return run[0].as_py(), run[-1].as_py()
        with _damage():
            return runs_of_block(*self._heads[number], self._words)

    def _block(self, number: int) -> pa.RecordBatch:
        if number not in self._decoded:
            with _damage():
                block = decode_block(*self._heads[number], self._words)
                # Looks for dictionary keys that point nowhere, which pandas would follow.
                block.validate(full=True)
            self._decoded[number] = block
        return self._decoded[number]


def decode_events(encoded: pa.Table, rows: int) -> pa.Table:
    """Return all events that were encoded; parameters and errors as of `EventBlocks`."""
    return EventBlocks(encoded, rows).table()


@contextmanager
def _damage() -> Iterator[None]:
    try:
        yield
    except pa.ArrowException as error:
        raise DamagedSlotError(f"does not hold encoded events: {error}") from error
