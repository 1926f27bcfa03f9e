"""Work that Ctrl-C does not cut in half: it runs in a thread of its own while its caller waits.

Under every other room. An asynchronous exception such as KeyboardInterrupt comes to one thread,
between any two of its steps, also between opening a file and remembering its descriptor. What opens
files, holds locks or changes the disk therefore runs here: the caller alone is interrupted, waits
for the work to end, as a whole or not at all, and raises what interrupted it then.

The thread is a bare one. `threading.Thread.start` waits on a lock that is taken in Python, and an
interrupt there would leave it taken.
"""

from __future__ import annotations

import _thread
import contextvars
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

T = TypeVar("T")
# Seconds between two looks whether the caller was interrupted, while another thread has a lock.
_LOOK = 0.05
# Seconds between two looks whether the work has begun.
_START = 0.5


class _Work(Generic[T]):
    """One piece of work and what became of it; its thread writes, its caller reads when done."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._context = contextvars.copy_context()
        self._result: list[T] = []
        self._error: BaseException | None = None
        self.interrupted = self.done = False
        # Who takes this one thing does the work: its thread, or nobody any more.
        self._claims = [work]
        # Held until the work is done.
        self.running = _thread.allocate_lock()
        self.running.acquire()

    def claim(self) -> bool:
        try:
            self._claims.pop()
        except IndexError:
            return False
        return True

    def wait(self) -> bool:
        """Wait until it is done; return False when its thread has not begun it and never will.

        An exception that `PyThreadState_SetAsyncExc` sends to the caller while it starts a thread
        can end that thread before its first step (CPython 3.11).
        """
        while not self.done and not self.running.acquire(timeout=_START):
            if self.claim():
                self.done = True
                return False
        return True

    def run(self) -> None:
        if not self.claim():
            return
        try:
            _here.work = self
            self._result.append(self._context.run(self._work))
        except BaseException as error:  # noqa: BLE001 - raised in the caller
            self._error = error
        finally:
            _forget_thread()
            self.done = True
            self.running.release()

    def outcome(self) -> T:
        error, self._error = self._error, None
        if error is not None:
            try:
                raise error
            finally:
                del error  # whose frames would keep everything they saw
        return self._result.pop()


class _Here(threading.local):
    work: _Work[Any] | None = None


_here = _Here()


def uninterrupted(work: Callable[[], T]) -> T:
    """Do some work out of the reach of interrupts; return its result, or raise its error.

    An interrupted caller still waits for the end of the work. What takes long asks
    `stop_if_interrupted` where it can stop. Work inside of work runs in the same thread.
    """
    if _here.work is not None:
        return work()
    task = _Work(work)
    started: list[int] = []
    try:
        # To start it and to note that it started are one step here, which nothing interrupts.
        started.extend(map(_thread.start_new_thread, (task.run,), ((),)))
        begun = task.wait()
    except BaseException as error:
        if not started and isinstance(error, RuntimeError):
            return work()  # no more threads, or Python is about to end
        task.interrupted = True
        if started:
            task.wait()
        raise
    return task.outcome() if begun else work()


def stop_if_interrupted() -> None:
    """Raise KeyboardInterrupt in work whose caller was interrupted."""
    if _here.work is not None and _here.work.interrupted:
        raise KeyboardInterrupt


@contextmanager
def holding(lock: threading.RLock | threading.Lock) -> Iterator[None]:
    """Hold a lock inside of work; an interrupt of the caller ends the wait for it."""
    while not lock.acquire(timeout=_LOOK):
        stop_if_interrupted()
    try:
        yield
    finally:
        lock.release()


def _forget_thread() -> None:
    """Have `threading` forget this thread, which it got to know if something was logged.

    Python 3.13 does this by itself; before, such a thread stays in `threading.enumerate`.
    """
    if sys.version_info < (3, 13):
        known: dict[int, Any] = getattr(threading, "_active", {})
        known.pop(_thread.get_ident(), None)
