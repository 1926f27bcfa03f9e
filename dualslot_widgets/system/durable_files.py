"""Files that are written as a whole or not at all, and read only when they are files.

Scenarios and slots alike are written here. A failed fsync raises and is never tried again: after
one, the system may have dropped the bytes and would report success the second time. A read that
fails in a way that is known to pass is tried a few times.

Proven on Linux (ext4). macOS (F_FULLFSYNC, because fsync there stops at the drive's cache) and
Windows (no fsync of folders; a refused replace is tried again) are written from their documentation
and untested.
"""
# Descriptors and fsync live in os.
# ruff: noqa: PTH105, PTH108

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_log = logging.getLogger(__name__)
T = TypeVar("T")

_READ_BYTES = 1 << 22
# Waits between tries, in seconds: of a replace that Windows refuses while a reader has the target
# open, and of a read that fails in a way that passes.
_REPLACE_WAITS = (0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5)
_READ_WAITS = (0.002, 0.01, 0.05)
_PASSING = ("EINTR", "EBUSY", "EAGAIN", "ESTALE", "ETIMEDOUT")
_PASSING_ERRNOS = {getattr(errno, name) for name in _PASSING if hasattr(errno, name)}
_SHARING_VIOLATIONS = (32, 33)  # Windows: another program, say a virus scanner, has it open
_BINARY: int = getattr(os, "O_BINARY", 0)
_NO_FOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
# Never wait for the other end of a pipe.
_READ_FLAGS: int = os.O_RDONLY | _BINARY | getattr(os, "O_NONBLOCK", 0)
_NO_SUCH_SYNC = (errno.EINVAL, errno.ENOTSUP)
_MAX_NAME_BYTES = 255
_TEMPORARY = re.compile(r"\.[0-9a-f]{16}\.(.+)\.new", re.ASCII | re.DOTALL)
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class NotRegularError(OSError):
    """A link, a pipe, a device or a folder where a file should be."""


class NotDurableError(OSError):
    """A new file stands in its place, and may not survive a power cut."""


def kind_of(mode: int) -> str:
    """Return in words what stands in the place of a file, nothing for a regular file."""
    kind = stat.S_IFMT(mode)
    return "" if kind == stat.S_IFREG else _KINDS.get(kind, "no file")


def patiently(read: Callable[[], T]) -> T:
    """Read; try a few times more, with growing waits, what fails in a way that passes."""
    for wait in _READ_WAITS:
        try:
            return read()
        except OSError as error:
            winerror = getattr(error, "winerror", None)
            if error.errno not in _PASSING_ERRNOS and winerror not in _SHARING_VIOLATIONS:
                raise
        time.sleep(wait)
    return read()


def open_regular(path: Path, *, follow: bool = False) -> tuple[int, int]:
    """Open a file for reading; return its descriptor and size.

    Pipes, devices and folders are refused, and links too unless `follow`; raises `NotRegularError`.
    """
    try:
        fd = os.open(path, _READ_FLAGS | (0 if follow else _NO_FOLLOW))
    except OSError as error:
        if kind := _in_the_way(path, error):
            raise NotRegularError(error.errno, f"is {kind}, not a regular file", path) from error
        raise
    try:
        status = os.fstat(fd)
        if kind := kind_of(status.st_mode):
            raise NotRegularError(errno.EINVAL, f"is {kind}, not a regular file", str(path))
    except BaseException:
        os.close(fd)
        raise
    return fd, status.st_size


def _in_the_way(path: Path, error: OSError) -> str:
    """Return what made a file refuse to be opened, in words; nothing when that was no link or so.

    Systems say in different ways that they met one, and a file server may say the same of a file.
    """
    if error.errno not in (errno.ELOOP, errno.EMLINK, errno.ENXIO):
        return ""
    try:
        return kind_of(os.lstat(path).st_mode)
    except OSError:
        return ""


def read_at_most(fd: int, limit: int) -> bytes:
    """Read an open file from its start, at most `limit` bytes of it."""
    pieces: list[bytes] = []
    done = 0
    while piece := _read_piece(fd, min(limit - done, _READ_BYTES), done):
        pieces.append(piece)
        done += len(piece)
    return b"".join(pieces)


