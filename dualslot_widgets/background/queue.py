"""The line of jobs that wait, and all jobs of this process that are still known.

Middle room of the background floor. A newcomer overtakes what is less urgent, but never a job that
somebody moved forward, nor what stands before it. One lock guards line and jobs, so that what is
moved, begun and cancelled at the same time happens in some order, and nothing is played twice. A
job's own lock may be taken under it, never the other way round, and no listener is called under it.

The worker holds the queue, and the queue does not hold the simulator: when nobody has that one any
more, what still waits is played, and then the worker is let go.
"""

from __future__ import annotations

import threading
from queue import SimpleQueue

from dualslot_widgets.background.job import BackgroundSimulation, JobStatus, Priority
from dualslot_widgets.scenario.scenario import Scenario

#: Finished jobs beyond this many are forgotten, oldest first. The result of each may be a snapshot
#: of an overwritten slot, or one that could not be stored and is in memory.
KNOWN_JOBS = 20


class JobQueue:
    """Waiting jobs by priority, then by arrival, until somebody moves one."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        # Guarded by _lock:
        self._jobs: list[BackgroundSimulation] = []  # in order of arrival
        self._line: list[BackgroundSimulation] = []  # that wait, the next one first
        self._moved: set[int] = set()  # numbers of those that somebody moved forward
        self._closed = False
        # Lock-free, because the garbage collector may abandon the queue in the middle of anything:
        self._abandoned = False
        self._wake: SimpleQueue[None] = SimpleQueue()  # something for each change

    def put(self, job: BackgroundSimulation) -> None:
        """Add a job and wake the worker."""
        with self._lock:
            self._jobs.append(job)
            if job.status is JobStatus.QUEUED:
                self._line.append(job)
                self._overtake(job)
            self._forget()
        self._wake.put(None)

    def hurry(self, job: BackgroundSimulation, priority: Priority) -> None:
        """Make a job at least this urgent: it overtakes what is less so."""
        with self._lock:
            job._raise(priority)  # noqa: SLF001
            if job in self._waiting():
                self._overtake(job)

    def move(self, job: BackgroundSimulation, position: int, *, relative: bool = False) -> bool:
        """Move a waiting job within the line; return whether it still waited.

        Parameters
        ----------
        job : BackgroundSimulation
        position : int
            Where it is to stand, 0 for the next one; places beyond an end mean that end.
        relative : bool
            Whether that is counted from where it stands now: -1 is one place forward.
        """
        with self._lock:
            line = self._waiting()
            if job not in line:
                return False
            now = line.index(job)
            target = now + position if relative else position
            target = min(max(target, 0), len(line) - 1)
            line.insert(target, line.pop(now))
            if target > now:
                self._moved.discard(job.id)
            else:
                self._moved.add(job.id)
            return True

    def clear_finished(self) -> int:
        """Forget all finished jobs, but none whose result is nowhere else; return how many."""
        with self._lock:
            kept = [j for j in self._jobs if not j.status.finished or j.unsaved is not None]
            gone = len(self._jobs) - len(kept)
            self._jobs = kept
            return gone

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
                # Begun under the lock, so that what was moved to the front before is begun first.
                begun = next(
                    ((job, tell) for job in self._waiting() if (tell := job._begin())),  # noqa: SLF001
                    None,
                )
            if begun is not None:
                job, tell = begun
                tell()
                return job
            if self._abandoned:
                return None
            self._wake.get()

    def _forget(self) -> None:
        finished = [known for known in self._jobs if known.status.finished]
        for old in finished[: max(0, len(finished) - KNOWN_JOBS)]:
            self._jobs.remove(old)

    def _waiting(self) -> list[BackgroundSimulation]:
        """Return the line itself, rid of those that no longer wait; under the lock."""
        self._line[:] = [job for job in self._line if job.status is JobStatus.QUEUED]
        self._moved &= {job.id for job in self._line}
        return self._line

    def _overtake(self, job: BackgroundSimulation) -> None:
        line = self._waiting()
        if job not in line:  # cancelled in this very moment
            return
        place = line.index(job)
        line.pop(place)
        while place and line[place - 1].priority > job.priority:
            if line[place - 1].id in self._moved:
                break
            place -= 1
        line.insert(place, job)

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
