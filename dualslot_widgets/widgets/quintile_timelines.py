"""`QuintileTimelines`: from disaster to legend, the median run of each fifth.

One widget of the kit, and the part of the dashboard that draws results.
"""

from __future__ import annotations

from typing import Any

import traitlets

from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit_widget import KitWidget, source
from dualslot_widgets.widgets.scene import Scene, stage_of
from dualslot_widgets.widgets.slot_browser import SlotPart
from dualslot_widgets.widgets.slot_view import preview_view
from dualslot_widgets.workbench import Workbench


class TimelinesPart(SlotPart):
    """Draws the timelines of the slot that is shown, or of the preview.

    Attributes
    ----------
    preview : JSON or None
        `protocol.results.PreviewView`.
    """

    preview: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def _draw(self, scene: Scene) -> dict[str, Any]:
        seen = None
        if scene.preview is not None:
            shown = scene.shown_slot
            beside = None if shown is None else scene.slots[shown]
            versus = self._stage.comparisons.versus(scene.preview, beside)
            seen = preview_view(scene.preview, shown, versus, pending=scene.pending)
        return super()._draw(scene) | {"preview": seen}


class QuintileTimelines(TimelinesPart, KitWidget):
    """Shows the five timelines of a data set, or of what a workbench shows.

    Parameters
    ----------
    source : SimulationDataSet or Workbench
    """

    _esm = source("quintile_timelines.js")

    def __init__(self, source: SimulationDataSet | Workbench) -> None:
        super().__init__(stage_of(source))
