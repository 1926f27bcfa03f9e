"""Plays one job, batch after batch, for the worker; its tables are handed on as they come."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable

from dualslot_widgets.engine.budgets import JOB_SECONDS, LogTooLarge, check_memory
from dualslot_widgets.errors import SimulationTooLarge, StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.draft import Draft, DraftInMemory
from dualslot_widgets.results.metadata import PerformanceMetrics
from dualslot_widgets.results.play_out import Playing, play_out
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.memory import process_memory
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_control import PREPARING, STORING
from dualslot_widgets.workbench.progress import SimulationProgress, estimate_completion

_logger = logging.getLogger(__name__)
#: Progress is reported at most 20 times a second.
PROGRESS_SECONDS = 0.05
#: Tables are handed on when one has so many rows: enough for a record batch, few in memory.
HANDED_ROWS = 1 << 16


def play_with_engine(
    scenario: Scenario, enter: Callable[[str], None], *, log: bool | None = None
) -> Playing:
    """Return the engine's simulation of a scenario; loads it or compiles it first.

    `enter` is called with the phase that the job enters meanwhile, `log` is that of
    `engine.simulation.Simulation`.
    """
    # Another thread may be in the middle of loading it.
    loaded = sys.modules.get("dualslot_widgets.engine.simulation")
    ready = bool(getattr(loaded, "engine_is_ready", bool)())
    if not ready:
        enter(PREPARING)
    # Here, in the worker, so that importing numba does not hold up a cell.
    from dualslot_widgets.engine.simulation import prepare_engine
    from dualslot_widgets.results.table_simulation import TableSimulation

    if not ready:
        prepare_engine()
    return TableSimulation(scenario, log=log, room=2 * HANDED_ROWS)


def play(
    job: BackgroundSimulation,
    start: Callable[[bool | None], Playing],
    begin: Callable[[], Draft],
) -> SimulationDataSet | None:
    """Play a job to the disk, or, where that refuses, into memory; None when it was cancelled.

    A log that is too large is not kept: what was played is played again without. Runs are the same
    however often they are played. The disk may be well again when the result is to be stored; if it
    is not, the job keeps it.

    Parameters
    ----------
    job : BackgroundSimulation
    start : callable
        Of `log` as `engine.simulation.Simulation` takes it, makes the simulation.
    begin : callable
        Makes the draft on the disk.

    Raises
    ------
    SimulationTooLarge
        When it takes more time, or, where the disk refuses, more memory, than it may.
    """
    log: bool | None = None
    while True:
        try:
            return _play(job, start(log), begin())
        except LogTooLarge:
            if log is False:
                raise
            log = False
        except StorageError as refused:
            if begin is DraftInMemory:
                raise
            # The words alone: who keeps an error keeps its frames, and with them the draft's files.
            _logger.warning("job %s is played into memory: %s", job.id, str(refused))
            _check_memory(job.scenario, str(refused))
            begin = DraftInMemory


def _check_memory(scenario: Scenario, refused: str) -> None:
    try:
        check_memory(scenario)
    except SimulationTooLarge as error:
        raise SimulationTooLarge(f"{refused}. It cannot be kept in memory: {error}") from None


def _play(job: BackgroundSimulation, simulation: Playing, draft: Draft) -> SimulationDataSet | None:
    job.control.stop_by(simulation.stop)
    job.control.advance(phase="simulating")
    began, taking = time.perf_counter(), draft.seconds
    reported = 0.0

    def after_batch() -> None:
        nonlocal reported
        now = time.perf_counter()
        if now - reported >= PROGRESS_SECONDS or simulation.completed == simulation.runs:
            reported = now
            job.control.advance(progress=_progress(simulation, now - began))

    try:
        if not play_out(
            simulation, draft.write, seconds=JOB_SECONDS, rows=HANDED_ROWS, after_batch=after_batch
        ):
            draft.discard()
            return None
        # To make it durable takes as long as the disk does: from here on there is no way back.
        if not job.control.advance(phase=STORING, unless_cancelled=True):
            draft.discard()
            return None
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
