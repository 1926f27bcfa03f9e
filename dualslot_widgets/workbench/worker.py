"""`BackgroundSimulator`: one worker thread that plays queued scenarios and stores their results.

The worker is the only one that plays and commits; nothing it
raises vanishes, of whatever class: a failed job carries its error, and the next one is played. A
worker that was ended all the same is replaced when the next job is added. It is a daemon, and is
asked to stop when the interpreter exits: between two rounds, at most milliseconds apart, and never
in a half-written slot, because a commit only counts once its metadata is replaced. While it waits
it holds no simulator: one that nobody has any more, and that has nothing left to play, lets its
thread end. In a forked process there is no worker, and what is here refuses jobs.
"""

from __future__ import annotations

import atexit
import logging
import os
import threading
import traceback
import weakref
from collections.abc import Callable
from typing import Protocol

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.draft import Draft
from dualslot_widgets.results.play_out import Playing
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.memory import size_of
from dualslot_widgets.system.uninterrupted import join_thread, start_thread
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_control import STORING
from dualslot_widgets.workbench.job_state import JobStatus, Priority
from dualslot_widgets.workbench.play_job import play, play_with_engine
from dualslot_widgets.workbench.progress import SimulationProgress
from dualslot_widgets.workbench.queue import JobQueue

_logger = logging.getLogger(__name__)
EXIT_SECONDS = 1.0
#: The worker goes on after so many exceptions in a row that no job is to blame for.
_MAX_SURVIVED = 10


class Storing(Protocol):
    """Where results go and are found again; `storage.SimulationStorage` is one."""

    @property
    def slots(self) -> tuple[SimulationDataSet | None, SimulationDataSet | None]:
        """Both data sets."""
        ...

    def begin(self) -> Draft:
        """Return what takes a job's tables; raises `StorageError`."""
        ...

    def store_simulation(self, data: SimulationDataSet) -> int:
        """Store durably; return the slot."""
        ...


