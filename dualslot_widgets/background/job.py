"""`BackgroundSimulation`: one request to play a scenario, from waiting to stored.

Middle room of the background floor. A job's state belongs to its lock: the worker writes it,
any thread may read or wait. Listeners are told outside of the lock.
"""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any

from dualslot_widgets.background.progress import SimulationProgress
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.errors import SimulationCancelled, SimulationFailed
from dualslot_widgets.memory import size_of
from dualslot_widgets.scenario.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario

_logger = logging.getLogger(__name__)
_numbers = itertools.count(1)


class Priority(IntEnum):
    """What is played first; equal ones in order of arrival."""

    SCREEN = 0
    SCRIPTED = 1


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen to the job."""
        return self not in (JobStatus.QUEUED, JobStatus.RUNNING)


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
        self._lock = threading.Condition()
        # Guarded by _lock:
        self._on_change = on_change
        self._priority = priority
        self._status = JobStatus.QUEUED
        self._phase = "waiting"
        self._progress = SimulationProgress(completed_runs=0, total_runs=scenario.settings.runs)
        self._started: datetime | None = None
        self._finished: datetime | None = None
        self._error: Exception | None = None
        self._slot: int | None = None
        self._data: SimulationDataSet | None = None
        self._cancel_asked = False
        self._saving: BackgroundSimulation | None = None  # what stores an unsaved result

    @property
    def priority(self) -> Priority:
        """What comes before what; `JobQueue.hurry` may raise it."""
        with self._lock:
            return self._priority

    @property
    def status(self) -> JobStatus:
        """Where the job stands."""
        with self._lock:
            return self._status

    @property
    def phase(self) -> str:
        """What is being done, in words: "waiting", "simulating", "storing"..."""
        with self._lock:
            return self._phase

    @property
    def progress(self) -> SimulationProgress:
        """How far it is."""
        with self._lock:
            return self._progress

    @property
    def started(self) -> datetime | None:
        """When playing began, in UTC."""
        with self._lock:
            return self._started

    @property
    def finished(self) -> datetime | None:
        """When it completed, failed or was cancelled, in UTC."""
        with self._lock:
            return self._finished

    @property
    def error(self) -> Exception | None:
        """Why it failed."""
        with self._lock:
            return self._error

    @property
    def slot(self) -> int | None:
        """The slot that holds its result."""
        with self._lock:
            return self._slot

    @cached_property
    def request_bytes(self) -> int:
        """Memory that the request itself takes, without its result."""
        return size_of((self.scenario, self.parameters))

    @property
    def unsaved(self) -> SimulationDataSet | None:
        """The result of a job that failed only in being stored; nothing is lost.

        None again once another job has taken over to store it, unless that one is cancelled.
        """
        with self._lock:
            found, saving = self._data, self._saving
            failed = self._status is JobStatus.FAILED
        given_up = saving is None or saving.status is JobStatus.CANCELLED
        return found if failed and given_up else None

    @property
    def saving(self) -> BackgroundSimulation | None:
        """The job that stores, or has stored, what this one could not."""
        with self._lock:
            return self._saving

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the job is finished; return whether it is (`timeout` in seconds)."""
        with self._lock:
            return self._lock.wait_for(lambda: self._status.finished, timeout)

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
        with self._lock:
            if self._status is JobStatus.CANCELLED:
                raise SimulationCancelled(f"job {self.id} was cancelled; add it to the queue again")
            if self._status is JobStatus.FAILED or self._data is None:
                raise SimulationFailed(f"job {self.id} failed: {self._error}") from self._error
            return self._data

    def cancel(self) -> bool:
        """Ask to stop; a running job stops after its batch. Return whether there was time to."""
        with self._lock:
            if self._status.finished or self._phase == "storing":
                return False
            self._cancel_asked = True
            waiting = self._status is JobStatus.QUEUED
        if waiting:
            self._advance(status=JobStatus.CANCELLED, only_from=JobStatus.QUEUED)
        return True

    @property
    def cancel_asked(self) -> bool:
        """Whether somebody has asked the job to stop."""
        with self._lock:
            return self._cancel_asked

    # The side of worker and queue.

    def _begin(self) -> Callable[[], None] | None:
        """Take the job from waiting to running.

        Returns what tells the listener, to be called outside of all locks; None when the job was
        cancelled meanwhile.
        """
        return self._change(status=JobStatus.RUNNING, only_from=JobStatus.QUEUED)

    def _raise(self, priority: Priority) -> None:
        """Be at least this urgent; who calls tells of it."""
        with self._lock:
            self._priority = min(self._priority, priority)

    def _hand_over(self, saving: BackgroundSimulation) -> None:
        """Have another job store what this one could not."""
        with self._lock:
            self._saving = saving

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
            if self._status.finished or (only_from and self._status is not only_from):
                return None
            if unless_cancelled and self._cancel_asked:
                return None
            if status is not None:
                state["status"] = status
                if status is JobStatus.RUNNING:
                    state["started"] = datetime.now(UTC)
                if status.finished:
                    state.setdefault("phase", status.value)
                    state["finished"] = datetime.now(UTC)
            listener = self._on_change
            if status is not None and status.finished:
                # Who keeps a finished job keeps its result, not its simulator and all of its jobs.
                self._on_change, self.played = _nobody, None
            for name, value in state.items():
                setattr(self, f"_{name}", value)
            self._lock.notify_all()

        def tell() -> None:
            try:
                listener(self)
            except Exception:
                _logger.exception("a listener of job %s failed", self.id)

        return tell

    def __repr__(self) -> str:
        progress = self.progress
        return (
            f"<BackgroundSimulation {self.id} of {self.scenario.name!r}: {self.status.value}, "
            f"{progress.completed_runs} of {progress.total_runs} runs>"
        )


def _nobody(_: BackgroundSimulation) -> None:
    """Listen to a finished job, which does not change."""
