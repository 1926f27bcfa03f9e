"""Threads that are started, and waited for, so that Ctrl-C of the caller leaves all in order.

Stands beside `errors`. `threading.Thread.start` and conditions hold locks in Python code, and an
interrupt in the middle of that leaves them held: then every thread blocks. What is used here is
written in C and is either done or not.
"""

from __future__ import annotations

import _thread
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

from dualslot_widgets.errors import DualSlotError

Found = TypeVar("Found")
#: An interrupted caller waits at most so long for its work to notice that nobody wants it.
_STOP_SECONDS = 0.5


def start(thread: threading.Thread) -> None:
    """Start a daemon thread; when the caller is interrupted meanwhile it starts all the same.

    Raises
    ------
    DualSlotError
        When the system has no thread left.
    """
    answers: SimpleQueue[BaseException | None] = SimpleQueue()

    def begin() -> None:
        try:
            thread.start()
        except BaseException as error:  # noqa: BLE001  (the caller raises it)
            answers.put(error)
        else:
            answers.put(None)

    try:
        _thread.start_new_thread(begin, ())
        error = answers.get()
    except RuntimeError as refused:
        error = refused
    if error is not None:
        raise DualSlotError(
            f"no thread can be started ({error}); close other kernels or workbenches"
        ) from error


def wait_for(
    work: Callable[[], Found],
    *,
    stop: Callable[[], object],
    seconds: float | None = None,
) -> Found:
    """Do work in a thread of its own and return what it returns, or raise what it raises.

    Machine code without Python in it cannot be interrupted; who waits for it here can.

    Parameters
    ----------
    work : callable
    stop : callable
        Makes the work end soon, from any thread; called when the caller is interrupted.
    seconds : float, optional
        When these are over the work is told to stop, too, and its end is waited for.
    """
    answers: SimpleQueue[tuple[Found, None] | tuple[None, BaseException]] = SimpleQueue()

    def do() -> None:
        try:
            answers.put((work(), None))
        except BaseException as error:  # noqa: BLE001  (the caller raises it)
            answers.put((None, error))

    thread = threading.Thread(target=do, name="dualslot-engine", daemon=True)
    try:
        start(thread)
        try:
            found, error = answers.get(timeout=seconds)
        except Empty:
            stop()
            found, error = answers.get()
        thread.join()
    except BaseException:
        stop()
        if thread.is_alive():  # else it is only being started, and ends by itself
            thread.join(_STOP_SECONDS)
        raise
    if error is not None:
        try:
            raise error
        finally:
            del error  # it holds this frame
    return found  # type: ignore[return-value]  # there is an error, or something was found
