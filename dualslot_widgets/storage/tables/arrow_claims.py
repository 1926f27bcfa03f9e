"""How much memory the bytes of an Arrow IPC file ask for, found out before anything is unpacked.

A compressed buffer says in its first eight bytes how long it is unpacked, and Arrow allocates that
much; pyarrow offers neither these numbers nor a bound. Here only they are read, along the way Arrow
takes to them: footer, blocks, messages (the flatbuffers File.fbs and Message.fbs of Arrow's format
1.4). The package `flatbuffers` follows some offsets to before the start of a file (29 of 20,000
forged ones), so that its reader would need the same checks.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from dualslot_widgets.errors import DamagedSlotError

_MAGIC = b"ARROW1"
# More than a record batch of any of our tables has: values and validity of each column.
_MOST_BUFFERS = 64
# The fields of the flatbuffer tables, by their place in the schema files.
_FOOTER_DICTIONARIES, _FOOTER_BATCHES = 2, 3
_MESSAGE_KIND, _MESSAGE_HEADER = 1, 2
_DICTIONARY_DATA = 1
_BATCH_BUFFERS, _BATCH_COMPRESSION = 2, 3
_DICTIONARY_BATCH, _RECORD_BATCH = 2, 3  # values of _MESSAGE_KIND
_BLOCK_BYTES, _BUFFER_BYTES = 24, 16


def claimed_bytes(content: bytes, most_blocks: int) -> int:
    """Return how many bytes all buffers of a file take when they are unpacked, as they claim.

    Parameters
    ----------
    content : bytes
        The whole file.
    most_blocks : int
        How many dictionaries and record batches it may have together.

    Raises
    ------
    DamagedSlotError
        When it is no Arrow IPC file, or has more blocks.
    """
    end = len(content) - len(_MAGIC) - 4
    if end < 0 or not content.endswith(_MAGIC):
        raise DamagedSlotError("is not an Arrow file of this table: it does not end as one")
    start = end - _number(content, end, "i")
    footer = start + _number(content, start, "I")
    blocks = [
        block
        for field in (_FOOTER_DICTIONARIES, _FOOTER_BATCHES)
        for block in _structs(content, footer, field, _BLOCK_BYTES, most_blocks)
    ]
    if len(blocks) > most_blocks:
        raise DamagedSlotError(f"has {len(blocks)} batches and dictionaries; {most_blocks} may be")
    return sum(size for block in blocks for size in _unpacked(content, block))


def _unpacked(content: bytes, block: int) -> Iterator[int]:
    """Yield how long each buffer of one block is in memory."""
    at = _number(content, block, "q")
    body = at + _number(content, block + 8, "i")
    # A length, since format 0.15 behind four bytes of ones.
    at += 8 if _number(content, at, "i") == -1 else 4
    message = at + _number(content, at, "I")
    kind = _field(content, message, _MESSAGE_KIND)
    batch = _table(content, message, _MESSAGE_HEADER)
    if kind is None or _number(content, kind, "B") not in (_DICTIONARY_BATCH, _RECORD_BATCH):
        raise DamagedSlotError("is not an Arrow file of this table: a block is no batch")
    if _number(content, kind, "B") == _DICTIONARY_BATCH:
        batch = _table(content, batch, _DICTIONARY_DATA)
    packed = _field(content, batch, _BATCH_COMPRESSION) is not None
    for buffer in _structs(content, batch, _BATCH_BUFFERS, _BUFFER_BYTES, _MOST_BUFFERS):
        size = _number(content, buffer + 8, "q")
        if packed and size > 0:
            claimed = _number(content, body + _number(content, buffer, "q"), "q")
            size = size if claimed == -1 else claimed  # -1: left as it is
        if size < 0:
            raise DamagedSlotError("is not an Arrow file of this table: a size is below 0")
        yield size


def _number(content: bytes, at: int, kind: str) -> int:
    try:
        if at < 0:
            raise DamagedSlotError("is not an Arrow file of this table: it points before its start")
        return int(struct.unpack_from("<" + kind, content, at)[0])
    except (struct.error, OverflowError) as error:
        raise DamagedSlotError(
            "is not an Arrow file of this table: it points behind its end"
        ) from error


def _field(content: bytes, table: int, number: int) -> int | None:
    """Return where a field of a flatbuffer's table is, None where it has its default."""
    places = table - _number(content, table, "i")
    place = 4 + 2 * number
    if place + 2 > _number(content, places, "H"):
        return None
    offset = _number(content, places + place, "H")
    return table + offset if offset else None


def _table(content: bytes, table: int, number: int) -> int:
    at = _field(content, table, number)
    if at is None:
        raise DamagedSlotError("is not an Arrow file of this table: a part of it is missing")
    return at + _number(content, at, "I")


def _structs(content: bytes, table: int, number: int, size: int, most: int) -> list[int]:
    """Return where the elements of a vector of structs are."""
    if _field(content, table, number) is None:
        return []
    vector = _table(content, table, number)
    count = _number(content, vector, "I")
    if count > most:
        raise DamagedSlotError(f"has {count:,} batches, dictionaries or buffers; {most} may be")
    return [vector + 4 + size * i for i in range(count)]
