"""Which run is replayed: the same one in all widgets of a workbench.

The timelines pick it, the replay shows it, and Python may set and observe it.
"""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from dualslot_widgets.scenario.reading import whole
from dualslot_widgets.scenario.settings import MAX_RUNS
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.protocol.messages import Message


class RunNumber(traitlets.Int[int | None, int | None]):
    """The number of a run, as Python or numpy write it, or None; the same as on the screen."""

    def validate(self, obj: Any, value: Any) -> Any:
        """Return the number as `int`; raises `TraitError` for what is none."""
        number = whole(value)
        if number is None:
            self.error(obj, value)
        return super().validate(obj, number)

    def set(self, obj: Any, value: Any) -> None:
        """Put on screen what is set; what is drawn may be older than what was set since."""
        screen = obj.source.screen
        if obj.publisher.is_this_thread:
            super().set(obj, screen.selected_run)
        else:
            super().set(obj, value)
            screen.selected_run = obj.selected_run


class RunPart(Part):
    """Takes which run is selected, from the browser and from Python."""

    traits: ClassVar = {
        "selected_run": RunNumber(allow_none=True, default_value=None, min=0, max=MAX_RUNS - 1)
    }
    takes: ClassVar = frozenset({"select_run"})

    def draw(self, now: Snapshot) -> dict[str, Any]:
        """Return the selected run."""
        return {"selected_run": now.selected_run}

    def take(self, message: Message) -> None:
        """Select a run, or none."""
        self.source.screen.selected_run = message["run"]
