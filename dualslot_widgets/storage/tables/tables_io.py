"""Reads one table from the bytes of an Arrow IPC file that nobody vouches for.

A low room of the storage floor, on `table_writer`, `event_blocks` and `tables`. Bytes are read into
memory and never mapped: a mapped file that is truncated kills the kernel, and compressed
buffers gain nothing from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.storage.tables.arrow_claims import claimed_bytes
from dualslot_widgets.storage.tables.event_blocks import EventBlocks
from dualslot_widgets.storage.tables.event_codec import ENCODED
from dualslot_widgets.storage.tables.table_writer import BATCH_ROWS
from dualslot_widgets.tables import SCHEMAS

#: Larger tables are neither written nor read; a million logged runs of a small fight fit.
MAX_TABLE_BYTES = 4 << 30
#: Beside its rows: names, which a scenario of at most a million bytes has, and what pads buffers.
MAX_WORDS_BYTES = 8 << 20


def unpacked_bytes(name: str, rows: int) -> int:
    """Return the most that so many rows of a table take in memory, without their words."""
    bits = 0
    for kind in SCHEMAS[name].types:
        fixed = kind.index_type if pa.types.is_dictionary(kind) else kind
        bits += 1 + int(fixed.bit_width)  # one bit says whether a value is missing
    return rows * math.ceil(bits / 8)


def require_storable(name: str, packed: int, words: int) -> None:
    """Make sure that a table will be read; raises `StorageError` when it is beyond a limit.

    Parameters
    ----------
    name : str
        A key of `SCHEMAS`.
    packed : int
        Bytes of its file.
    words : int
        Bytes of its dictionaries in memory.
    """
    if packed > MAX_TABLE_BYTES:
        raise StorageError(
            f"table {name} has {packed:,} bytes on disk; at most {MAX_TABLE_BYTES:,} are stored. "
            "Play fewer runs"
        )
    if words > MAX_WORDS_BYTES:
        raise StorageError(
            f"table {name} has {words:,} bytes of names; at most {MAX_WORDS_BYTES:,} are stored"
        )


def require_rows(name: str, rows: int) -> None:
    """Make sure that there is anything to store; raises `StorageError` for a table without runs."""
    if rows == 0 and name in ("runs", "combatants"):
        raise StorageError(f"table {name} has no rows; play at least one run, then store it")


def read_table(name: str, content: bytes, rows: int, encoding: str) -> pa.Table:
    """Return the table in the bytes of a file whose size and hash were checked.

    Raises
    ------
    DamagedSlotError
        When they are not a file of this table with this many rows in this encoding.
    """
    if encoding == "delta":
        blocks = read_blocks(content, rows)
        with _refusals():
            return blocks.table()
    with _refusals():
        table = _read_all(content, rows, SCHEMAS[name], unpacked_bytes(name, rows))
        if table.num_rows != rows:
            raise DamagedSlotError(f"has {table.num_rows} rows; its metadata says {rows}")
        # Looks for dictionary keys that point nowhere, which pandas would follow.
        table.validate(full=True)
    return table


def read_blocks(content: bytes, rows: int) -> EventBlocks:
    """Return the encoded events in the bytes of a file, for `read_table` or a run of them.

    Raises
    ------
    DamagedSlotError
        When they are not a file of so many encoded events.
    """
    with _refusals():
        # Differences that nothing foretold have a sign more than what they are the differences of.
        encoded = _read_all(content, rows, ENCODED, 2 * unpacked_bytes("events", rows))
        return EventBlocks(encoded, rows)


def _read_all(content: bytes, rows: int, schema: pa.Schema, most: int) -> pa.Table:
    """Return what is in a file with these columns, at most so many bytes without its words."""
    batches = 1 + rows // BATCH_ROWS
    claimed = claimed_bytes(content, len(schema) + batches)
    if claimed > most + MAX_WORDS_BYTES:
        raise DamagedSlotError(f"claims {claimed:,} bytes for {rows:,} rows")
    reader = pa.ipc.open_file(pa.BufferReader(content))
    if not reader.schema.equals(schema, check_metadata=False):
        raise DamagedSlotError("does not have the columns of this table")
    if reader.num_record_batches > batches:
        raise DamagedSlotError(f"has {reader.num_record_batches} batches for {rows} rows")
    return reader.read_all()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise StorageError(f"does not fit into memory: {error}") from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DamagedSlotError(f"is not an Arrow file of this table: {error}") from error
