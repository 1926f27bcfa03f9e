"""`LivePreview`: an edited scenario is played in memory at once, and queued once it rests.

Room of the background floor beside the simulator. A dragged control must not burn the two slots:
while it moves, previews follow it, never more than one in flight, the latest wins; the value at
rest is queued and stored. One lock guards the state; the thread lives only while there is
something to play or to wait for.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from dualslot_widgets.dataset import SimulationDataSet, simulate
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.table_source import TablesInMemory

_logger = logging.getLogger(__name__)

#: A preview plays at most this many runs: it must follow a dragged slider.
PREVIEW_RUNS = 1005
#: How long an edited value must rest before it is queued and stored.
REST_SECONDS = 0.6
#: Results of these many scenarios are kept, so that a slider dragged back shows them at once.
_KEPT = 8


class LivePreview:
    """Plays what is being edited.

    Parameters
    ----------
    queue : callable
        Has a scenario played and stored, once it rests.
    tell : callable
        Called without arguments, from the preview's thread, after every change.
    """

    def __init__(self, queue: Callable[[Scenario], object], tell: Callable[[], None]) -> None:
        self._queue = queue
        self._tell = tell
        self._wake = threading.Condition()
        # Guarded by _wake:
        self._edited: Scenario | None = None  # on screen, and previewed for as long as it is
        self._to_play: Scenario | None = None
        self._resting: tuple[Scenario, float] | None = None  # what to queue, and when
        self._last: SimulationDataSet | None = None  # drawn until the next one is there
        self._played: dict[Scenario, SimulationDataSet] = {}
        self._error = ""
        self._closed = False
        self._thread: threading.Thread | None = None

    def edit(self, scenario: Scenario) -> None:
        """Preview a scenario now, and queue it once no other edit has come for a while."""
        with self._wake:
            if self._closed:
                return
            self._error = ""
            self._edited = self._to_play = scenario
            self._resting = (scenario, time.monotonic() + REST_SECONDS)
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._work, name="dualslot-preview", daemon=True
                )
                self._thread.start()
            self._wake.notify_all()

    def leave(self) -> None:
        """Show stored results again; what was edited is queued all the same."""
        with self._wake:
            self._edited = self._last = None

    def queued(self) -> None:
        """Say that what was edited has been queued by somebody else already."""
        with self._wake:
            self._resting = None
            self._wake.notify_all()

    def dismiss(self) -> None:
        """Forget the error."""
        with self._wake:
            self._error = ""

    def close(self) -> None:
        """Play and queue nothing any more."""
        with self._wake:
            self._closed = True
            self._edited = self._to_play = self._resting = self._last = None
            self._played = {}
            self._wake.notify_all()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=1)

    def of(self, scenario: Scenario) -> tuple[SimulationDataSet | None, bool]:
        """Return the preview of the scenario on screen, and whether a newer one is on its way.

        Until that one is there the last preview is shown, so that a drag does not flicker; of a
        scenario that is not being edited there is none.
        """
        with self._wake:
            if self._edited != scenario:
                return None, False
            return self._last, self._to_play is not None

    @property
    def error(self) -> str:
        """Why the last preview failed, or could not be queued; empty when nothing did."""
        with self._wake:
            return self._error

    def _work(self) -> None:
        while (task := self._next()) is not None:
            to_play, at_rest = task
            try:
                if to_play is not None:
                    self._play(to_play)
                if at_rest is not None:
                    self._queue(at_rest)
            except Exception as error:
                _logger.exception("a preview failed")
                with self._wake:
                    self._error = f"{type(error).__name__}: {error}"
                    self._edited = self._last = None
            with self._wake:
                if self._to_play is to_play:
                    self._to_play = None
            self._tell()

    def _next(self) -> tuple[Scenario | None, Scenario | None] | None:
        """Wait for what is to be played, and to be queued; None when the thread may end."""
        with self._wake:
            while True:
                left = None if self._resting is None else self._resting[1] - time.monotonic()
                if self._resting is not None and left is not None and left <= 0:
                    at_rest, self._resting = self._resting[0], None
                    return self._to_play, at_rest
                if self._to_play is not None:
                    return self._to_play, None
                if left is None:
                    self._thread = None
                    return None
                self._wake.wait(left)

    def _play(self, scenario: Scenario) -> None:
        from dualslot_widgets.engine.simulate import engine_is_ready

        with self._wake:
            known = self._played.pop(scenario, None)
        if known is None:
            if not engine_is_ready():  # compiling would be in the way; what rests is queued
                return
            data = simulate(scenario, runs=min(scenario.settings.runs, PREVIEW_RUNS))
            kept = {name: data.source.table(name) for name in ("runs", "combatants")}
            # The log would be a hundred times as large; a run that is replayed is played again.
            kept |= {name: data.source.table(name).slice(0, 0) for name in ("rounds", "events")}
            known = SimulationDataSet(
                data.scenario, TablesInMemory(kept), analysis=data.analysis, metadata=data.metadata
            )
        with self._wake:
            if self._closed:
                return
            self._played[scenario] = known
            while len(self._played) > _KEPT:
                del self._played[next(iter(self._played))]
            if self._edited is not None:
                self._last = known
