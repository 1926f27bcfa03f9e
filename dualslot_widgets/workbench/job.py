"""`BackgroundSimulation`: one request to play a scenario, from waiting to stored.

Middle room of the background floor. A job's state is one value that is replaced in one step, under
its lock: any thread may read it, and who is interrupted while changing it has changed all of it or
nothing. Listeners are told outside of the lock. Who waits does so on a lock of its own, so that an
interrupt leaves nothing held (a `threading.Condition` would stay locked).
"""

from __future__ import annotations

import itertools
import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from dualslot_widgets.errors import (
    DualSlotError,
    SimulationCancelled,
    SimulationFailed,
    in_words,
    is_interrupt,
)
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.memory import size_of
from dualslot_widgets.workbench.job_state import JobState, JobStatus, Priority
from dualslot_widgets.workbench.progress import SimulationProgress

__all__ = ["BackgroundSimulation", "JobStatus", "Priority"]

_logger = logging.getLogger(__name__)
_numbers = itertools.count(1)

#: Phases in which a job cannot stop: it is cancelled at once, and not any more.
PREPARING, STORING = "preparing the engine (first time only)", "storing"
#: Who waits looks for itself so often, in seconds, should who finished the job have been
#: interrupted before it could wake anybody.
_LOOK_SECONDS = 1.0


