"""`check`: a data set against the game, as an import and `verify(replay=True)` do it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.results.agreement.row_counts import check_rows
from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis, analyse
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.table_source import TablesInMemory
from dualslot_widgets.scenario.identity.parameters import RULES_VERSION
from dualslot_widgets.tables import SCHEMAS


@dataclass(frozen=True, slots=True)
class Agreement:
    """What came of checking a data set that keeps every law of its form.

    Attributes
    ----------
    played_again : int
        How many of its runs were played again, and agree to the event.
    doubt : str
        Why they were not; empty when they were.
    tables : TablesInMemory
        Its tables, in the words of the engine.
    analysis : QuintileAnalysis
        Derived from them here and now.
    """

    played_again: int
    doubt: str
    tables: TablesInMemory
    analysis: QuintileAnalysis


def check(
    data: SimulationDataSet, parameters: Mapping[str, Any], *, seed: int | None = None
) -> Agreement:
    """Check a data set that nobody vouches for.

    Its parameters must be those of its scenario, its tables must keep every law of `laws`, and its
    runs must come out the same when they are played again: all of them where that takes about a
    second, else every representative and at least 30 more. Takes at most about 6 s of processor
    time, and, the first time in a process, as long as the engine takes to load or to be compiled.

    Parameters
    ----------
    data : SimulationDataSet
        Its tables are read whole.
    parameters : dict
        What its file says they are, as JSON.
    seed : int, optional
        Decides which runs are chosen; by default nobody can foretell it.

    Raises
    ------
    DisagreementError
        When it cannot have been played with these rules.
    StorageError
        When a table cannot be read.
    """
    # The engine costs an import of numba; who only reads slots need not pay for it.
    from dualslot_widgets.results.agreement.laws import check_laws
    from dualslot_widgets.results.agreement.pattern import Pattern
    from dualslot_widgets.results.agreement.played_again import TooDearError, play_again
    from dualslot_widgets.results.table_simulation import TableSimulation

    version = data.parameters.rules_version
    if version == RULES_VERSION and parameters != data.scenario.parameters.to_dict():
        raise DisagreementError("", "its parameters are not those of its scenario")
    tables = {name: data.source.table(name) for name in SCHEMAS}
    check_rows(data.scenario, {name: table.num_rows for name, table in tables.items()})
    logged = TableSimulation(data.scenario, runs=1, log=True)
    pattern = Pattern.from_simulation(logged)
    tables = {name: pattern.in_these_words(name, table) for name, table in tables.items()}
    check_laws(data.scenario, pattern, tables)
    analysis = analyse(tables["runs"], tables["combatants"])
    source = TablesInMemory(tables)
    if version != RULES_VERSION:
        return Agreement(0, f"made by other rules (version {version})", source, analysis)
    with_log = bool(tables["events"].num_rows)
    simulation = logged if with_log else TableSimulation(data.scenario, runs=1, log=False)
    wanted = [block.run for block in analysis.quintiles]
    try:
        agreed = play_again(data.scenario, simulation, tables, wanted, seed)
    except TooDearError as error:
        return Agreement(0, str(error), source, analysis)
    return Agreement(agreed, "", source, analysis)
