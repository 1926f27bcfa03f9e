"""The engine against the exact solver, and the solver against duels that a hand can solve."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binomtest, chi2, norm

from dualslot_widgets.engine.simulate import Simulation
from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.exact_duel import attack, d20, player_goes_first, solve
from tests.engine.random_duels import random_duel

DUELS = 36
RUNS = 200_000
#: P(|z| >= 4.5) is 7e-6. The duels are always the same ones, so the verdict never flickers.
LARGEST_Z = 4.5
SMALLEST_P = 1e-6
#: Bins of a chi-square test are merged until each expects at least this many runs; what is rarer
#: than that has no normal mean either.
FULL_BIN = 20


def z_of_share(found: int, share: float) -> float:
    """The z that is as unlikely as the count, by the exact binomial distribution."""
    p = binomtest(found, RUNS, min(max(share, 0.0), 1.0)).pvalue
    return float(norm.isf(p / 2))


def z_of_mean(found: np.ndarray, exact: np.ndarray) -> float:
    values = np.arange(len(exact))
    mean = exact @ values
    usual = int(exact.argmax())
    if (1 - exact[usual]) * len(found) < FULL_BIN:
        return z_of_share(int((found == usual).sum()), exact[usual])
    variance = exact @ (values - mean) ** 2
    return float((found.mean() - mean) / math.sqrt(variance / len(found)))


def p_of_distribution(found: np.ndarray, exact: np.ndarray) -> float:
    """Chi-square over bins that are merged from the left until each is full."""
    counts = np.bincount(found, minlength=len(exact))
    assert len(counts) == len(exact)
    assert not counts[exact == 0].any()  # what cannot happen did not
    expected, observed, bins = 0.0, 0, []
    for share, count in zip(exact, counts, strict=True):
        expected += share * len(found)
        observed += count
        if expected >= FULL_BIN:
            bins.append((expected, observed))
            expected, observed = 0.0, 0
    bins[-1] = (bins[-1][0] + expected, bins[-1][1] + observed)
    distance = sum((count - mean) ** 2 / mean for mean, count in bins)
    return float(chi2.sf(distance, len(bins) - 1)) if len(bins) > 1 else 1.0


@pytest.mark.slow
@pytest.mark.parametrize("number", range(DUELS))
def test_the_engine_agrees_with_the_exact_duel(number):
    scenario = random_duel(number, RUNS)
    exact = solve(scenario)
    simulation = Simulation(scenario, log=False)
    simulation.play_batch(RUNS)
    runs = simulation.take_tables()["runs"]
    outcomes = np.array(runs["outcome"].to_pylist())
    z = {
        word: z_of_share(int((outcomes == word).sum()), getattr(exact, word))
        for word in ("win", "loss", "unresolved")
    }
    p = {}
    for column in ("rounds", "party_hp", "monster_hp"):
        found, distribution = runs[column].to_numpy(), getattr(exact, column)
        z[column] = z_of_mean(found, distribution)
        p[column] = p_of_distribution(found, distribution)
    told = ", ".join(f"{name} z {value:+.2f}" for name, value in z.items())
    print(f"duel {number}: won {exact.win:.4f}, {told}, smallest p {min(p.values()):.3f}")
    assert max(map(abs, z.values())) < LARGEST_Z
    assert min(p.values()) > SMALLEST_P


def duel(player: dict, monster: dict, max_rounds: int = 50) -> Scenario:
    def fighter(given: dict) -> dict:
        blow = {"type": "attack", "name": "Blow", "attack_bonus": 0, "damage": "1"} | given
        body = {k: blow.pop(k) for k in ("max_hp", "armor_class") if k in blow}
        bonus = blow.pop("initiative_bonus", 0)
        return {"name": "X", "initiative_bonus": bonus, "actions": [blow], **body}

    return Scenario.from_dict(
        {
            "name": "by hand",
            "players": [fighter(player)],
            "encounters": [{"monsters": [fighter(monster)]}],
            "settings": {"max_rounds": max_rounds},
        }
    )


def test_the_solver_on_who_strikes_first():
    """Both hit with 19 of 20 faces and fall at the first hit; equal bonuses, so a fair start."""
    one = {"max_hp": 1, "armor_class": 1, "attack_bonus": 5}
    exact = solve(duel(one, one))
    assert exact.win == pytest.approx(0.5)
    hit, miss = 0.95, 0.05
    assert exact.rounds[1] == pytest.approx(hit + miss * hit)
    assert exact.unresolved == pytest.approx(miss**100)


def test_the_solver_on_a_cap_of_rounds():
    sure = {"max_hp": 1, "armor_class": 1, "attack_bonus": 5, "initiative_bonus": 30}
    weak = {"max_hp": 2, "armor_class": 1, "attack_bonus": -50}  # hits with 20 only
    exact = solve(duel(sure, weak, max_rounds=1))
    assert exact.win == pytest.approx(0)  # even a critical hit does 1 damage: there is no die
    assert exact.loss == pytest.approx(0.05)
    assert exact.unresolved == pytest.approx(0.95)


def test_the_solver_on_initiative():
    assert player_goes_first(0, 0) == pytest.approx(0.5)
    assert float(player_goes_first(1, 0)) == pytest.approx(229 / 400)  # 210 + 19
    assert player_goes_first(20, 0) == 1


def test_the_solver_on_advantage():
    assert d20(True, True) == [1 / 20] * 20
    assert sum(d20(True, False)) == pytest.approx(1)
    assert d20(True, False)[19] == pytest.approx(1 - 0.95**2)
    assert d20(False, True)[19] == pytest.approx(0.05**2)


def test_the_solver_on_one_attack():
    """1d2 against 3 hit points, hit from 11: 9 plain faces and one critical, which rolls 2d2."""
    scenario = duel(
        {"max_hp": 1, "armor_class": 1, "damage": "1d2"}, {"max_hp": 3, "armor_class": 11}
    )
    monster = scenario.encounters[0].monsters[0]
    after = attack(scenario.players[0].actions[0], monster)[3]
    assert after == pytest.approx(
        np.array([0.05 * 0.75, 0.45 * 0.5 + 0.05 * 0.25, 0.45 * 0.5, 0.5])
    )
