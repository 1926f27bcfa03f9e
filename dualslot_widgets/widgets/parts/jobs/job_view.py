"""Jobs as plain JSON (`protocol.jobs`), as the monitor draws them; pure functions."""

from __future__ import annotations

from collections.abc import Sequence

from dualslot_widgets.errors import in_words
from dualslot_widgets.widgets.protocol.jobs import JobView
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import JobStatus, Priority

#: So many finished jobs are listed, newest first.
LISTED_FINISHED = 8
#: So many waiting jobs are listed; the others are counted.
LISTED_WAITING = 50


def find_job_on_screen(
    jobs: Sequence[BackgroundSimulation], waiting: Sequence[BackgroundSimulation]
) -> BackgroundSimulation | None:
    """Return the job that is played, else the next one, else the one that finished last."""
    active = [job for job in jobs if job.status is JobStatus.RUNNING] or waiting
    return next(iter((*active, *find_finished(jobs))), None)


def find_finished(jobs: Sequence[BackgroundSimulation]) -> list[BackgroundSimulation]:
    """Return the finished ones, newest first."""
    found = [(job.finished, job.id, job) for job in jobs if job.finished is not None]
    return [job for *_, job in sorted(found, reverse=True)]


def job_view(job: BackgroundSimulation) -> JobView:
    """Return a job as the progress bar and the lists show it."""
    progress = job.progress
    started, finished = job.started, job.finished
    took = finished - started if started is not None and finished is not None else None
    return {
        "id": job.id,
        "scenario": job.scenario.name,
        "priority": "screen" if job.priority is Priority.SCREEN else "scripted",
        "status": job.status.value,
        "phase": job.phase,
        "percent": progress.percent,
        "completed_runs": progress.completed_runs,
        "total_runs": progress.total_runs,
        "current_round": progress.current_round,
        "runs_per_second": progress.runs_per_second,
        "seconds_left": progress.seconds_left,
        "seconds": None if took is None else took.total_seconds(),
        "finished": "" if finished is None else finished.isoformat(),
        "slot": job.slot,
        "unsaved": job.unsaved is not None,
        "message": _message(job),
    }


def describe_failure(job: BackgroundSimulation) -> str:
    """Return in words why a job failed; empty when it did not."""
    return "" if job.error is None else in_words(job.error)


def _message(job: BackgroundSimulation) -> str:
    saving = job.saving
    if saving is not None and saving.status is JobStatus.COMPLETED:
        return f"Its result was stored after all, in slot {saving.slot}."
    return describe_failure(job)
