"""`JobMonitor`: what is being played, what waits, and what became of the last ones.

One widget of the kit, and the part of the dashboard that shows the worker's progress.
"""

from __future__ import annotations

from typing import Any

import traitlets

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.widgets.kit.fallback import Still, still_line, still_table
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, source
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.scene import Scene, stage_of
from dualslot_widgets.widgets.parts.jobs.job_view import (
    LISTED_FINISHED,
    LISTED_WAITING,
    finished_jobs,
    job_on_screen,
    job_view,
)
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import Priority
from dualslot_widgets.workbench.workbench import Workbench


class JobPart(Part):
    """Draws the jobs of a workbench; begins, moves, cancels, saves and forgets them.

    Attributes
    ----------
    job : JSON or None
        `protocol.jobs.JobView` of the job that is played, else the next one, else the last one.
    queue_length : int
    queue, history : JSON
        `protocol.jobs.JobView` of the first that wait, the next one first, and of the last that
        finished, newest first.
    """

    job: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    queue_length = traitlets.Int(0).tag(sync=True)
    queue: Any = traitlets.List().tag(sync=True)
    history: Any = traitlets.List().tag(sync=True)

    def _draw(self, scene: Scene) -> dict[str, Any]:
        job = job_on_screen(scene.jobs, scene.queue)
        return super()._draw(scene) | {
            "job": None if job is None else job_view(job),
            "queue_length": len(scene.queue),
            "queue": [job_view(each) for each in scene.queue[:LISTED_WAITING]],
            "history": [job_view(each) for each in finished_jobs(scene.jobs)[:LISTED_FINISHED]],
        }

    def _take(self, message: Message) -> None:
        match message["type"]:
            case "run":
                bench = self._bench
                bench.live.queued()
                force = not bench.storage.needs_new_simulation(bench.scenario)
                bench.add_to_queue(priority=Priority.SCREEN, force=force)
            case "cancel":
                self._job(message).cancel()
            case "move_job":
                position, relative = _MOVES[message["to"]]
                self._bench.move(self._job(message), position, relative=relative)
            case "save_again":
                self._bench.save_again(self._job(message))
            case "run_again":
                self._bench.add_to_queue(self._job(message).scenario, priority=Priority.SCREEN)
            case "edit_job":
                self._edit_again(self._job(message).scenario)
            case "clear_finished":
                self._bench.clear_finished()
            case _:
                super()._take(message)

    def _job(self, message: Message) -> BackgroundSimulation:
        number = message["job"]
        for job in self._bench.jobs:
            if job.id == number:
                return job
        raise DualSlotError(f"job {number} is not known any more; only the last ones are kept")


#: A position for `Workbench.move`, and whether it is counted from where the job stands.
_MOVES = {"next": (0, False), "up": (-1, True), "down": (1, True)}


class JobMonitor(JobPart, KitWidget):
    """Shows the jobs of a workbench, and cancels them.

    Parameters
    ----------
    bench : Workbench
    """

    _esm = source("job_monitor.js")

    def __init__(self, bench: Workbench) -> None:
        super().__init__(stage_of(bench))

    def _still(self, scene: Scene) -> list[Still]:
        now = job_on_screen(scene.jobs, scene.queue)
        job = None if now is None else job_view(now)
        listed = [*scene.queue[:LISTED_WAITING], *finished_jobs(scene.jobs)[:LISTED_FINISHED]]
        seen = [job_view(each) for each in listed]
        told = "nothing is played" if job is None else f"{job['scenario']}: {job['status']}"
        table = still_table(
            ("job", "scenario", "status", "runs", "message"),
            [
                (j["id"], j["scenario"], j["status"], j["completed_runs"], j["message"])
                for j in seen
                if job is None or j["id"] != job["id"] or j["message"]
            ],
        )
        return [still_line(f"Jobs: {told}"), *table, *super()._still(scene)]
