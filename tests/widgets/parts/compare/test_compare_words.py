"""Two results are compared in words that the numbers bear out, from each one's side."""

from __future__ import annotations

import math

import pytest

from dualslot_widgets.results.pairs.comparison import Comparison, Difference
from dualslot_widgets.results.pairs.comparison_cache import Versus
from dualslot_widgets.widgets.parts.compare.compare_words import (
    describe_change,
    describe_difference,
    describe_figure,
    describe_pairs,
    describe_versus,
)

CLEAR = Versus(Difference(0.0774, 0.062, 0.095), None)
UNCLEAR = Versus(Difference(0.01, -0.02, 0.04), None)


def pairs(ended_differently: int, here: int = 0, there: int = 0, runs: int = 1005) -> Comparison:
    nothing = Difference(0.0, 0.0, 0.0)
    return Comparison(
        paired=True,
        runs=runs,
        runs_there=runs,
        win_rate=nothing,
        survivors=nothing,
        rounds=nothing,
        party_hp=nothing,
        mean_win_rate=(0.0, 0.0),
        mean_survivors=(0.0, 0.0),
        mean_rounds=(0.0, 0.0),
        mean_party_hp=(0.0, 0.0),
        won_only_here=here,
        won_only_there=there,
        results_changed=ended_differently,
    )


def test_a_clear_difference_is_told_with_its_interval_nearer_bound_first():
    assert describe_versus(CLEAR, "slot 1") == "7.7 points easier than slot 1, 95 % 6.2 to 9.5."
    assert (
        describe_versus(CLEAR.mirrored(), "slot 0")
        == "7.7 points harder than slot 0, 95 % 6.2 to 9.5."
    )


def test_no_difference_is_clear_where_the_interval_has_zero_in_it():
    words = describe_versus(UNCLEAR, "slot 1")
    assert words == "No clear difference to slot 1 (-2.0 to 4.0 points)."
    assert describe_difference("rounds", Difference(0.1, 0.0, 0.2)) == "no clear difference"


def test_nothing_is_said_where_there_is_nothing_to_compare_with():
    assert describe_versus(None, "slot 1") == ""


def test_what_the_same_dice_came_to_is_told_and_of_other_dice_nothing():
    dice = pairs(1234, here=7, there=5, runs=200_005)
    assert describe_versus(Versus(UNCLEAR.win_rate, dice), "slot 1").endswith(
        "Same dice in both: 1,234 of 200,005 fights ended differently, "
        "7 won only here, 5 won only there."
    )
    assert "dice" not in describe_versus(UNCLEAR, "slot 1")


@pytest.mark.parametrize(
    ("dice", "words"),
    [
        (pairs(3), "3 of 1,005 fights ended differently, none won in only one"),
        (pairs(0), "every fight ended the same"),
        (pairs(77, here=77), "77 of 1,005 fights ended differently, 77 won only in slot 0"),
    ],
)
def test_pairs_are_told_with_their_winners_if_any_changed(dice, words):
    assert describe_pairs(dice, "in slot 0", "in slot 1") == words


def test_a_change_has_a_sign_but_nothing_has_none():
    assert describe_change(Difference(0.0774, 0.062, 0.095), "points") == "+7.7, +6.2 to +9.5"
    assert describe_change(Difference(-0.311, -0.5, -0.001), "rounds") == (
        "\N{MINUS SIGN}0.31, \N{MINUS SIGN}0.50 to 0.00"
    )
    unknown = Difference(1.0, -math.inf, math.inf)
    assert describe_change(unknown, "points") == "+100.0, interval not known: a single run"


def test_a_mean_is_told_in_its_unit():
    told = [describe_figure(0.842, "points"), describe_figure(3.408, "characters")]
    told += [describe_figure(1234.5, "hit points"), describe_figure(12.34, "hit points")]
    assert told == ["84.2 %", "3.41", "1,234", "12.3"]
