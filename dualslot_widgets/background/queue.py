"""The jobs that wait, and all jobs of this process that are still known.

Middle room of the background floor. One lock guards both. A job's own lock may be taken under it,
never the other way round, and no listener is called under it.
"""

from __future__ import annotations

import threading

from dualslot_widgets.background.job import BackgroundSimulation, JobStatus
from dualslot_widgets.scenario.scenario import Scenario

#: Finished jobs beyond this many are forgotten, oldest first. The result of each may be a snapshot
#: of an overwritten slot, whose five files stay open; some systems grant 256 to a process.
KNOWN_JOBS = 20


class JobQueue:
    """Waiting jobs by priority, then by arrival; an identical request is not queued twice."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        # Guarded by _changed:
        self._jobs: list[BackgroundSimulation] = []
        self._closed = False

    def put(self, job: BackgroundSimulation) -> None:
        """Add a job and wake the worker."""
        with self._changed:
            self._jobs.append(job)
            finished = [known for known in self._jobs if known.status.finished]
            for old in finished[: max(0, len(finished) - KNOWN_JOBS)]:
                self._jobs.remove(old)
            self._changed.notify_all()

    def same(self, scenario: Scenario) -> BackgroundSimulation | None:
        """Return a job that is going to have the result of the same parameters, or None."""
        for job in self.jobs:
            going_on = not job.status.finished and not job.cancel_asked
            if going_on and job.parameters == scenario.parameters:
                return job
        return None

    def next(self) -> BackgroundSimulation | None:
        """Wait for the next job and mark it as running; None once closed."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._waiting())
                if self._closed:
                    return None
                job = self._waiting()[0]
            # Told to listeners outside of the lock; somebody may cancel it first.
            if job._begin():  # noqa: SLF001
                return job

    def _waiting(self) -> list[BackgroundSimulation]:
        queued = [job for job in self._jobs if job.status is JobStatus.QUEUED]
        return sorted(queued, key=lambda job: (job.priority, job.id))

    @property
    def waiting(self) -> tuple[BackgroundSimulation, ...]:
        """Jobs not begun, the next one first."""
        with self._changed:
            return tuple(self._waiting())

    @property
    def jobs(self) -> tuple[BackgroundSimulation, ...]:
        """All known jobs, in order of arrival."""
        with self._changed:
            return tuple(self._jobs)

    def close(self) -> None:
        """Cancel everything and let the worker go."""
        with self._changed:
            self._closed = True
            jobs = tuple(self._jobs)
            self._changed.notify_all()
        for job in jobs:
            job.cancel()
