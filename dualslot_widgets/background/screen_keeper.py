"""`ScreenKeeper`: the scenario on screen is kept on the disk once it rests, so that it survives.

Room of the background floor beside the live preview. Whoever changes the screen only notes it; a
thread that lives as long as there is something to write waits for the rest, and writes. One lock
guards the state.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.screen import Screen
from dualslot_widgets.storage.on_screen import read_on_screen, write_on_screen

_logger = logging.getLogger(__name__)

_NOT_KEPT = "The scenario on screen is not kept for the next time:"

#: How long a scenario must rest on screen before it is written.
REST_SECONDS = 0.6
#: How long closing waits for a disk that does not answer.
CLOSE_SECONDS = 5.0


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
        self._wake = threading.Condition()
        # Guarded by _wake:
        self._known: Scenario | None = None  # noted last, whether it is written or not
        self._waiting: tuple[Scenario, float] | None = None  # what to write, and when
        self._error = ""
        self._thread: threading.Thread | None = None
        _keepers.add(self)

    def recall(self) -> Scenario | None:
        """Return the scenario that was kept last; None, and an `error`, when it is unreadable."""
        try:
            return read_on_screen(self._root)
        except DualSlotError as error:
            self._report(f"The scenario that was on screen last is not shown: {error}")
            return None

    def watch(self, screen: Screen, *, kept: bool) -> None:
        """Keep what is on a screen from now on; `kept` says that what is on it now is no news."""
        self._tell = screen.tell
        if kept:
            with self._wake:
                self._known = screen.scenario
        else:
            self.note(screen.scenario)
        screen.keep = self.note

    def note(self, scenario: Scenario) -> None:
        """Have the scenario on screen written once it rests; from any thread, short."""
        if os.getpid() != self._process:
            return  # a forked child: what its parent keeps is its parent's
        with self._wake:
            if scenario is self._known:
                return
            self._known = scenario
            self._waiting = scenario, time.monotonic() + REST_SECONDS
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="dualslot-keeper", daemon=True
                )
                self._thread.start()
            self._wake.notify_all()

    @property
    def error(self) -> str:
        """Why the scenario could not be recalled or kept; empty when it could."""
        with self._wake:
            return self._error

    def dismiss(self) -> None:
        """Forget the error."""
        with self._wake:
            self._error = ""

    def close(self) -> None:
        """Write what still waits, now."""
        if os.getpid() != self._process:
            return
        with self._wake:
            if self._waiting is not None:
                self._waiting = self._waiting[0], time.monotonic()
            self._wake.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(CLOSE_SECONDS)

    def _work(self) -> None:
        while (scenario := self._next()) is not None:
            self._write(scenario)

    def _next(self) -> Scenario | None:
        """Wait for the rest; None when the thread may end."""
        with self._wake:
            while self._waiting is not None:
                scenario, when = self._waiting
                left = when - time.monotonic()
                if left <= 0:
                    self._waiting = None
                    return scenario
                self._wake.wait(left)
            self._thread = None
            return None

    def _write(self, scenario: Scenario) -> None:
        try:
            write_on_screen(self._root, scenario)
        except Exception as error:
            if not isinstance(error, DualSlotError):
                _logger.exception("the scenario on screen could not be kept")
            self._report(f"{_NOT_KEPT} {error}")
            self._tell()
        else:
            self._kept()

    def _kept(self) -> None:
        """Take back what was said of the last one: this one is kept."""
        with self._wake:
            stale = self._error.startswith(_NOT_KEPT)
            if stale:
                self._error = ""
        if stale:
            self._tell()

    def _report(self, error: str) -> None:
        _logger.warning("%s", error)
        with self._wake:
            self._error = error


def _nobody() -> None:
    """Listen until there is a screen."""


#: Of this process; what waits is written when it ends.
_keepers: weakref.WeakSet[ScreenKeeper] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    for keeper in list(_keepers):
        keeper.close()
