"""Edits lead from scenarios that can be played to scenarios that can be played, or are refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from dualslot_widgets.editing import edits, new_actions
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library import bestiary, characters
from dualslot_widgets.library.ready_made import class_of
from dualslot_widgets.scenario.scenario import Scenario
from tests.editing.editing_examples import GOBLIN, MADE, OGRE, STARTER, names
from tests.scenario.strategies import scenarios

#: (source, name) of some actions that can be added.
KNOWN = [
    *(("template", name) for name in new_actions.TEMPLATES),
    *(("spell", "Fireball"), ("spell", "Hold Person"), ("adult-red-dragon", "Fire Breath")),
    *(("lion", "Claw"), ("adult-red-dragon", "Wing Attack (legendary)"), ("x", "y")),
]


def test_a_monster_that_is_there_already_becomes_one_more():
    edited = edits.add_monster(STARTER, 0, "goblin")
    assert [(m.name, m.count) for m in edited.encounters[0].monsters] == [
        ("Goblin", 7),
        ("Ogre", 1),
    ]


def test_a_monster_beside_a_changed_one_of_its_kind_stands_by_itself_with_a_name_of_its_own():
    changed = edits.with_value(STARTER, f"{OGRE}.max_hp", 80)
    edited = edits.add_monster(changed, 0, "ogre")
    assert names(edited.encounters[0].monsters) == ["Goblin", "Ogre", "Ogre B"]
    assert [m.max_hp for m in edited.encounters[0].monsters] == [7, 80, 59]


def test_every_monster_can_be_added():
    crowd = STARTER
    for number, key in enumerate(bestiary.keys()):
        added = edits.add_monster(STARTER, 0, key).encounters[0].monsters
        assert sum(monster.count for monster in added) == 8, key
        if number % 20 == 0:
            crowd = edits.add_encounter(crowd, key)
    assert len(crowd.encounters) == 18


def test_a_monster_that_is_not_in_the_bestiary_is_refused_by_its_path_and_the_nearest_one():
    with pytest.raises(ScenarioError, match=r'monsters\[2\]\.monster: .*did you mean "ogre"'):
        edits.add_monster(STARTER, 0, "ogr")


@pytest.mark.parametrize("encounter", [1, -1, 10**9])
def test_an_encounter_that_is_not_there_gets_no_monster(encounter):
    with pytest.raises(ScenarioError, match="there is no such value"):
        edits.add_monster(STARTER, encounter, "ogre")


@pytest.mark.parametrize("class_name", characters.classes())
def test_a_character_is_added_by_class_and_level_and_known_again(class_name):
    edited = edits.add_character(STARTER, class_name, 7)
    assert class_of(edited.players[-1]) == class_name
    assert edited.players[-1].level == 7
    twice = edits.add_character(edited, class_name, 7)
    assert len(set(names(twice.players))) == 6


@pytest.mark.parametrize(("class_name", "level"), [("wizzard", 3), ("wizard", 21), ("", 1)])
def test_a_character_that_cannot_be_made_is_refused(class_name, level):
    with pytest.raises(ScenarioError, match=r"players\[4\]"):
        edits.add_character(STARTER, class_name, level)


def test_a_ready_made_character_changes_with_its_level_and_keeps_what_is_its_own():
    edited = edits.with_value(MADE, "players[0].level", 11)
    other = characters.character("fighter", 11, name="Ada", targeting="random")
    assert edited == Scenario.from_dict({**MADE.to_dict(), "players": [other]})
    assert edits.with_value(edited, "players[0].level", 5) == MADE


def test_of_a_character_that_was_changed_by_hand_the_level_changes_alone():
    changed = edits.with_value(MADE, "players[0].max_hp", 99)
    assert class_of(changed.players[0]) is None
    edited = edits.with_value(changed, "players[0].level", 11)
    assert edited.players[0] == replace(changed.players[0], level=11)


def test_a_level_out_of_bounds_is_refused_by_its_path():
    with pytest.raises(ScenarioError, match=r"players\[0\]\.level: 21 is outside 1 to 20"):
        edits.with_value(MADE, "players[0].level", 21)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("encounters[0]", "is the last encounter"),
        ("players[0]", "is the last character"),
        ("encounters[0].monsters[0]", "is the last monster, and one has to stay$"),
    ],
)
def test_one_of_each_stays(path, words):
    with pytest.raises(ScenarioError, match=words):
        edits.remove(MADE, path)


def test_the_last_monster_of_one_encounter_of_several_goes_with_its_encounter():
    two = edits.add_encounter(MADE, "wolf")
    with pytest.raises(ScenarioError, match="remove the encounter"):
        edits.remove(two, "encounters[1].monsters[0]")
    assert edits.remove(two, "encounters[1]") == MADE


def test_a_duplicate_stands_behind_the_first_with_a_name_of_its_own():
    edited = edits.duplicate(STARTER, GOBLIN)
    assert names(edited.encounters[0].monsters) == ["Goblin", "Goblin B", "Ogre"]
    edited = edits.duplicate(edited, "encounters[0].monsters[1]")
    assert names(edited.encounters[0].monsters) == ["Goblin", "Goblin B", "Goblin C", "Ogre"]
    edited = edits.duplicate(STARTER, f"{OGRE}.actions[0]")
    assert names(edited.encounters[0].monsters[1].actions)[:2] == ["Greatclub", "Greatclub B"]
    edited = edits.duplicate(STARTER, "encounters[0]")
    assert edited.encounters == STARTER.encounters * 2


@pytest.mark.parametrize("name", ["w" * 100, "🐉" * 100])
def test_a_duplicate_of_the_longest_name_has_a_name_that_is_no_longer(name):
    named = edits.with_value(STARTER, f"{OGRE}.name", name)
    edited = edits.duplicate(named, OGRE)
    assert edited.encounters[0].monsters[2].name == name[:98] + " B"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "players",
        "players[9]",
        "settings",
        "encounters[0].monsters[9]",
        "players[0].name",
        "x[0]",
    ],
)
def test_what_is_not_there_is_neither_removed_nor_duplicated_nor_changed(path):
    for edit in (edits.remove, edits.duplicate):
        with pytest.raises(ScenarioError, match="there is no such value"):
            edit(STARTER, path)
    with pytest.raises(ScenarioError):
        edits.with_value(STARTER, f"{path}.x[", 1)


@settings(max_examples=40)
@given(scenarios(), st.data())
def test_any_edit_of_any_scenario_can_be_played_or_is_refused(scenario, data):
    for _ in range(4):
        try:
            scenario = data.draw(any_edit(scenario))(scenario)
        except ScenarioError as error:
            assert error.problems  # noqa: PT017
        assert Scenario.from_dict(json.loads(json.dumps(scenario.to_dict()))) == scenario


@settings(max_examples=40)
@given(scenarios(), st.data())
def test_what_was_duplicated_is_removed_without_a_trace(scenario, data):
    path = data.draw(st.sampled_from(entries(scenario)))
    try:
        twice = edits.duplicate(scenario, path)
    except ScenarioError as error:  # too many of them
        assert "more than" in str(error) or "at most" in str(error)  # noqa: PT017
        return
    head, _, index = path[:-1].rpartition("[")
    assert edits.remove(twice, f"{head}[{int(index) + 1}]") == scenario


def entries(scenario):
    """Return the paths of all that can be removed."""
    found = []
    for side, creatures in [("players", scenario.players)] + [
        (f"encounters[{number}].monsters", fight.monsters)
        for number, fight in enumerate(scenario.encounters)
    ]:
        for index, creature in enumerate(creatures):
            found.append(f"{side}[{index}]")
            where = f"{side}[{index}]"
            found += [f"{where}.riders[{n}]" for n in range(len(creature.riders))]
            for number, action in enumerate(creature.actions):
                found.append(f"{where}.actions[{number}]")
                riders = range(len(getattr(action, "on_hit", ())))
                found += [f"{where}.actions[{number}].on_hit[{n}]" for n in riders]
    return found + [f"encounters[{number}]" for number in range(len(scenario.encounters))]


def any_edit(scenario):
    """Any edit of a scenario, as a function of it."""
    path = st.sampled_from(entries(scenario))
    key = st.sampled_from(
        [
            *("name", "count", "max_hp", "level", "damage", "uses", "recharge", "rest", "dc"),
            *("role", "time", "ability", "advantage", "multiattack", "immunities", "effect"),
            *("spell_slots[1]", "effect.save_ends", "effect.duration", "effect.conditions"),
        ]
    )
    value = st.sampled_from(
        [
            *("Ada", "1d6 fire", "brute", "short_rest", "legendary", "dex", 0, 1, 5, 60, 61),
            *(None, True, ["fire"], ["prone"], []),
        ]
    )
    monster = st.sampled_from(bestiary.keys())
    changes = st.tuples(path, key, value)
    return st.one_of(
        st.tuples(path, st.sampled_from(KNOWN)).map(
            lambda a: lambda s: new_actions.add_action(s, a[0], *a[1])
        ),
        st.tuples(path, st.sampled_from(list(new_actions.RIDERS))).map(
            lambda a: lambda s: new_actions.add_rider(s, *a)
        ),
        path.map(lambda p: lambda s: edits.remove(s, p)),
        path.map(lambda p: lambda s: edits.duplicate(s, p)),
        changes.map(lambda c: lambda s: edits.with_value(s, f"{c[0]}.{c[1]}", c[2])),
        st.tuples(st.integers(0, 2), monster).map(lambda a: lambda s: edits.add_monster(s, *a)),
        monster.map(lambda m: lambda s: edits.add_encounter(s, m)),
        st.tuples(st.sampled_from(characters.classes()), st.integers(1, 20)).map(
            lambda a: lambda s: edits.add_character(s, *a)
        ),
    )
