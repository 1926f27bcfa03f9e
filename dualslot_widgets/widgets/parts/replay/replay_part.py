"""The selected run, event by event, and where it parts from the other slot's."""

from __future__ import annotations

from typing import Any, ClassVar

from dualslot_widgets.widgets.kit.part import Part, json_or_none
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.kit.sources import Source
from dualslot_widgets.widgets.kit.static_html import Static, static_lines
from dualslot_widgets.widgets.parts.replay.parting_view import Partings
from dualslot_widgets.widgets.parts.replay.replay_view import Replays
from dualslot_widgets.widgets.protocol.replay import ReplayView


class ReplayPart(Part):
    """Draws the selected run of what is shown."""

    traits: ClassVar = {
        "replay": json_or_none(),  # protocol.replay.ReplayView; None while no run is selected
        #: protocol.replay.PartingView: where it parts from the same run of the other slot; None
        #: while that is not known, or there is none with the same dice.
        "parting": json_or_none(),
    }

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self.replays = Replays(source.screen.notify)
        self._partings = Partings(source.screen.notify)
        self._drawn: ReplayView | None = None  # set whole by the publisher

    def draw(self, now: Snapshot) -> dict[str, Any]:
        """Return the run, and where it parts."""
        self._drawn = self.replays.get(now)
        return {"replay": self._drawn, "parting": self._partings.get(now)}

    def draw_static(self, now: Snapshot) -> list[Static]:  # noqa: ARG002  (a replay takes time)
        """Return the run that was drawn last."""
        view = self._drawn
        if view is None:
            return [static_lines("No run is selected.", [])]
        place = f" of {view['place']}" if view["place"] else ""
        title = f"Run {view['run']}{place}: {view['scenario']}"
        return [static_lines(title, [view["problem"]] if view["problem"] else view["words"])]
