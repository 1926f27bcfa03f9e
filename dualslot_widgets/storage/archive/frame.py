"""The unpacked bytes of a file that holds one LZ4 frame, as many at a time as somebody asks for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lz4.frame import LZ4FrameDecompressor

from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.system.durable_files import open_regular, read_at_most

#: At most so many bytes are packed or unpacked at once.
PIECE_BYTES = 1 << 20
# How a frame starts: its magic number, then flags of which these must be so: version 01, checksums
# of the packed blocks and of the content, no dictionary from elsewhere (LZ4 Frame Format 1.6.4).
_MAGIC = b"\x04\x22\x4d\x18"
_FLAGS_MASK, _FLAGS = 0b1101_0101, 0b0101_0100


class FrameReader:
    """Reads an open file; every method raises `DamagedSlotError`, or RuntimeError as lz4 does.

    Parameters
    ----------
    fd : int
        Its descriptor, at the start.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._frame = LZ4FrameDecompressor()
        start = read_at_most(fd, len(_MAGIC) + 1)
        if not start.startswith(_MAGIC) or start[-1] & _FLAGS_MASK != _FLAGS:
            raise DamagedSlotError("it does not start as one")
        os.lseek(fd, 0, os.SEEK_SET)

    def take(self, count: int) -> bytes:
        """Return the next bytes, exactly so many."""
        pieces = []
        while count > 0:
            piece = self._next(count)
            if not piece:
                raise DamagedSlotError("it ends early")
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)

    def finish(self) -> None:
        """Make sure that the frame, whose checksum comes last, and the file end here."""
        if self._next(1) or self._frame.unused_data or os.read(self._fd, 1):
            raise DamagedSlotError("it goes on behind its end")
        if not self._frame.eof:
            raise DamagedSlotError("it ends early")

    def _next(self, count: int) -> bytes:
        """Return at least one byte and at most so many; none where the frame or the file ends."""
        while not self._frame.eof:
            hungry = self._frame.needs_input
            packed = os.read(self._fd, PIECE_BYTES) if hungry else b""
            piece: bytes = self._frame.decompress(packed, max_length=min(count, PIECE_BYTES))
            if piece or (hungry and not packed):
                return piece
        return b""


@contextmanager
def open_frame(path: Path) -> Iterator[FrameReader]:
    """Open a file that may be named by a link, but must be a regular one; raises OSError."""
    fd, _ = open_regular(Path(os.path.realpath(path)))
    try:
        yield FrameReader(fd)
    finally:
        os.close(fd)
