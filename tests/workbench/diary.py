"""A listener that writes down every state that a job was seen in, and can be waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import NamedTuple

from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import JobStatus
from dualslot_widgets.workbench.progress import SimulationProgress
from dualslot_widgets.workbench.worker import BackgroundSimulator
from tests.patience import SECONDS


class Entry(NamedTuple):
    """A job as a listener saw it."""

    status: JobStatus
    phase: str
    progress: SimulationProgress


class Diary:
    """Stands for the dashboard: looks at all jobs at every change."""

    def __init__(self) -> None:
        self.simulator: BackgroundSimulator | None = None
        self._changed = threading.Condition()
        self._entries: dict[int, list[Entry]] = {}
        self.calls = 0

    def __call__(self) -> None:
        with self._changed:
            self.calls += 1
            for job in self.simulator.queue.jobs:
                entries = self._entries.setdefault(job.id, [])
                entry = Entry(job.status, job.phase, job.progress)
                if not entries or entries[-1] != entry:
                    entries.append(entry)
            self._changed.notify_all()

    def of(self, job: BackgroundSimulation) -> list[Entry]:
        """Every different state of a job, in order."""
        with self._changed:
            return list(self._entries.get(job.id, []))

    def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds after a change."""
        with self._changed:
            found = self._changed.wait_for(holds, SECONDS)
        assert found, f"not within {SECONDS} s: {self.simulator.queue.jobs}"
