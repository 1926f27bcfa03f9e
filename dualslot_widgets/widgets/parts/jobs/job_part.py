"""The jobs of a workbench: what is played, what waits, and what became of the last ones."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.widgets.kit.part import Part, json_or_none
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.kit.static_html import Static, static_line, static_table
from dualslot_widgets.widgets.parts.jobs.job_view import (
    LISTED_FINISHED,
    LISTED_WAITING,
    find_finished,
    find_job_on_screen,
    job_view,
)
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import Priority

#: A position for `Workbench.move`, and whether it is counted from where the job stands.
_MOVES = {"next": (0, False), "up": (-1, True), "down": (1, True)}


class JobPart(Part):
    """Draws jobs as `protocol.jobs.JobView`; moves, cancels, saves, repeats and forgets them."""

    traits: ClassVar = {
        "job": json_or_none(),  # the one that is played, else the next one, else the last one
        "queue_length": traitlets.Int(0),
        "queue": traitlets.List(),  # the first that wait, the next one first
        "history": traitlets.List(),  # the last that finished, newest first
    }
    takes: ClassVar = frozenset(
        {"cancel", "move_job", "save_again", "run_again", "edit_job", "clear_finished"}
    )

    def draw(self, now: Snapshot) -> dict[str, Any]:
        """Return the job on screen and both lists."""
        job = find_job_on_screen(now.jobs, now.queue)
        return {
            "job": None if job is None else job_view(job),
            "queue_length": len(now.queue),
            "queue": [job_view(each) for each in now.queue[:LISTED_WAITING]],
            "history": [job_view(each) for each in find_finished(now.jobs)[:LISTED_FINISHED]],
        }

    def take(self, message: Message) -> None:
        """Do something with a job."""
        bench = self.bench
        if message["type"] == "clear_finished":
            bench.clear_finished()
            return
        job = self._find(message["job"])
        match message["type"]:
            case "cancel":
                job.cancel()
            case "move_job":
                position, relative = _MOVES[message["to"]]
                bench.move(job, position, relative=relative)
            case "save_again":
                bench.save_again(job)
            case "run_again":
                bench.add_to_queue(job.scenario, priority=Priority.SCREEN)
            case "edit_job":
                self.edit_again(job.scenario)

    def _find(self, number: int) -> BackgroundSimulation:
        for job in self.bench.jobs:
            if job.id == number:
                return job
        raise DualSlotError(f"job {number} is not known any more; only the last ones are kept")

    def draw_static(self, now: Snapshot) -> list[Static]:
        """Return the job on screen as a line, and the others as a table."""
        drawn = self.draw(now)
        first = drawn["job"]
        rows = [
            (job["id"], job["scenario"], job["status"], job["completed_runs"], job["message"])
            for job in (*drawn["queue"], *drawn["history"])
            if first is None or job["id"] != first["id"] or job["message"]
        ]
        line = "nothing is played" if first is None else f"{first['scenario']}: {first['status']}"
        head = ("job", "scenario", "status", "runs", "message")
        return [static_line(f"Jobs: {line}"), *static_table(head, rows)]
