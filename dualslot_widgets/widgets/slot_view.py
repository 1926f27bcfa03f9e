"""The two slot cards: what each slot holds, and how it stands to the scenario on screen.

Room of the widgets floor, beside `view`. Only the thread that publishes uses it, so it needs no
lock; what a generation holds never changes, so it is read once.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from dualslot_widgets.analysis.intervals import difference
from dualslot_widgets.analysis.quintiles import QuintileAnalysis
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.parameters import ScenarioParameters
from dualslot_widgets.widgets.distribution import distribution_view
from dualslot_widgets.widgets.protocol import (
    AgainstView,
    AnalysisView,
    DistributionView,
    SlotView,
)

if TYPE_CHECKING:
    from dualslot_widgets.workbench import Workbench

MAX_DIFFERENCES = 12


def analysis_view(analysis: QuintileAnalysis) -> AnalysisView:
    """Return an analysis as plain JSON values."""
    # Through JSON, so that tuples become the lists that the browser will see, and no NaN gets by.
    return cast("AnalysisView", json.loads(json.dumps(analysis.to_dict(), allow_nan=False)))


class SlotCards:
    """Makes the views of both slots and remembers what it has read and compared."""

    def __init__(self) -> None:
        self._read: dict[tuple[Any, ...], tuple[AnalysisView, DistributionView]] = {}
        self._compared: dict[tuple[str, str], tuple[float, list[str]]] = {}

    def views(self, bench: Workbench) -> list[SlotView]:
        """Return the cards of slot 0 and slot 1.

        Raises
        ------
        DualSlotError
            When the folder as a whole cannot be read; damage of one slot is its card's `problem`.
        """
        current = bench.scenario.parameters
        newest = bench.storage.newest_slot
        slots, damage = bench.storage.slots, bench.storage.damage
        cards = [self._card(n, slots[n], damage[n], current, newest == n) for n in (0, 1)]
        for card, other in ((cards[0], cards[1]), (cards[1], cards[0])):
            card["against"] = _against(card["analysis"], other["analysis"])
        self._forget_all_but(slots, current)
        return cards

    def _card(
        self,
        slot: int,
        data: SimulationDataSet | None,
        problem: str | None,
        current: ScenarioParameters,
        newest: bool,
    ) -> SlotView:
        card = _blank(slot)
        content: tuple[AnalysisView, DistributionView] | None = None
        if data is not None and problem is None:
            try:
                content = self._content(slot, data)
            except DualSlotError as error:
                problem = str(error)
        if problem is not None:
            card["state"], card["problem"] = "damaged", problem[:1000]
        if data is None or content is None:
            return card
        similarity, differences = self._comparison(data.parameters, current)
        meta = data.metadata
        card.update(
            state="ok",
            newest=newest,
            name=data.scenario.name,
            timestamp=meta.timestamp.isoformat(),
            generation=meta.generation,
            generation_count=meta.generation_count,
            compressed_size=meta.compressed_size,
            similarity=similarity,
            exact=data.parameters.fingerprint == current.fingerprint,
            differences=differences,
            analysis=content[0],
            distribution=content[1],
        )
        return card

    def _content(self, slot: int, data: SimulationDataSet) -> tuple[AnalysisView, DistributionView]:
        key = _identity(slot, data)
        if key not in self._read:
            self._read[key] = (analysis_view(data.analysis), distribution_view(data.runs))
        return self._read[key]

    def _comparison(
        self, stored: ScenarioParameters, current: ScenarioParameters
    ) -> tuple[float, list[str]]:
        key = (stored.fingerprint, current.fingerprint)
        if key not in self._compared:
            lines = stored.differences(current)
            more = len(lines) - MAX_DIFFERENCES
            if more > 0:
                lines = [*lines[:MAX_DIFFERENCES], f"and {more} more differences"]
            self._compared[key] = (float(stored.similarity(current)), lines)
        return self._compared[key]

    def _forget_all_but(
        self,
        slots: tuple[SimulationDataSet | None, SimulationDataSet | None],
        current: ScenarioParameters,
    ) -> None:
        held = [(n, data) for n, data in enumerate(slots) if data is not None]
        kept = {_identity(n, data) for n, data in held}
        pairs = {(data.parameters.fingerprint, current.fingerprint) for _, data in held}
        self._read = {key: value for key, value in self._read.items() if key in kept}
        self._compared = {key: value for key, value in self._compared.items() if key in pairs}


def _identity(slot: int, data: SimulationDataSet) -> tuple[Any, ...]:
    meta = data.metadata
    return (slot, meta.generation, meta.timestamp, data.parameters.fingerprint)


def _blank(slot: int) -> SlotView:
    return {
        "slot": slot,
        "state": "empty",
        "problem": None,
        "newest": False,
        "name": None,
        "timestamp": None,
        "generation": None,
        "generation_count": None,
        "compressed_size": None,
        "similarity": None,
        "exact": False,
        "differences": [],
        "analysis": None,
        "against": None,
        "distribution": None,
    }


def _against(mine: AnalysisView | None, other: AnalysisView | None) -> AgainstView | None:
    if mine is None or other is None:
        return None
    delta, low, high = difference((mine["wins"], mine["runs"]), (other["wins"], other["runs"]))
    return {"difference": delta, "low": low, "high": high}
