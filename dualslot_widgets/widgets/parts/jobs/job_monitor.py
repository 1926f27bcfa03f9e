"""`JobMonitor`: what is being played, what waits, and what became of the last ones."""

from __future__ import annotations

from typing import ClassVar

from dualslot_widgets.widgets.kit.kit_widget import KitWidget, read_bundle
from dualslot_widgets.widgets.kit.sources import source_from
from dualslot_widgets.widgets.parts.jobs.job_part import JobPart
from dualslot_widgets.workbench.workbench import Workbench


class JobMonitor(KitWidget):
    """Shows the jobs of a workbench, and cancels them.

    Parameters
    ----------
    bench : Workbench
    """

    _esm = read_bundle("job_monitor.js")
    part_types: ClassVar = (JobPart,)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(source_from(bench))
