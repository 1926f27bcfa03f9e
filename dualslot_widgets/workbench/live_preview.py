"""`LivePreview`: an edited scenario is played in memory at once, and queued once it rests.

A dragged control must not burn the two slots:
while it moves, previews follow it, never more than one in flight, the latest wins; the value at
rest is queued and stored. A preview keeps no log and takes a bounded time: one that is not ready in
time, or that a newer edit overtakes, shows the runs that it has, if they are enough. One lock
guards the state; the thread lives only while there is something to play or to wait for, and one
that was ended by force is replaced at the next edit.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from dualslot_widgets.errors import DualSlotError, in_words
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.play_out import Playing
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.uninterrupted import join_thread, start_thread
from dualslot_widgets.workbench.preview_runs import play_preview

_logger = logging.getLogger(__name__)

#: How long an edited value must rest before it is queued and stored.
REST_SECONDS = 0.6
#: How long closing waits for a preview to be abandoned.
CLOSE_SECONDS = 1.0
#: Results of these many scenarios are kept, so that a slider dragged back shows them at once.
_KEPT = 8
_TOO_LONG = (
    "a preview of this scenario would take too long; when it rests it is played in the background"
)


class LivePreview:
    """Plays what is being edited.

    Parameters
    ----------
    queue : callable
        Has a scenario played and stored, once it rests.
    notify : callable
        Called without arguments, from the preview's thread, after every change.
    """

    def __init__(self, queue: Callable[[Scenario], object], notify: Callable[[], None]) -> None:
        self._queue = queue
        self._notify = notify
        self._wake: SimpleQueue[None] = SimpleQueue()  # something for each change
        self._lock = threading.RLock()
        # Guarded by _lock:
        self._edited: Scenario | None = None  # on screen, and previewed for as long as it is
        self._to_play: Scenario | None = None
        self._resting: tuple[Scenario, float] | None = None  # what to queue, and when
        self._last: SimulationDataSet | None = None  # drawn until the next one is there
        self._played: dict[Scenario, SimulationDataSet] = {}
        self._in_flight: Playing | None = None
        self._error = ""
        self._closed = False
        self._thread: threading.Thread | None = None

    def edit(self, scenario: Scenario) -> None:
        """Preview a scenario now, and queue it once no other edit has come for a while."""
        with self._lock:
            if self._closed:
                return
            self._error = ""
            self._edited = self._to_play = scenario
            self._resting = (scenario, time.monotonic() + REST_SECONDS)
            if self._in_flight is not None:
                self._in_flight.stop()
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(
                    target=self._work, name="dualslot-preview", daemon=True
                )
                start_thread(self._thread)
        self._wake.put(None)

    def leave(self) -> None:
        """Show stored results again; what was edited is queued all the same."""
        with self._lock:
            self._edited = self._last = None

    def queued(self) -> None:
        """Say that what was edited has been queued by somebody else already."""
        with self._lock:
            self._resting = None
        self._wake.put(None)

    def dismiss(self) -> None:
        """Forget the error."""
        with self._lock:
            self._error = ""

    def close(self) -> None:
        """Play and queue nothing any more."""
        with self._lock:
            self._closed = True
            self._edited = self._to_play = self._resting = self._last = None
            self._played = {}
            if self._in_flight is not None:
                self._in_flight.stop()
            thread = self._thread
        self._wake.put(None)
        join_thread(thread, CLOSE_SECONDS)

    def of(self, scenario: Scenario) -> tuple[SimulationDataSet | None, bool]:
        """Return the preview of the scenario on screen, and whether a newer one is on its way.

        Until that one is there the last preview is shown, so that a drag does not flicker; of a
        scenario that is not being edited there is none.
        """
        with self._lock:
            if self._edited != scenario:
                return None, False
            return self._last, self._to_play is not None

    @property
    def error(self) -> str:
        """Why the last preview failed, or could not be queued; empty when nothing did."""
        with self._lock:
            return self._error

    def _work(self) -> None:
        try:
            while (task := self._next()) is not None:
                self._do(*task)
        finally:
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None

    def _do(self, to_play: Scenario | None, at_rest: Scenario | None) -> None:
        """Play one scenario and queue one; whatever either raises is told in words."""
        for act, scenario in ((self._play, to_play), (self._queue, at_rest)):
            try:
                if scenario is not None:
                    act(scenario)
            except BaseException as error:
                if not isinstance(error, DualSlotError):
                    _logger.exception("a preview failed")
                with self._lock:
                    self._error = in_words(error)
                    self._edited = self._last = None
        with self._lock:
            if self._to_play is to_play:
                self._to_play = None
        try:
            self._notify()
        except BaseException as error:
            _logger.exception("a listener of the preview failed")
            with self._lock:
                self._error = in_words(error)

    def _next(self) -> tuple[Scenario | None, Scenario | None] | None:
        """Wait for what is to be played, and to be queued; None when the thread may end."""
        while True:
            with self._lock:
                if self._thread is not threading.current_thread():
                    return None  # it was thought dead, and is replaced
                left = None if self._resting is None else self._resting[1] - time.monotonic()
                if self._resting is not None and left is not None and left <= 0:
                    at_rest, self._resting = self._resting[0], None
                    return self._to_play, at_rest
                if self._to_play is not None:
                    return self._to_play, None
                if left is None:
                    self._thread = None
                    return None
            with suppress(Empty):  # then it has rested
                self._wake.get(timeout=left)

    def _play(self, scenario: Scenario) -> None:
        from dualslot_widgets.engine.simulation import engine_is_ready

        with self._lock:
            found = self._played.pop(scenario, None)
        if found is None:
            if not engine_is_ready():  # compiling would be in the way; what rests is queued
                return
            found = play_preview(scenario, lambda playing: self._fly(scenario, playing))
        with self._lock:
            overtaken = self._to_play is not scenario
            self._in_flight = None
            if self._closed:
                return
            if found is None:
                if not overtaken:
                    self._error, self._last = _TOO_LONG, None
                return
            if not overtaken:  # else it may have fewer runs than there was time for
                self._played[scenario] = found
                while len(self._played) > _KEPT:
                    del self._played[next(iter(self._played))]
            if self._edited is not None:
                self._last = found

    def _fly(self, scenario: Scenario, playing: Playing) -> None:
        """Have a preview stopped by the next edit; at once when that has come already."""
        with self._lock:
            if self._closed or self._to_play is not scenario:
                playing.stop()
            self._in_flight = playing
