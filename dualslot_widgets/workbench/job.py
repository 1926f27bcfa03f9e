"""`BackgroundSimulation`: one request to play a scenario, from waiting to stored.

What changes of it is held by its `JobControl`, by which worker and queue move it on.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from dualslot_widgets.errors import DualSlotError, SimulationCancelled, SimulationFailed, in_words
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.memory import size_of
from dualslot_widgets.workbench.job_control import JobControl
from dualslot_widgets.workbench.job_state import JobState, JobStatus, Priority
from dualslot_widgets.workbench.progress import SimulationProgress

_numbers = itertools.count(1)


class BackgroundSimulation:
    """A scenario being played in the background.

    Made by `Workbench.add_to_queue`. All attributes may be read from any thread.

    Attributes
    ----------
    id : int
        Unique in this process.
    scenario : Scenario
    parameters : ScenarioParameters
    saving : BackgroundSimulation or None
        The job that stores, or has stored, what this one could not; written by the worker.
    control : JobControl
        The handle of worker and queue.
    """

    def __init__(
        self,
        scenario: Scenario,
        priority: Priority,
        on_change: Callable[[], None],
        *,
        played: SimulationDataSet | None = None,
    ) -> None:
        self.id = next(_numbers)
        self.scenario = scenario
        self.parameters: ScenarioParameters = scenario.parameters
        self.saving: BackgroundSimulation | None = None
        self._process = os.getpid()
        runs = scenario.settings.runs
        done = 0 if played is None else runs
        progress = SimulationProgress(completed_runs=done, total_runs=runs)
        state = JobState(priority=priority, progress=progress)
        self.control = JobControl(self.id, state, on_change, played)

    @property
    def priority(self) -> Priority:
        """What comes before what; `JobQueue.hurry` may raise it."""
        return self.control.state.priority

    @property
    def status(self) -> JobStatus:
        """Where the job stands."""
        return self.control.state.status

    @property
    def phase(self) -> str:
        """What is being done, in words: "waiting", "simulating", "storing"..."""
        return self.control.state.phase

    @property
    def progress(self) -> SimulationProgress:
        """How far it is."""
        return self.control.state.progress

    @property
    def started(self) -> datetime | None:
        """When playing began, in UTC."""
        return self.control.state.started

    @property
    def finished(self) -> datetime | None:
        """When it completed, failed or was cancelled, in UTC."""
        return self.control.state.finished

    @property
    def error(self) -> BaseException | None:
        """Why it failed."""
        return self.control.state.error

    @property
    def slot(self) -> int | None:
        """The slot that holds its result."""
        return self.control.state.slot

    @cached_property
    def request_bytes(self) -> int:
        """Memory that the request itself takes, without its result."""
        return size_of((self.scenario, self.parameters))

    @property
    def unsaved(self) -> SimulationDataSet | None:
        """The result of a job that failed only in being stored; nothing is lost.

        None again once another job has taken over to store it, unless that one is cancelled.
        """
        state, saving = self.control.state, self.saving
        given_up = saving is None or saving.status is JobStatus.CANCELLED
        return state.data if state.status is JobStatus.FAILED and given_up else None

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the job is finished; return whether it is (`timeout` in seconds).

        Raises
        ------
        DualSlotError
            In a forked process, where nobody plays it.
        """
        self._check_process()
        return self.control.wait(timeout)

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
        state = self.control.state
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
        return self.control.cancel()

    @property
    def cancel_asked(self) -> bool:
        """Whether somebody has asked the job to stop."""
        return self.control.state.cancel_asked

    def _check_process(self) -> None:
        if self._process != os.getpid():
            raise DualSlotError(
                f"job {self.id} is played in process {self._process}, of which this one is a "
                "fork; wait for it and cancel it there"
            )

    def __repr__(self) -> str:
        progress = self.progress
        return (
            f"<BackgroundSimulation {self.id} of {self.scenario.name!r}: {self.status.value}, "
            f"{progress.completed_runs} of {progress.total_runs} runs>"
        )
