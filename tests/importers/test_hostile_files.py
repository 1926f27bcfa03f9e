"""Files made to hurt, and files that are something else, are refused with place and remedy."""

from __future__ import annotations

import json

import pytest

import dualslot_widgets as dw
from tests.importers.samples import FORMATS, path, sample


def refused(content, match: str) -> None:
    with pytest.raises(dw.ScenarioError, match=match):
        dw.import_data(content)


def test_a_missing_file_is_told_by_its_name(tmp_path):
    with pytest.raises(dw.ScenarioError, match=r"nowhere\.json: cannot be read"):
        dw.import_file(tmp_path / "nowhere.json")


def test_a_file_above_10_mb_is_not_read(tmp_path):
    large = tmp_path / "large.json"
    with large.open("wb") as stream:
        stream.truncate(10_000_001)
    with pytest.raises(dw.ScenarioError, match="larger than 10 MB"):
        dw.import_file(large)


def test_ten_million_empty_lists_are_refused_before_they_are_built():
    refused("[" + "[]," * 2_000_000 + "[]]", "more than 1,000,000 values")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "is not JSON"),
        ("NaN", "NaN is no number of JSON"),
        ('{"hit_points": Infinity}', "Infinity is no number of JSON"),
        ('{"hit_points": ' + "9" * 5000 + "}", "is not JSON"),
        ('{"hit_points": ' + "9" * 400 + "}", "is too large a number"),
        ('{"hit_points": 1e999}', "is not a finite number"),
        ("[" * 100_000, "is not JSON"),
        ("[" * 60 + "]" * 60, "nested more than 40 deep"),
        (b"\xff\xfe", "is not JSON"),
        ("[]", "holds no monster"),
        ("7", "holds no monster"),
    ],
)
def test_text_that_is_no_usable_json_is_refused_in_words(text, match):
    refused(text, match)


def test_python_objects_may_be_anything():
    loop: list = []
    loop.append(loop)
    refused(loop, "contains itself")
    again: dict = {"name": "Loop"}
    again["actions"] = [again]
    refused(again, "contains itself")
    wide: list = [1]
    for _ in range(30):
        wide = [wide, wide]
    refused(wide, "more than 1,000,000 values")
    refused({"hit_points": float("nan")}, r"data\.hit_points: is not a finite number")
    refused({"hit_points": 10**5000}, "number of thousands of digits is too large")
    refused({"name": {1, 2}}, r"data\.name: expected a JSON value, got set")
    refused({3: "three"}, "expected texts as keys")


def test_every_unknown_structure_is_told_what_is_known():
    refused({"name": "Ogre", "hit_points": 59}, "no structure that is known; known are monsters")
    refused({"spell": [{"name": "Fireball"}]}, "known are monsters")


def test_a_list_of_links_says_that_it_is_one():
    link = {"index": "ogre", "name": "Ogre", "url": "/api/2014/monsters/ogre"}
    refused({"count": 1, "results": [link]}, "list of links to monsters; fetch")


def test_a_monster_of_two_formats_is_not_guessed_at():
    mixed = sample("srd_api")["results"][0] | {"document__slug": "own"}
    refused(mixed, "structure of 5e-bits monster and Open5e v1 monster; remove the keys of one")


def test_monsters_of_two_formats_are_not_mixed():
    both = [sample("srd_api")["results"][0], sample("open5e_v1")["results"][0]]
    refused(both, r"\[1\]: is a Open5e v1 monster, while \[0\] is a 5e-bits monster")


def test_a_scenario_of_our_own_is_sent_to_its_own_reader():
    refused(dw.starter_scenario().to_dict(), "read it with dualslot_widgets.Scenario.load")


def test_broken_unicode_and_control_characters_do_not_reach_a_name():
    monster = sample("open5e_v1")["results"][0]
    monster["name"] = "Mire\ud800\x00\n Reaver" + "!" * 500
    (creature,) = dw.import_data(monster).creatures
    assert creature.name.startswith("Mire? Reaver!")
    assert len(creature.name) <= 100


@pytest.mark.parametrize("key", ["monster", "character"])
def test_a_file_cannot_call_up_ready_made_creatures(key):
    save = sample("battlesim")
    save["encounters"][0]["monsters"][0][key] = "ancient-red-dragon"
    giant = dw.import_data(save).scenario.encounters[0].monsters[0]
    assert (giant.name, giant.max_hp) == ("Toll Giant", 59)


def test_a_thousand_actions_and_creatures_stay_within_a_scenario():
    save = sample("battlesim")
    giant = save["encounters"][0]["monsters"][0]
    giant["actions"] *= 500
    (one,) = dw.import_data(save).scenario.encounters[0].monsters
    assert len(one.actions) == 50
    left_out = dw.import_data(save).report.left_out
    assert any("beyond the 50 actions" in str(remark) for remark in left_out)
    giant["actions"] = giant["actions"][:1]
    save["encounters"][0]["monsters"] *= 500
    refused(save, "at most 60")


def test_dice_beyond_any_table_are_left_out_with_the_reason():
    save = sample("battlesim")
    save["encounters"][0]["monsters"][0]["actions"][0]["dpr"] = "99999d6"
    left_out = [str(remark) for remark in dw.import_data(save).report.left_out]
    place = "encounters[0].monsters[0].actions[0]"
    assert any(line.startswith(f"{place}:") and "99999d6" in line for line in left_out)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_cut_anywhere_is_refused_in_words(name):
    text = path(name).read_bytes().rstrip()
    for end in range(0, len(text), len(text) // 40):
        refused(text[:end], "is not JSON")


def longest_texts():
    """Yield stat blocks whose actions are as long as a text may be, and words that made them."""
    block = sample("open5e_v1")["results"][0]
    words = [
        "two attacks with its maw or ", "DC 15 Dexterity ", "10 (2d6 + 3) ", "each creature ",
        "((((", "half the ", "within 10 feet of ", "until the end of the ", "a b c ", "1d6 + ",
        "Hit: ", "grappled ", "one ", "(1/Day) ", "1st level (4 slots): x, ",
    ]  # fmt: skip
    for word in words:
        text = word * (20_000 // len(word))
        block["actions"] = [{"name": "Multiattack" if i % 2 else f"A{i}", "desc": text}
                            for i in range(20)]  # fmt: skip
        yield json.loads(json.dumps(block)), word


def test_text_of_the_longest_kind_is_read():
    for block, word in longest_texts():
        assert dw.import_data(block).creatures, word
