"""Playing one job, batch after batch; its tables are handed on as they come.

Middle room of the background floor, on `job`; the worker calls it.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Mapping
from typing import Protocol

import pyarrow as pa

from dualslot_widgets.background.job import BackgroundSimulation
from dualslot_widgets.background.progress import SimulationProgress, estimate_completion
from dualslot_widgets.dataset import DraftInMemory, SimulationDataSet
from dualslot_widgets.dataset_metadata import PerformanceMetrics
from dualslot_widgets.errors import StorageError
from dualslot_widgets.memory import process_memory
from dualslot_widgets.scenario.scenario import Scenario

_logger = logging.getLogger(__name__)
#: Progress is told at most 20 times a second.
PROGRESS_SECONDS = 0.05
#: Tables are handed on when one has so many rows: enough for a record batch, few in memory.
HANDED_ROWS = 1 << 16


class Playing(Protocol):
    """A simulation as the worker sees it; `engine.simulate.Simulation` is one."""

    runs: int
    completed: int

    @property
    def last_rounds(self) -> int:
        """Rounds of the run completed last."""
        ...

    def play_batch(self) -> int:
        """Play the next batch."""
        ...

    @property
    def waiting_rows(self) -> int:
        """Rows of the largest table of what was played and not taken."""
        ...

    def take_tables(self) -> dict[str, pa.Table]:
        """Return the tables of what was played since the last call."""
        ...


class ResultDraft(Protocol):
    """Takes a job's tables as they come; `storage.draft.Draft` is one.

    Attributes
    ----------
    seconds : float
        That taking them took.
    """

    seconds: float

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Take the tables of some whole runs; raises `StorageError`."""
        ...

    def seal(self, scenario: Scenario, *, metrics: PerformanceMetrics) -> SimulationDataSet:
        """Return the data set of all that was taken; raises `StorageError`."""
        ...

    def discard(self) -> None:
        """Forget all that was taken."""
        ...


def play_with_engine(scenario: Scenario, tell: Callable[[str], None]) -> Playing:
    """Return the engine's simulation of a scenario; tells when it must be loaded or compiled."""
    # Another thread may be in the middle of loading it.
    loaded = sys.modules.get("dualslot_widgets.engine.simulate")
    ready = bool(getattr(loaded, "engine_is_ready", bool)())
    if not ready:
        tell("preparing the engine (first time only)")
    # Here, in the worker, so that importing numba does not hold up a cell.
    from dualslot_widgets.engine.simulate import Simulation, prepare_engine

    if not ready:
        prepare_engine()
    return Simulation(scenario)


def play(
    job: BackgroundSimulation,
    start: Callable[[], Playing],
    begin: Callable[[], ResultDraft],
) -> SimulationDataSet | None:
    """Play a job to the disk, or, where that refuses, into memory; None when it was cancelled.

    Runs are the same however often they are played. The disk may be well again when the result is
    to be stored; if it is not, the job keeps it.
    """
    try:
        return _play(job, start(), begin())
    except StorageError as error:
        # The words alone: who keeps an error keeps its frames, and with them the draft's files.
        _logger.warning("job %s is played into memory: %s", job.id, str(error))
    return _play(job, start(), DraftInMemory())


def _play(
    job: BackgroundSimulation, simulation: Playing, draft: ResultDraft
) -> SimulationDataSet | None:
    job._advance(phase="simulating")  # noqa: SLF001  (the worker is the job's owner)
    began, taking = time.perf_counter(), draft.seconds
    told = 0.0
    try:
        while simulation.completed < simulation.runs:
            if job.cancel_asked:
                draft.discard()
                return None
            simulation.play_batch()
            now = time.perf_counter()
            finished = simulation.completed == simulation.runs
            if now - told >= PROGRESS_SECONDS or finished:
                told = now
                job._advance(progress=_progress(simulation, now - began))  # noqa: SLF001
            if finished or simulation.waiting_rows >= HANDED_ROWS:
                draft.write(simulation.take_tables())
        seconds = time.perf_counter() - began - (draft.seconds - taking)
        peak = process_memory()[1]
        metrics = PerformanceMetrics(simulation_seconds=seconds, peak_memory_bytes=peak)
        return draft.seal(job.scenario, metrics=metrics)
    except BaseException:
        draft.discard()
        raise


def _progress(simulation: Playing, seconds: float) -> SimulationProgress:
    return SimulationProgress(
        completed_runs=simulation.completed,
        total_runs=simulation.runs,
        current_round=simulation.last_rounds,
        estimated_completion=estimate_completion(simulation.completed, simulation.runs, seconds),
        runs_per_second=simulation.completed / seconds if seconds > 0 else None,
    )
