"""The five timelines of what is shown, and all of its runs as a strip."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from dualslot_widgets.widgets.kit.part import Part, json_or_none
from dualslot_widgets.widgets.kit.snapshot import Snapshot, describe_place
from dualslot_widgets.widgets.kit.sources import Source
from dualslot_widgets.widgets.parts.slots.slot_view import preview_view
from dualslot_widgets.widgets.parts.timelines.strip_view import Strips

#: How runs are ranked, as `results.analysis` scores and sorts them.
RANKING = (
    "A run scores 10,000 for each character standing at its end, plus the party's hit points left, "
    "minus the monsters'. All runs are sorted by score, worst first, and cut into five equal "
    "blocks; each timeline is the run in the middle of its block."
)


class TimelinesPart(Part):
    """Draws the preview, and the strips of the slots and of the preview.

    The timelines of the slots are in `SlotPart`'s views.
    """

    traits: ClassVar = {
        "preview": json_or_none(),  # protocol.results.PreviewView
        #: protocol.results.StripView or None for each slot: a switch shows the other one at once.
        "slot_strips": traitlets.List(),
        "preview_strip": json_or_none(),
        "ranking": traitlets.Unicode(RANKING),
    }

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._strips = Strips()

    def draw(self, now: Snapshot) -> dict[str, Any]:
        """Return the preview and the strips."""
        seen = strip = None
        if now.preview is not None:
            shown = now.shown_slot
            beside = None if shown is None else now.slots[shown]
            versus = self.source.comparisons.versus(now.preview, beside)
            seen = preview_view(
                now.preview, shown, versus, pending=now.pending, unsaved=now.unsaved
            )
            strip = self._strips.get(now.preview, now.preview_place)
        slots = [None if d is None else self._strips.get(d, describe_place(d)) for d in now.slots]
        return {"preview": seen, "slot_strips": slots, "preview_strip": strip}
