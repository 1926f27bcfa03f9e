"""A comparison is as sure as it says: published values, exact coverage, laws, and real fights."""

from __future__ import annotations

import math
from dataclasses import astuple

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st
from scipy.stats import t

import dualslot_widgets as dw
from dualslot_widgets.results.analysis.intervals import (
    difference,
    mean_difference,
    paired_difference,
    paired_mean_difference,
)
from dualslot_widgets.results.pairs.comparison import compare, compare_paired
from tests.results.pairs.changed_fights import changed_pair

Z = 1.959963984540054
DIFFERENCES = ("win_rate", "survivors", "rounds", "party_hp")
STARTER = dw.starter_scenario()
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 13)

pairs = st.integers(1, 3000).flatmap(
    lambda n: st.integers(0, n).flatmap(
        lambda b: st.tuples(st.just(b), st.integers(0, n - b), st.just(n))
    )
)


def negated(interval: tuple[float, float, float]) -> tuple[float, float, float]:
    delta, low, high = interval
    return -delta, -high, -low


def test_paired_shares_agree_with_published_values():
    # Fagerland, Lydersen, Laake (2014), Statistics in Medicine 33, 2850-2875: Tango's interval of
    # Bentur et al. (2009), 1 against 7 of 21, and of Cavo et al. (2012), 6 against 16 of 161.
    assert paired_difference(1, 7, 21) == pytest.approx((-0.286, -0.517, -0.026), abs=5e-4)
    assert paired_difference(6, 16, 161) == pytest.approx((-0.0621, -0.1240, -0.0054), abs=5e-5)


@given(st.integers(1, 100_000))
def test_where_no_pair_differs_the_bound_is_that_of_the_score_test(n):
    bound = Z * Z / (n + Z * Z)
    assert paired_difference(0, 0, n) == pytest.approx((0, -bound, bound), abs=1e-12)


@given(pairs)
def test_zero_is_left_out_exactly_when_mcnemar_rejects_it(case):
    b, c, _ = case
    _, low, high = paired_difference(*case)
    assert (low > 0 or high < 0) == ((b - c) ** 2 > Z * Z * (b + c))


@given(pairs)
def test_swapping_the_two_negates_paired_shares_and_they_stay_between_one_and_minus_one(case):
    b, c, n = case
    delta, low, high = paired_difference(b, c, n)
    assert negated((delta, low, high)) == paired_difference(c, b, n)
    assert -1 <= low <= delta <= high <= 1
    assert low < high


@pytest.mark.parametrize("case", [(0, 0, 0), (-1, 2, 5), (2, -1, 5), (3, 3, 5)])
def test_pairs_that_cannot_be_are_refused(case):
    with pytest.raises(ValueError, match="are no parts of"):
        paired_difference(*case)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("here", "there"), [(0.005, 0), (0.01, 0), (0.03, 0), (0.01, 0.002), (0.05, 0.03)]
)
def test_paired_shares_cover_the_truth_about_95_times_in_100(here, there):
    # Exactly, over all tables of 1005 pairs; few differ, and often all to one side.
    n, covered = 1005, 0.0
    for b in range(n):
        only_here = log_binomial(n, b, here)
        if only_here < -20:
            continue
        for c in range(n - b):
            only_there = log_binomial(n - b, c, there / (1 - here))
            if only_here + only_there > -20:
                _, low, high = paired_difference(b, c, n)
                covered += math.exp(only_here + only_there) * (low <= here - there <= high)
    print(f"{covered:.4f}")
    assert covered == pytest.approx(0.95, abs=0.015)


def log_binomial(n: int, k: int, p: float) -> float:
    if p == 0:
        return 0.0 if k == 0 else -math.inf
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return ways + k * math.log(p) + (n - k) * math.log1p(-p)


