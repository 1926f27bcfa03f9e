"""`SimulationDisplay`: the dashboard of a workbench, live in a notebook: all parts of the kit.

Top room of the house.
"""

from __future__ import annotations

from typing import Any

import traitlets

from dualslot_widgets._version import __version__
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, source
from dualslot_widgets.widgets.kit.scene import BenchStage, Scene
from dualslot_widgets.widgets.parts.compare.compare import ComparePart
from dualslot_widgets.widgets.parts.editor.encounter_editor import EditorPart
from dualslot_widgets.widgets.parts.jobs.job_monitor import JobPart
from dualslot_widgets.widgets.parts.replay.run_replay import ReplayPart
from dualslot_widgets.widgets.parts.timelines.quintile_timelines import TimelinesPart
from dualslot_widgets.widgets.protocol.footer import FooterView
from dualslot_widgets.workbench.workbench import Workbench


class SimulationDisplay(EditorPart, JobPart, ComparePart, TimelinesPart, ReplayPart, KitWidget):
    """The dashboard of a workbench.

    Parameters
    ----------
    workbench : Workbench

    Attributes
    ----------
    footer : JSON
        `protocol.footer.FooterView`; the other traits are those of the parts.
    """

    _esm = source("simulation_display.js")

    footer: Any = traitlets.Dict().tag(sync=True)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__(BenchStage(workbench))

    def _draw(self, scene: Scene) -> dict[str, Any]:
        drawn = super()._draw(scene)
        memory = self._bench.memory_usage()
        footer: FooterView = {
            "slots_bytes": sum(view["compressed_size"] for view in drawn["slots"]),
            "tables_bytes": memory.slots,
            "queue_bytes": memory.queue,
            "background_bytes": memory.background,
            "process_bytes": memory.total,
            "peak_bytes": memory.peak,
            "version": __version__,
        }
        return drawn | {"footer": footer}
