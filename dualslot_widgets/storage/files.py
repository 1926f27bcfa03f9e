"""Every system call that storage makes on files: exclusive creation, fsync, replace, bounded reads.

The lowest room of the storage floor. A failed fsync raises and is never tried again: after one, the
system may have dropped the bytes and would report success the second time.

Proven on Linux (ext4). macOS (F_FULLFSYNC, because fsync there stops at the drive's cache) and
Windows (no fsync of folders; a refused replace is tried again) are written from their documentation
and untested.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import stat
import sys
import time
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

# Written to the system in pieces of this size; pyarrow hands over many small ones.
_BUFFER_BYTES = 1 << 20
_READ_BYTES = 1 << 22
# Waits between tries of a replace that Windows refuses while a reader has the target open.
_REPLACE_WAITS = (0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5)
_BINARY: int = getattr(os, "O_BINARY", 0)
# Never follow a link out of the folder, never wait for the other end of a pipe.
_READ_FLAGS: int = (
    os.O_RDONLY | _BINARY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
)
_NO_SUCH_SYNC = (errno.EINVAL, errno.ENOTSUP)


class NotRegularError(OSError):
    """A pipe, a device or a folder where a file should be."""


class HashingFile:
    """A new file that is hashed while it is written; close it, or nothing is durable.

    The path must not exist. `close` writes what is left, fsyncs, and only then are `size` and
    `digest` those of the file on disk.
    """

    def __init__(self, path: Path) -> None:
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o666)
        self._hash = hashlib.blake2b(digest_size=32)
        self._pending = bytearray()
        self.closed = False
        self.size = 0

    @property
    def digest(self) -> str:
        """The blake2b of everything written, as 64 hexadecimal digits."""
        return self._hash.hexdigest()

    def write(self, data: Any) -> int:
        """Take bytes or anything with a buffer; return how many bytes that were."""
        view = memoryview(data).cast("B")
        self._hash.update(view)
        self.size += len(view)
        self._pending += view
        if len(self._pending) >= _BUFFER_BYTES:
            self.flush()
        return len(view)

    def flush(self) -> None:
        """Hand everything taken so far to the system."""
        with memoryview(self._pending) as view:
            done = 0
            while done < len(view):
                done += os.write(self._fd, view[done:])
        self._pending.clear()

    def close(self) -> None:
        """Write the rest, fsync and close."""
        if self.closed:
            return
        try:
            self.flush()
            sync_file(self._fd)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Close without a promise; the file is going to be deleted."""
        if not self.closed:
            self.closed = True
            os.close(self._fd)


def write_bytes(path: Path, content: bytes) -> tuple[int, str]:
    """Write a new file durably; return its size and blake2b."""
    file = HashingFile(path)
    try:
        file.write(content)
        file.close()
    finally:
        file.abandon()
    return file.size, file.digest


def sync_file(fd: int) -> None:
    """Force a file to the disk."""
    if sys.platform == "darwin":
        import fcntl

        try:
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
        except OSError as error:
            if error.errno not in _NO_SUCH_SYNC:
                raise
    os.fsync(fd)


def sync_folder(path: Path) -> None:
    """Force the entries of a folder to the disk, where the system has such a thing."""
    if sys.platform == "win32":
        return
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync_file(fd)
    except OSError as error:
        # Some network file systems know no fsync of a folder; that is not a failed one.
        if error.errno not in _NO_SUCH_SYNC:
            raise
        _log.debug("no fsync of folder %s: %s", path, error)
    finally:
        os.close(fd)


def make_folder(path: Path) -> None:
    """Make a folder with its parents, and make sure that it stays after a power cut.

    The parent is fsynced even when the folder was there already: whoever made it may have been
    killed before doing so.
    """
    missing = [path]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for folder in reversed(missing):
        add_folder(folder)
        try:
            sync_folder(folder.parent)
        except PermissionError as error:
            # A parent that this user may enter but not list cannot be opened for its fsync.
            _log.debug("no fsync of folder %s: %s", folder.parent, error)


def add_folder(path: Path) -> None:
    """Make a folder unless it is there; nothing is made durable."""
    try:
        os.mkdir(path)
    except FileExistsError:
        if not path.is_dir():
            raise


def move(source: Path, target: Path) -> None:
    """Give a folder another name, under another parent too; `target` must not be there."""
    os.rename(source, target)


def replace(source: Path, target: Path) -> None:
    """Put `source` in the place of `target` in one step."""
    if sys.platform == "win32":
        for wait in _REPLACE_WAITS:
            try:
                os.replace(source, target)
                return
            except PermissionError:
                time.sleep(wait)
    os.replace(source, target)


def put_new(source: Path, target: Path) -> None:
    """Give a file another name; raises FileExistsError rather than replace a file of that name.

    In one step where the system has hard links; elsewhere a file that another program makes at the
    same moment is replaced.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        _log.debug("no hard link to %s: %s", source, error)
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        replace(source, target)
    else:
        delete_file(source)


def open_regular(path: Path) -> tuple[int, int]:
    """Open a file for reading; return its descriptor and size. Links and pipes are refused."""
    fd = os.open(path, _READ_FLAGS)
    try:
        status = os.fstat(fd)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularError(errno.EINVAL, "is not a regular file", str(path))
    except BaseException:
        os.close(fd)
        raise
    return fd, status.st_size


def read_at_most(fd: int, limit: int) -> bytes:
    """Read an open file from its start, at most `limit` bytes of it."""
    os.lseek(fd, 0, os.SEEK_SET)
    pieces: list[bytes] = []
    left = limit
    while left > 0:
        piece = os.read(fd, min(left, _READ_BYTES))
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def blake2b(content: bytes) -> str:
    """Return the blake2b of some bytes as 64 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=32).hexdigest()


def delete_folder(folder: Path) -> None:
    """Delete a folder of files, best effort: what stays is collected at a later commit."""
    try:
        if folder.is_symlink():  # what it leads to is not ours
            os.unlink(folder)
            return
        for name in os.listdir(folder):
            os.unlink(folder / name)
        os.rmdir(folder)
    except OSError as error:
        _log.debug("%s stays for now: %s", folder, error)


def delete_file(path: Path) -> None:
    """Delete a file, best effort."""
    try:
        os.unlink(path)
    except OSError as error:
        _log.debug("%s stays for now: %s", path, error)
