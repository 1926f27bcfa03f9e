"""One run event by event, as text and as a table.

A run whose log was not kept is played again from its seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from dualslot_widgets.engine.budgets import REPLAY_SECONDS
from dualslot_widgets.errors import SimulationTooLarge
from dualslot_widgets.results.event_words import Sentences
from dualslot_widgets.scenario.actions import TIMES
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.uninterrupted import uninterrupted
from dualslot_widgets.words.plural import plural

if TYPE_CHECKING:
    import pandas as pd


#: Rows that are plain Python at a time: as such an event takes fifty times the memory.
_BATCH_ROWS = 1 << 14


@dataclass(frozen=True, slots=True)
class Replay:
    """The event log of one run; `print` it, or take `events` (an Arrow table) further.

    Attributes
    ----------
    run : int
    events, combatants, result : pyarrow.Table
        The run's rows of the tables of events, combatants and runs.
    scenario : Scenario
    """

    run: int
    events: pa.Table
    combatants: pa.Table
    result: pa.Table
    scenario: Scenario

    @classmethod
    def from_scenario(cls, scenario: Scenario, run: int) -> Replay:
        """Return one run of a scenario by playing it: seed and number alone decide it.

        Raises
        ------
        SimulationTooLarge
            When its log does not fit, or takes too long; see `engine.budgets`.
        """
        tables = _tables_of_run(scenario, run)
        return cls(run, tables["events"], tables["combatants"], tables["runs"], scenario)

    @property
    def choices(self) -> pd.DataFrame:
        """What everybody weighed in this run, and what each option was worth then.

        The run is played again for it, within the same limits as `from_scenario`.

        Returns
        -------
        pandas.DataFrame
            Columns encounter, round, turn, chooser, time (one of `scenario.actions.TIMES`), option
            ("Multiattack" or the name of an action), slot (level, 0 for none), worth (expected hit
            points; a legendary action has those of each of its points). The option of a turn and
            time with the highest worth is taken, but that two spells a turn exclude each other. Who
            has nothing to weigh does not appear.
        """
        events = _tables_of_run(self.scenario, self.run, trace=True)["events"]
        weighed = events.filter(pc.equal(events["kind"], "option")).to_pandas()
        import pandas as pd  # half a second, which playing need not wait for

        return pd.DataFrame(
            {
                "encounter": weighed["encounter"],
                "round": weighed["round"],
                "turn": weighed["turn"],
                "chooser": weighed["actor"].astype(str),
                "time": [TIMES[int(time)] for time in weighed["total"]],
                "option": weighed["action"].astype(object).fillna("Multiattack").astype(str),
                "slot": weighed["roll"].astype("int64"),
                "worth": weighed["amount"] / 10,
            }
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return the events as a DataFrame."""
        return self.events.to_pandas()

    @property
    def sentences(self) -> list[str]:
        """The fight in words, one for each event, without headings."""
        words = Sentences(self.scenario, self.combatants["name"].to_pylist())
        batches = self.events.to_batches(max_chunksize=_BATCH_ROWS)
        return [words.describe(event) for batch in batches for event in batch.to_pylist()]

    @property
    def lines(self) -> list[str]:
        """The fight in words, a line an event, with headings for encounters and rounds."""
        lines: list[str] = []
        place = (0, -1)
        places = zip(
            *(self.events[name].to_pylist() for name in ("encounter", "round")), strict=True
        )
        for now, sentence in zip(places, self.sentences, strict=True):
            if now != place:
                place = now
                lines.append(heading(*now))
            lines.append("  " + sentence)
        return lines

    @property
    def ending(self) -> str:
        """How the run ended in words: "won in 8 rounds, 1 standing"."""
        result = self.result.to_pylist()[0]
        outcome = {"win": "won", "loss": "lost"}.get(result["outcome"], "unresolved")
        return f"{outcome} in {plural(result['rounds'], 'round')}, {result['survivors']} standing"

    def __str__(self) -> str:
        return "\n".join([f"Run {self.run}", *self.lines])

    def __repr__(self) -> str:
        return str(self)


def _tables_of_run(scenario: Scenario, run: int, *, trace: bool = False) -> dict[str, pa.Table]:
    from dualslot_widgets.engine.simulation import prepare_engine
    from dualslot_widgets.results.table_simulation import TableSimulation

    again = TableSimulation(scenario, first_run=run, runs=1, log=True, trace=trace)
    prepare_engine()
    uninterrupted(again.play_batch, stop=again.stop, seconds=REPLAY_SECONDS)
    if not again.completed:
        raise SimulationTooLarge(
            f"run {run} takes more than {REPLAY_SECONDS:g} s to be played again; lower "
            "settings.max_rounds"
        )
    return again.take_tables()


def heading(encounter: int, round_: int) -> str:
    """Return what stands above the events of a round; round 0 is before the first."""
    return f"Encounter {encounter}, {f'round {round_}' if round_ else 'initiative'}"
