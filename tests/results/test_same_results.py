"""What a scenario gives does not change by one bit unless its rules do."""

from __future__ import annotations

import json

import pytest

from tests.results.same_results import HASHES, results, scenarios

GIVEN = scenarios()
RIGHT = json.loads(HASHES.read_text(encoding="utf-8"))


def test_there_are_thirty_scenarios():
    assert len(GIVEN) == len(RIGHT) == 30


@pytest.mark.parametrize("index", range(len(GIVEN)), ids=lambda index: GIVEN[index]["name"])
def test_a_scenario_gives_what_it_gave(index):
    assert results(GIVEN[index], GIVEN[index - 1]) == RIGHT[index]