class BackgroundSimulation:
    """A scenario being played in the background.

    Made by `Workbench.add_to_queue`. All attributes may be read from any thread.

    Attributes
    ----------
    id : int
        Unique in this process.
    scenario : Scenario
    parameters : ScenarioParameters
    played : SimulationDataSet or None
        A result that is only to be stored; None again when the job is finished.
    """

    def __init__(
        self,
        scenario: Scenario,
        priority: Priority,
        on_change: Callable[[BackgroundSimulation], None],
        *,
        played: SimulationDataSet | None = None,
    ) -> None:
        self.id = next(_numbers)
        self.scenario = scenario
        self.parameters: ScenarioParameters = scenario.parameters
        self.played = played
        self._process = os.getpid()
        self._lock = threading.RLock()
        # Replaced under _lock, read without:
        runs = scenario.settings.runs
        done = 0 if played is None else runs
        progress = SimulationProgress(completed_runs=done, total_runs=runs)
        self._state = JobState(priority=priority, progress=progress)
        # Guarded by _lock:
        self._on_change = on_change
        self._stop: Callable[[], object] = _nothing  # ends what is being played
        self._waiting: list[threading.Lock] = []  # of those who wait, held until it is finished

    @property
    def priority(self) -> Priority:
        """What comes before what; `JobQueue.hurry` may raise it."""
        return self._state.priority

    @property
    def status(self) -> JobStatus:
        """Where the job stands."""
        return self._state.status

    @property
    def phase(self) -> str:
        """What is being done, in words: "waiting", "simulating", "storing"..."""
        return self._state.phase

    @property
    def progress(self) -> SimulationProgress:
        """How far it is."""
        return self._state.progress

    @property
    def started(self) -> datetime | None:
        """When playing began, in UTC."""
        return self._state.started

    @property
    def finished(self) -> datetime | None:
        """When it completed, failed or was cancelled, in UTC."""
        return self._state.finished

    @property
    def error(self) -> BaseException | None:
        """Why it failed."""
        return self._state.error

    @property
    def slot(self) -> int | None:
        """The slot that holds its result."""
        return self._state.slot

    @cached_property
    def request_bytes(self) -> int:
        """Memory that the request itself takes, without its result."""
        return size_of((self.scenario, self.parameters))

    @property
    def unsaved(self) -> SimulationDataSet | None:
        """The result of a job that failed only in being stored; nothing is lost.

        None again once another job has taken over to store it, unless that one is cancelled.
        """
        state = self._state
        given_up = state.saving is None or state.saving.status is JobStatus.CANCELLED
        return state.data if state.status is JobStatus.FAILED and given_up else None

    @property
    def saving(self) -> BackgroundSimulation | None:
        """The job that stores, or has stored, what this one could not."""
        return self._state.saving

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the job is finished; return whether it is (`timeout` in seconds).

        Raises
        ------
        DualSlotError
            In a forked process, where nobody plays it.
        """
        self._check_process()
        end = None if timeout is None else time.monotonic() + timeout
        woken = threading.Lock()
        woken.acquire()
        with self._lock:
            self._waiting.append(woken)
        try:
            while not self.status.finished:
                left = _LOOK_SECONDS if end is None else min(_LOOK_SECONDS, end - time.monotonic())
                if left <= 0:
                    return False
                woken.acquire(timeout=left)
            return True
        finally:
            with self._lock:
                self._waiting = [other for other in self._waiting if other is not woken]

    def result(self, timeout: float | None = None) -> SimulationDataSet:
        """Wait for the data set, stored.

        Raises
        ------
        SimulationFailed
            With the cause chained.
        SimulationCancelled
        TimeoutError
            When the job is still not finished after `timeout` seconds.
        """
        if not self.wait(timeout):
            raise TimeoutError(f"job {self.id} is still {self.status.value} after {timeout} s")
        state = self._state
        if state.status is JobStatus.CANCELLED:
            raise SimulationCancelled(f"job {self.id} was cancelled; add it to the queue again")
        if state.status is JobStatus.FAILED or state.data is None:
            why = "" if state.error is None else in_words(state.error)
            raise SimulationFailed(f"job {self.id} failed: {why}") from state.error
        return state.data

    def cancel(self) -> bool:
        """Ask to stop; a running job stops before its next round. Return whether there was time to.

        What does not play yet, because it waits or the engine is being prepared, is cancelled when
        this returns.
        """
        self._check_process()
        with self._lock:
            if self.status.finished or self.phase == STORING:
                return False
            if self.status is JobStatus.RUNNING and self.phase != PREPARING:
                self._state = replace(self._state, cancel_asked=True)
                self._stop()
                return True
            tell = self._change(status=JobStatus.CANCELLED, cancel_asked=True)
        if tell is not None:
            tell()
        return True

    @property
    def cancel_asked(self) -> bool:
        """Whether somebody has asked the job to stop."""
        return self._state.cancel_asked

    def _check_process(self) -> None:
        if self._process != os.getpid():
            raise DualSlotError(
                f"job {self.id} is played in process {self._process}, of which this one is a "
                "fork; wait for it and cancel it there"
            )

    # The side of worker and queue.

    def _begin(self) -> Callable[[], None] | None:
        """Take the job from waiting to running.

        Returns what tells the listener, to be called outside of all locks; None when the job was
        cancelled meanwhile.
        """
        return self._change(status=JobStatus.RUNNING, only_from=JobStatus.QUEUED)

    def _stops_by(self, stop: Callable[[], object]) -> None:
        """Have what is being played stopped by this; at once when somebody has asked already."""
        with self._lock:
            if self.status.finished or self.cancel_asked:
                stop()
            else:
                self._stop = stop

    def _raise(self, priority: Priority) -> None:
        """Be at least this urgent; who calls tells of it."""
        with self._lock:
            self._state = replace(self._state, priority=min(self.priority, priority))

    def _hand_over(self, saving: BackgroundSimulation) -> None:
        """Have another job store what this one could not."""
        with self._lock:
            self._state = replace(self._state, saving=saving)

    def _advance(
        self,
        *,
        only_from: JobStatus | None = None,
        unless_cancelled: bool = False,
        status: JobStatus | None = None,
        **state: Any,
    ) -> bool:
        """Change the state in one step, wake those who wait, tell the listener."""
        tell = self._change(
            only_from=only_from, unless_cancelled=unless_cancelled, status=status, **state
        )
        if tell is None:
            return False
        tell()
        return True

    def _change(
        self,
        *,
        only_from: JobStatus | None = None,
        unless_cancelled: bool = False,
        status: JobStatus | None = None,
        **state: Any,
    ) -> Callable[[], None] | None:
        """Change the state in one step, wake those who wait; return what tells the listener."""
        with self._lock:
            if self.status.finished or (only_from and self.status is not only_from):
                return None
            if unless_cancelled and self.cancel_asked:
                return None
            if status is not None:
                state["status"] = status
                if status is JobStatus.RUNNING:
                    state["started"] = datetime.now(UTC)
                if status.finished:
                    state.setdefault("phase", status.value)
                    state["finished"] = datetime.now(UTC)
            listener = self._on_change
            self._state = new = replace(self._state, **state)
            if new.status.finished:
                # Who keeps a finished job keeps its result, not its simulator and all of its jobs.
                self._on_change, self._stop, self.played = _nothing, _nothing, None
                waiting, self._waiting = self._waiting, []
                for woken in waiting:
                    woken.release()

        def tell() -> None:
            try:
                listener(self)
            except BaseException as error:
                if is_interrupt(error):
                    raise
                _logger.exception("a listener of job %s failed", self.id)

        return tell

    def __repr__(self) -> str:
        progress = self.progress
        return (
            f"<BackgroundSimulation {self.id} of {self.scenario.name!r}: {self.status.value}, "
            f"{progress.completed_runs} of {progress.total_runs} runs>"
        )


def _nothing(*_: object) -> None:
    """Listen to a finished job, which does not change, or stop what is not being played."""
