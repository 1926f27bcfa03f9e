"""`ScreenKeeper`: the scenario on screen is kept on the disk once it rests, so that it survives.

Whoever changes the screen only notes it; a
thread that lives as long as there is something to write waits for the rest, and writes. One lock
guards the state, and what wakes the thread is written in C, so that Ctrl-C of whoever notes leaves
nothing held. Whatever is raised in the thread is said and does not end it; one that was ended all
the same is replaced by the next note, or by closing.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from dualslot_widgets.errors import DualSlotError, in_words
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage.on_screen import read_on_screen, write_on_screen
from dualslot_widgets.system.uninterrupted import join_thread, start_thread, uninterrupted
from dualslot_widgets.workbench.screen import Screen

_logger = logging.getLogger(__name__)

#: How long a scenario must rest on screen before it is written.
REST_SECONDS = 0.6
#: How long closing waits for a disk that does not answer.
CLOSE_SECONDS = 5.0
_NOT_KEPT = "The scenario on screen is not kept for the next time: "


class ScreenKeeper:
    """Keeps the scenario on screen beside the slots.

    Parameters
    ----------
    root : Path
        The folder of the slots.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process = os.getpid()
        self._tell: Callable[[], None] = _nobody
        self._wake: SimpleQueue[None] = SimpleQueue()  # something for each change
        self._lock = threading.RLock()
        # Guarded by _lock:
        self._known: Scenario | None = None  # noted last, whether it is written or not
        self._waiting: tuple[Scenario, float] | None = None  # what to write, and when
        self._unkept: Scenario | None = None  # what could not be written last
        self._error = ""
        self._thread: threading.Thread | None = None
        _keepers.add(self)

    def recall(self) -> Scenario | None:
        """Return the scenario that was kept last; None, and an `error`, when it is unreadable."""
        try:
            return uninterrupted(lambda: read_on_screen(self._root))
        except DualSlotError as error:
            self._report(f"The scenario that was on screen last is not shown: {error}")
            return None

    def watch(self, screen: Screen, *, kept: bool) -> None:
        """Keep what is on a screen from now on; `kept` says that what is on it now is no news."""
        self._tell = screen.notify
        if kept:
            with self._lock:
                self._known = screen.scenario
        else:
            self.note(screen.scenario)
        screen.keep = self.note

    def note(self, scenario: Scenario) -> None:
        """Have the scenario on screen written once it rests; from any thread, short."""
        if os.getpid() != self._process:
            return  # a forked child: what its parent keeps is its parent's
        rested = time.monotonic() + REST_SECONDS
        with self._lock:
            if scenario is self._known:
                return
            self._waiting = scenario, rested
            self._known = scenario
        self._see_to_it()

    def _see_to_it(self) -> threading.Thread | None:
        """Have a thread that looks at what waits; return the one that may be writing."""
        try:
            with self._lock:
                alive = self._thread is not None and self._thread.is_alive()
                if self._waiting is not None and not alive:
                    self._thread = threading.Thread(
                        target=self._work, name="dualslot-keeper", daemon=True
                    )
                    start_thread(self._thread)
                return self._thread
        except DualSlotError as error:  # no thread is left; the next note tries again
            self._report(f"{_NOT_KEPT}{error}")
            return None
        finally:
            self._wake.put(None)

    @property
    def error(self) -> str:
        """Why the scenario could not be recalled or kept; empty when it could."""
        with self._lock:
            return self._error

    def dismiss(self) -> None:
        """Forget the error."""
        with self._lock:
            self._error = ""

    def close(self) -> None:
        """Write what still waits, now, and once more what could not be written."""
        if os.getpid() != self._process:
            return
        with self._lock:
            last = self._unkept if self._waiting is None else self._waiting[0]
            if last is not None:
                self._waiting = last, 0.0
        join_thread(self._see_to_it(), CLOSE_SECONDS)

    def _work(self) -> None:
        while (scenario := self._next()) is not None:
            self._write(scenario)

    def _next(self) -> Scenario | None:
        """Wait for the rest; None when the thread may end."""
        while True:
            with self._lock:
                if self._thread is not threading.current_thread():
                    return None  # it was thought dead, and is replaced
                if self._waiting is None:
                    self._thread = None
                    return None
                scenario, when = self._waiting
            left = when - time.monotonic()
            if left <= 0:
                return scenario
            with suppress(Empty):  # then it has rested
                self._wake.get(timeout=left)

    def _write(self, scenario: Scenario) -> None:
        try:
            write_on_screen(self._root, scenario)
        except BaseException as error:  # nobody would hear of it
            if not isinstance(error, DualSlotError):
                _logger.exception("the scenario on screen could not be kept")
            with self._lock:
                self._unkept = scenario
            self._report(f"{_NOT_KEPT}{in_words(error)}")
            self._tell()
        else:
            self._take_back()
        # Only now: what a thread that was ended has not written waits for the next one.
        with self._lock:
            if self._waiting is not None and self._waiting[0] is scenario:
                self._waiting = None

    def _take_back(self) -> None:
        """Forget that something was not kept: what is on screen now is."""
        with self._lock:
            self._unkept = None
            over = self._error.startswith(_NOT_KEPT)
            if over:
                self._error = ""
        if over:
            self._tell()

    def _report(self, error: str) -> None:
        _logger.warning("%s", error)
        with self._lock:
            self._error = error


def _nobody() -> None:
    """Listen until there is a screen."""


#: Of this process; what waits is written when it ends.
_keepers: weakref.WeakSet[ScreenKeeper] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for keeper in list(_keepers):
        keeper.close()
