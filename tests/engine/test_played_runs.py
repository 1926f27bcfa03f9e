"""What the engine gives out: plain arrays, which follow from scenario, seed and number alone."""

from __future__ import annotations

import numpy as np

from dualslot_widgets.engine.encoded.codes import R_ROUNDS
from dualslot_widgets.engine.simulation import Simulation
from dualslot_widgets.scenario.scenario import Scenario
from tests.results.same_results import scenarios

DAY = Scenario.from_dict(scenarios()[18])
ARRAYS = ("results", "finals", "rounds", "events")


def test_runs_are_the_same_arrays_whatever_was_played_before():
    alone = Simulation(DAY, first_run=40, runs=7, log=True)
    alone.play_batch()
    mine = alone.take()
    busy = Simulation(DAY, log=True)
    busy.play_batch()
    busy.take()
    its = busy.play_runs(40, 7)
    assert mine.first_run == its.first_run == 40
    for name in ARRAYS:
        found, again = getattr(mine, name), getattr(its, name)
        assert found.dtype == np.int32
        assert np.array_equal(found, again)


def test_rounds_and_runs_count_the_same():
    played = Simulation(DAY, log=True).play_runs(0, 20)
    assert played.results.shape[1] == 20
    assert played.rounds.shape[1] == played.results[R_ROUNDS].sum()
    assert played.finals.shape[1] % 20 == 0
