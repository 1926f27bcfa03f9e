"""How many files all generations of a process hold open together, and which of them are closed.

A script may keep hundreds of results, and some systems grant a process 256 handles. So all
generations of a process share `MAX_OPEN_FILES` of them: where a new one needs room, the smallest
files that are open are taken into memory, as the compressed bytes they are on disk, and closed.
Reading every file at once would cost each dashboard the bytes of its tables, and closing a file
when its table is read would not help the script that reads only analyses. Measured with 200 results
of 4 v 7 at 1005 runs: 64 handles rather than 1000, and 50 MB of memory.
"""

from __future__ import annotations

import heapq
import threading
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from dualslot_widgets.storage.disk.forks import renew_in_children

#: How many files all generations in this process share; the two slots of a dashboard need ten.
MAX_OPEN_FILES = 64


class Holder(Protocol):
    """Who holds files open."""

    @property
    def open_files(self) -> Mapping[str, int]:
        """The sizes of the files that hold a handle, by name."""

    def keep_in_memory(self, name: str) -> None:
        """Close a file and keep its bytes."""


class _Opening:
    """Who holds files, and the lock that is held while some are opened: threads share the bound."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.holders: weakref.WeakSet[Holder] = weakref.WeakSet()
        renew_in_children(self)

    def renew_locks(self) -> None:
        self.lock = threading.Lock()


_opening = _Opening()


@contextmanager
def opening(holder: Holder, count: int = 0) -> Iterator[None]:
    """Have room for so many files more while a holder opens them, one holder at a time."""
    with _opening.lock:
        held = [
            (one, name, size)
            for one in list(_opening.holders)
            for name, size in one.open_files.items()
        ]
        surplus = len(held) + count - MAX_OPEN_FILES
        for one, name, _ in heapq.nsmallest(surplus, held, lambda file: file[2]):
            one.keep_in_memory(name)
        _opening.holders.add(holder)
        yield
