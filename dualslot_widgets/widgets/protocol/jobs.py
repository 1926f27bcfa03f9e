"""What is played and what waits."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from dualslot_widgets.workbench.job_state import JobStatus


class JobView(TypedDict):
    """A job; times in seconds.

    `seconds` is how long it took, None until it is finished, and when nothing was played because a
    slot held the result already. `finished` is an ISO time, or empty. `slot` holds its result.
    `unsaved` says that it failed only in being stored.
    """

    id: int
    scenario: str
    priority: Literal["screen", "scripted"]
    status: Annotated[str, JobStatus]
    phase: str
    percent: float
    completed_runs: int
    total_runs: int
    current_round: int
    runs_per_second: float | None
    seconds_left: float | None
    seconds: float | None
    finished: str
    slot: int | None
    message: str
    unsaved: bool
