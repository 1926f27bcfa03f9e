"""A pasted text is a scenario, a monster of another program, or refused in words."""

from __future__ import annotations

import json

import pytest

from dualslot_widgets.editing import edits
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.importers.pasting import read_pasted
from tests.editing.editing_examples import MADE, STARTER, names


def test_a_pasted_scenario_is_read_and_one_with_problems_is_refused_with_all_of_them():
    assert read_pasted(json.dumps(STARTER.to_dict()), MADE).scenario == STARTER
    assert read_pasted(STARTER.to_json(), MADE).scenario == STARTER
    content = STARTER.to_dict()
    content["players"][0]["max_hp"] = -1
    content["encounters"][0]["monsters"][1]["actions"][0]["damage"] = "2d"
    with pytest.raises(ScenarioError) as caught:
        read_pasted(json.dumps(content), STARTER)
    assert [line.partition(": ")[0] for line in caught.value.problems] == [
        "players[0].max_hp",
        "encounters[0].monsters[1].actions[0].damage",
    ]


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, "NaN", "1" * 5000, "null", "[]", "\ud800"]
)
def test_a_text_that_is_no_scenario_is_refused_in_words(text):
    with pytest.raises(ScenarioError) as caught:
        read_pasted(text, STARTER)
    assert all(0 < len(line) < 600 for line in caught.value.problems)


#: As the public API of the SRD writes a monster, as far as it matters.
DOG = {
    "index": "dog",
    "name": "Dog",
    "hit_points": 5,
    "armor_class": 12,
    "strength": 11,
    "dexterity": 14,
    "actions": [
        {
            "name": "Bite",
            "desc": "Melee Weapon Attack: +3 to hit, reach 5 ft., one target. "
            "Hit: 4 (1d6 + 1) piercing damage.",
        },
        {"name": "Bark", "desc": "It barks."},
    ],
}


def test_a_pasted_monster_of_another_program_joins_the_last_encounter_and_says_what_is_left_out():
    two = edits.add_encounter(STARTER, "wolf")
    pasted = read_pasted(json.dumps(DOG), two)
    assert names(pasted.scenario.encounters[1].monsters) == ["Wolf", "Dog"]
    assert pasted.scenario.encounters[0] == STARTER.encounters[0]
    assert "Dog; left out: " in pasted.note
    assert "Bark" in pasted.note


def test_a_text_of_nobodys_format_is_told_which_formats_are_known():
    with pytest.raises(ScenarioError, match="Open5e"):
        read_pasted('{"title": "Dog"}', STARTER)