def _read_piece(fd: int, count: int, at: int) -> bytes:
    # A forked child shares the position of every file that its parent had open.
    if hasattr(os, "pread"):
        return os.pread(fd, count, at)
    os.lseek(fd, at, os.SEEK_SET)
    return os.read(fd, count)


def read_regular(path: Path, limit: int, *, follow: bool = False) -> bytes:
    """Return what is in a file, at most `limit` bytes of it; see `open_regular`."""

    def read() -> bytes:
        fd, _ = open_regular(path, follow=follow)
        try:
            return read_at_most(fd, limit)
        finally:
            os.close(fd)

    return patiently(read)


def create(path: Path) -> int:
    """Open a new file for writing; nothing may be there, and no link is followed."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY, 0o666)


def write_all(fd: int, content: bytes | memoryview) -> None:
    """Hand all of some bytes to the system."""
    with memoryview(content) as view:
        done = 0
        while done < len(view):
            done += os.write(fd, view[done:])


def put(path: Path, content: bytes, *, keep_permissions: bool = False, sync: bool = True) -> None:
    """Put a file with this content in the place of `path`, in one step.

    What stands there is replaced and never written into: a link leads nowhere, and another name of
    the same file keeps it. After an OSError it is as before. Durable only once the folder is
    fsynced, see `write_durably`; without `sync` a power cut may leave any part of it.
    """
    temporary = temporary_path(path)
    try:
        fd = create(temporary)
        try:
            write_all(fd, content)
            if keep_permissions:
                _keep_permissions(fd, path)
            if sync:
                sync_file(fd)
        finally:
            os.close(fd)
        replace(temporary, path)
    except BaseException:
        delete_file(temporary)
        raise


def write_durably(path: Path, content: bytes) -> None:
    """Put a file with this content in the place of `path`; it survives a power cut from then on.

    Raises
    ------
    NotDurableError
        When the new file stands there, and its folder could not be fsynced.
    OSError
        What stood there before is as before.
    """
    put(path, content)
    _make_durable(path)


def save(path: Path, content: bytes) -> None:
    """Write a file for a user, who may have named it by a link: what it leads to is replaced.

    The permissions of a file that was there stay.

    Raises
    ------
    NotRegularError
        When a folder, a pipe or a device is there; it is left alone.
    OSError
        As from `write_durably`.
    """
    target = Path(os.path.realpath(path))
    try:
        kind = kind_of(os.lstat(target).st_mode)
    except FileNotFoundError:
        kind = ""
    if kind:
        raise NotRegularError(errno.EINVAL, f"there is {kind} of that name", str(path))
    put(target, content, keep_permissions=True)
    _make_durable(target)


def _make_durable(path: Path) -> None:
    try:
        sync_folder(path.parent)
    except PermissionError as error:
        # A folder that this user may enter but not list cannot be opened for its fsync.
        _log.debug("no fsync of folder %s: %s", path.parent, error)
    except OSError as error:
        raise NotDurableError(error.errno, error.strerror, str(path)) from error


def _keep_permissions(fd: int, target: Path) -> None:
    try:
        os.chmod(fd, stat.S_IMODE(os.lstat(target).st_mode))
    except (OSError, NotImplementedError, TypeError) as error:  # a new file; no such call
        _log.debug("%s gets the usual permissions: %s", target, error)


def temporary_path(path: Path) -> Path:
    """Return a name that nobody has, for what is going to be in the place of `path`."""
    name = f".{secrets.token_hex(8)}.{path.name}.new"
    if len(os.fsencode(name)) > _MAX_NAME_BYTES:
        name = f".{secrets.token_hex(8)}.new"
    return path.with_name(name)


def temporary_target(name: str) -> str | None:
    """Return the name of the file that a temporary was going to be, None if it is none."""
    match = _TEMPORARY.fullmatch(name)
    return match[1] if match else None


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


def delete_file(path: Path) -> None:
    """Delete a file, best effort."""
    try:
        os.unlink(path)
    except OSError as error:
        _log.debug("%s stays for now: %s", path, error)
