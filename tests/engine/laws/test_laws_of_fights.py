"""Laws of fights: more is not worse, sides mirror, the order of listing decides nothing.

The seed policy of the first: both scenarios have the same seed, so run i of both starts with the
same dice and they part where the change first matters. Such pairs are dependent, which makes their
difference narrower, never wrong: its standard error is taken from the paired differences.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.engine.simulate import Simulation
from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.random_duels import KINDS, random_duel
from tests.engine.tables_of import attack, creature, save, z
from tests.reference import fights

LARGEST_Z = 4.5
RUNS = 4000


def wins(scenario: Scenario, runs: int = RUNS) -> np.ndarray:
    simulation = Simulation(scenario, runs=runs, log=False)
    simulation.play_batch(runs)
    return np.array(simulation.take_tables()["runs"]["outcome"].to_pylist()) == "win"


@settings(max_examples=settings.default.max_examples // 4)
@given(
    number=st.integers(0, 10**6),
    key=st.sampled_from(("max_hp", "armor_class")),
    more=st.integers(1, 6),
)
def test_more_hit_points_or_armor_never_lower_the_win_rate(number, key, more):
    """In a duel nobody chooses: with each pair of hit points the chances are no worse.

    Armor turns hits into misses and never the other way; hit points are lost as before, from more.
    """
    before = random_duel(number, RUNS)
    path = f"players[0].{key}"
    after = before.with_value(path, getattr(before.players[0], key) + more)
    difference = wins(after).astype(float) - wins(before)
    error = difference.std() / RUNS**0.5
    print(f"duel {number}, {key} +{more}: {difference.mean():+.4f} +- {error:.4f}")
    assert difference.mean() > -LARGEST_Z * error - 1e-12


@pytest.mark.parametrize("scenario", fights.ALL, ids=lambda s: s.name)
@pytest.mark.parametrize("key", ["max_hp", "armor_class"])
def test_a_whole_party_that_is_better_off_wins_no_less(scenario, key):
    content = scenario.to_dict()
    for player in content["players"]:
        player[key] += 3
    difference = wins(Scenario.from_dict(content)).astype(float) - wins(scenario)
    error = difference.std() / RUNS**0.5
    assert difference.mean() > -LARGEST_Z * error - 1e-12


def mirrored(scenario: Scenario) -> Scenario:
    content = scenario.to_dict()
    (encounter,) = content["encounters"]
    players, monsters = encounter["monsters"], content["players"]
    return Scenario.from_dict(
        content | {"players": players, "encounters": [{"monsters": monsters}]}
    )


@pytest.mark.parametrize("number", range(12))
def test_swapping_sides_mirrors_a_duel(number):
    """Of one against one: there nobody rolls death saves that could matter."""
    duel = random_duel(number, 20_000)
    other = Simulation(mirrored(duel), log=False)
    other.play_batch(20_000)
    outcomes = np.array(other.take_tables()["runs"]["outcome"].to_pylist())
    won, lost = wins(duel, 20_000).sum(), (outcomes == "loss").sum()
    share = (won + lost) / 40_000
    if 0 < share < 1:
        assert abs((won - lost) / (2 * 20_000 * share * (1 - share)) ** 0.5) < LARGEST_Z


def test_the_order_of_listing_decides_nothing_where_nobody_ties():
    party = [
        creature("A", attack("1d8+3", bonus=5), hp=60, targeting="random"),
        creature("B", save("3d6", dc=14, on_success="half", uses=2), attack("1d6", bonus=5), hp=41),
        creature("C", attack("1d10+2", bonus=6), hp=50, targeting="highest_hp"),
    ]
    orcs = [creature("Orc", attack("1d12+3", bonus=5), hp=15, ac=13, count=5, targeting="random")]

    def rate(players: list[dict], seed: int) -> float:
        scenario = {
            "players": players,
            "encounters": [{"monsters": orcs}],
            "settings": {"seed": seed},
        }
        return wins(Scenario.from_dict(scenario), 20_000).mean()

    one, other = rate(party, 1), rate(party[::-1], 2)
    middle = (one + other) / 2
    assert abs(one - other) / (middle * (1 - middle) / 10_000) ** 0.5 < LARGEST_Z
    assert 0.1 < middle < 0.9


def test_a_thousand_runs_say_what_a_hundred_thousand_say():
    scenario = dw.starter_scenario()
    many = wins(scenario, 100_000).mean()
    assert abs(z(int(wins(scenario, 1005).sum()), 1005, many)) < LARGEST_Z


@settings(max_examples=max(settings.default.max_examples // 4, 5))
@given(number=st.integers(0, 10**6), kind=st.sampled_from(KINDS[:-1]))
def test_a_resistance_more_never_lowers_the_win_rate(number, kind):
    """Every hit does as much or less, so at each pair of hit points the chances are no worse."""
    before = random_duel(number, RUNS)
    content = before.to_dict()
    hero = content["players"][0]
    hero["resistances"] = sorted({*hero.get("resistances", ()), kind})
    difference = wins(Scenario.from_dict(content)).astype(float) - wins(before)
    error = difference.std() / RUNS**0.5
    print(f"duel {number}, {kind}: {difference.mean():+.4f} +- {error:.4f}")
    assert difference.mean() > -LARGEST_Z * error - 1e-12


@pytest.mark.parametrize("scenario", fights.ALL, ids=lambda s: s.name)
def test_one_monster_more_never_helps_the_party(scenario):
    """It only adds blows and something to kill: the first of its kind are still aimed at first."""
    content = scenario.to_dict()
    monsters = content["encounters"][0]["monsters"]
    monsters[-1]["count"] = monsters[-1].get("count", 1) + 1
    difference = wins(Scenario.from_dict(content)).astype(float) - wins(scenario)
    error = difference.std() / RUNS**0.5
    assert difference.mean() < LARGEST_Z * error + 1e-12
