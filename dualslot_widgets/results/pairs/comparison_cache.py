"""`Comparisons`: how one result stands to another, counted once a pair, as neither ever changes."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from dualslot_widgets.errors import StorageError
from dualslot_widgets.results.analysis.intervals import difference
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.pairs.comparison import (
    Comparison,
    Difference,
    compare,
    compare_paired,
)

_logger = logging.getLogger(__name__)

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Versus:
    """How the win rate of one result stands to that of another.

    Attributes
    ----------
    win_rate : Difference
    paired : Comparison or None
        That of all pairs of runs, where both rolled the same dice and all runs can be read.
    """

    win_rate: Difference
    paired: Comparison | None

    def mirrored(self) -> Versus:
        """Return how the other one stands to this one."""
        return Versus(self.win_rate.mirrored(), self.paired and self.paired.mirrored())


class _Pairs(Generic[_T]):
    """What is known of ordered pairs of data sets, for as long as both are in use."""

    def __init__(self) -> None:
        self._known: weakref.WeakKeyDictionary[
            SimulationDataSet, weakref.WeakKeyDictionary[SimulationDataSet, _T]
        ] = weakref.WeakKeyDictionary()

    def starting_with(
        self, data: SimulationDataSet
    ) -> weakref.WeakKeyDictionary[SimulationDataSet, _T]:
        """Return what is known of the pairs that this is the first of."""
        return self._known.setdefault(data, weakref.WeakKeyDictionary())


class Comparisons:
    """The comparisons of data sets that are still in use; one thread at a time uses it.

    A data set never changes, and a slot hands out a new one for each generation. When a slot is
    seen for the first time its runs are read, but not kept, and its events are not read, so that
    the slots stay as small in memory as they were.
    """

    def __init__(self) -> None:
        self._versus: _Pairs[Versus | None] = _Pairs()
        self._compared: _Pairs[Comparison] = _Pairs()
        self._derived: _Pairs[tuple[Hashable, Any]] = _Pairs()

    def versus(
        self, data: SimulationDataSet | None, other: SimulationDataSet | None
    ) -> Versus | None:
        """Return how the first stands to the second; None when one is missing or unreadable."""
        if data is None or other is None:
            return None
        known = self._versus.starting_with(data)
        if other not in known:
            found = self._stands(data, other)
            known[other] = found
            self._versus.starting_with(other)[data] = found and found.mirrored()
        return known[other]

    def comparison(self, data: SimulationDataSet, other: SimulationDataSet) -> Comparison:
        """Return the first minus the second, by pairs where both rolled the same dice.

        Raises
        ------
        StorageError
            When one of the two cannot be read.
        """
        known = self._compared.starting_with(data)
        if other not in known:
            method = compare_paired if data.shares_dice_with(other) else compare
            found = method(data.source.table("runs"), other.source.table("runs"))
            known[other] = found
            self._compared.starting_with(other)[data] = found.mirrored()
        return known[other]

    def derived(
        self,
        data: SimulationDataSet,
        other: SimulationDataSet,
        key: Hashable,
        derive: Callable[[Comparison], _T],
    ) -> _T:
        """Return what follows from a comparison, derived again only for another key.

        Raises
        ------
        StorageError
            When one of the two cannot be read.
        """
        known = self._derived.starting_with(data)
        if other not in known or known[other][0] != key:
            known[other] = key, derive(self.comparison(data, other))
        found: _T = known[other][1]
        return found

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
                return Versus(found.win_rate, found)
        return Versus(Difference(*difference((mine.wins, mine.runs), (its.wins, its.runs))), None)
