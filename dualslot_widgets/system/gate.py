"""`Gate`: threads wait at it until something is so; Ctrl-C leaves nothing held.

Who waits does so on a lock of its own: a `threading.Condition`, as a `threading.Event` has one,
stays locked when an exception comes into its `wait`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

#: Who waits looks for itself so often, in seconds, should who changed something have been
#: interrupted before it could wake anybody.
_LOOK_SECONDS = 1.0


class Gate:
    """Where threads wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[threading.Lock] = []  # guarded by _lock; each held until it is woken

    def wake(self) -> None:
        """Have everybody look again."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for woken in waiting:
            woken.release()

    def wait(self, is_so: Callable[[], bool], timeout: float | None = None) -> bool:
        """Wait until it is so; return whether it is (`timeout` in seconds)."""
        end = None if timeout is None else time.monotonic() + timeout
        woken = threading.Lock()
        woken.acquire()
        with self._lock:
            self._waiting.append(woken)
        try:
            while not is_so():
                left = _LOOK_SECONDS if end is None else min(_LOOK_SECONDS, end - time.monotonic())
                if left <= 0:
                    return False
                woken.acquire(timeout=left)
            return True
        finally:
            with self._lock:
                self._waiting = [other for other in self._waiting if other is not woken]
