from __future__ import annotations

import pytest
from hypothesis import given

from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario import Scenario
from tests.scenario.identity.test_parameters import CHANGES, GOOD, changed
from tests.scenario.strategies import scenarios

START = starter_scenario()
GOBLINS, OGRE = "encounters[0].monsters[0]", "encounters[0].monsters[1]"


def differences(first, second):
    return first.parameters.differences(second.parameters)


def with_monsters(change):
    value = START.to_dict()
    change(value["encounters"][0]["monsters"])
    return Scenario.from_dict(value)


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (f"{OGRE}.armor_class", 13, "Ogre: armor class 11 -> 13"),
        (f"{OGRE}.max_hp", 70, "Ogre: hit points 59 -> 70"),
        (f"{OGRE}.initiative_bonus", 0, "Ogre: initiative bonus -1 -> 0"),
        (f"{OGRE}.name", "Grum", "Ogre: name Ogre -> Grum"),
        (f"{OGRE}.saving_throws.dex", 2, "Ogre: dex save -1 -> 2"),
        (f"{GOBLINS}.count", 8, "Goblin: 6 -> 8"),
        ("settings.seed", 2, "settings: seed 1 -> 2"),
        ("settings.max_rounds", 60, "settings: max rounds 50 -> 60"),
        (
            "players[0].actions[0].damage",
            "1d8+7 slashing",
            "Fighter: Longsword damage 1d8+5 slashing -> 1d8+7 slashing",
        ),
        ("players[0].actions[0].attack_bonus", 6, "Fighter: Longsword attack bonus 5 -> 6"),
        (
            "players[3].actions[1].on_success",
            "none",
            "Wizard: Burning Hands on success half -> none",
        ),
        ("players[3].actions[1].dc", 15, "Wizard: Burning Hands DC 13 -> 15"),
        ("players[1].actions[2].uses", 5, "Cleric: Cure Wounds uses 2 -> 5"),
    ],
)
def test_one_change_is_told_in_one_line(path, value, line):
    assert differences(START, START.with_value(path, value)) == [line]


def test_a_field_that_was_not_there_is_told_with_what_it_was():
    value = START.to_dict()
    del value["players"][1]["actions"][2]["uses"]
    value["players"][0] |= {"targeting": "random", "resistances": ["cold", "fire"]}
    value["players"][0]["actions"][0] |= {"advantage": True, "critical_range": 19, "recharge": 6}
    value["players"][0]["multiattack"] = ["Longsword", "Longsword"]
    assert differences(START, Scenario.from_dict(value)) == [
        "Fighter: Longsword recharge none -> 6",
        "Fighter: Longsword critical range 20 -> 19",
        "Fighter: Longsword advantage no -> yes",
        "Fighter: multiattack none -> Longsword, Longsword",
        "Fighter: resistances none -> cold, fire",
        "Fighter: targeting lowest_hp -> random",
        "Cleric: Cure Wounds uses 2 -> unlimited",
    ]


def test_creatures_that_came_and_went_are_told_with_their_number():
    troll = {"monster": "troll", "count": 2}
    more = with_monsters(lambda monsters: monsters.insert(0, troll))
    assert differences(START, more) == ["Troll added (2)"]
    assert differences(more, START) == ["Troll removed (2)"]
    other = with_monsters(lambda monsters: monsters.__setitem__(1, troll))
    assert differences(START, other) == ["Ogre removed (1)", "Troll added (2)"]


def test_actions_that_came_and_went_are_told_by_name():
    value = START.to_dict()
    removed = value["players"][3]["actions"].pop(0)
    assert differences(START, Scenario.from_dict(value)) == [f"Wizard: {removed['name']} removed"]
    assert differences(Scenario.from_dict(value), START) == [f"Wizard: {removed['name']} added"]


def test_another_order_is_a_difference():
    assert differences(START, with_monsters(lambda monsters: monsters.reverse())) == [
        "monsters: order changed"
    ]
    value = START.to_dict()
    value["players"].reverse()
    value["players"][0]["actions"].reverse()
    assert differences(START, Scenario.from_dict(value)) == [
        "Wizard: order of actions changed",
        "party: order changed",
    ]


def test_several_encounters_are_told_apart():
    value = START.to_dict()
    value["encounters"].append(
        {"monsters": [{"monster": "troll"}, {"monster": "ghoul", "count": 2}]}
    )
    two = Scenario.from_dict(value)
    assert differences(START, two) == ["encounter 2 added (1 Troll, 2 Ghoul)"]
    assert differences(two, START) == ["encounter 2 removed (1 Troll, 2 Ghoul)"]
    harder = two.with_value("encounters[1].monsters[0].armor_class", 17)
    assert differences(two, harder) == ["encounter 2: Troll: armor class 15 -> 17"]
    value["encounters"].reverse()
    assert differences(two, Scenario.from_dict(value)) == ["encounters: order changed"]


@pytest.mark.parametrize(("path", "value", "_part"), CHANGES, ids=[str(c[0]) for c in CHANGES])
def test_every_field_that_can_change_a_result_is_told(path, value, _part):
    assert differences(Scenario.from_dict(GOOD), Scenario.from_dict(changed((path, value))))


@pytest.mark.slow
@given(scenarios(), scenarios())
def test_there_are_differences_exactly_when_parameters_differ(first, second):
    assert bool(differences(first, second)) == (first.parameters != second.parameters)
    assert differences(first, first) == []
