"""Reads one table from the bytes of an Arrow IPC file that nobody vouches for.

Bytes are read into memory and never mapped: a mapped file that is truncated kills the kernel, and
compressed buffers gain nothing from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
import pyarrow.compute as pc

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.storage.older import bit_planes
from dualslot_widgets.storage.tables import event_residuals
from dualslot_widgets.storage.tables.arrow_claims import claimed_bytes
from dualslot_widgets.storage.tables.table_writer import BATCH_ROWS
from dualslot_widgets.tables import SCHEMAS, rows_of_run

#: How the rows of a table may stand in its file; the first is written. "plain": as they are;
#: "residuals": as `event_residuals` makes them; "delta": as older versions made events.
ENCODINGS = dict.fromkeys(SCHEMAS, ("plain",)) | {"events": ("residuals", "delta", "plain")}

#: Larger tables are neither written nor read; a million logged runs of a small fight fit.
MAX_TABLE_BYTES = 4 << 30
#: What a table takes beside its rows: names, which a scenario of at most a million bytes has, and
#: what pads buffers.
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
    with _refusals():
        if encoding == "delta":
            # Differences that nothing foretold have a sign more than what they are differences of.
            most = 2 * unpacked_bytes(name, rows)
            file = _open(content, rows, bit_planes.ENCODED, most)
            return bit_planes.decode_events(file.read_all(), rows)
        file = _open(content, rows, SCHEMAS[name], unpacked_bytes(name, rows))
        batches = [_decoded(batch, encoding) for batch in _batches(file)]
        table = pa.Table.from_batches(batches, SCHEMAS[name])
        if table.num_rows != rows:
            raise DamagedSlotError(f"has {table.num_rows} rows; its metadata says {rows}")
    return table


def read_events_of_run(content: bytes, rows: int, encoding: str, run: int) -> pa.Table:
    """Return the events of one run, and decode no batch that has none of them.

    Parameters and errors are those of `read_table`.
    """
    if encoding == "delta":
        return rows_of_run(read_table("events", content, rows, encoding), run)
    schema = SCHEMAS["events"]
    with _refusals():
        file = _open(content, rows, schema, unpacked_bytes("events", rows))
        found = [
            _decoded(batch, encoding)
            for batch in _batches(file)
            if pc.any(pc.equal(batch["run"], run)).as_py()
        ]
        return rows_of_run(pa.Table.from_batches(found, schema), run)


def _open(content: bytes, rows: int, schema: pa.Schema, most: int) -> pa.ipc.RecordBatchFileReader:
    """Open a file with these columns, which takes at most so many bytes without its words."""
    batches = 1 + rows // BATCH_ROWS
    claimed = claimed_bytes(content, len(schema) + batches)
    if claimed > most + MAX_WORDS_BYTES:
        raise DamagedSlotError(f"claims {claimed:,} bytes for {rows:,} rows")
    file = pa.ipc.open_file(pa.BufferReader(content))
    if not file.schema.equals(schema, check_metadata=False):
        raise DamagedSlotError("does not have the columns of this table")
    if file.num_record_batches > batches:
        raise DamagedSlotError(f"has {file.num_record_batches} batches for {rows} rows")
    return file


def _batches(file: pa.ipc.RecordBatchFileReader) -> Iterator[pa.RecordBatch]:
    return (file.get_batch(number) for number in range(file.num_record_batches))


def _decoded(batch: pa.RecordBatch, encoding: str) -> pa.RecordBatch:
    # Looks for dictionary keys that point nowhere, which pandas would follow.
    batch.validate(full=True)
    return event_residuals.decode(batch) if encoding == "residuals" else batch


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise StorageError(f"does not fit into memory: {error}") from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DamagedSlotError(f"is not an Arrow file of this table: {error}") from error
