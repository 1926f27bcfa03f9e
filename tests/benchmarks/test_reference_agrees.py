"""The engine and the plain-Python simulator, written apart from the same rules, agree."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import ks_2samp

from dualslot_widgets.engine.simulate import Simulation
from dualslot_widgets.tables import SCHEMAS
from tests.benchmarks import fights, plain_python

PLAIN_RUNS = 1005
ENGINE_RUNS = 40_000
LARGEST_Z = 4.5
SMALLEST_P = 1e-5
#: How many runs of the smaller sample must be expected to show a thing, to compare its mean.
LEAST_SEEN = 5


def z_between(one: np.ndarray, other: np.ndarray) -> float:
    """The difference of two means in standard errors, both drawn from one distribution.

    Pooled, because the smaller sample may hold none of what is rare: its own variance would be 0,
    and a chance of one half a false alarm. What is rarer than that is too skewed for a z.
    """
    pooled = np.concatenate([one, other])
    if np.count_nonzero(pooled) / len(pooled) * min(len(one), len(other)) < LEAST_SEEN:
        return 0.0
    error = pooled.std() * math.sqrt(1 / len(one) + 1 / len(other))
    return 0.0 if error == 0 else float((one.mean() - other.mean()) / error)


@pytest.mark.parametrize("scenario", fights.ALL, ids=lambda scenario: scenario.name)
def test_both_simulators_agree(scenario):
    log = plain_python.simulate(scenario, PLAIN_RUNS)
    plain = dict(zip(SCHEMAS["runs"].names, zip(*log["runs"], strict=True), strict=True))
    simulation = Simulation(scenario, runs=ENGINE_RUNS, log=False)
    simulation.play_batch(ENGINE_RUNS)
    tables = simulation.tables()
    z, p = {}, {}
    for word in ("win", "loss", "unresolved"):
        found = np.array([outcome == word for outcome in plain["outcome"]])
        z[word] = z_between(found, np.array(tables["runs"]["outcome"].to_pylist()) == word)
    for column in ("survivors", "rounds", "party_hp", "monster_hp"):
        one, other = np.array(plain[column]), tables["runs"][column].to_numpy()
        z[column] = z_between(one, other)
        p[column] = ks_2samp(one, other).pvalue
    for column in ("damage_dealt", "healing_done"):
        place = SCHEMAS["combatants"].names.index(column)
        one = np.array([row[place] for row in log["combatants"]]).reshape(PLAIN_RUNS, -1)
        other = tables["combatants"][column].to_numpy().reshape(ENGINE_RUNS, -1)
        for number in range(one.shape[1]):
            z[f"{column} of {number}"] = z_between(one[:, number], other[:, number])
    worst = max(z, key=lambda name: abs(z[name]))
    print(f"{scenario.name}: largest z {z[worst]:+.2f} ({worst}), smallest p {min(p.values()):.4f}")
    assert abs(z[worst]) < LARGEST_Z
    assert min(p.values()) > SMALLEST_P


def test_the_plain_log_has_the_columns_of_the_tables():
    log = plain_python.simulate(fights.STARTER, 3)
    assert {name: {len(row) for row in rows} for name, rows in log.items()} == {
        name: {len(schema)} for name, schema in SCHEMAS.items()
    }
