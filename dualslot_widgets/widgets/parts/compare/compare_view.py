"""Comparisons as plain JSON, with what they mean in a sentence; pure functions on `protocol`."""

from __future__ import annotations

import math

from dualslot_widgets.results.analysis.quintiles import Quintile
from dualslot_widgets.results.analysis.sample_size import POINT, runs_to_see, runs_to_see_paired
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.pairs.comparison import Comparison, Difference
from dualslot_widgets.widgets.parts.compare.versus_view import same_dice_view
from dualslot_widgets.widgets.protocol.comparison import (
    CompareView,
    Contrast,
    Direction,
    Side,
    TimelineEnd,
)

#: Words for more and for less of each: for the length of a fight neither is better.
_WORDS = {
    "win_rate": ("Win rate", "points", "{size} points easier", "{size} points harder"),
    "survivors": (
        "Survivors",
        "characters",
        "{size} more standing (better)",
        "{size} fewer standing (worse)",
    ),
    "rounds": ("Rounds", "rounds", "{size} rounds longer", "{size} rounds shorter"),
    "party_hp": (
        "Party hit points",
        "hit points",
        "{size} more hit points (better)",
        "{size} fewer hit points (worse)",
    ),
}


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
    return {
        "contrasts": [_contrast(name, found) for name in _WORDS],
        "same_dice": same_dice_view(found),
        "verdict": verdict(here, there, found, places),
        "changes": there.parameters.differences(here.parameters),
    }


def _contrast(name: str, found: Comparison) -> Contrast:
    title, unit, _, _ = _WORDS[name]
    difference: Difference = getattr(found, name)
    means = getattr(found, f"mean_{name}")
    return {
        "name": title,
        "unit": unit,
        "here": means[0],
        "there": means[1],
        "delta": difference.delta,
        "low": difference.low if math.isfinite(difference.low) else None,
        "high": difference.high if math.isfinite(difference.high) else None,
        "words": _in_words(name, difference),
    }


def _in_words(name: str, difference: Difference) -> str:
    _, unit, more, less = _WORDS[name]
    if not _is_clear(difference):
        return "no clear difference"
    size = abs(difference.delta) * (100 if unit == "points" else 1)
    kept = f"{size:.2f}" if unit in ("characters", "rounds") else f"{size:.1f}"
    return (more if difference.delta > 0 else less).format(size=kept)


def _is_clear(difference: Difference) -> bool:
    return difference.low > 0 or difference.high < 0


def verdict(
    here: SimulationDataSet,
    there: SimulationDataSet,
    found: Comparison,
    places: tuple[str, str],
) -> str:
    """Return what a comparison means, in a sentence or two.

    How many runs it would take is `sample_size`'s answer to: if the true difference were one point,
    how many runs show it in four of five comparisons, going by the spread in these results?
    """
    runs = f"{found.runs:,}" if found.runs == found.runs_there else "these"
    if found.results_changed == 0:
        same = here.parameters == there.parameters
        why = "it is the same scenario with the same dice" if same else "with the same dice"
        return f"Every one of {runs} fights ended the same: {why}."
    rate = found.win_rate
    if _is_clear(rate):
        near, far = sorted((abs(100 * rate.low), abs(100 * rate.high)))
        return (
            f"{places[0][0].upper()}{places[0][1:]} is {_in_words('win_rate', rate)} than "
            f"{places[1]} (95 % {near:.1f} to {far:.1f}), and that is not luck."
        )
    needed = _needed(here, there, found)
    enough = needed <= min(found.runs, found.runs_there)
    told = (
        "a difference of 1 point would most likely have shown"
        if enough
        else f"about {_rounded(needed):,} runs would be needed to see 1 point"
    )
    others = [
        _in_words(name, getattr(found, name))
        for name in ("survivors", "party_hp")
        if _is_clear(getattr(found, name))
    ]
    beside = f" What is clear: {' and '.join(others)}." if others else ""
    return f"No difference in wins that {runs} runs could show; {told}.{beside}"


def _needed(here: SimulationDataSet, there: SimulationDataSet, found: Comparison) -> int:
    if found.won_only_here is not None and found.won_only_there is not None:
        return runs_to_see_paired(found.won_only_here + found.won_only_there, found.runs, POINT)
    mine, its = here.analysis, there.analysis
    return runs_to_see(mine.wins + its.wins, mine.runs + its.runs, POINT)


def _rounded(number: int) -> int:
    """Return a number to two digits, upwards: it rests on an estimate."""
    unit: int = 10 ** max(len(str(number)) - 2, 0)
    return -(-number // unit) * unit
