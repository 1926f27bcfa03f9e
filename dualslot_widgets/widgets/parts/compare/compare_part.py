"""The comparison of two results: which two they are, and what of it was counted already."""

from __future__ import annotations

import weakref
from typing import Any, ClassVar, NamedTuple, TypeAlias

import traitlets

from dualslot_widgets.errors import StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.kit.sources import Source
from dualslot_widgets.widgets.kit.static_html import Static
from dualslot_widgets.widgets.parts.compare.compare_static import static_comparison
from dualslot_widgets.widgets.parts.compare.compare_view import compare_view, nothing_to_compare
from dualslot_widgets.widgets.protocol.comparison import CompareView

_Weak: TypeAlias = "weakref.ref[SimulationDataSet] | None"


class _Pair(NamedTuple):
    """Two results, and what they are called."""

    here: SimulationDataSet | None
    there: SimulationDataSet | None
    places: tuple[str, str]

    def weakly(self) -> tuple[_Weak, _Weak, tuple[str, str]]:
        """Return what equals that of the same pair, and keeps no result alive."""
        return _weak(self.here), _weak(self.there), self.places


def _weak(data: SimulationDataSet | None) -> _Weak:
    return None if data is None else weakref.ref(data)


class ComparePart(Part):
    """Draws `comparison`, a `protocol.comparison.CompareView`: the newest slot, and the other one.

    While something is edited it is the preview of it, with the slot that is shown. Where data sets
    are shown by themselves it is the first, and the second.
    """

    traits: ClassVar = {"comparison": traitlets.Dict()}

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        #: Which pair was drawn last, and its view; set whole by the publisher.
        self._last: tuple[object, CompareView] | None = None

    def draw(self, now: Snapshot) -> dict[str, Any]:
        """Return the comparison, which is counted once a pair."""
        pair = self._pair(now)
        view = self._compared(now, pair)
        self._last = pair.weakly(), view
        return {"comparison": view}

    def _compared(self, now: Snapshot, pair: _Pair) -> CompareView:
        here, there, places = pair
        if here is None or there is None:
            return nothing_to_compare(_missing(now))
        comparisons = self.source.comparisons
        try:
            return comparisons.derived(
                here, there, places, lambda found: compare_view(here, there, found, places)
            )
        except StorageError as error:
            return nothing_to_compare(f"One of the two cannot be read: {error}")

    def _pair(self, now: Snapshot) -> _Pair:
        if self.source.bench is None:
            return _Pair(*now.slots, ("the first", "the second"))
        whole = [None if now.damage[n] else now.slots[n] for n in (0, 1)]
        if now.preview is not None and now.shown_slot is not None:
            name = "the preview" if now.unsaved is None else "the result in memory"
            return _Pair(now.preview, whole[now.shown_slot], (name, f"slot {now.shown_slot}"))
        newest = now.newest or 0
        other = 1 - newest
        return _Pair(whole[newest], whole[other], (f"slot {newest}", f"slot {other}"))

    def draw_static(self, now: Snapshot) -> list[Static]:
        """Return the comparison that was drawn last; nothing while that of now is to be counted."""
        pair, view = self._last or (None, None)
        if view is None or pair != self._pair(now).weakly():
            return []
        return static_comparison(view)


def _missing(now: Snapshot) -> str:
    damaged = [number for number, problem in enumerate(now.damage) if problem]
    if damaged:
        which = " and ".join(f"slot {number}" for number in damaged)
        return f"There is nothing to compare: {which} cannot be read."
    if now.slots == (None, None):
        return "Both slots are empty. Two results can be compared: press Run, change a number, run."
    return "There is only one result. Change a number and run again: this compares the two."
