"""Where one run of two data sets with the same dice goes differently, with the events of both.

`where_runs_part` says when two events are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dualslot_widgets.engine.budgets import LOG_BYTES, LOGGED_RUNS
from dualslot_widgets.results.pairs.where_runs_part import EventLog, first_differences
from dualslot_widgets.results.replay import Replay, heading

NO_LOGS = (
    f"where these runs part is not known: up to {LOGGED_RUNS:,} runs every event is kept, of more "
    f"none, nor of a log above {LOG_BYTES >> 20} MiB; play both with fewer runs"
)


@dataclass(frozen=True, slots=True)
class Parting:
    """The first event at which a run of two data sets differs; `print` it.

    Attributes
    ----------
    at : int or None
        Index of that event within the run, from 0; where one of the two ends earlier, that of the
        other's next event. None where the run goes the same in both.
    here, there : Replay
        The whole run in the one data set and in the other.
    """

    at: int | None
    here: Replay
    there: Replay

    @classmethod
    def from_replays(cls, here: Replay, there: Replay) -> Parting:
        """Return where two replays of the same run and dice part."""
        logs = [
            EventLog.from_tables(one.scenario, one.events, one.combatants) for one in (here, there)
        ]
        at = int(first_differences(logs[0], logs[1], here.run + 1).at[here.run])
        return cls(None if at < 0 else at, here, there)

    def sentences(self, count: int) -> tuple[list[str], list[str]]:
        """Return the first events from the parting on in words, of both, at most so many each."""
        if self.at is None:
            return [], []
        start = self.at
        here, there = (
            replace(one, events=one.events.slice(start, count)).sentences
            for one in (self.here, self.there)
        )
        return here, there

    def __str__(self) -> str:
        run = self.here.run
        if self.at is None:
            return f"Run {run} goes the same in both; {self.here.ending}"
        place = [one.events.slice(self.at, 1).to_pylist() for one in (self.here, self.there)]
        where = min((event["encounter"], event["round"]) for found in place for event in found)
        sides = zip(("here", "there"), self.sentences(1), (self.here, self.there), strict=True)
        lines = [
            f"  {name}: {event[0] if event else 'nothing more happens'}; {one.ending}"
            for name, event, one in sides
        ]
        return "\n".join([f"Run {run} parts at event {self.at}: {heading(*where)}", *lines])

    def __repr__(self) -> str:
        return str(self)
