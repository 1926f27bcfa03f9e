"""Comparisons as plain JSON (`protocol.comparison`), with what they mean in words."""

from __future__ import annotations

import math

from dualslot_widgets.results.analysis.quintiles import Quintile
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.pairs.comparison import Comparison, Difference
from dualslot_widgets.widgets.parts.compare.compare_words import (
    MEASURES,
    describe_change,
    describe_difference,
    describe_figure,
    describe_pairs,
    is_clear,
    verdict,
)
from dualslot_widgets.widgets.protocol.comparison import (
    CompareView,
    Contrast,
    Direction,
    Side,
    TimelineEnd,
)

#: Why a comparison is not paired.
OTHER_DICE = (
    "Seeds or numbers of runs differ, so the intervals know of no pairs and are wider; play both "
    "with the same seed and runs to compare each fight with itself."
)


def nothing_to_compare(why: str) -> CompareView:
    """Return the view of a comparison that there is not."""
    return {"missing": why, "sides": [], "directions": []}


def compare_view(
    first: SimulationDataSet,
    second: SimulationDataSet,
    found: Comparison,
    places: tuple[str, str],
) -> CompareView:
    """Return how two results differ, in both directions; `found` is the first minus the second."""
    both = (first, second)
    return {
        "missing": "",
        "sides": [_side(data, place) for data, place in zip(both, places, strict=True)],
        "directions": [
            _direction(first, second, found, places),
            _direction(second, first, found.mirrored(), places[::-1]),
        ],
    }


def _side(data: SimulationDataSet, place: str) -> Side:
    return {
        "place": place,
        "scenario": data.scenario.name,
        "runs": data.analysis.runs,
        "timelines": [_end(block) for block in data.analysis.quintiles],
    }


def _end(block: Quintile) -> TimelineEnd:
    start = {"party": 0, "monsters": 0}
    for one in block.combatants:
        start[one.side] += one.start_hp
    return {
        "name": block.name,
        "outcome": block.outcome,
        "survivors": block.survivors,
        "rounds": block.rounds,
        "party_hp": block.party_hp,
        "party_start": start["party"],
        "monster_hp": block.monster_hp,
        "monster_start": start["monsters"],
    }


def _direction(
    here: SimulationDataSet,
    there: SimulationDataSet,
    found: Comparison,
    places: tuple[str, str],
) -> Direction:
    pairs = found.paired and describe_pairs(found, *(f"in {place}" for place in places))
    return {
        "contrasts": [_contrast(name, found) for name in MEASURES],
        "paired": found.paired,
        "dice": f"Same dice in both: {pairs}." if pairs else OTHER_DICE,
        "verdict": verdict(here, there, found, places),
        "changes": there.parameters.differences(here.parameters),
    }


def _contrast(name: str, found: Comparison) -> Contrast:
    title, unit, _, _ = MEASURES[name]
    difference: Difference = getattr(found, name)
    here, there = getattr(found, f"mean_{name}")
    known = math.isfinite(difference.low)
    return {
        "name": title,
        "unit": unit,
        "here": describe_figure(here, unit),
        "there": describe_figure(there, unit),
        "delta": difference.delta,
        "low": difference.low if known else None,
        "high": difference.high if known else None,
        "clear": is_clear(difference),
        "words": describe_difference(name, difference),
        "change": describe_change(difference, unit),
    }
