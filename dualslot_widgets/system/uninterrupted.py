"""Work that Ctrl-C does not cut in half: it runs in a thread of its own while its caller waits.

An asynchronous exception such as KeyboardInterrupt comes to one thread,
between any two of its steps, also between opening a file and remembering its descriptor. What opens
files, holds locks or changes the disk therefore runs here: the caller alone is interrupted, waits
for the work to end, as a whole or not at all, and raises what interrupted it then. Machine code
without Python in it cannot be interrupted at all; who has it run here, with a way to stop it, can.

The threads are bare ones. `threading.Thread`'s `start` and `join`, conditions and events hold locks
in Python code, and an interrupt in the middle of that leaves them held, and then every thread
blocks; what is used here is written in C, and is either done or not. Threads that outlive a call
are started and joined here for the same reason.
"""

from __future__ import annotations

import _thread
import contextvars
import math
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from dualslot_widgets.errors import DualSlotError

T = TypeVar("T")
# Seconds between two looks whether the caller was interrupted, while another thread has a lock.
_LOOK = 0.05
# Work that its thread has not begun after so many seconds may never be.
_START = 0.5
#: An interrupted caller waits at most so many seconds for work that was asked to stop.
STOP_SECONDS = 0.5


class _Work(Generic[T]):
    """One piece of work and what became of it; its thread writes, its caller reads when done.

    Attributes
    ----------
    interrupted : bool
        Whether its caller, or that one's caller, does not want it any more.
    """

    def __init__(self, work: Callable[[], T], stop: Callable[[], object] | None) -> None:
        self._work, self._stop = work, stop
        self._context = contextvars.copy_context()
        self._outer = _here.work
        self._result: list[T] = []
        self._error: BaseException | None = None
        self._left_to_caller = False
        self.interrupted = self._done = False
        # Who takes this one thing does the work.
        self._claims = [work]
        # Held until the work is done.
        self._running = _thread.allocate_lock()
        self._running.acquire()
        self.started: list[int] = []

    def start(self) -> None:
        """Give it a thread.

        To start it and to note that it started are one step here, which nothing interrupts.
        """
        self.started.extend(map(_thread.start_new_thread, (self._run,), ((),)))

    def wait(self, seconds: float = math.inf) -> bool:
        """Wait until it is done, or the seconds are over; return whether it is.

        Its thread may never begin: an exception that `PyThreadState_SetAsyncExc` sends to the
        caller while it starts a thread can end that thread before its first step (CPython 3.11).
        Or it seems so, where the whole process stood still. Work that can be stopped gets another
        thread then, as its caller could not stop it; other work is left to its caller.
        """
        now = time.monotonic()
        end, begun_by = now + seconds, now + _START
        look = _START if self._outer is None else _LOOK
        while not self._done:
            if self._running.acquire(timeout=max(0.0, min(look, end - now))):
                break
            if self._outer is not None and self._outer.interrupted and not self.interrupted:
                raise KeyboardInterrupt
            now = time.monotonic()
            if self._claims and now >= begun_by:
                begun_by = now + _START
                if self._stop is not None:
                    self.start()
                elif self._claim():
                    self._left_to_caller = self._done = True
            elif now >= end:
                return False
        return True

    def interrupt(self) -> None:
        """Have it end, and wait for that: only a little where it can be stopped."""
        self.interrupted = True
        if self._stop is None:
            if self.started:
                self.wait()
        elif not self._claim():
            self._stop()
            self.wait(STOP_SECONDS)

    def outcome(self) -> T:
        """Return its result or raise its error."""
        if self._left_to_caller:
            return self._work()
        error, self._error = self._error, None
        if error is not None:
            try:
                raise error
            finally:
                del error  # whose frames would keep everything they saw
        return self._result.pop()

    def _claim(self) -> bool:
        try:
            self._claims.pop()
        except IndexError:
            return False
        return True

    def _run(self) -> None:
        if not self._claim():
            return
        try:
            _here.work = self
            self._result.append(self._context.run(self._work))
        except BaseException as error:  # noqa: BLE001 - raised in the caller
            self._error = error
        finally:
            _forget_thread()
            self._done = True
            self._running.release()


class _Here(threading.local):
    work: _Work[Any] | None = None


_here = _Here()


def uninterrupted(
    work: Callable[[], T],
    *,
    stop: Callable[[], object] | None = None,
    seconds: float = math.inf,
) -> T:
    """Do some work out of the reach of interrupts; return its result, or raise its error.

    Parameters
    ----------
    work : callable
        What takes long in it asks `stop_if_interrupted` where it can stop. Work inside of work
        runs in the same thread, unless it has a `stop`.
    stop : callable, optional
        Makes the work end soon, from any thread; called when the caller is interrupted, who then
        waits for at most `STOP_SECONDS`. Without it an interrupted caller waits for the end.
    seconds : float, optional
        When these are over the work is asked to stop, too, and its end is waited for.

    Raises
    ------
    DualSlotError
        When the system has no thread left for work that can be stopped; other work needs none.
    """
    if _here.work is not None and stop is None:
        return work()
    task = _Work(work, stop)
    try:
        task.start()
        if not task.wait(seconds) and stop is not None:
            stop()
            task.wait()
    except BaseException as error:
        if not task.started and isinstance(error, RuntimeError):
            if stop is None:
                return work()  # no more threads, or Python is about to end
            raise _no_thread(error) from error
        task.interrupt()
        raise
    return task.outcome()


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


def start_thread(thread: threading.Thread) -> None:
    """Start a daemon thread; when the caller is interrupted meanwhile it starts all the same.

    Raises
    ------
    DualSlotError
        When the system has no thread left.
    """
    try:
        uninterrupted(thread.start)
    except RuntimeError as error:
        raise _no_thread(error) from error


def join_thread(thread: threading.Thread | None, seconds: float) -> bool:
    """Wait for the end of a thread, if there is one and it is not this one; return whether it came.

    An interrupted `Thread.join` takes a thread that goes on for an ended one (CPython 3.11).
    """
    if thread is None or thread is threading.current_thread():
        return True
    end = time.monotonic() + seconds

    def join() -> bool:
        while thread.is_alive():
            left = end - time.monotonic()
            if left <= 0:
                return False
            stop_if_interrupted()
            thread.join(min(left, _LOOK))
        return True

    return uninterrupted(join)


def _no_thread(error: RuntimeError) -> DualSlotError:
    return DualSlotError(f"no thread can be started ({error}); close other kernels or workbenches")


def _forget_thread() -> None:
    """Have `threading` forget this thread, which it got to know if something was logged.

    Python 3.13 does this by itself; before, such a thread stays in `threading.enumerate`.
    """
    if sys.version_info < (3, 13):
        known: dict[int, Any] = getattr(threading, "_active", {})
        known.pop(_thread.get_ident(), None)
