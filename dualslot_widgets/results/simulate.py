"""`simulate`: a scenario is played at once, within its budgets, and its data set is in memory.

Jobs, which play in the background and onto the disk, do without it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from dualslot_widgets.engine.budgets import SIMULATE_SECONDS, LogTooLarge, check_memory
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.draft import DraftInMemory
from dualslot_widgets.results.metadata import PerformanceMetrics
from dualslot_widgets.results.play_out import play_out
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.uninterrupted import uninterrupted


def simulate(
    scenario: Scenario | Mapping[str, Any],
    *,
    runs: int | None = None,
    seed: int | None = None,
) -> SimulationDataSet:
    """Play a scenario in this thread and return its data set, in memory.

    Parameters
    ----------
    scenario : Scenario or its JSON as a dict
    runs, seed : int, optional
        Instead of those in the scenario's settings; the data set's scenario has them.

    Raises
    ------
    ScenarioError
        When the scenario, `runs` or `seed` cannot be played.
    SimulationTooLarge
        When the result takes more memory, or playing more time, than `engine.budgets` has: 1 GiB
        for runs and combatants, and an hour of one core. No log is kept above 10,000 runs, nor
        one of more than 512 MiB.
    KeyboardInterrupt
        Within half a second of Ctrl-C, whatever is played; nothing goes on then.

    Examples
    --------
    >>> from dualslot_widgets.library.starter import starter_scenario
    >>> data = simulate(starter_scenario(), runs=105)
    >>> list(data.quintiles["quintile"])
    ['Disaster', 'Struggle', 'Typical', 'Heroic', 'Legend']
    """
    if not isinstance(scenario, Scenario):
        scenario = Scenario.from_dict(scenario)
    for name, value in (("runs", runs), ("seed", seed)):
        if value is not None:
            scenario = scenario.with_value(f"settings.{name}", value)
    check_memory(scenario)
    try:
        return _played(scenario)
    except LogTooLarge:
        return _played(scenario, log=False)


def _played(scenario: Scenario, *, log: bool | None = None) -> SimulationDataSet:
    # The engine costs an import of numba; who only reads slots need not pay for it.
    from dualslot_widgets.engine.simulation import prepare_engine
    from dualslot_widgets.results.table_simulation import TableSimulation

    started = time.perf_counter()
    simulation, draft = TableSimulation(scenario, log=log), DraftInMemory()

    def play() -> None:
        prepare_engine()
        play_out(simulation, draft.write, seconds=SIMULATE_SECONDS)

    uninterrupted(play, stop=simulation.stop)
    metrics = PerformanceMetrics(simulation_seconds=time.perf_counter() - started)
    return draft.seal(scenario, metrics=metrics)
