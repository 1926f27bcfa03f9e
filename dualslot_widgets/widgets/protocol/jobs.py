"""What is played and what waits."""

from __future__ import annotations

from typing import TypedDict


class JobView(TypedDict):
    """The job being played, or the last one; times in seconds.

    `unsaved` says that it failed only in being stored.
    """

    id: int
    scenario: str
    status: str
    phase: str
    percent: float
    completed_runs: int
    total_runs: int
    current_round: int
    seconds_left: float | None
    message: str
    unsaved: bool
