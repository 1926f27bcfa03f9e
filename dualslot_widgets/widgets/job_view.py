"""Jobs as plain JSON, as the monitor draws them; pure functions on `protocol`."""

from __future__ import annotations

from collections.abc import Sequence

from dualslot_widgets.background.job import BackgroundSimulation, JobStatus
from dualslot_widgets.widgets.protocol.jobs import JobView


def job_on_screen(
    jobs: Sequence[BackgroundSimulation], waiting: Sequence[BackgroundSimulation]
) -> BackgroundSimulation | None:
    """Return the job that is played, else the next one, else the one that finished last."""
    active = [job for job in jobs if job.status is JobStatus.RUNNING] or waiting
    finished = [(job.finished, job.id, job) for job in jobs if job.finished is not None]
    return active[0] if active else max(finished)[-1] if finished else None


def job_view(job: BackgroundSimulation) -> JobView:
    """Return a job as the progress bar shows it."""
    progress = job.progress
    return {
        "id": job.id,
        "scenario": job.scenario.name,
        "status": job.status.value,
        "phase": job.phase,
        "percent": progress.percent,
        "completed_runs": progress.completed_runs,
        "total_runs": progress.total_runs,
        "current_round": progress.current_round,
        "seconds_left": progress.seconds_left,
        "unsaved": job.unsaved is not None,
        "message": "" if job.error is None else (str(job.error) or type(job.error).__name__),
    }
