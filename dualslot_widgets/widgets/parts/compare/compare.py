"""`Compare`: one result against another: the difference, how sure it is, and what changed.

One widget of the kit, and a part of the dashboard.
"""

from __future__ import annotations

import weakref
from typing import Any, TypeAlias

import traitlets

from dualslot_widgets.errors import StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit.fallback import Still, still_line, still_table
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, source
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.scene import Scene, stage_of
from dualslot_widgets.widgets.parts.compare.compare_view import compare_view, nothing_to_compare
from dualslot_widgets.widgets.protocol.comparison import CompareView
from dualslot_widgets.workbench.workbench import Workbench

_Known: TypeAlias = "weakref.ref[SimulationDataSet] | None"
#: Two results and their places; it keeps no result alive.
_Pair: TypeAlias = tuple[_Known, _Known, tuple[str, str]]


class ComparePart(Part):
    """Compares the newest slot with the other one, or two data sets.

    While something is edited it is the preview of it, with the slot that is shown.

    Attributes
    ----------
    comparison : JSON
        `protocol.comparison.CompareView`.
    """

    comparison: Any = traitlets.Dict().tag(sync=True)

    #: What was drawn last, and of which pair; set whole by the publisher.
    _last: tuple[_Pair, CompareView] | None = None

    def _draw(self, scene: Scene) -> dict[str, Any]:
        pair = self._pair(scene)
        view = self._compared(scene, *pair)
        self._last = _weak(pair), view
        return super()._draw(scene) | {"comparison": view}

    def _compared(
        self,
        scene: Scene,
        here: SimulationDataSet | None,
        there: SimulationDataSet | None,
        places: tuple[str, str],
    ) -> CompareView:
        if here is None or there is None:
            return nothing_to_compare(_missing(scene))
        try:
            return self._stage.comparisons.derived(
                here, there, places, lambda found: compare_view(here, there, found, places)
            )
        except StorageError as error:
            return nothing_to_compare(f"One of the two cannot be read: {error}")

    def _pair(
        self, scene: Scene
    ) -> tuple[SimulationDataSet | None, SimulationDataSet | None, tuple[str, str]]:
        if self._stage.bench is None:
            return (*scene.slots, ("the first", "the second"))
        whole = [None if scene.damage[n] else scene.slots[n] for n in (0, 1)]
        if scene.preview is not None and scene.shown_slot is not None:
            shown = scene.shown_slot
            name = "the preview" if scene.unsaved is None else "the result in memory"
            return scene.preview, whole[shown], (name, f"slot {shown}")
        newest = scene.newest or 0
        other = 1 - newest
        return whole[newest], whole[other], (f"slot {newest}", f"slot {other}")

    def _still(self, scene: Scene) -> list[Still]:
        pair, view = self._last or (None, nothing_to_compare(_missing(scene)))
        if pair != _weak(self._pair(scene)):
            return super()._still(scene)  # that of now is still to be counted
        if not view["directions"]:
            return [still_line(f"Compare: {view['missing']}"), *super()._still(scene)]
        here, there = view["sides"]
        told = view["directions"][0]
        kind = "paired, with the same dice" if told["same_dice"] else "not paired: other dice"
        head = ("here minus there", here["place"], there["place"], "difference", "95 %")
        rows = [
            (
                c["name"],
                _figure(c["here"], c["unit"]),
                _figure(c["there"], c["unit"]),
                c["words"],
                "not known"
                if c["low"] is None or c["high"] is None
                else f"{_figure(c['low'], c['unit'])} to {_figure(c['high'], c['unit'])}",
            )
            for c in told["contrasts"]
        ]
        changes = "; ".join(told["changes"]) or "nothing"
        ends = still_table(
            (
                "timeline",
                *(f"{side['place']}: standing, party hit points" for side in (here, there)),
            ),
            [
                (a["name"], *(f"{e['survivors']}, {e['party_hp']}" for e in (a, b)))
                for a, b in zip(here["timelines"], there["timelines"], strict=True)
            ],
        )
        return [
            still_line(f"{told['verdict']} ({kind})"),
            still_line(f"What changed: {changes}"),
            *still_table(head, rows),
            *ends,
            *super()._still(scene),
        ]


def _weak(
    pair: tuple[SimulationDataSet | None, SimulationDataSet | None, tuple[str, str]],
) -> _Pair:
    here, there, places = pair
    return (
        None if here is None else weakref.ref(here),
        None if there is None else weakref.ref(there),
        places,
    )


def _figure(value: float, unit: str) -> str:
    return f"{100 * value:.1f} %" if unit == "points" else f"{value:.2f}"


def _missing(scene: Scene) -> str:
    damaged = [number for number, problem in enumerate(scene.damage) if problem]
    if damaged:
        which = " and ".join(f"slot {number}" for number in damaged)
        return f"There is nothing to compare: {which} cannot be read."
    if scene.slots == (None, None):
        return "Both slots are empty. Two results can be compared: press Run, change a number, run."
    return "There is only one result. Change a number and run again: this compares the two."


class Compare(ComparePart, KitWidget):
    """Shows how one result differs from another: slot against slot, or two data sets.

    Parameters
    ----------
    first : Workbench or SimulationDataSet
    second : SimulationDataSet, optional
        Beside a data set.
    """

    _esm = source("compare.js")

    def __init__(
        self, first: Workbench | SimulationDataSet, second: SimulationDataSet | None = None
    ) -> None:
        super().__init__(stage_of(first, *(() if second is None else (second,))))
