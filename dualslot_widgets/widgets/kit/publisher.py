"""`Publisher`: the one thread that sends what a widget has to say to the browser.

It publishes at most 20 times a second, the latest state wins; it acknowledges messages, and beats.
No exception of what it does ends it, whatever its class; a thread that is dead all the same is
replaced by the next call of `wake`. What wakes it is written in C, so that Ctrl-C of whoever
changes something leaves nothing held.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.identity.matching import prepare_matching
from dualslot_widgets.system.uninterrupted import join_thread, start_thread
from dualslot_widgets.widgets.kit.link import Link
from dualslot_widgets.widgets.kit.notebook_cells import cell_runs

_logger = logging.getLogger(__name__)

#: At most 20 updates a second reach the browser; above 1000 messages/s Jupyter drops some.
PUBLISH_SECONDS = 0.05
#: The browser calls the kernel lost when it hears nothing for more than two beats.
BEAT_SECONDS = 2.0
#: How long stopping waits for what is being sent.
STOP_SECONDS = 1.0


class Publisher:
    """A widget's thread; may be woken and stopped from any other one.

    It sends what the link has to acknowledge, calls `publish` when something has changed, and
    `rest` at each beat. `fail` is called with what they raise; it and `rest` raise nothing.
    """

    def __init__(
        self,
        link: Link,
        *,
        send: Callable[[Any], None],
        publish: Callable[[], None],
        rest: Callable[[], None],
        fail: Callable[[BaseException], None],
    ) -> None:
        self._link = link
        self._send, self._publish, self._rest, self._fail = send, publish, rest, fail
        self._wakes: SimpleQueue[None] = SimpleQueue()  # something for each change
        self._lock = threading.Lock()
        # Guarded by _lock:
        self._due = True
        self.stopping = False
        self.thread: threading.Thread | None = None

    @property
    def is_this_thread(self) -> bool:
        """Whether this thread may draw: it is the publisher's, or there is none yet."""
        return self.thread in (None, threading.current_thread())

    def start(self) -> None:
        """Begin to publish."""
        with self._lock:  # a change that comes now must not find it dead
            self._start()

    def _start(self) -> None:
        self.thread = threading.Thread(target=self._run, name="dualslot-display", daemon=True)
        start_thread(self.thread)

    def note_change(self) -> None:
        """Have all traits drawn anew."""
        with self._lock:
            self._due = True
        self.wake()

    def wake(self) -> None:
        """Have the thread look at what there is to do; start another in the place of a dead one."""
        self._wakes.put(None)
        with self._lock:
            if self.stopping or self.thread is None or self.thread.is_alive():
                return
            _logger.error("the publisher of a widget was dead; another one takes its place")
            try:
                self._start()
            except DualSlotError:  # no more threads now, or ever: the interpreter is ending
                _logger.exception("no publisher could be started")

    def stop(self) -> None:
        """Have the thread end, without waiting for it."""
        with self._lock:
            self.stopping = True
        self._wakes.put(None)

    def join(self) -> None:
        """Wait for the end of a thread that was stopped, as long as `STOP_SECONDS`."""
        join_thread(self.thread, STOP_SECONDS)

    def _run(self) -> None:
        beat, prepared = time.monotonic(), False
        while True:
            with self._lock:
                if self.stopping or self.thread is not threading.current_thread():
                    return  # it is stopped; or it was thought dead, and is replaced
                changed, self._due = self._due, False
            answer = self._link.answer()
            left = beat + BEAT_SECONDS - time.monotonic()
            if not (changed or answer) and left > 0:
                with suppress(Empty):  # then it is time for the next beat
                    self._wakes.get(timeout=left)
                continue
            if answer:  # first: whoever asked need not wait until it is drawn
                self._survive(partial(self._send, answer))
            if changed:
                self._survive(self._publish)
            if time.monotonic() - beat >= BEAT_SECONDS:
                beat = time.monotonic()
                self._survive(self.beat)
                self._rest()
                if not (prepared or changed):  # nobody waits for this thread now
                    prepared = True
                    self._survive(prepare_matching)
            self._pause()

    def beat(self) -> None:
        """Tell the browser that the kernel is alive, and whether a cell is executed."""
        self._send(self._link.beat(busy=cell_runs()))

    def _pause(self) -> None:
        """Leave the browser alone for a while, unless it is stopped; hear of all changes."""
        end = time.monotonic() + PUBLISH_SECONDS
        while not self.stopping and (left := end - time.monotonic()) > 0:
            with suppress(Empty):
                self._wakes.get(timeout=left)

    def _survive(self, step: Callable[[], None]) -> None:
        try:
            step()
        except BaseException as error:  # noqa: BLE001  (a SystemExit would end it unheard)
            self._fail(error)
