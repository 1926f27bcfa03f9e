from __future__ import annotations

import copy
import dataclasses
import json
import os
import subprocess
import sys

import pytest
from hypothesis import given

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.identity import parameters as module
from dualslot_widgets.scenario.identity.parameters import RULES_VERSION, ScenarioParameters
from dualslot_widgets.scenario.scenario import Scenario
from tests.scenario.strategies import scenarios
from tests.scenario.test_errors import BREATH, FIGHTER, GOOD, MONSTERS, SWORD, WIND, changed

#: Pinned: when it changes, every slot ever stored is simulated anew. Count RULES_VERSION up only
#: when the engine plays differently, and change the content only with a reason.
GOLDEN = "91b02159f5b54342d3b43e40c0f86ffe"


def parameters(value):
    return Scenario.from_dict(value).parameters


def test_the_fingerprint_of_a_fixed_scenario_never_changes():
    assert RULES_VERSION == 2
    assert parameters(GOOD).fingerprint == GOLDEN


@pytest.mark.slow
def test_the_fingerprint_is_the_same_in_every_process():
    code = (
        "import json, sys; from dualslot_widgets.scenario.scenario import Scenario;"
        "print(Scenario.from_dict(json.load(sys.stdin)).parameters.fingerprint)"
    )
    for seed in ("0", "1", "4242"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(GOOD),
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == GOLDEN


@given(scenarios())
def test_parameters_survive_json(scenario):
    written = json.loads(json.dumps(scenario.parameters.to_dict()))
    read = ScenarioParameters.from_dict(written)
    assert read == scenario.parameters
    assert hash(read) == hash(scenario.parameters)
    assert read.to_dict() == scenario.parameters.to_dict()
    assert read.content == scenario.parameters.content


@pytest.mark.slow
@given(scenarios())
def test_the_order_of_keys_and_written_defaults_do_not_matter(scenario):
    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(item) for item in value] if isinstance(value, list) else value

    assert parameters(turned(scenario.to_dict())) == scenario.parameters
    assert ScenarioParameters.from_scenario(turned(scenario.to_dict())) == scenario.parameters


CHANGES = [
    ((*FIGHTER, "name"), "Knight", "players"),
    ((*FIGHTER, "count"), 2, "players"),
    ((*FIGHTER, "max_hp"), 45, "players"),
    ((*FIGHTER, "armor_class"), 19, "players"),
    ((*FIGHTER, "initiative_bonus"), 3, "players"),
    ((*FIGHTER, "saving_throws", "int"), 1, "players"),
    ((*FIGHTER, "multiattack"), ["Longsword"], "players"),
    ((*FIGHTER, "resistances"), ["cold"], "players"),
    ((*FIGHTER, "immunities"), ["cold"], "players"),
    ((*FIGHTER, "vulnerabilities"), ["cold"], "players"),
    ((*FIGHTER, "targeting"), "random", "players"),
    ((*SWORD, "attack_bonus"), 8, "players"),
    ((*SWORD, "damage"), "1d8+4 piercing", "players"),
    ((*SWORD, "critical_range"), 19, "players"),
    ((*SWORD, "advantage"), True, "players"),
    ((*SWORD, "disadvantage"), True, "players"),
    ((*BREATH, "name"), "Spray", "players"),
    ((*BREATH, "dc"), 16, "players"),
    ((*BREATH, "ability"), "con", "players"),
    ((*BREATH, "on_success"), "none", "players"),
    ((*BREATH, "targets"), 2, "players"),
    ((*BREATH, "recharge"), 6, "players"),
    ((*WIND, "healing"), "1d10+6", "players"),
    ((*WIND, "targets"), 2, "players"),
    ((*WIND, "uses"), 2, "players"),
    ((*MONSTERS, 0, "max_hp"), 60, "monsters"),
    ((*MONSTERS, 0, "count"), 3, "encounters"),
    *(
        ((*FIGHTER, key), value, "players")
        for key, value in {
            "arrives": 2,
            "hit_dice": "5d10+10",
            "position": "back",
            "role": "brute",
            "riders": [{"name": "Sneak", "damage": "1d6", "when": "critical"}],
            "spell_slots": [2],
            "pact_magic": {"slots": 1, "level": 2},
            "resources": {"ki": {"uses": 2}},
            "traits": ["evasion"],
            "save_advantage": ["dex"],
            "condition_immunities": ["prone"],
            "damage_threshold": 5,
            "relentless": 7,
            "regeneration": {"hp": 5},
            "legendary_resistance": 1,
            "legendary_actions": 1,
            "condition_advantage": ["frightened"],
            "absorbs": ["lightning"],
        }.items()
    ),
    *(
        ((*SWORD, key), value, "players")
        for key, value in {
            "time": "bonus_action",
            "per": "short_rest",
            "spell": 0,
            "upcast": {"attacks": 1},
            "concentration": True,
            "legendary_cost": 2,
            "attacks": 2,
            "ranged": True,
            "magical": True,
            "critical_dice": 1,
            "reroll": 2,
            "automatic": True,
            "on_hit": [{"name": "Poison", "dc": 11, "ability": "con", "damage": "1d4 poison"}],
            "trigger": "missed",
            "shares": "Second Wind",
            "requires": ["grappled"],
            "hp_at_most": 20,
            "wounded_damage": "1d8 slashing",
        }.items()
    ),
    ((*BREATH, "area"), True, "players"),
    ((*BREATH, "once"), True, "players"),
    ((*BREATH, "effect"), {"name": "Fear", "conditions": ["frightened"]}, "players"),
    ((*WIND, "temporary_hp"), "1d4", "players"),
    ((*WIND, "on"), "self", "players"),
    (("encounters", 0, "rest"), "short_rest", "encounters"),
    (("encounters", 0, "surprised"), "party", "encounters"),
    (("settings", "hit_points"), "rolled", "settings"),
    (("settings", "spread"), "tight", "settings"),
    (("settings", "runs"), 1000, "settings"),
    (("settings", "seed"), 2, "settings"),
    (("settings", "max_rounds"), 51, "settings"),
]


