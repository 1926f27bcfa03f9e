"""So many runs show a difference as often as is said."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from dualslot_widgets.results.analysis.intervals import difference, paired_difference
from dualslot_widgets.results.analysis.sample_size import runs_to_see, runs_to_see_paired

TRIALS = 400
#: Three standard errors of a share of 0.8 among the trials.
SLACK = 3 * (0.8 * 0.2 / TRIALS) ** 0.5


@pytest.mark.parametrize("discordant", [30, 100, 400])
def test_that_many_pairs_show_one_point_in_four_of_five_comparisons(discordant):
    runs, share = runs_to_see_paired(discordant, 1005), discordant / 1005
    dice = np.random.default_rng(1)
    found = dice.multinomial(runs, [(share + 0.01) / 2, (share - 0.01) / 2, 1 - share], TRIALS)
    seen = [paired_difference(int(a), int(b), runs)[1] > 0 for a, b, _ in found]
    assert np.mean(seen) == pytest.approx(0.8, abs=SLACK)


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.9])
def test_that_many_runs_with_other_dice_show_one_point_in_four_of_five_comparisons(rate):
    runs = runs_to_see(int(1000 * rate), 1000)
    dice = np.random.default_rng(2)
    first, second = (dice.binomial(runs, rate + half, TRIALS) for half in (0.005, -0.005))
    seen = [
        difference((int(a), runs), (int(b), runs))[1] > 0
        for a, b in zip(first, second, strict=True)
    ]
    assert np.mean(seen) == pytest.approx(0.8, abs=SLACK)


@given(st.integers(0, 1005), st.floats(0.001, 0.2))
def test_more_pairs_that_differ_and_smaller_differences_take_more_runs(discordant, wanted):
    runs = runs_to_see_paired(discordant, 1005, wanted)
    assert runs >= 1
    assert runs_to_see_paired(min(discordant + 50, 1005), 1005, wanted) >= runs
    assert runs_to_see_paired(discordant, 1005, wanted / 2) > runs


@given(st.integers(0, 1000))
def test_wins_and_losses_are_alike(wins):
    assert runs_to_see(wins, 1000) == pytest.approx(runs_to_see(1000 - wins, 1000), abs=1)
