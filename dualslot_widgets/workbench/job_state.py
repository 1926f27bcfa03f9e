"""`JobState`: all that changes of a job, as one value; and the words for where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.workbench.progress import SimulationProgress


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


@dataclass(frozen=True, slots=True, kw_only=True)
class JobState:
    """All that changes of a job, as the properties of `BackgroundSimulation` explain it."""

    priority: Priority
    progress: SimulationProgress
    status: JobStatus = JobStatus.QUEUED
    phase: str = "waiting"
    started: datetime | None = None
    finished: datetime | None = None
    error: BaseException | None = None
    slot: int | None = None
    data: SimulationDataSet | None = None
    cancel_asked: bool = False
