"""What is wrong in a scenario is told by its path, with a remedy, all of it at once."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, strategies as st

from dualslot_widgets.errors import DualSlotError, ScenarioError
from dualslot_widgets.scenario.actions import Attack
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.scenario import Encounter, Scenario

GOOD = {
    "name": "Ogre at the bridge",
    "players": [
        {
            "name": "Fighter",
            "level": 5,
            "count": 1,
            "max_hp": 44,
            "armor_class": 18,
            "initiative_bonus": 2,
            "saving_throws": {"str": 6, "dex": 2, "con": 5, "int": 0, "wis": 1, "cha": -1},
            "actions": [
                {
                    "type": "attack",
                    "name": "Longsword",
                    "attack_bonus": 7,
                    "damage": "1d8+4 slashing",
                },
                {
                    "type": "save",
                    "name": "Breath",
                    "dc": 15,
                    "ability": "dex",
                    "damage": "3d6 fire",
                    "recharge": 5,
                },
                {"type": "heal", "name": "Second Wind", "healing": "1d10+5", "uses": 1},
            ],
            "multiattack": ["Longsword", "Longsword"],
            "resistances": ["fire"],
        }
    ],
    "encounters": [{"monsters": [{"monster": "ogre", "count": 2}]}],
    "settings": {"runs": 1005, "seed": 1, "max_rounds": 50},
}
MISSING = object()
FIGHTER = ("players", 0)
SWORD = (*FIGHTER, "actions", 0)
BREATH = (*FIGHTER, "actions", 1)
WIND = (*FIGHTER, "actions", 2)
MONSTERS = ("encounters", 0, "monsters")


def changed(*edits):
    scenario = copy.deepcopy(GOOD)
    for path, value in edits:
        place = scenario
        for step in path[:-1]:
            place = place[step]
        if value is MISSING:
            del place[path[-1]]
        else:
            place[path[-1]] = value
    return scenario


def problems(value):
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_dict(value)
    return caught.value.problems


CASES = [
    # missing
    ((*FIGHTER, "max_hp"), MISSING, "players[0].max_hp: is missing"),
    ((*FIGHTER, "name"), MISSING, "players[0].name: is missing"),
    ((*SWORD, "damage"), MISSING, "players[0].actions[0].damage: is missing; write dice such as"),
    ((*WIND, "healing"), MISSING, "players[0].actions[2].healing: is missing; write dice such as"),
    ((*SWORD, "type"), MISSING, "players[0].actions[0].type: is missing"),
    (("players",), MISSING, "players: is missing"),
    (("encounters",), MISSING, "encounters: is missing"),
    # unknown, with the nearest known one
    (("playrs",), [], "scenario: unknown key 'playrs', did you mean \"players\"?"),
    ((*FIGHTER, "armour_class"), 3, "players[0]: unknown key 'armour_class', did you mean \"arm"),
    ((*SWORD, "damge"), "1d4", "players[0].actions[0]: unknown key 'damge', did you mean \"dam"),
    (("settings", "sed"), 1, "settings: unknown key 'sed', did you mean \"seed\"?"),
    ((*SWORD, "dc"), 10, "players[0].actions[0]: unknown key 'dc'"),
    ((*SWORD, "type"), "atack", "players[0].actions[0].type: unknown 'atack', did you mean \"att"),
    ((*BREATH, "ability"), "dxe", "players[0].actions[1].ability: unknown 'dxe'"),
    ((*FIGHTER, "saving_throws", "luck"), 1, "players[0].saving_throws: unknown key 'luck'"),
    ((*FIGHTER, "targeting"), "low_hp", "players[0].targeting: unknown 'low_hp', did you mean"),
    ((*FIGHTER, "multiattack", 1), "Longswrd", "players[0].multiattack[1]: names the unknown"),
    ((*FIGHTER, "resistances", 0), "fyre", "players[0].resistances[0]: unknown 'fyre', did you"),
    ((*MONSTERS, 0, "monster"), "ogr", "encounters[0].monsters[0].monster: 'ogr' is not in the"),
    ((*MONSTERS, 0, "monster"), 5, "encounters[0].monsters[0].monster: expected the name of a"),
    # wrong type
    ((*FIGHTER, "max_hp"), "44", "players[0].max_hp: expected a whole number, got '44'"),
    ((*FIGHTER, "max_hp"), 44.0, "players[0].max_hp: expected a whole number, got 44.0"),
    ((*FIGHTER, "max_hp"), True, "players[0].max_hp: expected a whole number, got True"),
    ((*FIGHTER, "max_hp"), None, "players[0].max_hp: expected a whole number, got None"),
    ((*FIGHTER, "max_hp"), float("nan"), "players[0].max_hp: expected a whole number, got nan"),
    ((*FIGHTER, "name"), 5, "players[0].name: expected a text, got 5"),
    ((*FIGHTER, "name"), "  ", "players[0].name: is empty; give it a name"),
    ((*FIGHTER, "name"), "x" * 101, "players[0].name: is 101 characters long; at most 100"),
    ((*FIGHTER, "name"), "a\x00b", "players[0].name: contains control characters"),
    ((*FIGHTER, "name"), "\ud800", "players[0].name: contains control characters or broken"),
    ((*FIGHTER, "actions"), {}, "players[0].actions: expected a list [...], got an object"),
    ((*FIGHTER, "actions", 0), 3, "players[0].actions[0]: expected an object {...}, got 3"),
    ((*SWORD, "advantage"), 1, "players[0].actions[0].advantage: expected true or false, got 1"),
    ((*FIGHTER, "resistances", 0), 1, "players[0].resistances[0]: expected a text, got 1"),
    ((*FIGHTER, "multiattack", 0), 1, "players[0].multiattack[0]: expected the name of an action"),
    (("players",), {}, "players: expected a list [...]"),
    (("encounters", 0), [], "encounters[0]: expected an object {...}, got a list"),
    (("settings",), None, "settings: expected an object {...}, got None"),
    # dice
    (
        (*SWORD, "damage"),
        "1d8+4 slash",
        'players[0].actions[0].damage: unknown damage type "slash"',
    ),
    ((*SWORD, "damage"), "1001d6", "players[0].actions[0].damage: 1001 dice are more than 1000"),
    ((*SWORD, "damage"), "1d1001", "players[0].actions[0].damage: 1001 sides are outside"),
    ((*SWORD, "damage"), 8, "players[0].actions[0].damage: expected a dice text"),
    ((*WIND, "healing"), "1d4 fire", "players[0].actions[2].healing: '1d4 fire' is not healing"),
    # ranges
    ((*FIGHTER, "max_hp"), 0, "players[0].max_hp: 0 is outside 1 to 30000"),
    ((*FIGHTER, "max_hp"), 30001, "players[0].max_hp: 30001 is outside 1 to 30000"),
    ((*FIGHTER, "max_hp"), 10**5000, "players[0].max_hp: a number of thousands of digits is out"),
    ((*FIGHTER, "armor_class"), -1, "players[0].armor_class: -1 is outside 0 to 100"),
    ((*FIGHTER, "armor_class"), 101, "players[0].armor_class: 101 is outside 0 to 100"),
    ((*FIGHTER, "count"), 0, "players[0].count: 0 is outside 1 to 60"),
    ((*FIGHTER, "level"), 21, "players[0].level: 21 is outside 1 to 20"),
    ((*FIGHTER, "initiative_bonus"), 101, "players[0].initiative_bonus: 101 is outside"),
    ((*FIGHTER, "saving_throws", "dex"), -101, "players[0].saving_throws.dex: -101 is outside"),
    ((*SWORD, "attack_bonus"), 101, "players[0].actions[0].attack_bonus: 101 is outside -100 to"),
    ((*SWORD, "attack_bonus"), -101, "players[0].actions[0].attack_bonus: -101 is outside"),
    ((*SWORD, "critical_range"), 1, "players[0].actions[0].critical_range: 1 is outside 2 to 20"),
    ((*BREATH, "recharge"), 7, "players[0].actions[1].recharge: 7 is outside 2 to 6"),
    ((*BREATH, "targets"), 0, "players[0].actions[1].targets: 0 is outside 1 to 60"),
    ((*BREATH, "uses"), 1, "players[0].actions[1].uses: and recharge exclude each other; keep one"),
    ((*WIND, "uses"), 0, "players[0].actions[2].uses: 0 is outside 1 to 1000"),
    (("settings", "runs"), 0, "settings.runs: 0 is outside 1 to 1000000"),
    (("settings", "runs"), 1_000_001, "settings.runs: 1000001 is outside 1 to 1000000"),
    (("settings", "seed"), 2**53, "settings.seed: 9007199254740992 is outside"),
    (("settings", "max_rounds"), 0, "settings.max_rounds: 0 is outside 1 to 1000"),
    # nobody, or too many
    (("players",), [], "players: is empty; give at least one"),
    (("encounters",), [], "encounters: is empty; give at least one"),
    (MONSTERS, [], "encounters[0].monsters: is empty; give at least one"),
    (("encounters", 0), {}, "encounters[0].monsters: is missing"),
    ((*MONSTERS, 0, "count"), 60, "scenario: 61 combatants are more than 60; remove some"),
    ((*WIND, "name"), "Longsword", "players[0].actions: 2 actions are named 'Longsword'; give"),
]


@pytest.mark.parametrize(("path", "value", "line"), CASES, ids=[case[2][:60] for case in CASES])
def test_a_problem_names_its_path_and_its_remedy(path, value, line):
    found = problems(changed((path, value)))
    assert any(problem.startswith(line) for problem in found), found


def test_the_good_scenario_of_these_tests_is_good():
    assert Scenario.from_dict(GOOD).players[0].multiattack == ("Longsword", "Longsword")


def test_all_problems_of_a_scenario_are_reported_together():
    found = problems(changed(*((path, value) for path, value, _ in CASES[8:12])))
    assert len(found) == 4
    several = changed(
        ((*FIGHTER, "max_hp"), 0),
        ((*SWORD, "damage"), "2d"),
        ((*MONSTERS, 0, "monster"), "?"),
        (("settings", "runs"), -1),
    )
    assert [line.split(":")[0] for line in problems(several)] == [
        "players[0].max_hp",
        "players[0].actions[0].damage",
        "encounters[0].monsters[0].monster",
        "settings.runs",
    ]


def test_one_mistake_makes_one_problem():
    for path, value, _ in CASES:
        if value is not MISSING and path[-1] in ("type", "max_hp", "damage", "monster", "runs"):
            assert len(problems(changed((path, value)))) == 1, (path, value)


def test_the_message_of_the_error_is_its_problems():
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_dict(changed(((*FIGHTER, "max_hp"), 0), ((*FIGHTER, "count"), 0)))
    assert str(caught.value).split("\n") == list(caught.value.problems)
    assert isinstance(caught.value, DualSlotError)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("value", [None, 3, "x", [], [GOOD], True])
def test_a_scenario_that_is_no_object_is_refused(value):
    assert problems(value)[0].startswith("scenario: expected an object")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(st.sampled_from([case[0] for case in CASES]), JSON)
def test_whatever_stands_anywhere_is_read_or_refused_with_its_problems(path, value):
    try:
        Scenario.from_dict(changed((path, value)))
    except ScenarioError as error:
        lengths = [len(line) for line in error.problems]
        assert 0 < max(lengths) < 600


def test_a_flood_of_problems_is_cut():
    found = problems(GOOD | {f"key{number}": 1 for number in range(200_000)})
    assert len(found) == 51
    assert found[-1] == "... and 199950 more problems"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"import os", "is not JSON"),
        (b" " * 10_000_001, "is larger than 10 MB"),
        (b"{}", "players: is missing"),
    ],
)
def test_a_file_that_is_no_scenario_is_refused_by_name(tmp_path, content, message):
    file = tmp_path / "ambush.json"
    file.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(file)
    assert all(str(file) in line for line in caught.value.problems)
    assert message in str(caught.value)


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path):
    with pytest.raises(ScenarioError, match=r"nowhere\.json: cannot be read: No such file"):
        Scenario.load(tmp_path / "nowhere.json")


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    file = tmp_path / "notepad.json"
    file.write_bytes(b"\xef\xbb\xbf" + json.dumps(GOOD).encode())
    assert Scenario.load(file) == Scenario.from_dict(GOOD)


def test_a_scenario_built_in_python_passes_the_same_gate():
    fine = Creature(name="A", max_hp=10, armor_class=10)
    with pytest.raises(ScenarioError, match=r"players\[0\].max_hp: 0 is outside"):
        Scenario(
            name="x",
            players=(Creature(name="A", max_hp=0, armor_class=10),),
            encounters=(Encounter(monsters=(fine,)),),
        )
    with pytest.raises(ScenarioError, match="build it from Creature, Encounter and Settings"):
        Scenario(name="x", players=({"name": "A"},), encounters=(Encounter(monsters=(fine,)),))
    with pytest.raises(ScenarioError, match="build it from Creature, Encounter and Settings"):
        Scenario(
            name="x",
            players=(Creature(name="A", max_hp=1, armor_class=1, actions=(Attack,)),),
            encounters=(Encounter(monsters=(fine,)),),
        )
