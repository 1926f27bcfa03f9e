"""The strip is the runs of its data set, worst first: all of them, or evenly spaced ones."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pytest

from dualslot_widgets.results.analysis.quintiles import QUINTILES
from dualslot_widgets.results.analysis.score import SURVIVOR_POINTS
from dualslot_widgets.tables import RUNS
from dualslot_widgets.widgets.parts.timelines.quintile_timelines import QuintileTimelines
from dualslot_widgets.widgets.parts.timelines.strip_view import STRIP_RUNS, Strips, strip_view
from dualslot_widgets.widgets.parts.timelines.timelines_part import RANKING
from tests.widgets.data_sets import played, stored, unreadable

#: The contract: previews come twenty times a second.
STRIP_BYTES = 22_000


def ranked(data):
    """All runs as rows, worst first, by Python's own sorting."""
    return sorted(data.runs.to_pylist(), key=lambda row: (row["score"], row["run"]))


@pytest.mark.parametrize("runs", [1, 2, 3, 5, 104, 1005])
def test_all_runs_stand_in_the_order_of_their_scores(runs):
    data = played(losses=runs // 3, unresolved=runs // 5, runs=runs)
    strip, rows = strip_view(data.runs, "slot 0", 7), ranked(data)
    assert strip["runs"] == [row["run"] for row in rows]
    assert strip["outcomes"] == "".join(row["outcome"][0] for row in rows)
    for name in ("survivors", "rounds", "party_hp", "monster_hp"):
        assert strip[name] == [row[name] for row in rows]
    assert (strip["place"], strip["generation"], strip["total"]) == ("slot 0", 7, runs)


@pytest.mark.parametrize("runs", [1006, 10_050, 99_999])
def test_of_more_runs_real_ones_are_shown_evenly_spaced(runs):
    data = played(losses=runs // 3, unresolved=runs // 5, runs=runs)
    strip, rows = strip_view(data.runs, "slot 0", 7), ranked(data)
    n = len(strip["runs"])
    assert n == STRIP_RUNS
    ranks = [(2 * i + 1) * runs // (2 * n) for i in range(n)]
    assert strip["runs"] == [rows[rank]["run"] for rank in ranks]
    assert set(np.diff(ranks)) <= {runs // n, runs // n + 1}


@pytest.mark.parametrize("runs", [1, 3, 5, 104, 1005, 10_050])
def test_its_blocks_are_the_quintiles(runs):
    data = played(runs=runs, losses=0)
    strip = strip_view(data.runs, "", 0)
    n = len(strip["runs"])
    ranks = [(2 * i + 1) * runs // (2 * n) + 1 for i in range(n)]
    assert len(strip["blocks"]) == len(QUINTILES)
    for first, end, block in zip(
        strip["blocks"], [*strip["blocks"][1:], n], data.analysis.quintiles, strict=True
    ):
        assert all(block.first <= rank <= block.last for rank in ranks[first:end])


def test_equal_scores_stand_in_the_order_of_their_numbers():
    runs = played(runs=20, losses=0).runs
    score = RUNS.field("score")
    same = runs.set_column(RUNS.get_field_index("score"), score, pa.array([7] * 20, score.type))
    assert strip_view(same, "", 0)["runs"] == list(range(20))


def test_it_is_small_enough_for_a_dragged_slider():
    strip = strip_view(played(losses=300, unresolved=20).runs, "preview", 0)
    assert len(json.dumps(strip)) < STRIP_BYTES


def test_it_is_made_once_a_data_set_and_keeps_no_table_in_memory():
    data, strips = stored(0, 7), Strips()
    first = strips.get(data, "slot 0")
    assert strips.get(data, "slot 0") is first
    assert "runs" not in vars(data)


def test_a_slot_whose_runs_are_damaged_has_none():
    strips = Strips()
    assert strips.get(unreadable(0, 7), "slot 0") is None


def test_the_timelines_of_two_data_sets_have_the_strips_of_both():
    data = played()
    shown = QuintileTimelines(data)
    assert shown.slot_strips[0] == strip_view(data.runs, "in memory", 0)
    assert shown.slot_strips[1] is None
    assert shown.preview_strip is None
    shown.close()


def test_what_is_said_of_ranking_is_what_a_run_scores():
    assert f"{SURVIVOR_POINTS:,} for each character standing" in RANKING
    assert "five equal blocks" in RANKING
    assert len(QUINTILES) == 5
