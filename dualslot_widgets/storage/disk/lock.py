"""The advisory locks between kernels: of a storage folder while it is written, and of each draft.

Readers never take one. The system releases them when a process dies, however it dies. Linux and
macOS lock with `flock`, Windows with `locking`, which is untested. A forked child lets go of its
copies, and its parent keeps the locks.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import random
import socket
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from dualslot_widgets.errors import StorageError
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.disk.remedies import remedy
from dualslot_widgets.system.durable_files import (
    NotRegularError,
    delete_file,
    kind_of,
    patiently,
    put,
    read_regular,
)
from dualslot_widgets.system.uninterrupted import stop_if_interrupted

_log = logging.getLogger(__name__)

LOCK_NAME = ".lock"
# Says who holds the lock. Not in the lock file itself, which Windows does not let others read.
HOLDER_NAME = ".lock-holder.json"
_MAX_HOLDER_BYTES = 10_000
# Seconds between two tries. Random, because with a fixed rhythm one of several writers can lose
# every time.
_RETRY = (0.001, 0.02)
_OPEN_FLAGS: int = (
    os.O_RDWR
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)
_HELD_BY_ANOTHER = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK)
_NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP)


class HeldLock:
    """A file that this process has locked; see `try_lock`. Nothing is ever written into it.

    Any thread may let go of it, once.
    """

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        # An object, not a number: it closes itself.
        self._file = files.Handle(fd)
        self._process = os.getpid()
        _held.add(self)

    @property
    def is_own(self) -> bool:
        """Whether this process took it, and did not only inherit it from the one that did."""
        return self._process == os.getpid()

    def release(self, *, delete: bool = False) -> None:
        """Let go of it, and `delete` its file while nobody else can have it."""
        if self._file.closed:
            return
        try:
            if delete and sys.platform != "win32":
                delete_file(self.path)
        finally:
            self._let_go()
        if delete and sys.platform == "win32":
            delete_file(self.path)

    def _let_go(self) -> None:
        # Closing is not enough where a forked child still has a copy.
        try:
            _unlock(self._file.fileno())
            self._file.close()
        except (OSError, ValueError) as error:  # ValueError: another thread was first
            _log.debug("%s: %s", self.path, error)

    def leave_to_parent(self) -> None:
        """Close the copy of a forked child, which takes nothing from its parent."""
        self._file.close()


_held: weakref.WeakSet[HeldLock] = weakref.WeakSet()


def _in_forked_child() -> None:
    for lock in list(_held):
        lock.leave_to_parent()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_forked_child)


def try_lock(path: Path) -> HeldLock | None:
    """Lock a file, which is made if need be; return None when another holds it.

    Raises
    ------
    OSError
        When it is a link, a pipe or the like, or cannot be locked at all.
    """
    fd = os.open(path, _OPEN_FLAGS, 0o666)
    try:
        status = os.fstat(fd)
        if kind := kind_of(status.st_mode):
            raise NotRegularError(errno.EINVAL, f"is {kind}, not a regular file", str(path))
        if _lock(fd) and _is_still(path, status):
            return HeldLock(path, fd)
    except BaseException:
        os.close(fd)
        raise
    os.close(fd)
    return None


def _is_still(path: Path, locked: os.stat_result) -> bool:
    """Say whether a file is the one that was locked: it may have been deleted meanwhile."""
    try:
        now = os.lstat(path)
    except FileNotFoundError:
        return False
    return (now.st_dev, now.st_ino) == (locked.st_dev, locked.st_ino)


if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> bool:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _HELD_BY_ANOTHER:
                return False
            raise
        return True

    def _unlock(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(fd: int) -> bool:
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _HELD_BY_ANOTHER:
                return False
            raise
        return True

    def _unlock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_UN)


@contextmanager
def writer_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Hold the lock of a storage folder; wait for it at most `timeout` seconds.

    Raises
    ------
    StorageError
        When another writer holds it all that time; the message says who.
    """
    deadline = time.monotonic() + timeout
    while True:
        try:
            held = patiently(lambda: try_lock(folder / LOCK_NAME))
        except OSError as error:
            raise StorageError(
                f"{folder / LOCK_NAME} cannot be locked: {_refusal(error)}"
            ) from error
        if held is not None:
            break
        if time.monotonic() >= deadline:
            raise StorageError(
                f"{folder} is being written by {_holder(folder)}; waited {timeout:g} s. "
                "Wait for it to finish, or stop that kernel, and store again"
            )
        stop_if_interrupted()
        time.sleep(random.uniform(*_RETRY))
    try:
        _sign(folder)
        yield
    finally:
        held.release()


def _refusal(error: OSError) -> str:
    if error.errno in _NO_LOCKS:
        return f"{error}; choose a folder on a file system with locks"
    return f"{error.strerror or error}; {remedy(error)}, and store again"


def _sign(folder: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": now}
    try:
        put(folder / HOLDER_NAME, json.dumps(holder).encode("utf-8"), sync=False)
    except OSError as error:
        _log.debug("the lock's holder is not written down: %s", error)


def _holder(folder: Path) -> str:
    try:
        holder = json.loads(read_regular(folder / HOLDER_NAME, _MAX_HOLDER_BYTES))
        return (
            f"process {int(holder['pid'])} on {holder['host']!s:.100} since {holder['since']!s:.40}"
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return "another process"
