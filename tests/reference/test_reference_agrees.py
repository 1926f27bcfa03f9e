"""The engine and the plain-Python simulator, written apart from the same rules, agree."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import ks_2samp

from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import SCHEMAS
from tests.reference import fights, plain_python
from tests.reference.random_fights import random_fight

PLAIN_RUNS = 1005
ENGINE_RUNS = 20_000
#: Their numbers. The agreement of many fights is tried by giving others.
RANDOM_FIGHTS = range(24)
PLAIN_RUNS_OF_A_RANDOM_FIGHT = 250
LARGEST_Z = 4.5
SMALLEST_P = 1e-5
#: How many values of the smaller sample must be expected to differ from the most common one.
LEAST_SEEN = 10


def z_between(one: np.ndarray, other: np.ndarray) -> float:
    """The difference of two means in standard errors, both drawn from one distribution.

    Pooled, because the smaller sample may hold none of what is rare: its own variance would be 0,
    and a chance of one half a false alarm. Where nearly all values are the same, the mean hangs
    on the few others and is too skewed for a z.
    """
    pooled = np.concatenate([one, other])
    most = np.unique(pooled, return_counts=True)[1].max()
    if (1 - most / len(pooled)) * min(len(one), len(other)) < LEAST_SEEN:
        return 0.0
    error = pooled.std() * math.sqrt(1 / len(one) + 1 / len(other))
    return 0.0 if error == 0 else float((one.mean() - other.mean()) / error)


def compare(scenario: Scenario, plain_runs: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return z of every mean, and p of every distribution, by what is compared."""
    log = plain_python.simulate(scenario, plain_runs)
    plain = dict(zip(SCHEMAS["runs"].names, zip(*log["runs"], strict=True), strict=True))
    simulation = TableSimulation(scenario, runs=ENGINE_RUNS, log=False)
    simulation.play_batch(ENGINE_RUNS)
    tables = simulation.take_tables()
    z, p = {}, {}
    outcomes = np.array(tables["runs"]["outcome"].to_pylist())
    for word in ("win", "loss", "unresolved"):
        z[word] = z_between(np.array(plain["outcome"]) == word, outcomes == word)
    for column in ("survivors", "rounds", "party_hp", "monster_hp"):
        one, other = np.array(plain[column]), tables["runs"][column].to_numpy()
        z[column] = z_between(one, other)
        p[column] = ks_2samp(one, other).pvalue
    for column in ("damage_dealt", "damage_taken", "healing_done", "healing_received"):
        place = SCHEMAS["combatants"].names.index(column)
        one = np.array([row[place] for row in log["combatants"]]).reshape(plain_runs, -1)
        other = tables["combatants"][column].to_numpy().reshape(ENGINE_RUNS, -1)
        for number in range(one.shape[1]):
            z[f"{column} of {number}"] = z_between(one[:, number], other[:, number])
    return z, p


@pytest.mark.parametrize("scenario", fights.ALL, ids=lambda scenario: scenario.name)
def test_both_simulators_agree(scenario):
    z, p = compare(scenario, PLAIN_RUNS)
    worst = max(z, key=lambda name: abs(z[name]))
    print(f"{scenario.name}: largest z {z[worst]:+.2f} ({worst}), smallest p {min(p.values()):.4f}")
    assert abs(z[worst]) < LARGEST_Z
    assert min(p.values()) > SMALLEST_P


def test_both_simulators_agree_on_fights_at_random():
    z, p = {}, {}
    for number in RANDOM_FIGHTS:
        found = compare(random_fight(number), PLAIN_RUNS_OF_A_RANDOM_FIGHT)
        for all_found, of_this in zip((z, p), found, strict=True):
            all_found |= {f"fight {number}, {name}": value for name, value in of_this.items()}
    worst = max(z, key=lambda name: abs(z[name]))
    least = min(p, key=p.__getitem__)
    print(
        f"{len(RANDOM_FIGHTS)} random fights: largest of {len(z)} z {z[worst]:+.2f} ({worst}), "
        f"smallest p {p[least]:.5f} ({least})"
    )
    assert abs(z[worst]) < LARGEST_Z
    assert p[least] > SMALLEST_P


def test_the_plain_log_has_the_columns_of_the_tables():
    log = plain_python.simulate(fights.STARTER, 3)
    assert {name: {len(row) for row in rows} for name, rows in log.items()} == {
        name: {len(schema)} for name, schema in SCHEMAS.items()
    }