@pytest.mark.parametrize(("path", "value", "part"), CHANGES, ids=[str(case[0]) for case in CHANGES])
def test_every_field_that_can_change_a_result_changes_its_fingerprint(path, value, part):
    before, after = parameters(GOOD), parameters(changed((path, value)))
    assert before != after
    parts = ("players", "monsters", "encounters", "settings")
    assert [name for name in parts if getattr(before, name) != getattr(after, name)] == [part]


def test_the_changes_above_touch_every_field_there_is():
    from dualslot_widgets.scenario.actions import Attack, Heal, Save
    from dualslot_widgets.scenario.creature import Creature
    from dualslot_widgets.scenario.settings import Settings

    there = {
        field.name
        for kind in (Creature, Attack, Save, Heal, Settings)
        for field in dataclasses.fields(kind)
    }
    touched = {step for path, _, _ in CHANGES for step in path if isinstance(step, str)}
    assert there - touched == {"level", "cost", "points"}  # that one decides nothing; see below


def test_what_an_action_takes_changes_its_fingerprint():
    ki = ((*FIGHTER, "resources"), {"ki": {"uses": 2}, "chi": {"uses": 2}})
    spent = [changed(ki, ((*SWORD, "cost"), {name: 1})) for name in ("ki", "chi")]
    healing = [changed(ki, ((*WIND, "points"), name)) for name in ("ki", "chi")]
    found = {parameters(value).fingerprint for value in (changed(ki), *spent, *healing)}
    assert len(found) == 5


def test_the_name_of_the_scenario_and_levels_change_nothing():
    assert parameters(GOOD) == parameters(changed((("name",), "Other"), ((*FIGHTER, "level"), 6)))


def test_the_order_of_creatures_and_actions_counts_and_that_of_resistances_does_not():
    two = changed(((*FIGHTER, "resistances"), ["fire", "cold"]))
    other = changed(((*FIGHTER, "resistances"), ["cold", "fire"]))
    assert parameters(two) == parameters(other)
    other["players"][0]["actions"].reverse()
    assert parameters(two) != parameters(other)
    swapped = copy.deepcopy(GOOD)
    swapped["players"] = [*starter_scenario().to_dict()["players"][::-1]]
    assert parameters(swapped) != parameters(swapped | {"players": swapped["players"][::-1]})


def test_the_same_monsters_in_other_encounters_are_another_configuration():
    ogre, goblin = {"monster": "ogre"}, {"monster": "goblin"}
    together = parameters(GOOD | {"encounters": [{"monsters": [ogre, goblin]}]})
    apart = parameters(GOOD | {"encounters": [{"monsters": [ogre]}, {"monsters": [goblin]}]})
    assert together.monsters == apart.monsters
    assert together.encounters != apart.encounters
    assert together != apart


def test_results_of_older_rules_are_not_results_of_these(monkeypatch):
    now = parameters(GOOD)
    monkeypatch.setattr(module, "RULES_VERSION", module.RULES_VERSION + 1)
    later = parameters(GOOD)
    assert later != now
    assert ScenarioParameters.from_dict(now.to_dict()) == now
    assert now.similarity(later) < 1
    assert now.differences(later) == ["rules: version 2 -> 3"]


@pytest.mark.parametrize("value", [None, [], {}, 3, "x", {"rules_version": True, "content": {}}])
def test_parameters_that_cannot_be_read_are_refused(value):
    with pytest.raises(ScenarioError, match="parameters: cannot be read"):
        ScenarioParameters.from_dict(value)


@pytest.mark.parametrize("key", ["players", "monsters", "encounters", "settings", "fingerprint"])
@pytest.mark.parametrize("value", ["0" * 32, None, 5])
def test_a_fingerprint_that_is_not_that_of_its_content_is_refused(key, value):
    written = parameters(GOOD).to_dict() | {key: value}
    with pytest.raises(ScenarioError, match=f"parameters.{key}: is not the fingerprint"):
        ScenarioParameters.from_dict(written)


def test_content_that_was_changed_is_noticed():
    written = copy.deepcopy(parameters(GOOD).to_dict())
    written["content"]["players"][0]["max_hp"] = 1
    with pytest.raises(ScenarioError, match="is not the fingerprint of the content"):
        ScenarioParameters.from_dict(written)
