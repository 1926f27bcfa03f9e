"""How a result on screen stands to another one: counted once a pair, as it never changes.

Room beside the view. The publisher owns a `Comparisons`: one thread at a time.
"""

from __future__ import annotations

import logging
import weakref
from typing import Generic, TypeVar

from dualslot_widgets.errors import StorageError
from dualslot_widgets.results.analysis.intervals import difference
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.pairs.comparison import Comparison, compare, compare_paired
from dualslot_widgets.widgets.protocol.comparison import CompareView
from dualslot_widgets.widgets.protocol.results import SameDice, Versus

_logger = logging.getLogger(__name__)

_T = TypeVar("_T")


class _Pairs(Generic[_T]):
    """What is known of ordered pairs of data sets, for as long as both are in use."""

    def __init__(self) -> None:
        self._known: weakref.WeakKeyDictionary[
            SimulationDataSet, weakref.WeakKeyDictionary[SimulationDataSet, _T]
        ] = weakref.WeakKeyDictionary()

    def of(self, data: SimulationDataSet) -> weakref.WeakKeyDictionary[SimulationDataSet, _T]:
        """Return what is known of the pairs that this is the first of."""
        return self._known.setdefault(data, weakref.WeakKeyDictionary())


class Comparisons:
    """The comparisons of data sets that are still in use.

    A data set never changes, and a slot hands out a new one for each generation. Of a slot that is
    seen for the first time its runs are read, but neither kept nor its events, so that the slots
    stay as small in memory as they were.
    """

    def __init__(self) -> None:
        self._versus: _Pairs[Versus | None] = _Pairs()
        self._compared: _Pairs[Comparison] = _Pairs()
        self._views: _Pairs[tuple[tuple[str, str], CompareView]] = _Pairs()

    def versus(
        self, data: SimulationDataSet | None, other: SimulationDataSet | None
    ) -> Versus | None:
        """Return how the first stands to the second; None when one is missing or unreadable."""
        if data is None or other is None:
            return None
        known = self._versus.of(data)
        if other not in known:
            found = self._stands(data, other)
            known[other] = found
            self._versus.of(other)[data] = None if found is None else _mirrored(found)
        return known[other]

    def comparison(self, data: SimulationDataSet, other: SimulationDataSet) -> Comparison:
        """Return the first minus the second, by pairs where both rolled the same dice.

        Raises
        ------
        StorageError
            When one of the two cannot be read.
        """
        known = self._compared.of(data)
        if other not in known:
            method = compare_paired if data.shares_dice_with(other) else compare
            found = method(data.source.table("runs"), other.source.table("runs"))
            known[other] = found
            self._compared.of(other)[data] = found.mirrored()
        return known[other]

    def view(
        self, data: SimulationDataSet, other: SimulationDataSet, places: tuple[str, str]
    ) -> CompareView | None:
        """Return the view that was kept of a pair under these names, if there is one."""
        names, view = self._views.of(data).get(other, (None, None))
        return view if names == places else None

    def keep_view(
        self,
        data: SimulationDataSet,
        other: SimulationDataSet,
        places: tuple[str, str],
        view: CompareView,
    ) -> None:
        """Keep the view of a pair, so that drawing it again costs nothing."""
        self._views.of(data)[other] = (places, view)

    def _stands(self, data: SimulationDataSet, other: SimulationDataSet) -> Versus | None:
        try:
            mine, its = data.analysis, other.analysis
        except StorageError:
            return None  # the view of that slot says what is wrong
        if data.shares_dice_with(other):
            try:
                found = self.comparison(data, other)
            except StorageError as error:
                # Its storage has noted the damage, drawn from there; the analysis is whole.
                _logger.debug("runs are not compared by pairs: %s", error)
            else:
                rate = found.win_rate
                return {
                    "delta": rate.delta,
                    "low": rate.low,
                    "high": rate.high,
                    "same_dice": same_dice_view(found),
                }
        delta, low, high = difference((mine.wins, mine.runs), (its.wins, its.runs))
        return {"delta": delta, "low": low, "high": high, "same_dice": None}


def same_dice_view(found: Comparison) -> SameDice | None:
    """Return what became of the pairs of fights; None where they do not pair."""
    if not found.paired:
        return None
    return {
        "runs": found.runs,
        "ended_differently": found.results_changed or 0,
        "won_only_here": found.won_only_here or 0,
        "won_only_there": found.won_only_there or 0,
    }


def _mirrored(versus: Versus) -> Versus:
    dice = versus["same_dice"]
    return {
        "delta": -versus["delta"],
        "low": -versus["high"],
        "high": -versus["low"],
        "same_dice": dice
        and {
            **dice,
            "won_only_here": dice["won_only_there"],
            "won_only_there": dice["won_only_here"],
        },
    }
