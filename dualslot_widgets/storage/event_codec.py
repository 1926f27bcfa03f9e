"""Delta encoding of the events inside one slot: what the rules of a fight foretell is not stored.

A room of the storage floor, on `event_model` and `event_parts`; it opens no file. The events are
cut into blocks, and the columns of a block into parts of differences from what was guessed; see
there. The encoded events are a table too, so that they are compressed and read as all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.storage.event_model import null_column, walk
from dualslot_widgets.storage.event_parts import (
    WORD_COLUMNS,
    PartsReader,
    PartsWriter,
)
from dualslot_widgets.tables import EVENTS

#: Rows a block: numbers of rows fit uint16, which numpy sorts by radix, and arrays fit the cache.
BLOCK_ROWS = 1 << 16
#: One row a block. `least` and `bits` have an element a part: its smallest difference, and its
#: number of planes. `planes` holds those of all parts; behind it stand the dictionaries.
ENCODED = pa.schema(
    [
        pa.field("rows", pa.int32()),
        pa.field("least", pa.list_(pa.int32())),
        pa.field("bits", pa.list_(pa.uint8())),
        pa.field("planes", pa.large_binary()),
        *(pa.field(name, pa.list_(pa.string())) for name in WORD_COLUMNS),
    ]
)


def encode_events(events: pa.Table) -> pa.Table:
    """Return the events as a table of the schema `ENCODED`.

    Parameters
    ----------
    events : pyarrow.Table
        Of the schema `tables.EVENTS`, with any values, nulls, dictionaries and chunks.

    Raises
    ------
    StorageError
        When a dictionary's key points nowhere, or Arrow cannot make one dictionary of those of all
        chunks: they have too many words, or null among them.
    """
    try:
        whole = events.unify_dictionaries().combine_chunks()
        whole.validate(full=True)
    except pa.ArrowInvalid as error:
        raise StorageError(f"events that are no valid table cannot be stored: {error}") from error
    starts = range(0, max(1, whole.num_rows), BLOCK_ROWS)
    words = {name: _only_chunk(whole, name).dictionary.to_pylist() for name in WORD_COLUMNS}
    blocks = [_encode_block(whole.slice(start, BLOCK_ROWS), words) for start in starts]
    blocks[0].update(words)
    return pa.Table.from_pylist(blocks, schema=ENCODED)


def decode_events(encoded: pa.Table, rows: int) -> pa.Table:
    """Return the events that were encoded, in one chunk.

    Parameters
    ----------
    encoded : pyarrow.Table
        Nobody needs to vouch for it, nor for its schema.
    rows : int
        How many events it must hold; memory is taken for no more.

    Raises
    ------
    DamagedSlotError
        When `encode_events` cannot have made it of so many events.
    """
    if not encoded.schema.equals(ENCODED, check_metadata=False):
        raise DamagedSlotError("does not have the columns of encoded events")
    starts = range(0, max(1, rows), BLOCK_ROWS)
    try:
        encoded.validate(full=True)
        lists = {name: _only_chunk(encoded, name) for name in ENCODED.names}
        if encoded.num_rows != len(starts) or any(found.null_count for found in lists.values()):
            raise DamagedSlotError(f"is not made of the blocks of {rows} rows")
        if lists["rows"].to_pylist() != [min(BLOCK_ROWS, rows - start) for start in starts]:
            raise DamagedSlotError(f"is not made of blocks of {rows} rows in all")
        words = {name: lists[name].flatten() for name in WORD_COLUMNS}
        if any(len(lists[name][0]) != len(found) for name, found in words.items()):
            raise DamagedSlotError("has a dictionary behind the first block")
        table = _joined(_decode_blocks(lists, words), rows, words)
        # Looks for dictionary keys that point nowhere, which pandas would follow.
        table.validate(full=True)
    except pa.ArrowException as error:
        raise DamagedSlotError(f"does not hold encoded events: {error}") from error
    return table


def _only_chunk(table: pa.Table, name: str) -> pa.Array:
    column = table[name]
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _encode_block(block: pa.Table, words: dict[str, list[str | None]]) -> dict[str, Any]:
    columns = {}
    for name in EVENTS.names:
        column = _only_chunk(block, name)
        if name in WORD_COLUMNS:
            column = column.indices
        nulls = column.is_null().to_numpy(zero_copy_only=False)
        columns[null_column(name)] = nulls.astype(np.int32)
        columns[name] = column.fill_null(0).to_numpy().astype(np.int32)
    writer = PartsWriter(block.num_rows, words, columns)
    walk(writer)
    parts = {"least": writer.least, "bits": writer.bits, "planes": b"".join(writer.planes)}
    return {"rows": block.num_rows, **parts, **{name: [] for name in WORD_COLUMNS}}


def _decode_blocks(lists: dict[str, pa.Array], words: dict[str, pa.Array]) -> Iterator[PartsReader]:
    known = {name: found.to_pylist() for name, found in words.items()}
    for number, rows in enumerate(lists["rows"].to_pylist()):
        least, bits = lists["least"][number].values, lists["bits"][number].values
        if least.null_count or bits.null_count or len(least) != len(bits):
            raise DamagedSlotError("has a part without its head")
        planes = np.frombuffer(lists["planes"][number].as_buffer(), np.uint8)
        reader = PartsReader(rows, known, (least.to_numpy(), bits.to_numpy()), planes)
        walk(reader)
        reader.finish()
        yield reader


def _joined(readers: Iterator[PartsReader], rows: int, words: dict[str, pa.Array]) -> pa.Table:
    """Join the columns of the blocks, each in its own narrow type."""
    kinds = [f.type.index_type if f.name in WORD_COLUMNS else f.type for f in EVENTS]
    values = [np.empty(rows, kind.to_pandas_dtype()) for kind in kinds]
    missing: dict[str, npt.NDArray[np.bool_]] = {}
    start = 0
    for reader in readers:
        block = slice(start, start + reader.rows)
        start = block.stop
        for name, column in zip(EVENTS.names, values, strict=True):
            column[block] = reader.columns[name]
            nulls = reader.columns.get(null_column(name))
            if nulls is not None:
                missing.setdefault(name, np.zeros(rows, np.bool_))[block] = nulls
    arrays = []
    for name, kind, column in zip(EVENTS.names, kinds, values, strict=True):
        array = pa.array(column, type=kind, mask=missing.get(name))
        if name in WORD_COLUMNS:
            array = pa.DictionaryArray.from_arrays(array, words[name])
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=EVENTS)
