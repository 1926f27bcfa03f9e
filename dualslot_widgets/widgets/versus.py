"""How a result on screen stands to another one: counted once a pair, as it never changes.

Room beside the view. The publisher owns a `Comparisons`: one thread at a time.
"""

from __future__ import annotations

import logging
import weakref

from dualslot_widgets.analysis.comparison import compare_paired
from dualslot_widgets.analysis.intervals import difference
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.errors import StorageError
from dualslot_widgets.widgets.protocol.results import Versus

_logger = logging.getLogger(__name__)

_Known = weakref.WeakKeyDictionary[SimulationDataSet, Versus | None]


class Comparisons:
    """The comparisons of data sets that are still in use.

    A data set never changes, and a slot hands out a new one for each generation.
    """

    def __init__(self) -> None:
        self._known: weakref.WeakKeyDictionary[SimulationDataSet, _Known] = (
            weakref.WeakKeyDictionary()
        )

    def versus(
        self, data: SimulationDataSet | None, other: SimulationDataSet | None
    ) -> Versus | None:
        """Return how the first stands to the second; None when one is missing or unreadable.

        Of a slot that is seen for the first time its runs are read, but neither kept nor its
        events, so that the slots stay as small in memory as they were.
        """
        if data is None or other is None:
            return None
        known = self._known.setdefault(data, weakref.WeakKeyDictionary())
        if other not in known:
            found = _versus(data, other)
            known[other] = found
            back = None if found is None else _mirrored(found)
            self._known.setdefault(other, weakref.WeakKeyDictionary())[data] = back
        return known[other]


def _versus(data: SimulationDataSet, other: SimulationDataSet) -> Versus | None:
    try:
        mine, its = data.analysis, other.analysis
    except StorageError:
        return None  # the view of that slot says what is wrong
    if data.shares_dice_with(other):
        try:
            return _paired(data, other)
        except StorageError as error:
            # Its storage has noted the damage, which is drawn from there; the analysis is whole.
            _logger.debug("runs are not compared by pairs: %s", error)
    delta, low, high = difference((mine.wins, mine.runs), (its.wins, its.runs))
    return {"delta": delta, "low": low, "high": high, "same_dice": None}


def _paired(data: SimulationDataSet, other: SimulationDataSet) -> Versus:
    found = compare_paired(data.source.table("runs"), other.source.table("runs"))
    return {
        "delta": found.win_rate.delta,
        "low": found.win_rate.low,
        "high": found.win_rate.high,
        "same_dice": {
            "runs": found.runs,
            "ended_differently": found.results_changed or 0,
            "won_only_here": found.won_only_here or 0,
            "won_only_there": found.won_only_there or 0,
        },
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
