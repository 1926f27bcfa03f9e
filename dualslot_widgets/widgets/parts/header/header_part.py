"""The head of the dashboard: its Run button; the rest that it shows is drawn by other parts."""

from __future__ import annotations

from typing import ClassVar

from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.workbench.job_state import Priority


class HeaderPart(Part):
    """Has the scenario on screen played, once more where a slot holds its result already."""

    takes: ClassVar = frozenset({"run"})

    def take(self, message: Message) -> None:  # noqa: ARG002  (there is one type alone)
        """Queue the scenario on screen before all that is scripted."""
        bench = self.bench
        bench.live.queued()
        force = not bench.storage.needs_new_simulation(bench.scenario)
        bench.add_to_queue(priority=Priority.SCREEN, force=force)
