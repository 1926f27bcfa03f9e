from __future__ import annotations

import copy
from itertools import pairwise

import pytest
from hypothesis import assume, given, strategies as st

from dualslot_widgets.library.bestiary import stat_block
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario import Scenario
from tests.scenario.identity.test_parameters import CHANGES, GOOD, changed
from tests.scenario.strategies import scenarios

START = starter_scenario()
GOBLINS, OGRE = "encounters[0].monsters[0]", "encounters[0].monsters[1]"


def similarity(first, second):
    return first.parameters.similarity(second.parameters)


def monsters(*found):
    return Scenario.from_dict(START.to_dict() | {"encounters": [{"monsters": list(found)}]})


@pytest.mark.slow
@given(scenarios(), scenarios())
def test_similarity_is_symmetric_in_0_to_1_and_1_only_for_equal_parameters(first, second):
    value = similarity(first, second)
    assert value == similarity(second, first)
    assert 0 <= value <= 1
    assert (value == 1) == (first.parameters == second.parameters)
    assert similarity(first, first) == 1


@pytest.mark.parametrize(("path", "value", "_part"), CHANGES, ids=[str(c[0]) for c in CHANGES])
def test_every_single_change_is_less_than_1_and_near(path, value, _part):
    before, after = Scenario.from_dict(GOOD), Scenario.from_dict(changed((path, value)))
    assert 0.8 < similarity(before, after) < 1


@given(st.permutations(CHANGES).map(lambda changes: changes[:25]))
def test_similarity_falls_strictly_with_each_further_change(changes):
    # Of two dozen; a creature changed beyond recognition is as far away as one that is not there.
    start, last = Scenario.from_dict(GOOD), 1.0
    for end in range(1, len(changes) + 1):
        scenario = Scenario.from_dict(changed(*((path, value) for path, value, _ in changes[:end])))
        now = similarity(start, scenario)
        assert 0 < now < last
        last = now


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "values"),
    [
        (f"{OGRE}.armor_class", range(11, 101)),
        (f"{OGRE}.max_hp", (59, 60, 100, 1000, 30000)),
        (f"{OGRE}.max_hp", (59, 58, 10, 1)),
        (f"{OGRE}.initiative_bonus", range(-1, 101)),
        (f"{GOBLINS}.count", range(6, 56)),
        (f"{OGRE}.actions[0].attack_bonus", range(6, 101)),
        (f"{OGRE}.actions[0].damage", [f"2d8+{bonus} bludgeoning" for bonus in range(4, 101)]),
        (f"{OGRE}.actions[0].damage", [f"{count}d8+4 bludgeoning" for count in range(2, 1000, 50)]),
        ("players[3].actions[1].dc", range(13, 101)),
        ("players[3].actions[1].targets", range(2, 61)),
        ("settings.runs", (1005, 2005, 100_000, 1_000_000)),
    ],
)
def test_the_further_a_number_moves_the_less_similar(path, values):
    found = [similarity(START, START.with_value(path, value)) for value in values]
    assert found[0] == 1
    assert all(a > b for a, b in pairwise(found))


def test_armor_class_15_to_16_is_nearer_than_15_to_22():
    at = {ac: START.with_value(f"{OGRE}.armor_class", ac) for ac in (15, 16, 22)}
    assert similarity(at[15], at[16]) > similarity(at[15], at[22])


def test_the_scale_is_what_a_game_master_would_call_near():
    armor = similarity(START, START.with_value(f"{OGRE}.armor_class", 13))
    assert armor == pytest.approx(0.95, abs=0.01)
    four = START.with_value(f"{GOBLINS}.count", 4)
    assert similarity(four, START) == pytest.approx(0.9, abs=0.01)
    assert similarity(START, START.with_value("settings.seed", 2)) > 0.99
    assert similarity(START, monsters({"monster": "adult-red-dragon"})) < 0.5
    assert similarity(START, monsters({"monster": "troll", "count": 3})) < 0.5


def test_creatures_are_matched_by_best_fit_and_not_by_position():
    goblins, ogre = START.to_dict()["encounters"][0]["monsters"]
    turned = monsters(ogre, goblins)
    assert 0.99 < similarity(START, turned) < 1
    front = monsters({"monster": "troll"}, goblins, ogre)
    back = monsters(goblins, ogre, {"monster": "troll"})
    assert similarity(START, front) == pytest.approx(similarity(START, back), abs=0.001)


def test_a_creature_more_costs_more_than_one_that_changed_a_little():
    assert similarity(START, monsters(*START.to_dict()["encounters"][0]["monsters"][:1])) < 0.75
    goblins, ogre = START.to_dict()["encounters"][0]["monsters"]
    one = similarity(START, monsters(goblins, ogre, {"monster": "troll"}))
    two = similarity(START, monsters(goblins, ogre, {"monster": "troll", "count": 2}))
    assert two < one < 0.75


def test_encounters_are_matched_by_best_fit():
    fights = [{"monsters": [{"monster": key, "count": 3}]} for key in ("goblin", "troll", "ghoul")]
    one, other = (
        Scenario.from_dict(START.to_dict() | {"encounters": order})
        for order in (fights, fights[::-1])
    )
    assert 0.99 < similarity(one, other) < 1
    fewer = Scenario.from_dict(START.to_dict() | {"encounters": fights[1:]})
    assert 0.4 < similarity(one, fewer) < 0.7


@pytest.mark.slow
@given(scenarios())
def test_a_copy_with_one_more_creature_is_nearer_than_nothing_alike(scenario):
    value = scenario.to_dict()
    assume(sum(player["count"] for player in value["players"]) < 20)
    more = copy.deepcopy(value)
    more["players"].append(stat_block("veteran"))
    assert similarity(scenario, Scenario.from_dict(more)) == pytest.approx(0.7, abs=0.01)
