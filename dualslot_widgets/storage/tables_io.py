"""One table as one LZ4 Arrow IPC file: writing it, and reading bytes that nobody vouches for.

A low room of the storage floor, on `tables`. Bytes are read into memory and never mapped: a mapped
file that is truncated kills the kernel, and compressed buffers gain nothing from it.
"""

from __future__ import annotations

import math
from typing import Any

import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.storage.arrow_claims import claimed_bytes
from dualslot_widgets.tables import SCHEMAS

# Small record batches cost bytes: 240 rows 2.05x, 16k rows 1.19x, 64k rows 1.06x (measured).
BATCH_ROWS = 1 << 16
#: Larger tables are neither written nor read; a million logged runs of a small fight fit.
MAX_TABLE_BYTES = 4 << 30
#: Beside its rows: names, which a scenario of at most a million bytes has, and what pads buffers.
MAX_WORDS_BYTES = 8 << 20


def write_table(name: str, table: pa.Table, sink: Any) -> int:
    """Write a table in record batches of at least 64k rows; return its number of rows.

    Parameters
    ----------
    name : str
        A key of `SCHEMAS`; the table must have that schema.
    table : pyarrow.Table
        Of any chunking.
    sink
        A binary file, open for writing.
    """
    if not table.schema.equals(SCHEMAS[name], check_metadata=False):
        raise StorageError(
            f"table {name} has not the columns that are stored; expected\n{SCHEMAS[name]}\n"
            f"got\n{table.schema}"
        )
    # One dictionary for all batches: the file format knows no second one.
    whole = table.replace_schema_metadata(None).unify_dictionaries().combine_chunks()
    batches = max(1, whole.num_rows // BATCH_ROWS)
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_file(sink, SCHEMAS[name], options=options) as writer:
        writer.write_table(whole, max_chunksize=max(1, math.ceil(whole.num_rows / batches)))
    return int(whole.num_rows)


def unpacked_bytes(name: str, rows: int) -> int:
    """Return the most that so many rows of a table take in memory, without their words."""
    bits = 0
    for kind in SCHEMAS[name].types:
        fixed = kind.index_type if pa.types.is_dictionary(kind) else kind
        bits += 1 + int(fixed.bit_width)  # one bit says whether a value is missing
    return rows * math.ceil(bits / 8)


def read_table(name: str, content: bytes, rows: int) -> pa.Table:
    """Return the table in the bytes of a file whose size and hash were checked.

    Raises
    ------
    DamagedSlotError
        When they are not a file of this table with this many rows.
    """
    columns, batches = len(SCHEMAS[name]), 1 + rows // BATCH_ROWS
    claimed = claimed_bytes(content, columns + batches)
    if claimed > unpacked_bytes(name, rows) + MAX_WORDS_BYTES:
        raise DamagedSlotError(f"claims {claimed:,} bytes for {rows:,} rows")
    try:
        reader = pa.ipc.open_file(pa.BufferReader(content))
        if not reader.schema.equals(SCHEMAS[name], check_metadata=False):
            raise DamagedSlotError("does not have the columns of this table")
        if reader.num_record_batches > batches:
            raise DamagedSlotError(f"has {reader.num_record_batches} batches for {rows} rows")
        table = reader.read_all()
        if table.num_rows != rows:
            raise DamagedSlotError(f"has {table.num_rows} rows; its metadata says {rows}")
        # Looks for dictionary keys that point nowhere, which pandas would follow.
        table.validate(full=True)
    except MemoryError as error:
        raise StorageError(f"does not fit into memory: {error}") from error
    except (pa.ArrowException, OSError, ValueError) as error:
        raise DamagedSlotError(f"is not an Arrow file of this table: {error}") from error
    return table
