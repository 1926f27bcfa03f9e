"""Grades and tiers follow the quintile method, and every pair of them has a name."""

import itertools

import pytest

from dualslot_widgets.results.analysis import ratings


def test_all_25_pairs_have_a_label_of_their_own() -> None:
    pairs = list(itertools.product(ratings.GRADES, ratings.TIERS))
    assert sorted(ratings.LABELS) == sorted(pairs)
    assert len(set(ratings.LABELS.values())) == 25


@pytest.mark.parametrize(
    ("standing", "shares", "grade"),
    [
        ((4, 4, 4), (0.5, 0.11), "A"),
        ((4, 4, 4), (0.5, 0.10), "B"),
        ((0, 3, 4), (), "C"),
        ((0, 0, 1), (), "D"),
        ((0, 0, 0), (), "F"),
    ],
)
def test_the_grade_depends_on_who_stands_in_bad_luck(
    standing: tuple[int, ...], shares: tuple[float, ...], grade: str
) -> None:
    assert ratings.safety_grade(standing, shares) == grade


@pytest.mark.parametrize(
    ("left", "tier"),
    [(1.0, 1), (0.91, 1), (0.9, 2), (0.7, 2), (0.69, 3), (0.4, 3), (0.39, 4), (0.1, 4), (0.09, 5)],
)
def test_the_tier_depends_on_what_the_typical_party_has_left(left: float, tier: int) -> None:
    assert ratings.intensity_tier(left) == tier


@pytest.mark.parametrize(("grade", "tier"), list(itertools.product(ratings.GRADES, ratings.TIERS)))
def test_there_is_always_something_to_suggest(grade: str, tier: int) -> None:
    assert ratings.suggestions(grade, tier, loss_rate=0.1, unresolved_rate=0.0)


def test_fights_that_reach_the_round_limit_are_flagged_first() -> None:
    advice = ratings.suggestions("A", 3, loss_rate=0.0, unresolved_rate=0.02)
    assert "max_rounds" in advice[0]


@pytest.mark.parametrize(("share", "flagged"), [(0.0101, True), (0.01, False), (0.0, False)])
def test_more_than_one_run_in_a_hundred_at_the_round_limit_is_flagged(
    share: float, flagged: bool
) -> None:
    advice = ratings.suggestions("B", 3, loss_rate=0.0, unresolved_rate=share)
    assert ("max_rounds" in advice[0]) is flagged
