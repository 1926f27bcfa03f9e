"""An engine that plays batch by batch as a test lets it; results come from `data_sets`."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dualslot_widgets.scenario.scenario import Scenario
from tests.widgets.data_sets import played
from tests.widgets.watched import SECONDS


class StagedPlay:
    """Stands for the engine: plays one batch for each `let` (or all, once `freely`).

    Jobs come out as `data_sets.played` makes them. `fail` makes the next batch raise.
    """

    def __init__(self) -> None:
        self._gate = threading.Semaphore(0)
        self._open = False
        self.fail: Exception | None = None
        self.begun = threading.Event()
        self.batches = 15

    def let(self, batches: int = 1) -> None:
        self._gate.release(batches)

    def freely(self) -> None:
        self._open = True
        self._gate.release()

    def __call__(self, scenario: Scenario, tell: Callable[[str], None]) -> StagedSimulation:
        self.begun.set()
        return StagedSimulation(self, scenario)

    def pass_gate(self) -> None:
        assert self._open or self._gate.acquire(timeout=SECONDS)
        if self.fail is not None:
            raise self.fail


class StagedSimulation:
    """One scenario being played as its `StagedPlay` lets it."""

    last_rounds = 4

    def __init__(self, play: StagedPlay, scenario: Scenario) -> None:
        self._play, self._scenario = play, scenario
        self.runs, self.completed = scenario.settings.runs, 0
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    def play_batch(self) -> int:
        self._play.pass_gate()
        batch = min(-(-self.runs // self._play.batches), self.runs - self.completed)
        self.completed += batch
        return batch

    waiting_rows = 0

    def take_tables(self):
        return played(self._scenario, runs=self.runs, losses=self.runs // 10).source.tables
