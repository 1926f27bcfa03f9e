"""One file of the history: how it proves itself, is read as nobody vouches for it, and replaced.

It is an Arrow IPC file with LZ4 buffers; words, and the JSON of scenarios, are in it once. Its
schema names the file, the numbers of its rows, and the blake2b of all its bytes, taken with zeros
in the place of the hash.
"""

from __future__ import annotations

import io
import logging
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.history.history_rows import (
    MAX_ROWS,
    SCHEMA,
    is_possible,
    joined,
    newest,
)
from dualslot_widgets.storage.record.metadata import UnknownLayoutError
from dualslot_widgets.system import durable_files

_log = logging.getLogger(__name__)

#: Larger files are not read. LZ4 makes at most 255 times as much of them.
MAX_BYTES = 16 << 20
LAYOUT = 1

# Stands twice in an Arrow file: in the schema before all rows, and in the footer behind them.
_SEAL = "%s layout:%d rows:%d-%d blake2b:%s"
_SEALED = re.compile(
    rb"(history[.a-z]+) layout:(\d{1,9}) rows:(\d{1,15})-(\d{1,15}) blake2b:([0-9a-f]{64})"
)
# The most bytes of scenarios; what is older leaves.
_MAX_TEXT = 64 << 20
_SEAL_WITHIN = 16_384  # bytes from the start
# Waiting for threads takes longer than the work.
_ONE_THREAD = pa.ipc.IpcReadOptions(use_threads=False)
_NO_HASH = "0" * 64
_DAMAGED = re.compile(r"history\.damaged-(\d{1,9})\.arrow", re.ASCII)


@dataclass(frozen=True, slots=True)
class Segment:
    """One file of the history, its hash checked: the rows number `first` to `last`."""

    first: int
    last: int
    content: bytes

    def table(self) -> pa.Table:
        """Return its rows; raises `DamagedSlotError` when they cannot be a history."""
        try:
            source = pa.BufferReader(self.content)
            table = pa.ipc.open_file(source, options=_ONE_THREAD).read_all()
            table.validate(full=True)
            if table.num_rows != self.last - self.first + 1 or not is_possible(table):
                raise DamagedSlotError("has rows that no commit can have")
        except MemoryError as error:
            raise StorageError(f"the history does not fit into memory: {error}") from error
        except (pa.ArrowException, OSError, ValueError) as error:
            raise DamagedSlotError(f"is not an Arrow file of a history: {error}") from error
        return table


def open_segment(path: Path) -> Segment | None:
    """Return a file of the history with its hash checked, None when there is none."""
    try:
        fd, size = durable_files.patiently(lambda: durable_files.open_regular(path))
        try:
            content = b""
            if size <= MAX_BYTES:
                content = durable_files.patiently(lambda: durable_files.read_at_most(fd, MAX_BYTES))
        finally:
            os.close(fd)
    except FileNotFoundError:
        return None
    except durable_files.NotRegularError as error:
        raise DamagedSlotError("is not a regular file") from error
    except OSError as error:
        raise StorageError(f"{path} cannot be read: {error.strerror}") from error
    if size > MAX_BYTES:
        raise DamagedSlotError(f"is larger than {MAX_BYTES:,} bytes")
    seal = _SEALED.search(content, 0, _SEAL_WITHIN)
    if seal is None or _unsealed_hash(content, seal[0]) != seal[5].decode():
        raise DamagedSlotError("does not have the bytes that were written: its hash is wrong")
    if seal[1].decode() != path.name:
        raise DamagedSlotError(f"is a copy of {seal[1].decode()}")
    if int(seal[2]) > LAYOUT:
        raise UnknownLayoutError(
            f"was written by a newer dualslot_widgets (layout {int(seal[2])}; this one reads "
            f"{LAYOUT}); upgrade, or move the file away"
        )
    return Segment(int(seal[3]), int(seal[4]), content)


def _unsealed_hash(content: bytes, seal: bytes) -> str:
    """Return the blake2b of a file with zeros in the place of both hashes."""
    blank = bytearray(content)
    for start in (content.find(seal), content.rfind(seal)):
        blank[start + len(seal) - len(_NO_HASH) : start + len(seal)] = _NO_HASH.encode()
    return files.blake2b(bytes(blank))


def write_segment(path: Path, last: int, table: pa.Table) -> None:
    """Put `joined` rows, the last of them number `last`, in the place of a file."""
    keep = newest(table, MAX_ROWS, _MAX_TEXT)
    content = _encoded(path.name, table, keep, last)
    while len(content) > MAX_BYTES:
        keep //= 2
        content = _encoded(path.name, table, keep, last)
    durable_files.put(path, content)


def _encoded(name: str, table: pa.Table, keep: int, last: int) -> bytes:
    if keep < table.num_rows:
        table = joined([table.slice(table.num_rows - keep)])
    seal = _SEAL % (name, LAYOUT, last - keep + 1, last, _NO_HASH)
    sink = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression="lz4", use_threads=False)
    with pa.ipc.new_file(sink, SCHEMA.with_metadata({"seal": seal}), options=options) as writer:
        writer.write_table(table)
    content = sink.getvalue()
    sealed = seal.replace(_NO_HASH, _unsealed_hash(content, seal.encode())).encode()
    for start in (content.find(seal.encode()), content.rfind(seal.encode())):
        content = content[:start] + sealed + content[start + len(sealed) :]
    return content


def open_or_set_aside(root: Path, name: str) -> Segment | None:
    """Return a file of the history; a damaged one is set aside, and is None."""
    try:
        return open_segment(root / name)
    except DamagedSlotError as error:
        _set_aside(root, name, error)
        return None


def rows_or_set_aside(root: Path, name: str) -> tuple[Segment | None, pa.Table]:
    """Return a file of the history and its rows; a damaged one is set aside, and has none."""
    segment = open_or_set_aside(root, name)
    try:
        return segment, SCHEMA.empty_table() if segment is None else segment.table()
    except DamagedSlotError as error:
        _set_aside(root, name, error)
        return None, SCHEMA.empty_table()


def last_or_set_aside(root: Path, name: str) -> int:
    """Return the number of the last row of a file, 0 when there is none or it is damaged.

    A file that has not changed since it was last checked is not read again.
    """
    try:
        status = durable_files.patiently(lambda: os.stat(root / name, follow_symlinks=False))
    except FileNotFoundError:
        return 0
    stamp = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return _last_row(root, name, stamp)


@lru_cache(maxsize=16)
def _last_row(root: Path, name: str, _stamp: tuple[int, ...]) -> int:
    segment = open_or_set_aside(root, name)
    return 0 if segment is None else segment.last


def _set_aside(root: Path, name: str, error: DamagedSlotError) -> None:
    """Rename a damaged file, so that a new one can be begun; the one set aside before goes."""
    others = {
        found: int(match[1]) for found in os.listdir(root) if (match := _DAMAGED.fullmatch(found))
    }
    for other in others:
        path = root / other
        if path.is_dir() and not path.is_symlink():
            files.delete_folder(path)
        else:
            durable_files.delete_file(path)
    target = f"history.damaged-{max(others.values(), default=0) + 1}.arrow"
    durable_files.replace(root / name, root / target)
    _log.warning("%s %s; it is kept as %s, and a new one is begun", root / name, error, target)
