"""The line of jobs that wait, and all jobs of this process that are still known.

A newcomer overtakes what is less urgent, but never a job that
somebody moved forward, nor what stands before it. One lock guards line and jobs, so that what is
moved, begun and cancelled at the same time happens in some order, and nothing is played twice. A
job's own lock may be taken under it, never the other way round, and no listener is called under it.

The worker holds the queue, and the queue does not hold the simulator: when nobody has that one any
more, what still waits is played, and then the worker is let go.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import SimpleQueue

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import JobStatus, Priority

#: Finished jobs beyond this many are forgotten, oldest first. The result of each may be a snapshot
#: of an overwritten slot, or one that could not be stored and is in memory.
KNOWN_JOBS = 20
_LEFT = "the thread that played this was ended in the middle of it; add it to the queue again"


class JobQueue:
    """Waiting jobs by priority, then by arrival, until somebody moves one.

    Attributes
    ----------
    worker : threading.Thread or None
        The one that may take jobs; any when None. Written by who starts it.
    """

    def __init__(self) -> None:
        self.worker: threading.Thread | None = None
        self._lock = threading.RLock()
        # Guarded by _lock; each is changed in one step, so that an interrupt tears nothing apart:
        self._jobs: dict[int, BackgroundSimulation] = {}  # by number, in order of arrival
        self._line: list[BackgroundSimulation] = []  # that wait, or did, the next one first
        self._moved: set[int] = set()  # numbers of those that somebody moved forward
        self._with: dict[str, list[BackgroundSimulation]] = {}  # by fingerprint of the parameters
        self._since = 0  # jobs added since finished ones were forgotten
        self._running: BackgroundSimulation | None = None
        self._closed = False
        # Lock-free, because the garbage collector may abandon the queue in the middle of anything:
        self._abandoned = False
        self._wake: SimpleQueue[None] = SimpleQueue()  # something for each change

    def put(self, job: BackgroundSimulation) -> None:
        """Add a job and wake the worker."""
        with self._lock:
            # First what nobody can do without, should this be interrupted: the worker is awake,
            # the job in the line, and only then does anybody know of it.
            self._wake.put(None)
            if job.status is JobStatus.QUEUED:
                self._line.insert(self._place(job, len(self._line)), job)
            self._jobs[job.id] = job
            self._with.setdefault(job.parameters.fingerprint, []).append(job)
            self._since += 1
            if self._since > max(KNOWN_JOBS, len(self._jobs) // 2):  # a constant share of a job
                self._forget()

    def hurry(self, job: BackgroundSimulation, priority: Priority) -> None:
        """Make a job at least this urgent: it overtakes what is less so."""
        with self._lock:
            job.control.hurry(priority)
            line = self._waiting()
            if job in line:
                now = line.index(job)
                self._line = _moved(line, now, self._place(job, now))

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
            self._line = _moved(line, now, target)
            if target > now:
                self._moved.discard(job.id)
            else:
                self._moved.add(job.id)
            return True

    def clear_finished(self) -> int:
        """Forget all finished jobs, but none whose result is nowhere else; return how many."""
        with self._lock:
            before = len(self._jobs)
            self._keep(
                [j for j in self._jobs.values() if not j.status.finished or j.unsaved is not None]
            )
            return before - len(self._jobs)

    def same(self, scenario: Scenario) -> BackgroundSimulation | None:
        """Return a job that is going to have the result of the same parameters, or None."""
        with self._lock:
            for job in self._with.get(scenario.parameters.fingerprint, ()):
                if not job.status.finished and not job.cancel_asked:
                    return job
        return None

    def next(self) -> BackgroundSimulation | None:
        """Wait for a job and mark it as running; None once closed, or abandoned and empty.

        None as well for a thread that is not the worker any more. A job that still runs when the
        next one is asked for was left behind by a worker that was ended in the middle of it: it
        fails, in words.
        """
        while True:
            with self._lock:
                if self.worker not in (None, threading.current_thread()):
                    return None
                left, self._running = self._running, None
                begun = None if left is not None or self._closed else self._begin()
                done = self._closed
            if left is not None:
                left.control.advance(status=JobStatus.FAILED, error=DualSlotError(_LEFT))
            elif begun is not None:
                job, notify = begun
                notify()
                return job
            elif done or self._abandoned:
                return None
            else:
                self._wake.get()

    def _begin(self) -> tuple[BackgroundSimulation, Callable[[], None]] | None:
        """Begin the next job; under the lock, so that what was moved before is begun first."""
        self._forget()
        for job in self._waiting():
            self._running = job
            if (notify := job.control.begin()) is not None:
                return job, notify
            self._running = None
        return None

    def _forget(self) -> None:
        """Forget the oldest finished jobs where there are too many."""
        jobs = self._jobs.values()
        finished = [job.id for job in jobs if job.status.finished]
        gone = set(finished[: max(0, len(finished) - KNOWN_JOBS)])
        self._keep([job for job in jobs if job.id not in gone])

    def _keep(self, jobs: list[BackgroundSimulation]) -> None:
        """Know only these jobs any more."""
        self._since = 0
        if len(jobs) == len(self._jobs):
            return
        by_fingerprint: dict[str, list[BackgroundSimulation]] = {}
        for job in jobs:
            by_fingerprint.setdefault(job.parameters.fingerprint, []).append(job)
        self._with = by_fingerprint
        self._jobs = {job.id: job for job in jobs}

    def _waiting(self) -> list[BackgroundSimulation]:
        """Return the line itself, rid of those that no longer wait; under the lock."""
        line = [job for job in self._line if job.status is JobStatus.QUEUED]
        if len(line) < len(self._line):
            self._line = line
            self._moved &= {job.id for job in line}
        return self._line

    def _place(self, job: BackgroundSimulation, place: int) -> int:
        """Return where a job stands that overtakes, from a place of the line on, what it may."""
        while place:
            before = self._line[place - 1]
            waits = before.status is JobStatus.QUEUED
            if waits and (before.priority <= job.priority or before.id in self._moved):
                break
            place -= 1
        return place

    @property
    def waiting(self) -> tuple[BackgroundSimulation, ...]:
        """Jobs not begun, the next one first."""
        with self._lock:
            return tuple(self._waiting())

    @property
    def jobs(self) -> tuple[BackgroundSimulation, ...]:
        """All known jobs, in order of arrival."""
        with self._lock:
            self._forget()
            return tuple(self._jobs.values())

    def close(self) -> None:
        """Cancel everything and let the worker go."""
        with self._lock:
            self._closed = True
            jobs = tuple(self._jobs.values())
        self._wake.put(None)
        for job in jobs:
            job.cancel()

    def abandon(self) -> None:
        """Let the worker go when nothing waits any more; nobody can add a job from now on."""
        self._abandoned = True
        self._wake.put(None)


def _moved(line: list[BackgroundSimulation], now: int, target: int) -> list[BackgroundSimulation]:
    """Return a line with one of it moved from one place to another."""
    others = line[:now] + line[now + 1 :]
    return [*others[:target], line[now], *others[target:]]
