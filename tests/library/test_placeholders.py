"""Placeholder monsters: typical of their challenge rating, and growing with it."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library import bestiary
from dualslot_widgets.library.placeholders import RATINGS, rating, stat_block
from dualslot_widgets.scenario.dice import parse_damage

BLOCKS = [bestiary.placeholder(cr) for cr in RATINGS]


def damage(block):
    (attack,) = block["actions"]
    each = sum(term.average for term in parse_damage(attack["damage"]))
    return each * len(block.get("multiattack", ["Attack"]))


def test_there_is_one_for_every_challenge_rating():
    assert len(BLOCKS) == 34
    assert [block["name"] for block in BLOCKS[:5]] == [
        *("CR 0 monster", "CR 1/8 monster", "CR 1/4 monster", "CR 1/2 monster", "CR 1 monster"),
    ]


@pytest.mark.parametrize(
    "of",
    [
        lambda block: block["max_hp"],
        lambda block: block["armor_class"],
        lambda block: block["saving_throws"]["con"],
        lambda block: block["actions"][0]["attack_bonus"],
        lambda block: len(block.get("multiattack", ["Attack"])),
    ],
)
def test_nothing_shrinks_as_the_rating_grows(of):
    numbers = [of(block) for block in BLOCKS]
    assert numbers == sorted(numbers)
    assert numbers[0] < numbers[-1]


def test_damage_grows_but_for_the_rounding_of_dice():
    numbers = [damage(block) for block in BLOCKS]
    for number, later in pairwise(numbers):
        assert later >= number - 2
    assert numbers[-1] > 5 * numbers[5]


def test_where_the_medians_grow_by_themselves_they_are_the_placeholder_s():
    for cr in (0.25, 2, 5, 24):
        found = bestiary.find(cr=cr)
        block = bestiary.placeholder(cr)
        assert block["max_hp"] == round(median(found.max_hp))


def test_a_rating_that_the_srd_skips_lies_between_its_neighbours():
    at = dict(zip(RATINGS, BLOCKS, strict=True))
    assert at[17]["max_hp"] < at[18]["max_hp"] < at[19]["max_hp"]
    assert at[24]["max_hp"] < at[27]["max_hp"] < at[30]["max_hp"]


def test_it_is_reckoned_from_the_monsters_it_is_given():
    troll = {"challenge_rating": 5.0, "stat_block": bestiary.stat_block("troll")}
    alone = stat_block(5, {"troll": troll})
    assert (alone["max_hp"], alone["armor_class"]) == (84, 15)
    # Bite 1d6+4 and two claws 2d6+4.
    assert abs(damage(alone) - (7.5 + 2 * 11)) <= 1.5


@pytest.mark.parametrize(
    ("word", "cr"),
    [("cr-5", 5), ("CR 1/8", 0.125), ("cr0.25", 0.25), ("cr-30", 30), ("cr-31", None),
     ("cr-1/3", None), ("cr-1/0", None), ("ogre", None), ("cr", None)],
)  # fmt: skip
def test_a_key_names_a_rating(word, cr):
    assert rating(word) == cr


def test_a_scenario_names_it_by_its_rating():
    value = {
        "players": [{"character": "fighter", "level": 5}],
        "encounters": [{"monsters": [{"monster": "cr-1/2", "count": 2, "name": "Thug"}]}],
        "settings": {"runs": 50},
    }
    scenario = dw.Scenario.from_dict(value)
    (thug,) = scenario.encounters[0].monsters
    assert (thug.name, thug.max_hp) == ("Thug", bestiary.placeholder(0.5)["max_hp"])
    assert dw.simulate(scenario).runs.num_rows == 50


@pytest.mark.parametrize("cr", [-1, 31, 0.3, True])
def test_what_is_no_rating_is_refused(cr):
    with pytest.raises(ScenarioError, match="is no challenge rating"):
        bestiary.placeholder(cr)
