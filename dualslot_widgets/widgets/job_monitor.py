"""`JobMonitor`: what is being played, and what waits.

One widget of the kit, and the part of the dashboard that shows the worker's progress.
"""

from __future__ import annotations

from typing import Any

import traitlets

from dualslot_widgets.background.job import Priority
from dualslot_widgets.widgets.fallback import Still, still_line
from dualslot_widgets.widgets.job_view import job_on_screen, job_view
from dualslot_widgets.widgets.kit_widget import KitWidget, source
from dualslot_widgets.widgets.part import Part
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.widgets.scene import Scene, stage_of
from dualslot_widgets.workbench import Workbench


class JobPart(Part):
    """Draws the jobs of a workbench, and begins and cancels them.

    Attributes
    ----------
    job : JSON or None
        `protocol.jobs.JobView` of the job that is played, else the next one, else the last one.
    queue_length : int
    """

    job: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    queue_length = traitlets.Int(0).tag(sync=True)

    def _draw(self, scene: Scene) -> dict[str, Any]:
        job = job_on_screen(scene.jobs, scene.queue)
        return super()._draw(scene) | {
            "job": None if job is None else job_view(job),
            "queue_length": len(scene.queue),
        }

    def _take(self, message: Message) -> None:
        match message["type"]:
            case "run":
                bench = self._bench
                bench.live.queued()
                force = not bench.storage.needs_new_simulation(bench.scenario)
                bench.add_to_queue(priority=Priority.SCREEN, force=force)
            case "cancel":
                job = self._bench.current_job or next(iter(self._bench.queue), None)
                if job is not None:
                    job.cancel()
            case "save_again":
                failed = job_on_screen(self._bench.jobs, self._bench.queue)
                if failed is not None:
                    self._bench.save_again(failed)
            case _:
                super()._take(message)


class JobMonitor(JobPart, KitWidget):
    """Shows the jobs of a workbench, and cancels them.

    Parameters
    ----------
    bench : Workbench
    """

    _esm = source("job_monitor.js")

    def __init__(self, bench: Workbench) -> None:
        super().__init__(stage_of(bench))

    def _still(self) -> list[Still]:
        job = self.job
        told = "nothing is played" if job is None else f"{job['scenario']}: {job['status']}"
        return [still_line(f"Jobs: {told}"), *super()._still()]
