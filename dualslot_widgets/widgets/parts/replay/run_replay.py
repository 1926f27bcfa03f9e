"""`RunReplay`: any run, event by event."""

from __future__ import annotations

from typing import ClassVar

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, read_bundle
from dualslot_widgets.widgets.kit.sources import source_from
from dualslot_widgets.widgets.parts.replay.replay_part import ReplayPart
from dualslot_widgets.widgets.parts.replay.run_part import RunPart
from dualslot_widgets.workbench.workbench import Workbench


class RunReplay(KitWidget):
    """Shows one run of a data set, or of what a workbench shows, event by event.

    Parameters
    ----------
    source : SimulationDataSet or Workbench
    run : int, optional
        The run to begin with; by default the one that is selected already, if any. Set
        `selected_run` for another one.
    """

    _esm = read_bundle("run_replay.js")
    part_types: ClassVar = (RunPart, ReplayPart)
    selected_run: int | None

    def __init__(self, source: SimulationDataSet | Workbench, run: int | None = None) -> None:
        shown = source_from(source)
        if run is not None:
            shown.screen.selected_run = run
        super().__init__(shown)
