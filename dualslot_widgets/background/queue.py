"""The jobs that wait, and all jobs of this process that are still known.

Middle room of the background floor. One lock guards both. A job's own lock may be taken under it,
never the other way round, and no listener is called under it.

The worker holds the queue, and the queue does not hold the simulator: when nobody has that one any
more, what still waits is played, and then the worker is let go.
"""

from __future__ import annotations

import threading
from queue import SimpleQueue

from dualslot_widgets.background.job import BackgroundSimulation, JobStatus
from dualslot_widgets.scenario.scenario import Scenario

#: Finished jobs beyond this many are forgotten, oldest first. The result of each may be a snapshot
#: of an overwritten slot, or one that could not be stored and is in memory.
KNOWN_JOBS = 20


class JobQueue:
    """Waiting jobs by priority, then by arrival; an identical request is not queued twice."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        # Guarded by _lock:
        self._jobs: list[BackgroundSimulation] = []
        self._closed = False
        # Lock-free, because the garbage collector may abandon the queue in the middle of anything:
        self._abandoned = False
        self._wake: SimpleQueue[None] = SimpleQueue()  # something for each change

    def put(self, job: BackgroundSimulation) -> None:
        """Add a job and wake the worker."""
        with self._lock:
            self._jobs.append(job)
            self._forget()
        self._wake.put(None)

    def same(self, scenario: Scenario) -> BackgroundSimulation | None:
        """Return a job that is going to have the result of the same parameters, or None."""
        for job in self.jobs:
            going_on = not job.status.finished and not job.cancel_asked
            if going_on and job.parameters == scenario.parameters:
                return job
        return None

    def next(self) -> BackgroundSimulation | None:
        """Wait for a job and mark it as running; None once closed, or abandoned and empty."""
        while True:
            with self._lock:
                self._forget()
                if self._closed:
                    return None
                waiting = self._waiting()
            if not waiting:
                if self._abandoned:
                    return None
                self._wake.get()
            # Told to listeners outside of the lock; somebody may cancel it first.
            elif waiting[0]._begin():  # noqa: SLF001
                return waiting[0]

    def _forget(self) -> None:
        finished = [known for known in self._jobs if known.status.finished]
        for old in finished[: max(0, len(finished) - KNOWN_JOBS)]:
            self._jobs.remove(old)

    def _waiting(self) -> list[BackgroundSimulation]:
        queued = [job for job in self._jobs if job.status is JobStatus.QUEUED]
        return sorted(queued, key=lambda job: (job.priority, job.id))

    @property
    def waiting(self) -> tuple[BackgroundSimulation, ...]:
        """Jobs not begun, the next one first."""
        with self._lock:
            return tuple(self._waiting())

    @property
    def jobs(self) -> tuple[BackgroundSimulation, ...]:
        """All known jobs, in order of arrival."""
        with self._lock:
            return tuple(self._jobs)

    def close(self) -> None:
        """Cancel everything and let the worker go."""
        with self._lock:
            self._closed = True
            jobs = tuple(self._jobs)
        self._wake.put(None)
        for job in jobs:
            job.cancel()

    def abandon(self) -> None:
        """Let the worker go when nothing waits any more; nobody can add a job from now on."""
        self._abandoned = True
        self._wake.put(None)
