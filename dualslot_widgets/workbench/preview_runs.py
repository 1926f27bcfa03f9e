"""Plays the runs of one preview: without a log, within a bounded time, and stopped by anybody."""

from __future__ import annotations

from collections.abc import Callable

from dualslot_widgets.engine.budgets import JOB_SECONDS, PREVIEW_SECONDS
from dualslot_widgets.engine.play_out import Playing, play_out
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.dataset_metadata import PerformanceMetrics
from dualslot_widgets.results.draft_in_memory import DraftInMemory
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.uninterrupted import uninterrupted

#: A preview plays at most this many runs: it must follow a dragged slider.
PREVIEW_RUNS = 1005
#: Of fewer than this many there is no preview: the interval of a win rate is 20 points wide then.
LEAST_RUNS = 105


def play_preview(
    scenario: Scenario, begun: Callable[[Playing], object]
) -> SimulationDataSet | None:
    """Return the runs of a scenario that were completed until the time was over, or it was stopped.

    Which runs these are depends on how many alone, as always. Logs are not kept: they would be a
    hundred times as large; a run that is replayed is played again.

    Parameters
    ----------
    scenario : Scenario
    begun : callable
        Gets what is played, to stop it.

    Returns
    -------
    SimulationDataSet or None
        Its scenario says how many runs there are. None when they are too few.
    """
    from dualslot_widgets.engine.simulate import Simulation

    wanted = min(scenario.settings.runs, PREVIEW_RUNS)
    simulation, draft = Simulation(scenario, runs=wanted, log=False), DraftInMemory()
    begun(simulation)

    def play() -> bool:
        return play_out(simulation, draft.write, seconds=JOB_SECONDS)

    if not uninterrupted(play, stop=simulation.stop, seconds=PREVIEW_SECONDS):
        draft.write(simulation.take_tables())
    if simulation.completed < min(wanted, LEAST_RUNS):
        return None
    played = scenario.with_value("settings.runs", simulation.completed)
    found = draft.seal(played, metrics=PerformanceMetrics())
    found.analysis  # noqa: B018  (derived here, and not by who draws it)
    return found
