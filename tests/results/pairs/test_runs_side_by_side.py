"""Two data sets side by side: the same runs, what both came to, and what is not known."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.tables import PAIRED, RESULTS

STARTER = dw.starter_scenario().with_value("settings.runs", 205)
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 15)


@pytest.fixture(scope="module")
def both() -> tuple[dw.SimulationDataSet, dw.SimulationDataSet]:
    return dw.simulate(STARTER), dw.simulate(HARDER)


@pytest.fixture(scope="module")
def pairs(both) -> pd.DataFrame:
    return both[0].paired_with(both[1]).to_pandas()


def test_it_has_narrow_columns_and_a_row_a_run(both):
    table = both[0].paired_with(both[1])
    assert table.schema.equals(PAIRED)
    assert table["run"].to_pylist() == list(range(205))
    assert not {pa.int64(), pa.string(), pa.float64()} & set(table.schema.types)


@pytest.mark.parametrize("name", RESULTS)
def test_it_has_the_results_of_both(both, pairs, name):
    assert list(pairs[name]) == both[0].runs[name].to_pylist()
    assert list(pairs[f"{name}_other"]) == both[1].runs[name].to_pylist()


def test_runs_that_end_differently_are_those_of_which_a_result_differs(pairs):
    differs = [
        any(row[name] != row[f"{name}_other"] for name in RESULTS)
        for row in pairs.to_dict("records")
    ]
    assert list(~pairs["same_result"]) == differs
    assert 0 < sum(differs) < 205


def test_where_only_armor_changed_every_run_that_ends_differently_went_differently(pairs):
    assert not (~pairs["same_result"] & ~pairs["diverged"]).any()


def test_where_it_went_differently_is_null_exactly_where_it_did_not(pairs):
    for name in ("diverged_at", "diverged_encounter", "diverged_round"):
        assert list(pairs[name].notna()) == list(pairs["diverged"])


def test_the_replays_of_a_run_agree_up_to_where_it_diverged(both, pairs):
    row = pairs[pairs["diverged"]].iloc[0]
    at = int(row["diverged_at"])
    mine, other = (data.replay(int(row["run"])).events.to_pylist() for data in both)
    assert mine[:at] == other[:at]
    assert mine[at] != other[at]
    assert mine[at]["round"] == row["diverged_round"]


def test_without_logs_it_is_not_known_whether_runs_diverged_but_how_they_ended_is():
    many = [s.with_value("settings.runs", 10_005) for s in (STARTER, HARDER)]
    first, second = map(dw.simulate, many)
    assert first.events.num_rows == 0
    table = first.paired_with(second)
    for name in ("diverged", "diverged_at", "diverged_encounter", "diverged_round"):
        assert table[name].null_count == 10_005
    few = [dw.simulate(s, runs=105) for s in (STARTER, HARDER)]
    logged = few[0].paired_with(few[1])
    assert table["same_result"].to_pylist()[:105] == logged["same_result"].to_pylist()


def test_a_data_set_beside_itself_is_the_same_in_every_run(both):
    pairs = both[0].paired_with(both[0]).to_pandas()
    assert not pairs["diverged"].any()
    assert pairs["same_result"].all()


def test_stored_data_sets_give_the_same_table(both, tmp_path):
    storage = dw.SimulationStorage(tmp_path)
    for data in both:
        storage.store_simulation(data)
    first, second = storage.slots
    assert first.paired_with(second).equals(both[0].paired_with(both[1]))


@pytest.mark.parametrize("change", [{"seed": 2}, {"runs": 105}])
def test_runs_with_other_dice_are_refused_with_a_remedy_that_helps(both, change):
    other = dw.simulate(HARDER, **change)
    assert not both[0].shares_dice_with(other)
    with pytest.raises(dw.DualSlotError, match=r"simulate\(other\.scenario, seed=1, runs=205\)"):
        both[0].paired_with(other)
    assert both[0].paired_with(dw.simulate(other.scenario, seed=1, runs=205)).num_rows == 205
