from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.actions import Attack, Heal, Save
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DamageTerm
from dualslot_widgets.scenario.encounter import Encounter
from dualslot_widgets.scenario.scenario import Scenario
from tests.scenario.strategies import scenario_dicts, scenarios


@given(scenarios())
def test_to_dict_and_from_dict_round_trip_exactly(scenario):
    written = scenario.to_dict()
    assert Scenario.from_dict(written) == scenario
    assert Scenario.from_dict(json.loads(json.dumps(written))) == scenario
    assert Scenario.from_dict(written).to_dict() == written


@pytest.mark.slow
@given(scenario_dicts())
def test_reading_does_not_change_what_it_reads(value):
    before = json.dumps(value)
    Scenario.from_dict(value)
    assert json.dumps(value) == before


@pytest.mark.slow
@given(scenarios())
def test_a_saved_file_is_loaded_as_an_equal_scenario(tmp_path_factory, scenario):
    file = tmp_path_factory.mktemp("saved") / "scenario.json"
    scenario.save(file)
    assert Scenario.load(file) == scenario
    assert Scenario.load(str(file)).parameters == scenario.parameters


def test_a_scenario_is_a_value():
    scenario = starter_scenario()
    assert scenario == starter_scenario()
    assert hash(scenario) == hash(starter_scenario())
    with pytest.raises(AttributeError):
        scenario.name = "other"


def test_numbers_of_any_origin_become_plain_ones():
    ogre = Creature(name="Ogre", max_hp=np.int64(59), armor_class=np.uint8(11), actions=[])
    scenario = Scenario(name="x", players=[ogre], encounters=[Encounter(monsters=(ogre,))])
    assert type(scenario.players[0].max_hp) is int
    assert scenario.players[0].actions == ()
    assert scenario.parameters == Scenario.from_dict(scenario.to_dict()).parameters
    assert starter_scenario().with_value("players[0].max_hp", np.int32(7)).players[0].max_hp == 7


def test_untyped_damage_before_a_typed_number_survives_the_text():
    attack = Attack(
        name="Odd", attack_bonus=0, damage=(DamageTerm(1, 6), DamageTerm(0, 1, 3, "fire"))
    )
    creature = Creature(name="A", max_hp=1, armor_class=1, actions=(attack,))
    scenario = Scenario(
        name="x", players=(creature,), encounters=(Encounter(monsters=(creature,)),)
    )
    read = scenario.players[0].actions[0]
    assert set(read.damage) == {DamageTerm(1, 6), DamageTerm(0, 1, 3, "fire")}


def test_the_format_reads_every_kind_of_action():
    scenario = Scenario.from_dict(
        {
            "players": [
                {
                    "name": "All",
                    "max_hp": 30000,
                    "armor_class": 100,
                    "actions": [
                        {
                            "type": "attack",
                            "name": "Rapier",
                            "attack_bonus": 9,
                            "damage": "1d8+5 piercing + 6d6 piercing",
                            "critical_range": 19,
                            "advantage": True,
                        },
                        {
                            "type": "save",
                            "name": "Fire Breath",
                            "dc": 21,
                            "ability": "dex",
                            "damage": "18d6 fire",
                            "on_success": "half",
                            "targets": 4,
                            "recharge": 5,
                        },
                        {"type": "heal", "name": "Healing Word", "healing": "1d4+3", "uses": 3},
                    ],
                }
            ],
            "encounters": [{"monsters": [{"monster": "ogre"}]}],
        }
    )
    assert scenario.name == "Unnamed scenario"
    assert scenario.settings.runs == 1005
    rapier, breath, word = scenario.players[0].actions
    assert rapier == Attack(
        name="Rapier",
        attack_bonus=9,
        damage=(DamageTerm(1, 8, 5, "piercing"), DamageTerm(6, 6, 0, "piercing")),
        critical_range=19,
        advantage=True,
    )
    assert breath == Save(
        name="Fire Breath",
        dc=21,
        ability="dex",
        damage=(DamageTerm(18, 6, 0, "fire"),),
        targets=4,
        recharge=5,
    )
    assert word == Heal(name="Healing Word", healing=DamageTerm(1, 4, 3), uses=3)
    assert rapier.at_will
    assert not breath.at_will


def test_a_named_monster_is_filled_in_and_overridden_by_what_stands_beside_it():
    def ogre(**beside):
        value = {
            "players": [{"name": "A", "max_hp": 1, "armor_class": 1}],
            "encounters": [{"monsters": [{"monster": "Ogre", **beside}]}],
        }
        return Scenario.from_dict(value).encounters[0].monsters[0]

    assert (ogre().name, ogre().max_hp, ogre().armor_class, ogre().count) == ("Ogre", 59, 11, 1)
    assert [action.name for action in ogre().actions] == ["Greatclub", "Javelin"]
    assert ogre(max_hp=70, count=2, name="Grum").max_hp == 70
    assert ogre(actions=[]).actions == ()


def test_new_actions_of_a_named_monster_replace_its_multiattack_too():
    value = {
        "players": [{"name": "A", "max_hp": 1, "armor_class": 1}],
        "encounters": [{"monsters": [{"monster": "brown-bear", "actions": []}]}],
    }
    assert Scenario.from_dict(value).encounters[0].monsters[0].multiattack == ()


def test_one_value_is_changed_by_its_path():
    scenario = starter_scenario()
    changed = scenario.with_value("encounters[0].monsters[1].armor_class", 13)
    assert changed.encounters[0].monsters[1].armor_class == 13
    assert scenario.encounters[0].monsters[1].armor_class == 11
    assert changed.with_value("encounters[0].monsters[1].armor_class", 11) == scenario
    bonus = scenario.with_value("players[0].actions[0].attack_bonus", 9)
    assert bonus.players[0].actions[0].attack_bonus == 9


@pytest.mark.parametrize(
    "path", ["", "nowhere", "players[9].max_hp", "players.max_hp", "players[0].name.x", "[0]", "a["]
)
def test_a_path_that_leads_nowhere_is_refused(path):
    with pytest.raises(ScenarioError, match="there is no such value in this scenario"):
        starter_scenario().with_value(path, 1)


def test_a_value_out_of_range_is_refused_by_its_path():
    with pytest.raises(ScenarioError, match=r"players\[0\].max_hp: 0 is outside 1 to 30000"):
        starter_scenario().with_value("players[0].max_hp", 0)
