"""`Part`: one part of the kit, as a mixin; a widget is one part or several, on `KitWidget`.

Room of the widgets above `scene`. A part declares its traits, draws them from a scene, and takes
the messages that are meant for it. Parts call `super()`, so that a dashboard is the sum of its
parts.
"""

from __future__ import annotations

import threading
from typing import Any

import traitlets

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.fallback import Still
from dualslot_widgets.widgets.kit.scene import Scene, Stage
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.workbench.workbench import Workbench


class Part(traitlets.HasTraits):
    """What the parts of a widget share.

    Attributes
    ----------
    _stage : Stage
    _publisher : threading.Thread or None
        The one that draws; None while the widget is being made.
    """

    _stage: Stage
    _publisher: threading.Thread | None = None

    def _draw(self, scene: Scene) -> dict[str, Any]:  # noqa: ARG002  (parts use it)
        """Return the values of this part's traits; in the publisher's thread."""
        return {}

    def _take(self, message: Message) -> None:
        """Do what a checked message asks for; on any thread, one message at a time, short."""
        raise DualSlotError(f"this widget does not take the message {message['type']!r}")

    def _edit_again(self, scenario: Scenario) -> None:
        """Put the scenario of a result on screen, as one step that can be undone."""
        with self._bench.screen.editing:
            self._accepted()
            self._bench.edit(scenario)

    def _accepted(self) -> None:
        """Take the last error from the screen: what was asked for now could be done."""

    def _still(self, scene: Scene) -> list[Still]:  # noqa: ARG002  (parts use it)
        """Return what a saved notebook shows of this part; in any thread, short."""
        return []

    @property
    def _bench(self) -> Workbench:
        if self._stage.bench is None:
            raise DualSlotError("this widget shows results by themselves; it needs a Workbench")
        return self._stage.bench
