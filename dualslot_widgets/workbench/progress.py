"""How far a simulation is, and when it is likely to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationProgress:
    """A moment of a job.

    Attributes
    ----------
    completed_runs, total_runs : int
    current_round : int
        Rounds of the run completed last.
    estimated_completion : datetime or None
        In UTC; None until a batch has been played.
    runs_per_second : float or None
        So far, without what preparing the engine took; None until a batch has been played.
    """

    completed_runs: int
    total_runs: int
    current_round: int = 0
    estimated_completion: datetime | None = None
    runs_per_second: float | None = None

    @property
    def percent(self) -> float:
        """Share of the runs that are completed, 0 to 100."""
        return 100.0 * self.completed_runs / self.total_runs

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the estimated completion, never below 0; None while unknown."""
        if self.estimated_completion is None:
            return None
        return max(0.0, (self.estimated_completion - datetime.now(UTC)).total_seconds())


def estimate_completion(completed: int, total: int, seconds: float) -> datetime | None:
    """Return when all runs will be done if they go on as fast as the completed ones did."""
    if completed == 0:
        return None
    return datetime.now(UTC) + timedelta(seconds=seconds * (total - completed) / completed)
