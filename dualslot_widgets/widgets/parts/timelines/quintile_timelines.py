"""`QuintileTimelines`: from disaster to legend, the median run of each fifth."""

from __future__ import annotations

from typing import ClassVar

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, read_bundle
from dualslot_widgets.widgets.kit.sources import source_from
from dualslot_widgets.widgets.parts.replay.run_part import RunPart
from dualslot_widgets.widgets.parts.slots.slot_part import SlotPart
from dualslot_widgets.widgets.parts.timelines.timelines_part import TimelinesPart
from dualslot_widgets.workbench.workbench import Workbench


class QuintileTimelines(KitWidget):
    """Shows the five timelines of a data set, or of what a workbench shows.

    Parameters
    ----------
    source : SimulationDataSet or Workbench
    """

    _esm = read_bundle("quintile_timelines.js")
    part_types: ClassVar = (SlotPart, RunPart, TimelinesPart)
    selected_run: int | None

    def __init__(self, source: SimulationDataSet | Workbench) -> None:
        super().__init__(source_from(source))
