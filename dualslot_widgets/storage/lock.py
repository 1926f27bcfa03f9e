"""The advisory lock between kernels that write to one storage folder.

Beside `files` at the bottom of the storage floor. Readers never take it. The system releases it
when a process dies, however it dies.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import random
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from dualslot_widgets.errors import StorageError
from dualslot_widgets.storage.remedies import remedy

_log = logging.getLogger(__name__)

LOCK_NAME = ".lock"
# Says who holds the lock. Not in the lock file itself, which Windows does not let others read.
HOLDER_NAME = ".lock-holder.json"
_MAX_HOLDER_BYTES = 10_000
# Seconds between two tries. Random, because with a fixed rhythm one of several writers can lose
# every time.
_RETRY = (0.001, 0.02)


@contextmanager
def writer_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Hold the lock of a storage folder; wait for it at most `timeout` seconds.

    Raises
    ------
    StorageError
        When another writer holds it all that time; the message says who.
    """
    lock = FileLock(folder / LOCK_NAME)
    deadline = time.monotonic() + timeout
    while True:
        try:
            lock.acquire(timeout=0)
            break
        except Timeout:
            if time.monotonic() >= deadline:
                raise StorageError(
                    f"{folder} is being written by {_holder(folder)}; waited {timeout:g} s. "
                    "Wait for it to finish, or stop that kernel, and store again"
                ) from None
        except (OSError, NotImplementedError) as error:
            raise StorageError(
                f"{folder / LOCK_NAME} cannot be locked: {_refusal(error)}"
            ) from error
        time.sleep(random.uniform(*_RETRY))
    try:
        _sign(folder)
        yield
    finally:
        lock.release()


def _refusal(error: OSError | NotImplementedError) -> str:
    if isinstance(error, OSError) and error.errno not in (errno.ENOSYS, errno.ENOLCK, None):
        return f"{error.strerror or error}; {remedy(error)}, and store again"
    return f"{error}; choose a folder on a file system with locks"


def _sign(folder: Path) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": now}
    try:
        (folder / HOLDER_NAME).write_text(json.dumps(holder), encoding="utf-8")
    except OSError as error:
        _log.debug("the lock's holder is not written down: %s", error)


def _holder(folder: Path) -> str:
    try:
        with (folder / HOLDER_NAME).open("rb") as stream:
            holder = json.loads(stream.read(_MAX_HOLDER_BYTES))
        return (
            f"process {int(holder['pid'])} on {holder['host']!s:.100} since {holder['since']!s:.40}"
        )
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return "another process"
