"""How two results stand to each other: by pairs where the dice are the same, read once a pair."""

from __future__ import annotations

import gc
import weakref
from collections import Counter

import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.results.analysis.intervals import difference
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.pairs.comparison import Difference
from dualslot_widgets.results.pairs.comparison_cache import Comparisons, Versus
from dualslot_widgets.results.table_source import TablesInMemory, TableSource
from tests.widgets.data_sets import played, stored, unreadable

STARTER = dw.starter_scenario()
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 17)


class Counted(TableSource):
    """A source that counts which tables were asked for, and of which the runs may be damaged."""

    def __init__(self, data: SimulationDataSet, *, damaged: bool = False) -> None:
        self.inside, self.damaged = data.source, damaged
        self.asked: Counter[str] = Counter()

    def table(self, name: str) -> pa.Table:
        self.asked[name] += 1
        if self.damaged:
            raise DamagedSlotError("runs.arrow does not have the bytes that were stored")
        return self.inside.table(name)


def counted(scenario: dw.Scenario, **options: bool) -> SimulationDataSet:
    """A data set whose analysis is known, as that of a slot is."""
    data = dw.simulate(scenario)
    return SimulationDataSet(scenario, Counted(data, **options), analysis=data.analysis)


def test_with_the_same_dice_it_is_the_paired_comparison():
    data, other = dw.simulate(HARDER), dw.simulate(STARTER)
    found = data.compare(other, events=False)
    assert Comparisons().versus(data, other) == Versus(found.win_rate, found)


def test_from_the_other_side_it_is_the_opposite():
    comparisons = Comparisons()
    data, other = dw.simulate(HARDER), dw.simulate(STARTER)
    comparisons.versus(data, other)
    assert comparisons.versus(other, data) == Comparisons().versus(other, data)
    assert comparisons.versus(other, data).win_rate.delta > 0


@pytest.mark.parametrize("change", [{"seed": 2}, {"runs": 505}])
def test_with_other_dice_it_is_the_difference_of_two_independent_shares(change):
    data, other = dw.simulate(STARTER), dw.simulate(HARDER, **change)
    mine, its = data.analysis, other.analysis
    expected = Difference(*difference((mine.wins, mine.runs), (its.wins, its.runs)))
    assert Comparisons().versus(data, other) == Versus(expected, None)
    assert expected.delta == data.compare(other).win_rate.delta


def test_nothing_but_the_runs_is_read_and_only_once_however_often_it_is_drawn():
    comparisons = Comparisons()
    data, other = counted(STARTER), counted(HARDER)
    for _ in range(3):
        comparisons.versus(data, other)
        comparisons.versus(other, data)
    assert data.source.asked == other.source.asked == {"runs": 1}
    assert "runs" not in vars(data)


def test_a_new_generation_is_compared_anew():
    comparisons, other = Comparisons(), played()
    first = comparisons.versus(stored(0, 1, losses=100), other)
    second = comparisons.versus(stored(0, 2, losses=200), other)
    assert second.win_rate.delta < first.win_rate.delta < 0


def test_results_that_are_gone_are_forgotten():
    comparisons, shown = Comparisons(), played()
    gone = played(losses=10)
    comparisons.versus(gone, shown)
    seen = weakref.ref(gone)
    del gone
    gc.collect()
    assert seen() is None


def test_a_slot_of_which_the_runs_are_damaged_is_compared_by_its_analysis():
    data, other = counted(STARTER, damaged=True), counted(HARDER)
    mine, its = data.analysis, other.analysis
    found = Comparisons().versus(data, other)
    assert found.paired is None
    assert found.win_rate.low == difference((mine.wins, mine.runs), (its.wins, its.runs))[1]


def test_nothing_is_compared_with_what_is_not_there_or_cannot_be_read():
    comparisons, data = Comparisons(), played()
    for other in (None, unreadable(0, 1)):
        assert comparisons.versus(data, other) is None
        assert comparisons.versus(other, data) is None


def test_a_result_of_which_only_the_runs_are_in_memory_is_compared_by_pairs():
    runs = TablesInMemory({"runs": played().runs})
    preview = SimulationDataSet(STARTER, runs, analysis=played().analysis)
    assert Comparisons().versus(preview, played(losses=90)).paired.won_only_here == 6


def test_a_result_with_fewer_runs_than_its_scenario_says_is_not_compared_by_pairs():
    # As a file that somebody made up and that was imported may have.
    made_up = played(runs=7, losses=3)
    assert made_up.scenario.settings.runs == played().scenario.settings.runs
    assert Comparisons().versus(made_up, played()).paired is None


def test_what_follows_from_a_comparison_is_derived_once_for_each_key():
    comparisons, derived = Comparisons(), []
    data, other = counted(STARTER), counted(HARDER)
    for key in ("slot 0", "slot 0", "the preview"):
        found = comparisons.derived(data, other, key, lambda each: derived.append(each) or each)
        assert found is comparisons.comparison(data, other)
    assert len(derived) == 2
    assert data.source.asked == {"runs": 1}
