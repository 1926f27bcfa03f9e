"""Monsters of four formats become the creatures that they describe."""

from __future__ import annotations

import json

import pytest

import dualslot_widgets as dw
from tests.importers.samples import FORMATS, PARTY, path, sample

MONSTERS = ["srd_api", "open5e_v1", "open5e_v2", "five_e_tools"]


def creature(name: str, who: str) -> dict:
    imported = dw.import_file(path(name))
    return next(one for one in imported.creatures if one.name == who).to_dict()


def action(block: dict, name: str) -> dict:
    return next(one for one in block["actions"] if one["name"] == name)


def left_out(name: str) -> list[str]:
    return [str(remark) for remark in dw.import_file(path(name)).report.left_out]


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_is_found_by_structure_alone(name, tmp_path):
    anonymous = tmp_path / "download (3).txt"
    anonymous.write_bytes(path(name).read_bytes())
    assert dw.import_file(anonymous).format == FORMATS[name]


@pytest.mark.parametrize("name", FORMATS)
def test_text_bytes_and_objects_are_the_same_to_an_import(name):
    text = path(name).read_text(encoding="utf-8")
    found = dw.import_data(json.loads(text))
    assert dw.import_data(text) == found
    assert dw.import_data(text.encode()) == found


@pytest.mark.parametrize("name", MONSTERS)
def test_imported_monsters_fight(name):
    imported = dw.import_file(path(name))
    data = dw.simulate(imported.against(PARTY), runs=5)
    monsters = {one.name for one in imported.creatures}
    dealt = {row["name"]: 0 for row in data.combatants.to_pylist() if row["side"] == "monsters"}
    for row in data.combatants.to_pylist():
        if row["side"] == "monsters":
            dealt[row["name"]] += row["damage_dealt"]
    assert data.runs.num_rows == 5
    assert set(dealt) == monsters
    assert sum(dealt.values()) > 0


def test_a_5e_bits_dragon_has_its_numbers_breath_presence_and_legendary_actions():
    dragon = creature("srd_api", "Adult Black Dragon")
    assert (dragon["max_hp"], dragon["armor_class"], dragon["hit_dice"]) == (195, 19, "17d12+85")
    saves = {"str": 6, "dex": 7, "con": 10, "int": 2, "wis": 6, "cha": 8}
    assert dragon["saving_throws"] == saves
    assert dragon["immunities"] == ["acid"]
    assert dragon["legendary_resistance"] == dragon["legendary_actions"] == 3
    assert dragon["multiattack"] == ["Frightful Presence", "Bite", "Claw", "Claw"]
    bite, breath = action(dragon, "Bite"), action(dragon, "Acid Breath")
    assert (bite["attack_bonus"], bite["damage"]) == (11, "2d10+6 piercing + 1d8 acid")
    assert (breath["dc"], breath["ability"], breath["damage"]) == (18, "dex", "12d8 acid")
    assert (breath["recharge"], breath["on_success"]) == (5, "half")
    assert action(dragon, "Wing Attack (legendary)")["legendary_cost"] == 2


def test_poison_that_only_the_text_of_5e_bits_tells_of_is_played():
    (poison,) = action(creature("srd_api", "Giant Spider"), "Bite")["on_hit"]
    assert (poison["damage"], poison["dc"], poison["on_success"]) == ("2d8 poison", 11, "half")


def test_a_5e_bits_mage_casts_the_spells_that_are_played_from_its_slots():
    mage = creature("srd_api", "Mage")
    assert mage["spell_slots"] == [4, 3, 3, 3, 1]
    fireball = action(mage, "Fireball")
    assert (fireball["dc"], fireball["spell"], fireball["damage"]) == (14, 3, "8d6 fire")
    assert any("misty step" in line for line in left_out("srd_api"))


def test_an_open5e_v1_monster_is_read_from_its_text():
    reaver = creature("open5e_v1", "Mire Reaver")
    assert (reaver["max_hp"], reaver["armor_class"], reaver["hit_dice"]) == (84, 15, "8d10+40")
    assert (reaver["saving_throws"]["str"], reaver["saving_throws"]["dex"]) == (7, 1)
    assert reaver["multiattack"] == ["Maw", "Hook", "Hook"]
    assert action(reaver, "Maw")["damage"] == "2d8+4 piercing + 1d6 acid"
    assert action(reaver, "Hook")["on_hit"][0]["effect"]["conditions"] == ["grappled"]
    assert action(reaver, "Bog Breath")["recharge"] == 5
    assert action(reaver, "Parry") == {
        "type": "defend", "name": "Parry", "armor_class": 2, "melee_only": True,
    }  # fmt: skip
    assert reaver["resistances"] == [
        "cold", "nonmagical bludgeoning", "nonmagical piercing", "nonmagical slashing",
    ]  # fmt: skip
    assert reaver["condition_immunities"] == ["poisoned"]
    assert reaver["regeneration"] == {"hp": 5, "stopped_by": ["fire"]}


