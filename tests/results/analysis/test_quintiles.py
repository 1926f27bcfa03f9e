"""Quintiles are cut from sorted runs, and each is represented by its exact median run."""

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.results.analysis.quintiles import QUINTILES, QuintileAnalysis, analyse
from dualslot_widgets.tables import COMBATANTS, RUNS


def tables(scores: list[int]) -> tuple[pa.Table, pa.Table]:
    """Return runs with these scores; whoever scores has won."""
    n = len(scores)
    runs = {
        "run": range(n),
        "outcome": pa.array(["win" if s > 0 else "loss" for s in scores]),
        "score": scores,
        "survivors": [int(s > 0) for s in scores],
        "encounter": [1] * n,
        "rounds": [3] * n,
        "party_hp": [max(s - 10_000, 0) for s in scores],
        "monster_hp": [max(-s, 0) for s in scores],
    }
    people: dict[str, list[Any]] = {name: [] for name in COMBATANTS.names}
    for run, score in enumerate(scores):
        for number, (name, side) in enumerate((("Hero", "party"), ("Ogre", "monsters"))):
            up = (score > 0) == (side == "party")
            final = abs(score) % 10_000 if up else 0
            row = (run, number, name, side, 100, final, "up" if up else "dead", 0, 0, 0, 0, 1, 2)
            for column, value in zip(COMBATANTS.names, row, strict=True):
                people[column].append(value)
    return _cast(runs, RUNS), _cast(people, COMBATANTS)


def _cast(columns: dict[str, Any], schema: pa.Schema) -> pa.Table:
    arrays = []
    for field in schema:
        array = pa.array(columns[field.name])
        if pa.types.is_dictionary(field.type):
            array = array.dictionary_encode()
        arrays.append(array.cast(field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


def test_the_order_of_the_runs_does_not_matter() -> None:
    scores = [10_001 + k for k in range(1005)]
    shuffled = np.random.default_rng(1).permutation(scores).tolist()
    found = analyse(*tables(shuffled)).quintiles
    assert [block.score for block in found] == [10_101, 10_302, 10_503, 10_704, 10_905]
    assert [shuffled[block.run] for block in found] == [block.score for block in found]


def test_ties_go_to_the_lower_run_number() -> None:
    assert [block.run for block in analyse(*tables([10_005] * 15)).quintiles] == [1, 4, 7, 10, 13]


def test_another_number_of_runs_takes_the_lower_median() -> None:
    found = analyse(*tables([10_001 + k for k in range(20)])).quintiles
    assert [(block.first, block.last, block.run) for block in found] == [
        (1, 4, 1),
        (5, 8, 5),
        (9, 12, 9),
        (13, 16, 13),
        (17, 20, 17),
    ]


def test_a_fight_that_is_nearly_always_won_is_not_graded_as_broken() -> None:
    # 24 losses first, then 981 wins: unsorted blocks would put the losses into Disaster and the
    # wins anywhere; the median of the worst block is a win.
    found = analyse(*tables([-50] * 24 + [10_060] * 981))
    assert found.win_rate == pytest.approx(0.976, abs=5e-4)
    assert (found.grade, found.label) == ("A", "Tactical grinder")


@given(st.lists(st.integers(10_001, 10_090) | st.integers(-90, -1), min_size=1, max_size=60))
def test_five_blocks_cover_every_run_once_and_get_better(scores: list[int]) -> None:
    found = analyse(*tables(scores))
    assert tuple(block.name for block in found.quintiles) == QUINTILES
    covered = [rank for b in found.quintiles for rank in range(b.first, b.last + 1)]
    assert covered == list(range(1, len(scores) + 1))
    ranks = [block.score for block in found.quintiles]
    assert ranks == sorted(ranks)
    assert found.wins + found.losses + found.unresolved == found.runs == len(scores)
    assert QuintileAnalysis.from_dict(json.loads(json.dumps(found.to_dict()))) == found


@pytest.mark.parametrize("value", [{}, {"quintiles": 3}, {"quintiles": [], "suggestions": []}, []])
def test_a_foreign_object_is_no_analysis(value: Any) -> None:
    with pytest.raises(DualSlotError):
        QuintileAnalysis.from_dict(value)


def test_no_runs_cannot_be_analysed() -> None:
    with pytest.raises(DualSlotError, match="no runs"):
        analyse(RUNS.empty_table(), COMBATANTS.empty_table())
