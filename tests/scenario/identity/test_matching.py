"""The best pairing of two lists is the best one, and after most edits scipy is not needed."""

from __future__ import annotations

import subprocess
import sys
from random import Random

import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy.optimize import linear_sum_assignment

from dualslot_widgets.scenario.identity.matching import _best_columns, match

EDIT = """import sys
import dualslot_widgets as dw
scenario = dw.starter_scenario()
edited = scenario.with_value("encounters[0].monsters[1].armor_class", 17)
scenario.parameters.similarity(edited.parameters)
scenario.parameters.differences(edited.parameters)
print("scipy" in sys.modules)
"""


def least(costs):
    """Return what the best assignment costs by scipy."""
    matrix = np.array(costs)
    return matrix[linear_sum_assignment(matrix)].sum()


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.lists(
            st.lists(st.sampled_from([0, 0.001, 0.5, 1, 2, 7.25]), min_size=n, max_size=n),
            min_size=n,
            max_size=n,
        )
    )
)
def test_the_best_columns_cost_what_scipy_says(costs):
    columns = _best_columns(costs)
    assert sorted(columns) == list(range(len(costs)))
    total = sum(costs[row][column] for row, column in enumerate(columns))
    assert total == pytest.approx(least(costs), abs=1e-9)


def test_an_edit_among_many_creatures_is_matched_as_scipy_does_it(seed):
    random = Random(seed)
    for size in range(2, 30):
        costs = [[1 + random.random() for _ in range(size)] for _ in range(size)]
        for row in range(size):
            costs[row][row] = random.random() * 3 / size
        assert sum(costs[r][c] for r, c in enumerate(_best_columns(costs))) == pytest.approx(
            least(costs)
        )


def test_entries_that_changed_places_are_found_and_what_is_left_over_is_told():
    found = match([1, 5, 9], [9, 1], lambda a, b: abs(a - b), lambda entry: 3)
    assert found.pairs == ((0, 1), (2, 0))
    assert (found.removed, found.added) == ((1,), ())


@pytest.mark.slow
def test_a_first_edit_does_not_wait_for_scipy():
    done = subprocess.run([sys.executable, "-c", EDIT], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