def test_the_text_of_open5e_v2_is_believed_before_its_wrong_dice():
    wyvern = creature("open5e_v2", "Glass Wyvern")
    # The data of its bite say 2d10 thunder without a bonus, as the data of that API do.
    assert action(wyvern, "Bite")["damage"] == "2d10+4 piercing"
    assert (wyvern["max_hp"], wyvern["armor_class"], wyvern["initiative_bonus"]) == (136, 16, 5)
    assert wyvern["multiattack"] == ["Bite", "Sting"]
    assert wyvern["legendary_resistance"] == 2
    assert wyvern["traits"] == ["magic_resistance"]
    assert wyvern["vulnerabilities"] == ["thunder"]
    assert action(wyvern, "Shard Breath")["recharge"] == 5
    flash = action(wyvern, "Mirror Flash")
    assert (flash["time"], flash["uses"], flash["targets"]) == ("bonus_action", 2, 4)
    assert action(wyvern, "Sting Attack (legendary)")["legendary_cost"] == 2


def test_the_older_tags_of_5etools_are_understood():
    duellist = creature("five_e_tools", "Rust Duellist")
    assert (duellist["max_hp"], duellist["armor_class"]) == (65, 17)
    assert (duellist["saving_throws"]["dex"], duellist["saving_throws"]["str"]) == (5, 3)
    assert duellist["multiattack"] == ["Sabre", "Sabre"]
    sabre = action(duellist, "Sabre")
    assert (sabre["attack_bonus"], sabre["damage"]) == (6, "1d8+3 slashing + 1d6 acid")
    assert action(duellist, "Crossbow")["ranged"] is True
    cloud = action(duellist, "Oxide Cloud")
    assert (cloud["dc"], cloud["ability"], cloud["recharge"]) == (13, "con", 5)
    assert duellist["resistances"] == [
        "lightning", "nonmagical bludgeoning", "nonmagical piercing", "nonmagical slashing",
    ]  # fmt: skip
    assert duellist["spell_slots"] == [2]
    assert action(duellist, "Fire Bolt")["attack_bonus"] == 5
    assert action(duellist, "Blur")["uses"] == 1


def test_the_newer_tags_of_5etools_are_understood():
    dragon = creature("five_e_tools", "Ember Matriarch")
    # Dexterity 10 and twice the proficiency bonus of challenge rating 15.
    assert dragon["initiative_bonus"] == 10
    assert dragon["multiattack"] == ["Rend", "Rend", "Rend"]
    rend, breath = action(dragon, "Rend"), action(dragon, "Fire Breath")
    assert (rend["attack_bonus"], rend["damage"]) == (11, "2d6+6 slashing + 2d4 fire")
    assert (breath["dc"], breath["ability"], breath["damage"]) == (18, "dex", "16d6 fire")
    assert (breath["on_success"], breath["recharge"]) == ("half", 5)
    stare = action(dragon, "Cinder Stare")
    assert (stare["time"], stare["effect"]["conditions"]) == ("bonus_action", ["frightened"])
    assert action(dragon, "Pounce (legendary)")["damage"] == rend["damage"]


@pytest.mark.parametrize(
    ("name", "place", "what"),
    [
        ("srd_api", "results[1].legendary_actions[0]", "Detect"),
        ("open5e_v1", "results[0].special_abilities[2]", "Mud Walker"),
        ("open5e_v1", "results[0].actions[4]", "Sinkhole"),
        ("open5e_v2", "monster.traits[2]", "Brittle"),
        ("five_e_tools", "monster[0].trait[1]", "Rusting Touch"),
        ("five_e_tools", "monster[2]", "Elder Ember Matriarch"),
    ],
)
def test_the_report_names_what_is_left_out_with_its_place(name, place, what):
    assert any(line.startswith(f"{place}:") and what in line for line in left_out(name))


@pytest.mark.parametrize("name", FORMATS)
def test_the_report_is_what_is_printed(name):
    imported = dw.import_file(path(name))
    shown = str(imported)
    assert shown.startswith(FORMATS[name])
    for line in (*imported.report.understood, *map(str, imported.report.left_out)):
        assert line in shown


def test_a_party_meets_the_monsters_that_are_named():
    imported = dw.import_file(path("srd_api"))
    scenario = imported.against(PARTY, "giant spider", count=3)
    (spiders,) = scenario.encounters[0].monsters
    assert (spiders.name, spiders.count) == ("Giant Spider", 3)
    again = imported.against(scenario, "Mage")
    assert again.players == scenario.players
    with pytest.raises(dw.ScenarioError, match="did you mean"):
        imported.against(PARTY, "giant spidre")


def test_one_odd_monster_of_many_does_not_cost_the_others():
    page = sample("srd_api")
    page["results"][0]["hit_points"] = "many"
    page["results"][0]["hit_dice"] = page["results"][0]["hit_points_roll"] = ""
    imported = dw.import_data(page)
    assert [one.name for one in imported.creatures] == ["Adult Black Dragon", "Mage"]
    assert any("results[0]: cannot be played" in str(line) for line in imported.report.left_out)