class BackgroundSimulator:
    """Plays jobs one after the other.

    Parameters
    ----------
    storage : Storing
    on_change : callable
        Called without arguments, from any thread, after a job changed.
    play : callable, optional
        Makes the simulation of a scenario, as `play_job.play_with_engine` does, the default.
    """

    def __init__(
        self,
        storage: Storing,
        on_change: Callable[[], None] = lambda: None,
        play: Callable[..., Playing] = play_with_engine,
    ) -> None:
        self._storage = storage
        self._on_change = on_change
        self._play = play
        self.queue = JobQueue()
        self._playing: Playing | None = None  # written by the worker alone
        self._start_lock = threading.Lock()
        self._closed = False  # guarded by _start_lock
        self._process = os.getpid()
        weakref.finalize(self, self.queue.abandon).atexit = False
        _simulators.add(self)

    def add(self, scenario: Scenario, priority: Priority) -> BackgroundSimulation:
        """Queue a scenario; return its job, or the one that already waits for the same result."""
        self.check_process()
        with self._start_lock:
            same = self.queue.same(scenario)
            if same is None:
                job = BackgroundSimulation(scenario, priority, self._changed)
                self._put(job)
        # Listeners are told outside of the lock; they may add a job themselves.
        if same is not None:
            if priority < same.priority:
                self.queue.hurry(same, priority)
                self._on_change()
            return same
        self._on_change()
        return job

    def add_unsaved(self, failed: BackgroundSimulation) -> BackgroundSimulation:
        """Queue the storing of a result that could not be stored; nothing is played again.

        Asked twice it is the same job, for as long as that one is not finished.

        Raises
        ------
        DualSlotError
            When the job has no such result.
        """
        self.check_process()
        with self._start_lock:
            saving = failed.saving
            if saving is not None and not (saving.status.finished or saving.cancel_asked):
                return saving
            data = failed.unsaved
            if data is None:
                raise DualSlotError(f"job {failed.id} has no result that was not stored")
            job = BackgroundSimulation(failed.scenario, Priority.SCREEN, self._changed, played=data)
            self._put(job)
            failed.saving = job
        self._on_change()
        return job

    def _changed(self) -> None:
        """Listen to a job; which so keeps this simulator for as long as it is not finished."""
        self._on_change()

    def _put(self, job: BackgroundSimulation) -> None:
        """Hand a job to the worker, which starts with the first one; under _start_lock."""
        if self._closed:
            raise DualSlotError("this workbench is closed; make a new one")
        worker = self._worker
        if worker is None or not worker.is_alive():
            self.queue.worker = threading.Thread(
                target=_work,
                args=(self.queue, weakref.ref(self)),
                name="dualslot-worker",
                daemon=True,
            )
            start_thread(self.queue.worker)
        self.queue.put(job)

    @property
    def _worker(self) -> threading.Thread | None:
        return self.queue.worker

    @property
    def in_own_process(self) -> bool:
        """Whether this is the process that it was made in, and not a fork of that."""
        return self._process == os.getpid()

    def check_process(self) -> None:
        """Raise `DualSlotError` in a fork of the process that this was made in."""
        if not self.in_own_process:
            raise DualSlotError(
                f"this workbench belongs to process {self._process}, of which this one is a fork; "
                "make a new Workbench here"
            )

    def add_finished(self, data: SimulationDataSet, priority: Priority) -> BackgroundSimulation:
        """Return a job that is completed with a data set that is already stored."""
        job = BackgroundSimulation(data.scenario, priority, lambda: None)
        runs = data.scenario.settings.runs
        job.control.advance(
            status=JobStatus.COMPLETED,
            data=data,
            slot=data.metadata.slot,
            progress=SimulationProgress(completed_runs=runs, total_runs=runs),
        )
        self.queue.put(job)
        self._on_change()
        return job

    @property
    def current(self) -> BackgroundSimulation | None:
        """The job that is being played."""
        return next((j for j in self.queue.jobs if j.status is JobStatus.RUNNING), None)

    @property
    def memory(self) -> tuple[int, int]:
        """Bytes of the requests that wait, and of the simulation that is being played."""
        playing = self._playing
        waiting = sum(job.request_bytes for job in self.queue.waiting)
        return waiting, 0 if playing is None else size_of(playing)

    def close(self, timeout: float = EXIT_SECONDS) -> bool:
        """Cancel all jobs and stop the worker; return whether it stopped in time (seconds).

        In a forked process there is nothing to stop, and nothing of the other one's is touched.
        """
        if not self.in_own_process:
            return True
        with self._start_lock:
            self._closed = True
            worker = self._worker
        self.queue.close()
        return join_thread(worker, timeout)

    def work_on(self, job: BackgroundSimulation) -> None:
        """Play a job and store its result; for the worker's thread alone."""
        try:
            self._perform(job)
        finally:
            self._playing = None

    def _perform(self, job: BackgroundSimulation) -> None:
        advance = job.control.advance
        data = job.control.played or self._played(job)
        # From here on the result exists: should storing fail, the job keeps it.
        if data is None or not advance(phase=STORING, data=data, unless_cancelled=True):
            advance(status=JobStatus.CANCELLED)
            return
        slot = self._storage.store_simulation(data)
        stored = self._storage.slots[slot]
        # Another kernel may have overwritten the slot already; the job's result is its own.
        if stored is not None and stored.parameters == data.parameters:
            data = stored
        advance(status=JobStatus.COMPLETED, slot=slot, data=data)

    def _played(self, job: BackgroundSimulation) -> SimulationDataSet | None:
        def enter(phase: str) -> None:
            job.control.advance(phase=phase)

        def make(log: bool | None) -> Playing:
            options = {} if log is None else {"log": log}
            self._playing = self._play(job.scenario, enter, **options)
            return self._playing

        data = play(job, make, self._storage.begin)
        self._playing = None
        return data


def _work(queue: JobQueue, find: weakref.ref[BackgroundSimulator]) -> None:
    """Work off a queue, in a thread of its own.

    The frames of this function and the next are part of the traceback of every failed job, and
    outlive their calls with that: they let go of all that they know.
    """
    survived = 0
    while survived <= _MAX_SURVIVED:
        try:
            while _work_off_one(queue, find):
                survived = 0
            break
        except BaseException:  # raised into this thread from elsewhere, between two jobs
            survived += 1
            _logger.exception("the worker was interrupted, and goes on")
    del queue


def _work_off_one(queue: JobQueue, find: weakref.ref[BackgroundSimulator]) -> bool:
    """Wait for a job and work it off; return whether there may be another one."""
    job = queue.next()
    if job is None:
        return False
    simulator = find()
    assert simulator is not None  # a job that is not finished keeps it
    try:
        simulator.work_on(job)
    except BaseException as error:
        _logger.debug("job %s failed", job.id, exc_info=True)
        _forget_frames(error)
        job.control.advance(status=JobStatus.FAILED, error=error)
    finally:
        del queue, job, simulator
    return True


def _forget_frames(error: BaseException) -> None:
    """Let go of what the frames of an error hold; where it came from stays readable."""
    todo: list[BaseException | None] = [error]
    seen: set[int] = set()
    while todo:
        one = todo.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            traceback.clear_frames(one.__traceback__)
            todo += [one.__cause__, one.__context__]


#: Of this process, to be closed when it ends.
_simulators: weakref.WeakSet[BackgroundSimulator] = weakref.WeakSet()


@atexit.register
def _close_all() -> None:
    still_there = [one for one in _simulators if one.in_own_process]
    for simulator in still_there:  # all are told before one is waited for
        simulator.queue.close()
    for simulator in still_there:
        simulator.close()
