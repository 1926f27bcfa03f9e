"""Any creature can be given any action that is known, and it can be played."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from dualslot_widgets.editing import edits, new_actions
from dualslot_widgets.editing.own_numbers import own_numbers
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library import bestiary
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.results.simulating import simulate
from dualslot_widgets.scenario.scenario import Scenario
from tests.scenario.strategies import scenarios

STARTER = starter_scenario()
OGRE = "encounters[0].monsters[1]"
CLERIC = "players[1]"
LIBRARY = new_actions.library()
DRAGON = "adult-red-dragon"
#: (source, name) of every action there is.
KNOWN = [
    *(("template", name) for name in LIBRARY["template"]),
    *(("spell", name) for name in LIBRARY["spell"]),
    *((key, name) for key, names in LIBRARY["monsters"].items() for name in names),
]


def ogre(scenario):
    return scenario.encounters[0].monsters[1]


def added(source, name, scenario=STARTER):
    """Return what the ogre got."""
    return ogre(new_actions.add_action(scenario, OGRE, source, name)).actions[-1]


def test_the_library_lists_every_action_of_every_monster():
    blocks = {key: bestiary.stat_block(key) or {} for key in bestiary.keys()}  # noqa: SIM118
    assert sum(map(len, LIBRARY["monsters"].values())) == sum(
        len(block.get("actions", ())) for block in blocks.values()
    )
    assert len(KNOWN) > 900


def test_everything_in_the_library_can_be_added_to_a_monster_and_to_a_character():
    for source, name in KNOWN:
        for path in (OGRE, CLERIC):
            edited = new_actions.add_action(STARTER, path, source, name)
            assert Scenario.from_dict(json.loads(edited.to_json())) == edited


def test_a_new_action_stands_behind_the_others_and_nothing_else_changes():
    edited = new_actions.add_action(STARTER, OGRE, "template", "melee_attack")
    assert edits.remove(edited, f"{OGRE}.actions[2]") == STARTER
    assert [action.name for action in ogre(edited).actions] == ["Greatclub", "Javelin", "Strike"]
    twice = new_actions.add_action(edited, OGRE, "template", "melee_attack")
    assert ogre(twice).actions[-1].name == "Strike B"


def test_plain_actions_have_the_creatures_own_attack_bonus_and_the_dc_that_goes_with_it():
    assert added("template", "melee_attack").attack_bonus == 6
    assert added("template", "area_save").dc == 14
    venom = added("template", "venomous_attack").on_hit[0]
    assert (venom.dc, venom.effect.conditions, venom.effect.save_ends) == (14, ("poisoned",), True)


def test_a_spell_has_its_casters_dc_and_attack():
    made = Scenario.from_dict(
        {
            "name": "Made",
            "players": [{"character": "wizard", "level": 5}],
            "encounters": [{"monsters": [{"monster": "cat"}]}],
        }
    )
    hypnotic = new_actions.add_action(made, "players[0]", "spell", "Hypnotic Pattern").players[0]
    assert (hypnotic.actions[-1].dc, hypnotic.actions[-1].takes_slot) == (15, True)
    bolt = new_actions.add_action(made, "players[0]", "spell", "Guiding Bolt").players[0]
    assert bolt.actions[-1].attack_bonus == 7


def test_a_spell_of_a_creature_without_a_slot_for_it_is_cast_once_until_a_long_rest():
    fireball = added("spell", "Fireball")
    assert (fireball.uses, fireball.per, fireball.takes_slot) == (1, "long_rest", False)
    assert added("spell", "Fire Bolt").at_will
    slotted = edits.with_value(STARTER, f"{OGRE}.spell_slots[2]", 2)
    assert added("spell", "Fireball", slotted).takes_slot


def test_what_a_monster_does_keeps_its_numbers():
    breath = added(DRAGON, "Fire Breath")
    assert (breath.dc, breath.recharge, str(breath.damage[0])) == (21, 5, "18d6 fire")


def test_a_monsters_spell_has_the_numbers_of_whoever_casts_it_now():
    spells = [
        (key, action["name"])
        for key in bestiary.keys()  # noqa: SIM118
        for action in (bestiary.stat_block(key) or {}).get("actions", ())
        if "spell" in action and action["type"] == "save"
    ]
    assert spells
    assert {added(key, name).dc for key, name in spells} == {14}


def test_legendary_actions_come_along_with_the_first_legendary_action():
    edited = new_actions.add_action(STARTER, OGRE, DRAGON, "Tail Attack (legendary)")
    assert ogre(edited).legendary_actions == 3


def test_a_second_breath_brings_the_recharge_that_it_shared():
    found = [
        (key, action)
        for key in bestiary.keys()  # noqa: SIM118
        for action in (bestiary.stat_block(key) or {}).get("actions", ())
        if "shares" in action
    ]
    assert found
    for key, action in found:
        made = added(key, action["name"])
        assert made.shares is None
        assert made.recharge or made.uses, key


def test_a_creature_with_no_number_of_its_own_gets_usual_ones():
    bare = Scenario.from_dict(
        {
            **STARTER.to_dict(),
            "players": [{"name": "Nobody", "level": 9, "max_hp": 9, "armor_class": 9}],
        }
    )
    own = own_numbers(bare.players[0])
    assert (own.attack_bonus, own.dc, own.spell_dc, own.modifier) == (7, 15, 15, 3)


@pytest.mark.parametrize(
    ("path", "source", "name", "words"),
    [
        ("players[9]", "template", "heal", "no such value"),
        ("encounters[0]", "template", "heal", "no such value"),
        ("settings", "template", "heal", "no such value"),
        (f"{OGRE}.actions[0]", "template", "heal", "no such value"),
        (OGRE, "template", "heel", 'did you mean "heal"'),
        (OGRE, "spell", "Firebal", "Firebal"),
        (OGRE, "ogr", "Greatclub", 'did you mean "ogre"'),
        (OGRE, "ogre", "Grateclub", "has nothing called"),
    ],
)
def test_what_is_not_there_is_refused_in_words(path, source, name, words):
    with pytest.raises(ScenarioError, match=words):
        new_actions.add_action(STARTER, path, source, name)


def test_no_creature_has_more_actions_than_can_be():
    crowd = STARTER
    for _ in range(48):
        crowd = new_actions.add_action(crowd, OGRE, "template", "heal")
    with pytest.raises(ScenarioError, match="at most 50"):
        new_actions.add_action(crowd, OGRE, "template", "heal")


def test_riders_are_added_to_attacks_and_effects_to_saving_throws_and_riders():
    edited = new_actions.add_rider(STARTER, f"{OGRE}.actions[0]", "damage")
    (rider,) = ogre(edited).actions[0].on_hit
    assert (str(rider.damage[0]), rider.effect) == ("1d6", None)
    edited = new_actions.add_rider(edited, f"{OGRE}.actions[0].on_hit[0]", "condition")
    (rider,) = ogre(edited).actions[0].on_hit
    assert (rider.dc, rider.effect.conditions, rider.effect.name) == (
        *(14, ("poisoned",)),
        "Extra damage",
    )
    edited = new_actions.add_action(edited, OGRE, DRAGON, "Fire Breath")
    edited = new_actions.add_rider(edited, f"{OGRE}.actions[2]", "condition")
    assert ogre(edited).actions[2].effect.save_ends
    again = new_actions.add_rider(edited, f"{OGRE}.actions[0]", "damage")
    assert [each.name for each in ogre(again).actions[0].on_hit] == [
        "Extra damage",
        "Extra damage B",
    ]


@pytest.mark.parametrize("name", ["damage", "condition"])
def test_what_has_an_effect_or_takes_no_riders_is_told_so(name):
    frightening = new_actions.add_action(STARTER, OGRE, "template", "condition")
    for path in (f"{OGRE}.actions[2]", f"{CLERIC}.actions[2]"):
        with pytest.raises(ScenarioError, match=f"takes no {name} here"):
            new_actions.add_rider(frightening, path, name)


def test_a_rider_is_removed_and_duplicated_as_an_action_is():
    edited = new_actions.add_rider(STARTER, f"{OGRE}.actions[0]", "condition")
    path = f"{OGRE}.actions[0].on_hit[0]"
    twice = edits.duplicate(edited, path)
    assert [rider.name for rider in ogre(twice).actions[0].on_hit] == ["Venom", "Venom B"]
    assert edits.remove(edited, path) == STARTER


def test_what_was_added_is_played():
    edited = new_actions.add_action(STARTER, OGRE, "template", "venomous_attack")
    edited = edits.with_value(edited, f"{OGRE}.multiattack", ["Sting", "Sting"])
    events = simulate(edited, runs=50).events
    assert {"Sting", "Venom"} <= set(events["action"].to_pylist())


@settings(max_examples=40)
@given(scenarios(), st.sampled_from(KNOWN), st.data())
def test_any_creature_takes_any_action_and_loses_it_without_a_trace(scenario, known, data):
    path = data.draw(st.sampled_from(creatures(scenario)))
    try:
        edited = new_actions.add_action(scenario, path, *known)
    except ScenarioError as error:  # too large a scenario
        assert "at most" in str(error)  # noqa: PT017
        return
    before, after = (at(each, path) for each in (scenario, edited))
    assert after.actions[:-1] == before.actions
    assert replace(after, actions=before.actions) == replace(
        before, resources=after.resources, legendary_actions=after.legendary_actions
    )


def creatures(scenario):
    fights = [
        f"encounters[{number}].monsters[{index}]"
        for number, fight in enumerate(scenario.encounters)
        for index in range(len(fight.monsters))
    ]
    return [f"players[{index}]" for index in range(len(scenario.players))] + fights


def at(scenario, path):
    if path.startswith("players"):
        return scenario.players[int(path[8:-1])]
    number, index = (int(part.rstrip("]").rpartition("[")[2]) for part in path.split("."))
    return scenario.encounters[number].monsters[index]
