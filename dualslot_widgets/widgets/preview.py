"""`Preview`: the edited scenario played in memory, so that a dragged number is answered at once.

Room beside the dashboard, whose publisher owns it: one thread at a time.
"""

from __future__ import annotations

from dualslot_widgets.dataset import SimulationDataSet, TablesInMemory, simulate
from dualslot_widgets.scenario.scenario import Scenario

#: A preview plays at most this many runs: it must follow a dragged slider.
PREVIEW_RUNS = 1005


class Preview:
    """The result of the scenario that was previewed last, which is not played twice."""

    def __init__(self) -> None:
        self._scenario: Scenario | None = None
        self._data: SimulationDataSet | None = None

    def of(self, scenario: Scenario) -> SimulationDataSet | None:
        """Return the analysis and runs of a scenario; None while compiling would be in the way."""
        from dualslot_widgets.engine.simulate import engine_is_ready

        if self._scenario != scenario and engine_is_ready():
            data = simulate(scenario, runs=min(scenario.settings.runs, PREVIEW_RUNS))
            runs = TablesInMemory({"runs": data.runs})  # the log would be a hundred times as large
            self._data = SimulationDataSet(data.scenario, runs, analysis=data.analysis)
            self._scenario = scenario
        return self._data if self._scenario == scenario else None
