"""Comparisons in words: how large a difference is, whether it is clear, and what it takes to know.

The slots, the timelines, the comparison and a saved notebook all say what is made here.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from dualslot_widgets.results.analysis.sample_size import POINT, runs_to_see, runs_to_see_paired
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.pairs.comparison import Comparison, Difference
from dualslot_widgets.results.pairs.comparison_cache import Versus


class Measure(NamedTuple):
    """What is compared: its name and unit, and words for more and for less of it."""

    title: str
    unit: str
    more: str
    less: str


#: For the length of a fight neither more nor less is better.
MEASURES = {
    "win_rate": Measure("Win rate", "points", "{} points easier", "{} points harder"),
    "survivors": Measure(
        "Survivors", "characters", "{} more standing (better)", "{} fewer standing (worse)"
    ),
    "rounds": Measure("Rounds", "rounds", "{} rounds longer", "{} rounds shorter"),
    "party_hp": Measure(
        "Party hit points",
        "hit points",
        "{} more hit points (better)",
        "{} fewer hit points (worse)",
    ),
}
#: Digits behind the point of a difference, by unit.
_DIGITS = {"points": 1, "characters": 2, "rounds": 2, "hit points": 1}


def is_clear(difference: Difference) -> bool:
    """Return whether an interval leaves out zero."""
    return difference.low > 0 or difference.high < 0


def describe_figure(value: float, unit: str) -> str:
    """Return a mean: "84.2 %", "3.41", "1,235"."""
    if unit == "points":
        return f"{100 * value:.1f} %"
    return f"{value:,.0f}" if unit == "hit points" and value >= 1000 else _sized(value, unit)


def describe_change(difference: Difference, unit: str) -> str:
    """Return a difference and its interval: "+7.7, +6.2 to +9.5"."""
    delta, low, high = difference.delta, difference.low, difference.high
    if not math.isfinite(low):
        return f"{_signed(delta, unit)}, interval not known: a single run"
    return f"{_signed(delta, unit)}, {_signed(low, unit)} to {_signed(high, unit)}"


def describe_difference(name: str, difference: Difference) -> str:
    """Return what a difference of one of `MEASURES` means: "7.7 points easier"."""
    measure = MEASURES[name]
    if not is_clear(difference):
        return "no clear difference"
    words = measure.more if difference.delta > 0 else measure.less
    return words.format(_sized(abs(difference.delta), measure.unit))


def describe_versus(versus: Versus | None, other: str) -> str:
    """Return how a win rate stands to that of another result; nothing where there is none."""
    if versus is None:
        return ""
    rate = versus.win_rate
    if is_clear(rate):
        words = f"{describe_difference('win_rate', rate)} than {other}, 95 % {_bounds(rate)}."
    else:
        low, high = 100 * rate.low, 100 * rate.high
        words = f"No clear difference to {other} ({low:.1f} to {high:.1f} points)."
    if versus.paired is None:
        return words
    return f"{words} Same dice in both: {describe_pairs(versus.paired)}."


def describe_pairs(found: Comparison, here: str = "here", there: str = "there") -> str:
    """Return what became of pairs of fights: "212 of 1,005 fights ended differently, ..."."""
    if not found.results_changed:
        return "every fight ended the same"
    only = [
        f"{fights:,} won only {place}"
        for fights, place in ((found.won_only_here, here), (found.won_only_there, there))
        if fights
    ]
    winners = ", ".join(only) or "none won in only one"
    return f"{found.results_changed:,} of {found.runs:,} fights ended differently, {winners}"


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
    if is_clear(rate):
        first, other = places
        return (
            f"{first[0].upper()}{first[1:]} is {describe_difference('win_rate', rate)} than "
            f"{other} (95 % {_bounds(rate)}), and that is not luck."
        )
    needed = _needed(here, there, found)
    if needed <= min(found.runs, found.runs_there):
        outlook = "a difference of 1 point would most likely have shown"
    else:
        outlook = f"about {_rounded(needed):,} runs would be needed to see 1 point"
    others = [
        describe_difference(name, getattr(found, name))
        for name in ("survivors", "party_hp")
        if is_clear(getattr(found, name))
    ]
    beside = f" What is clear: {' and '.join(others)}." if others else ""
    return f"No difference in wins that {runs} runs could show; {outlook}.{beside}"


def _bounds(rate: Difference) -> str:
    """Return the bounds of a clear difference in points, the nearer to zero first."""
    near, far = sorted((abs(100 * rate.low), abs(100 * rate.high)))
    return f"{near:.1f} to {far:.1f}"


def _sized(value: float, unit: str) -> str:
    return f"{value * (100 if unit == 'points' else 1):.{_DIGITS[unit]}f}"


def _signed(value: float, unit: str) -> str:
    size = _sized(abs(value), unit)
    return size if float(size) == 0 else f"{'+' if value > 0 else '−'}{size}"


def _needed(here: SimulationDataSet, there: SimulationDataSet, found: Comparison) -> int:
    if found.won_only_here is not None and found.won_only_there is not None:
        return runs_to_see_paired(found.won_only_here + found.won_only_there, found.runs, POINT)
    mine, its = here.analysis, there.analysis
    return runs_to_see(mine.wins + its.wins, mine.runs + its.runs, POINT)


def _rounded(number: int) -> int:
    """Return a number to two digits, upwards: it rests on an estimate."""
    unit: int = 10 ** max(len(str(number)) - 2, 0)
    return -(-number // unit) * unit