def test_means_agree_with_published_values():
    # Student (1908), "The probable error of a mean", Biometrika 6, 1-25: hours of sleep gained by
    # ten patients with two drugs; the textbook result of both tests.
    first = np.array([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    second = np.array([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    paired = paired_mean_difference(first, second)
    assert paired == pytest.approx((-1.58, -2.4599, -0.7001), abs=5e-5)
    assert mean_difference(first, second) == pytest.approx((-1.58, -3.3655, 0.2055), abs=5e-5)


@pytest.mark.parametrize("confidence", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("n", [2, 3, 30, 31, 32, 1005])
def test_a_paired_interval_is_as_wide_as_students_t_says(n, confidence):
    first = np.arange(n) % 7
    _, low, high = paired_mean_difference(first, np.zeros(n), confidence)
    error = first.std(ddof=1) / math.sqrt(n)
    assert high - low == pytest.approx(2 * t.ppf(0.5 + confidence / 2, n - 1) * error, rel=2e-7)


def test_the_spread_of_a_single_run_is_unknown():
    one, two = np.array([3]), np.array([1, 2])
    assert paired_mean_difference(one, one) == (0, -math.inf, math.inf)
    for first, second in ((one, two), (two, one), (one, one)):
        assert mean_difference(first, second)[1:] == (-math.inf, math.inf)


def test_means_cover_the_truth_about_95_times_in_100(seed):
    dice = np.random.default_rng(seed)
    trials, covered = 2000, np.zeros(2)
    for _ in range(trials):
        same, own = dice.normal(0, 3, 12), dice.normal(1, 1, 12)
        first, second = np.round(20 + same + own, 2), np.round(20 + same, 2)
        for which, (_, low, high) in enumerate(
            (
                paired_mean_difference(first, second),
                mean_difference(first, 20 + dice.normal(0, 1, 40)),
            )
        ):
            covered[which] += low <= 1 <= high
    print(covered / trials)
    assert covered / trials == pytest.approx(0.95, abs=4 * math.sqrt(0.95 * 0.05 / trials))


@given(st.data())
def test_swapping_the_two_negates_means(data):
    numbers = st.lists(st.integers(0, 500), min_size=2, max_size=30)
    first, second = (np.array(data.draw(numbers)) for _ in range(2))
    assert negated(mean_difference(first, second)) == pytest.approx(mean_difference(second, first))
    n = min(len(first), len(second))
    paired = paired_mean_difference(first[:n], second[:n])
    assert negated(paired) == pytest.approx(paired_mean_difference(second[:n], first[:n]))


def test_swapping_two_data_sets_negates_everything(seed):
    for number in range(seed, seed + 5):
        first, second = map(dw.simulate, changed_pair(number, 55))
        here, there = first.compare(second), second.compare(first)
        for name in DIFFERENCES:
            found = astuple(getattr(there, name))
            assert negated(astuple(getattr(here, name))) == pytest.approx(found)
        assert (here.won_only_here, here.won_only_there) == (
            there.won_only_there,
            there.won_only_here,
        )
        for name in ("paired", "outcomes_changed", "results_changed", "diverged"):
            assert getattr(here, name) == getattr(there, name)


def test_a_data_set_does_not_differ_from_itself():
    data = dw.simulate(STARTER)
    found = data.compare(data)
    assert found.never_diverged == 1
    assert (found.outcomes_changed, found.results_changed) == (0, 0)
    for name in ("survivors", "rounds", "party_hp"):
        assert astuple(getattr(found, name)) == (0, 0, 0)
    assert astuple(found.win_rate) == paired_difference(0, 0, 1005)


def test_the_counts_are_those_of_the_paired_table():
    first, second = dw.simulate(STARTER), dw.simulate(HARDER)
    found, table = first.compare(second), first.paired_with(second).to_pandas()
    won, won_there = table["outcome"].eq("win"), table["outcome_other"].eq("win")
    changed = table["outcome"].astype(str) != table["outcome_other"].astype(str)
    assert found.won_only_here == (won & ~won_there).sum() > 0
    assert found.won_only_there == (~won & won_there).sum() > 0
    assert found.outcomes_changed == changed.sum()
    assert found.results_changed == (~table["same_result"]).sum()
    assert found.diverged == table["diverged"].sum()
    assert found.never_diverged == 1 - table["diverged"].mean()
    assert found.win_rate.delta == pytest.approx(won.mean() - won_there.mean())


def test_an_unresolved_fight_that_is_lost_there_changed_its_outcome():
    short, long = (dw.simulate(STARTER.with_value("settings.max_rounds", n)) for n in (3, 50))
    found, runs = short.compare(long), short.runs["outcome"].to_pandas()
    assert found.outcomes_changed == runs.eq("unresolved").sum()
    assert found.outcomes_changed > found.won_only_there > found.won_only_here == 0


def test_means_are_those_of_the_runs():
    first, second = dw.simulate(STARTER), dw.simulate(HARDER, runs=505)
    frame = first.compare(second).to_frame()
    assert list(frame.index) == list(DIFFERENCES)
    for name in DIFFERENCES[1:]:
        mean, other = (data.runs[name].to_numpy().mean() for data in (first, second))
        assert frame.loc[name, "delta"] == pytest.approx(mean - other)


@pytest.mark.parametrize("change", [{"seed": 2}, {"runs": 505}])
def test_data_sets_with_other_dice_are_compared_by_newcombes_method(change):
    first, second = dw.simulate(STARTER), dw.simulate(HARDER, **change)
    found = first.compare(second)
    mine, other = first.analysis, second.analysis
    assert (found.paired, found.runs, found.runs_there) == (False, 1005, other.runs)
    expected = difference((mine.wins, mine.runs), (other.wins, other.runs))
    assert astuple(found.win_rate) == expected
    for name in ("won_only_here", "won_only_there", "results_changed", "never_diverged"):
        assert getattr(found, name) is None


def test_without_logs_or_without_reading_them_it_is_not_known_how_many_diverged():
    first, second = (dw.simulate(scenario, runs=105) for scenario in (STARTER, HARDER))
    found = first.compare(second, events=False)
    assert (found.diverged, found.never_diverged) == (None, None)
    assert "events" not in vars(first)
    assert found.results_changed == first.compare(second).results_changed
    many = [dw.simulate(scenario, runs=10_005) for scenario in (STARTER, HARDER)]
    assert many[0].compare(many[1]).diverged is None


@pytest.mark.slow
def test_the_same_dice_make_an_interval_narrower_on_average_where_results_are_alike(seed):
    narrower: dict[str, list[float]] = {name: [] for name in DIFFERENCES}
    for number in range(seed, seed + 40):
        tables = [dw.simulate(fight).runs for fight in changed_pair(number, 205)]
        paired, unpaired = compare_paired(*tables), compare(*tables)
        for name in DIFFERENCES:
            with np.errstate(invalid="ignore"):  # of a fight that always ends the same
                alike = np.corrcoef(*(results(table, name) for table in tables))[0, 1]
            if alike > 0.2:
                with_pairs, without = (getattr(found, name) for found in (paired, unpaired))
                narrower[name].append(
                    (with_pairs.high - with_pairs.low) / (without.high - without.low)
                )
    print({name: (len(ratios), np.mean(ratios)) for name, ratios in narrower.items()})
    for ratios in narrower.values():
        assert len(ratios) > 3
        assert np.mean(ratios) < 0.95


def results(runs: pa.Table, name: str) -> np.ndarray:
    if name == "win_rate":
        return runs["outcome"].to_pandas().eq("win").to_numpy()
    return runs[name].to_numpy()


@pytest.mark.slow
def test_paired_intervals_of_fights_cover_the_truth_about_95_times_in_100(seed):
    runs, trials = 105, 200
    many = [dw.simulate(scenario, seed=seed, runs=100_000).runs for scenario in (STARTER, HARDER)]
    truth = compare_paired(*many)
    covered = np.zeros(len(DIFFERENCES))
    for trial in range(trials):
        first, second = (
            dw.simulate(scenario, seed=seed + 1 + trial, runs=runs).runs
            for scenario in (STARTER, HARDER)
        )
        found = compare_paired(first, second)
        covered += [
            getattr(found, name).low <= getattr(truth, name).delta <= getattr(found, name).high
            for name in DIFFERENCES
        ]
    print(dict(zip(DIFFERENCES, covered / trials, strict=True)))
    assert (covered / trials > 0.95 - 4 * math.sqrt(0.95 * 0.05 / trials)).all()
