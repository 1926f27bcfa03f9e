"""`SimulationDataSet`: all runs of one scenario, what they mean, and where they came from.

A data set is immutable; what it derives is derived once, and twice at once does no harm.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import pyarrow as pa

from dualslot_widgets.errors import DamagedSlotError, DualSlotError
from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis, analyse
from dualslot_widgets.results.metadata import Metadata, PerformanceMetrics
from dualslot_widgets.results.pairs.comparison import Comparison, compare, compare_paired
from dualslot_widgets.results.pairs.parting_of_a_run import NO_LOGS, Parting
from dualslot_widgets.results.pairs.runs_side_by_side import paired_table
from dualslot_widgets.results.pairs.where_runs_part import Divergence, EventLog, first_differences
from dualslot_widgets.results.replay import Replay
from dualslot_widgets.results.table_source import TablesInMemory, TableSource
from dualslot_widgets.scenario.identity.parameters import RULES_VERSION, ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import RESULTS, rows_of_run

if TYPE_CHECKING:
    import pandas as pd


class SimulationDataSet:
    """All runs of one scenario.

    Attributes
    ----------
    scenario : Scenario
    parameters : ScenarioParameters
        As they were when it was simulated.
    metadata : Metadata
    source : TableSource
    """

    def __init__(
        self,
        scenario: Scenario,
        source: TableSource,
        *,
        analysis: QuintileAnalysis | None = None,
        parameters: ScenarioParameters | None = None,
        metadata: Metadata | None = None,
    ) -> None:
        self.scenario = scenario
        self.source = source
        self.parameters = parameters or scenario.parameters
        self.metadata = metadata or Metadata()
        self._analysis = analysis

    @classmethod
    def in_memory(
        cls,
        scenario: Scenario,
        tables: Mapping[str, pa.Table],
        metrics: PerformanceMetrics | None = None,
    ) -> SimulationDataSet:
        """Return a data set of tables that are in memory."""
        metadata = Metadata(metrics=metrics or PerformanceMetrics())
        return cls(scenario, TablesInMemory(tables), metadata=metadata)

    @cached_property
    def runs(self) -> pa.Table:
        """One row a run (`tables.RUNS`)."""
        return self.source.table("runs")

    @cached_property
    def combatants(self) -> pa.Table:
        """One row a run and combatant (`tables.COMBATANTS`)."""
        return self.source.table("combatants")

    @cached_property
    def rounds(self) -> pa.Table:
        """One row a run, encounter and round (`tables.ROUNDS`); empty where no log was kept."""
        return self.source.table("rounds")

    @cached_property
    def events(self) -> pa.Table:
        """One row an event (`tables.EVENTS`); empty where no log was kept, see `replay`."""
        return self.source.table("events")

    @cached_property
    def analysis(self) -> QuintileAnalysis:
        """Win rate, grade, tier, label and the five quintiles.

        Raises
        ------
        DamagedSlotError
            When it has to be derived, and the tables are damaged or no scenario's at all.
        """
        if self._analysis is not None:
            return self._analysis
        runs, combatants = self.runs, self.combatants
        try:
            return analyse(runs, combatants)
        except (DualSlotError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise DamagedSlotError(
                f"its tables cannot be analysed: {error}. Play the scenario again"
            ) from error

    @property
    def quintiles(self) -> pd.DataFrame:
        """The five quintiles, worst first, one row each."""
        return self.analysis.to_frame()

    @property
    def verified(self) -> bool:
        """Whether it was played here, or came from a file and was found to be what the game gives.

        `metadata.origin` says where it came from.
        """
        return self.metadata.origin is None or self.metadata.origin.verified

    def answers(self, parameters: ScenarioParameters) -> bool:
        """Say whether it is the result of exactly these parameters, and verified."""
        return self.parameters == parameters and self.verified

    def replay(self, run: int) -> Replay:
        """Return the event log of one run, readable; without a log it is played again.

        Raises
        ------
        DualSlotError
            When there is no such run, or its log was not kept and it cannot be played again by the
            rules that made it.
        DamagedSlotError
            When the bytes of its log have changed.
        """
        logged = self.logged_run(run)
        if logged is not None:
            return logged
        if self.parameters.rules_version != RULES_VERSION:
            raise DualSlotError(
                f"the log of run {run} was not kept, and it cannot be played again: it was made by "
                f"rules of version {self.parameters.rules_version}, and these are "
                f"{RULES_VERSION}; play the scenario again"
            )
        again = Replay.from_scenario(self.scenario, run)
        stored, played = (t.select(RESULTS) for t in (self.runs.slice(run, 1), again.result))
        if stored.to_pylist() != played.to_pylist():
            raise DualSlotError(
                f"the log of run {run} was not kept, and played again it does not come out as it "
                "is stored: this result was not made by these rules; play the scenario again"
            )
        return again

    def logged_run(self, run: int) -> Replay | None:
        """Return one run as its log has it, None when no log was kept; raises as `replay` does.

        Only what the run needs is read of the log, unless that was read already.
        """
        self.check_run(run)
        read = "events" in self.__dict__  # where `cached_property` keeps it
        events = rows_of_run(self.events, run) if read else self.source.events_of_run(run)
        if not events.num_rows:  # everybody rolls initiative
            return None
        people, result = (rows_of_run(table, run) for table in (self.combatants, self.runs))
        return Replay(run, events, people, result, self.scenario)

    def check_run(self, run: int) -> None:
        """Raise `DualSlotError` when there is no run of this number."""
        count = self.analysis.runs
        if not 0 <= run < count:
            raise DualSlotError(f"there is no run {run}; runs are numbered 0 to {count - 1}")

    def shares_dice_with(self, other: SimulationDataSet) -> bool:
        """Say whether run i of both rolls the same dice: equal seeds, and equally many runs."""
        mine, its = self.scenario.settings.seed, other.scenario.settings.seed
        return mine == its and self.analysis.runs == other.analysis.runs

    def paired_with(self, other: SimulationDataSet) -> pa.Table:
        """Return the runs of two data sets with the same dice side by side, one row a run.

        Returns
        -------
        pyarrow.Table
            As `tables.PAIRED`: where each run first goes differently, whether it ends the same, and
            its results here and there; see `pairs.runs_side_by_side`. Where a log was not kept
            ``diverged`` is null: not known.

        Raises
        ------
        DualSlotError
            When seeds or numbers of runs differ.

        Examples
        --------
        >>> from dualslot_widgets import simulate, starter_scenario
        >>> scenario = starter_scenario()
        >>> harder = scenario.with_value("encounters[0].monsters[1].armor_class", 13)
        >>> pairs = simulate(scenario, runs=105).paired_with(simulate(harder, runs=105))
        >>> pairs.to_pandas()[["diverged", "same_result"]].sum().to_dict()
        {'diverged': 47, 'same_result': 68}
        """
        self._check_dice(other)
        return paired_table(self.runs, other.runs, self._divergence_from(other))

    def parting_from(self, other: SimulationDataSet, run: int) -> Parting:
        """Return where one run of two data sets with the same dice goes differently.

        Only what the run needs is read of the logs.

        Raises
        ------
        DualSlotError
            When seeds or numbers of runs differ, there is no such run, or a log was not kept.

        Examples
        --------
        >>> from dualslot_widgets import simulate, starter_scenario
        >>> scenario = starter_scenario()
        >>> harder = scenario.with_value("encounters[0].monsters[1].armor_class", 13)
        >>> simulate(harder, runs=105).parting_from(simulate(scenario, runs=105), 0).at
        44
        """
        self._check_dice(other)
        here, there = self.logged_run(run), other.logged_run(run)
        if here is None or there is None:
            raise DualSlotError(NO_LOGS)
        return Parting.from_replays(here, there)

    def runs_that_part_from(self, other: SimulationDataSet) -> list[int]:
        """Return the numbers of all runs that go differently in another data set, in order.

        Both logs are read, and not kept; `paired_with` says more of each run, and keeps them.

        Raises
        ------
        DualSlotError
            When seeds or numbers of runs differ, or one of the two has no log.
        """
        self._check_dice(other)
        mine, its = (
            EventLog.from_tables(data.scenario, data.source.table("events"), data.combatants)
            for data in (self, other)
        )
        if not (mine.events.num_rows and its.events.num_rows):
            raise DualSlotError(NO_LOGS)
        at = first_differences(mine, its, self.analysis.runs).at
        return [run for run, event in enumerate(at.tolist()) if event >= 0]

    def _check_dice(self, other: SimulationDataSet) -> None:
        if not self.shares_dice_with(other):
            seed, runs = self.scenario.settings.seed, self.analysis.runs
            raise DualSlotError(
                f"these runs do not share their dice: seed {seed} and {runs} runs here, seed "
                f"{other.scenario.settings.seed} and {other.analysis.runs} runs there; play one of "
                f"them again with simulate(other.scenario, seed={seed}, runs={runs})"
            )

    def compare(self, other: SimulationDataSet, *, events: bool = True) -> Comparison:
        """Return how this data set differs from another one, and how sure that is.

        Parameters
        ----------
        other : SimulationDataSet
            Any; with the same seed and number of runs the comparison is paired.
        events : bool
            Whether to read the event logs, so as to count the runs that went differently.

        Examples
        --------
        >>> from dualslot_widgets import simulate, starter_scenario
        >>> scenario = starter_scenario()
        >>> harder = scenario.with_value("encounters[0].monsters[1].armor_class", 13)
        >>> found = simulate(harder).compare(simulate(scenario))
        >>> found.won_only_here, found.won_only_there
        (11, 30)
        >>> found.to_frame().loc["win_rate"].round(3).to_dict()
        {'delta': -0.019, 'low': -0.033, 'high': -0.007}
        """
        if not self.shares_dice_with(other):
            return compare(self.runs, other.runs)
        divergence = self._divergence_from(other) if events else None
        return compare_paired(self.runs, other.runs, divergence)

    def _divergence_from(self, other: SimulationDataSet) -> Divergence | None:
        """Return where each run goes differently; None when one of the two has no log."""
        if not (self.events.num_rows and other.events.num_rows):
            return None
        mine, its = (
            EventLog.from_tables(d.scenario, d.events, d.combatants) for d in (self, other)
        )
        return first_differences(mine, its, self.runs.num_rows)

    def __repr__(self) -> str:
        a, m = self.analysis, self.metadata
        place = "in memory" if m.slot is None else f"slot {m.slot}, generation {m.generation}"
        origin = "" if m.origin is None else f", {m.origin.words}"
        return (
            f"<SimulationDataSet {self.scenario.name!r}: {a.runs} runs, {a.win_rate:.1%} won "
            f"({a.win_rate_low:.1%} to {a.win_rate_high:.1%}), {a.label!r}, {place}{origin}>"
        )
