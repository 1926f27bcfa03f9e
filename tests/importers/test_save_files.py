"""Save files of the two battle simulators become whole scenarios."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from tests.importers.samples import path, sample


def found(name: str, who: str, what: str) -> dict:
    imported = dw.import_file(path(name))
    block = next(one for one in imported.creatures if one.name == who).to_dict()
    return next(action for action in block["actions"] if action["name"] == what)


def lines(remarks) -> list[str]:
    return [str(remark) for remark in remarks]


@pytest.mark.parametrize("name", ["battlesim", "battlesim2"])
def test_the_whole_scenario_is_played(name):
    scenario = dw.import_file(path(name)).scenario
    data = dw.simulate(scenario, runs=5)
    dealt = {row["side"]: 0 for row in data.combatants.to_pylist()}
    for row in data.combatants.to_pylist():
        dealt[row["side"]] += row["damage_dealt"]
    assert all(points > 0 for points in dealt.values())


def test_battlesim_players_and_fights_are_all_there():
    scenario = dw.import_file(path("battlesim")).scenario
    assert scenario.name == "Toll bridge"
    assert [(one.name, one.max_hp, one.armor_class, one.level) for one in scenario.players] == [
        ("Brakka", 49, 18, 5),
        ("Ilse", 38, 17, 5),
    ]
    bridge, road = scenario.encounters
    assert (bridge.surprised, bridge.rest, bridge.monsters[0].count) == ("party", None, 2)
    assert (road.surprised, road.rest) == (None, "short_rest")
    assert [monster.arrives for monster in road.monsters] == [1, 2]


def test_targets_of_an_attack_are_a_multiattack():
    brakka = dw.import_file(path("battlesim")).scenario.players[0]
    assert brakka.multiattack == ("Greatsword", "Greatsword")
    surge = found("battlesim", "Brakka", "Action Surge")
    assert (surge["attacks"], surge["time"]) == (2, "free")
    assert (surge["uses"], surge["per"]) == (1, "short_rest")


def test_a_number_without_dice_stays_one_and_a_half_keeps_its_average():
    assert found("battlesim", "Toll Giant", "Club")["damage"] == "13"
    assert found("battlesim", "Toll Giant", "Stomp")["damage"] == "1d2+9"
    assumed = lines(dw.import_file(path("battlesim")).report.assumed)
    assert any("damage of Club is a number without dice" in line for line in assumed)
    assert any("10.5 is taken as 1d2+9" in line for line in assumed)


def test_saving_throws_cooldowns_and_riders_of_battlesim():
    stomp = found("battlesim", "Toll Giant", "Stomp")
    assert (stomp["type"], stomp["dc"], stomp["targets"]) == ("save", 13, 2)
    assert (stomp["recharge"], stomp["on_success"]) == (5, "half")
    assert stomp["effect"]["conditions"] == ["stunned"]
    dread = found("battlesim", "Ilse", "Dread")
    assert (dread["dc"], dread["targets"]) == (15, 3)
    assert dread["effect"] == {"name": "Dread", "conditions": ["frightened"], "save_ends": True}


def test_buffs_become_effects_and_an_armor_class_in_time_a_reaction():
    howl = found("battlesim", "Alpha", "Howl")
    assert howl["on"] == "allies"
    assert (howl["effect"]["attack_roll"], howl["effect"]["extra_damage"]) == ("1d4", "2")
    guard = found("battlesim", "Ilse", "Guard")
    assert (guard["type"], guard["armor_class"], guard["lasting"]) == ("defend", 5, True)


def test_strategies_become_targeting():
    scenario = dw.import_file(path("battlesim")).scenario
    assert scenario.players[1].targeting == "highest_damage"
    assert scenario.encounters[0].monsters[0].targeting == "highest_hp"


def test_battlesim2_has_its_timeline_slots_resources_and_triggers():
    scenario = dw.import_file(path("battlesim2")).scenario
    korr, sefa = scenario.players
    first, second = scenario.encounters
    assert (first.surprised, second.rest) == ("monsters", "short_rest")
    assert (str(korr.hit_dice), korr.initiative_bonus, korr.saves["con"]) == ("7d12+21", 2, 6)
    assert sefa.spell_slots[:4] == (4, 3, 3, 1)
    assert (sefa.saves["int"], sefa.saves["wis"], sefa.saves["str"]) == (7, 5, 3)
    assert found("battlesim2", "Korr", "Rage")["cost"] == {"Rage": 1}
    assert found("battlesim2", "Korr", "Greataxe")["attack_bonus"] == 8
    bolt = found("battlesim2", "Sefa", "Fire Bolt")
    assert (bolt["attack_bonus"], bolt["damage"], bolt["ranged"]) == (7, "2d10 fire", True)
    assert found("battlesim2", "Sefa", "Ice Burst")["spell"] == 3
    shield = found("battlesim2", "Sefa", "Shield")
    assert (shield["type"], shield["uses"]) == ("defend", 4)
    assert found("battlesim2", "Goblin Boss", "Attack")["damage"].startswith("1d2+4")


def test_damage_without_a_type_gets_one_only_where_something_halves_it():
    assert found("battlesim2", "Korr", "Greataxe")["damage"] == "1d12+5 force"
    assert "force" in found("battlesim2", "Korr", "Rage")["effect"]["resistances"]
    assert found("battlesim", "Brakka", "Greatsword")["damage"] == "2d6+4"


def test_older_battlesim2_files_with_encounters_are_read_too():
    older = sample("battlesim2")
    older["encounters"] = [e for e in older.pop("timeline") if e["type"] == "combat"]
    imported = dw.import_data(older)
    assert imported.format == "battlesim2 save"
    assert len(imported.scenario.encounters) == 2


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("battlesim", "encounters[0].monsters[0].actions[2]: Last Swing: when it is reduced to 0"),
        ("battlesim", "encounters[1].monsters[1].actions[0].buff.damageReduction: less damage"),
        ("battlesim2", "players[0].initiativeAdvantage: advantage on initiative"),
        ("battlesim2", "players[1].triggers[1]: the trigger 'on enemy death'"),
        ("battlesim2", "players[1].actions[3]: the template 'Armor of Agathys'"),
        ("battlesim2", 'timeline[2].monsters[0].actions: targets "enemy with highest AC"'),
    ],
)
def test_what_no_word_exists_for_is_named_with_its_place(name, line):
    left_out = lines(dw.import_file(path(name)).report.left_out)
    assert any(entry.startswith(line) for entry in left_out)


def test_a_list_of_one_save_is_that_save_and_of_several_is_asked_about():
    save = sample("battlesim")
    assert dw.import_data([save]).scenario.name == "Toll bridge"
    with pytest.raises(dw.ScenarioError, match=r"2 saves \(Toll bridge, Toll bridge\); pass one"):
        dw.import_data([save, save])


def test_a_save_without_fights_says_what_is_missing():
    save = sample("battlesim")
    save["encounters"] = []
    with pytest.raises(dw.ScenarioError, match="has no fight that can be played"):
        dw.import_data(save)
