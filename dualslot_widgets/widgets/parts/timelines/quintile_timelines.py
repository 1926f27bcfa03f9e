"""`QuintileTimelines`: from disaster to legend, the median run of each fifth.

One widget of the kit, and the part of the dashboard that draws results.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import traitlets

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, source
from dualslot_widgets.widgets.kit.scene import Scene, stage_of
from dualslot_widgets.widgets.parts.replay.replay_view import place_of
from dualslot_widgets.widgets.parts.replay.selected_run import RunPart
from dualslot_widgets.widgets.parts.slots.slot_browser import SlotPart
from dualslot_widgets.widgets.parts.slots.slot_view import preview_view
from dualslot_widgets.widgets.parts.timelines.strip_view import Strips
from dualslot_widgets.workbench.workbench import Workbench


class TimelinesPart(SlotPart, RunPart):
    """Draws the timelines of the slot that is shown, or of the preview, and all runs as a strip.

    Attributes
    ----------
    preview : JSON or None
        `protocol.results.PreviewView`.
    slot_strips : JSON
        `protocol.results.StripView` or None for each slot: a switch shows the other one at once.
    preview_strip : JSON or None
        That of the preview.
    """

    preview: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    slot_strips: Any = traitlets.List().tag(sync=True)
    preview_strip: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    @cached_property
    def _strips(self) -> Strips:
        return Strips()

    def _draw(self, scene: Scene) -> dict[str, Any]:
        seen = None
        if scene.preview is not None:
            shown = scene.shown_slot
            beside = None if shown is None else scene.slots[shown]
            versus = self._stage.comparisons.versus(scene.preview, beside)
            seen = preview_view(
                scene.preview, shown, versus, pending=scene.pending, unsaved=scene.unsaved
            )
        strips = [None if d is None else self._strips.of(d, place_of(d)) for d in scene.slots]
        return super()._draw(scene) | {
            "preview": seen,
            "slot_strips": strips,
            "preview_strip": scene.preview and self._strips.of(scene.preview, scene.preview_place),
        }


class QuintileTimelines(TimelinesPart, KitWidget):
    """Shows the five timelines of a data set, or of what a workbench shows.

    Parameters
    ----------
    source : SimulationDataSet or Workbench
    """

    _esm = source("quintile_timelines.js")

    def __init__(self, source: SimulationDataSet | Workbench) -> None:
        super().__init__(stage_of(source))
