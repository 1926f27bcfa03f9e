"""`SimulationDisplay`: the dashboard of a workbench, live in a notebook: all parts of the kit."""

from __future__ import annotations

from typing import ClassVar

from dualslot_widgets.widgets.kit.kit_widget import KitWidget, read_bundle
from dualslot_widgets.widgets.kit.sources import WorkbenchSource
from dualslot_widgets.widgets.parts.compare.compare_part import ComparePart
from dualslot_widgets.widgets.parts.editor.encounter_editor import EditorPart
from dualslot_widgets.widgets.parts.footer.footer_part import FooterPart
from dualslot_widgets.widgets.parts.header.header_part import HeaderPart
from dualslot_widgets.widgets.parts.jobs.job_part import JobPart
from dualslot_widgets.widgets.parts.replay.replay_part import ReplayPart
from dualslot_widgets.widgets.parts.replay.run_part import RunPart
from dualslot_widgets.widgets.parts.slots.slot_part import SlotPart
from dualslot_widgets.widgets.parts.timelines.timelines_part import TimelinesPart
from dualslot_widgets.workbench.workbench import Workbench


class SimulationDisplay(KitWidget):
    """The dashboard of a workbench.

    Its traits are those of its parts; `selected_run` may be set and observed.

    Parameters
    ----------
    workbench : Workbench
    """

    _esm = read_bundle("simulation_display.js")
    part_types: ClassVar = (
        HeaderPart,
        EditorPart,
        JobPart,
        ComparePart,
        SlotPart,
        TimelinesPart,
        RunPart,
        ReplayPart,
        FooterPart,
    )
    #: Jobs are over when a notebook is read, and a whole run would be long.
    saved_types: ClassVar = (EditorPart, ComparePart, SlotPart)
    selected_run: int | None

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(WorkbenchSource(workbench))
