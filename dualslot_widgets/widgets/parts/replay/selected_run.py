"""The run that is told blow by blow, shared by all widgets of a workbench.

Room of the widgets above `part`; the timelines pick it, the replay tells it.
"""

from __future__ import annotations

import threading
from typing import Any

import traitlets

from dualslot_widgets.scenario.reading import whole
from dualslot_widgets.scenario.settings import MAX_RUNS
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.scene import Scene
from dualslot_widgets.widgets.protocol.messages import Message


class RunNumber(traitlets.Int[int | None, int | None]):
    """The number of a run, as Python or numpy write it; None for none."""

    def validate(self, obj: Any, value: Any) -> Any:
        """Return the number as `int`; raises `TraitError` for what is none."""
        number = whole(value)
        if number is None:
            self.error(obj, value)
        return super().validate(obj, number)


class RunPart(Part):
    """Takes which run is selected, from the browser and from Python.

    Attributes
    ----------
    selected_run : int or None
        May be set and observed; the same in all widgets of a workbench.
    """

    selected_run = RunNumber(allow_none=True, default_value=None, min=0, max=MAX_RUNS - 1).tag(
        sync=True
    )

    @traitlets.validate("selected_run")
    def _as_on_screen(self, proposal: dict[str, Any]) -> int | None:
        # The publisher draws a scene that may be older than what was set since.
        drawn = threading.current_thread() is self._publisher
        wanted: int | None = self._stage.screen.selected_run if drawn else proposal["value"]
        return wanted

    @traitlets.observe("selected_run")
    def _put_on_screen(self, change: dict[str, Any]) -> None:
        if threading.current_thread() is not self._publisher:
            self._stage.screen.selected_run = change["new"]

    def _draw(self, scene: Scene) -> dict[str, Any]:
        return super()._draw(scene) | {"selected_run": scene.selected_run}

    def _take(self, message: Message) -> None:
        if message["type"] == "select_run":
            self._stage.screen.selected_run = message["run"]
        else:
            super()._take(message)
