"""How two results stand to each other, as the browser is given it."""

from __future__ import annotations

import dualslot_widgets as dw
from dualslot_widgets.results.pairs.comparison_cache import Comparisons
from dualslot_widgets.widgets.parts.compare.versus_view import versus_view
from tests.widgets.data_sets import played

STARTER = dw.starter_scenario()


def test_with_the_same_dice_it_counts_the_pairs():
    data = dw.simulate(STARTER.with_value("encounters[0].monsters[1].armor_class", 17))
    other = dw.simulate(STARTER)
    found, view = data.compare(other), versus_view(Comparisons().versus(data, other))
    rate = found.win_rate
    assert (view["delta"], view["low"], view["high"]) == (rate.delta, rate.low, rate.high)
    assert view["same_dice"] == {
        "runs": 1005,
        "ended_differently": found.results_changed,
        "won_only_here": found.won_only_here,
        "won_only_there": found.won_only_there,
    }


def test_with_other_dice_it_counts_none_and_without_another_result_there_is_none():
    data, other = played(), played(runs=7, losses=3)
    assert versus_view(Comparisons().versus(data, other))["same_dice"] is None
    assert versus_view(Comparisons().versus(data, None)) is None
