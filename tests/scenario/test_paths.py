"""Every value that a scenario may have can be named by its path, and set."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, strategies as st

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.paths import find, path_of, steps_of
from dualslot_widgets.scenario.scenario import SCHEMA, Scenario
from dualslot_widgets.scenario.schema import Declared, inside, keys_of
from tests.scenario.strategies import scenarios

STARTER = starter_scenario()


def values(declared: Declared, value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each path of what is declared there, whether it is written or not, and its value."""
    if path:
        yield path, value
    if isinstance(value, list):
        for index, each in enumerate(value):
            yield from values(inside(declared, index)[0], each, f"{path}[{index}]")
    elif isinstance(value, dict):
        kind = value.get("type", "")
        for key in keys_of(declared, kind) or value:
            further = inside(declared, key, kind)[0]
            at = f"{path}.{key}" if path else key
            yield from values(further, value.get(key, further.usual), at)


@given(scenarios(), st.randoms(use_true_random=False))
def test_setting_any_value_to_what_it_is_changes_nothing(scenario, random):
    paths = list(values(SCHEMA, scenario.to_dict()))
    for path, _ in paths:
        assert find(SCHEMA, steps_of(path)), path
        assert path_of(steps_of(path)) == path
    for path, value in random.sample(paths, 15):  # each takes as long as reading all of it
        assert scenario.with_value(path, value) == scenario, path


def test_every_key_that_is_declared_has_a_path():
    paths = dict(values(SCHEMA, STARTER.to_dict()))
    assert {"settings.spread", "players[0].position", "encounters[0].rest"} <= paths.keys()
    for path, value in paths.items():
        assert STARTER.with_value(path, value) == STARTER, path


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("settings.spread", "tight"),
        ("players[0].position", "back"),
        ("players[0].resources", {"ki": {"uses": 2}}),
        ("encounters[0].surprised", "party"),
        ("players[1].saving_throws.dex", 4),
        ("players[0].spell_slots[3]", 2),
        ("players[0].actions[0].on_hit", [{"name": "Fire", "damage": "1d6 fire"}]),
    ],
)
def test_what_is_left_out_because_it_is_the_usual_can_be_set_and_taken_back(path, value):
    changed = STARTER.with_value(path, value)
    assert changed != STARTER
    back = 0 if isinstance(value, int) else None
    assert changed.with_value(path, back) == STARTER


def test_what_is_taken_away_may_be_an_entry_of_a_list():
    fewer = STARTER.with_value("players[1]", None)
    assert [player.name for player in fewer.players] == ["Fighter", "Rogue", "Wizard"]
    with pytest.raises(ScenarioError, match="max_hp: expected a whole number, got None"):
        STARTER.with_value("players[0].max_hp", None)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("settings.sed", "settings.seed"),
        ("settings.runs ", "settings.runs"),
        ("settings.runs!", "settings.runs"),
        ("player[0].max_hp", "players[0].max_hp"),
        ("players.max_hp", "players[0].max_hp"),
        ("players[9].max_hp", "players[3].max_hp"),
        ("players[0].actions[0].damge", "players[0].actions[0].damage"),
        ("players[0].name.x", "players[0].name"),
        ("players[0].saving_throws.wisdom", "players[0].saving_throws.wis"),
        ("encounter[1].monster[0].armour_class", "encounters[0].monsters[0].armor_class"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused_with_the_nearest_right_one(wrong, right):
    with pytest.raises(ScenarioError) as caught:
        STARTER.with_value(wrong, 1)
    assert f'no such value in this scenario, did you mean "{right}"?' in str(caught.value)


@pytest.mark.parametrize(
    "path", ["", "a[", "[0]", "a..b", ".a", "a.", "a[-1]", "a[x]", "a]b", "a[99999]", "x" * 501]
)
def test_what_is_no_path_is_refused_with_an_example(path):
    with pytest.raises(ScenarioError, match=r"a path is written as \"players\[0\]") as caught:
        STARTER.with_value(path, 1)
    assert len(str(caught.value)) < 250


def test_names_of_the_users_own_are_steps_of_a_path():
    named = STARTER.with_value("players[0].resources", {"type": {"uses": 2}})
    more = named.with_value("players[0].resources.type.uses", 3)
    more = more.with_value("players[0].resources.lay on hands", {"uses": 9})
    resources = {name: found.uses for name, found in more.players[0].resources}
    assert resources == {"type": 3, "lay on hands": 9}
    with pytest.raises(ScenarioError, match=r'did you mean "players\[0\].resources.type.uses"'):
        named.with_value("players[0].resources.typ.uses", 3)


@pytest.mark.parametrize("value", [True, False, None, "1", 1.0])
def test_a_number_in_a_list_is_a_whole_one(value):
    with pytest.raises(ScenarioError, match=r"spell_slots\[0\]: expected a whole number"):
        STARTER.with_value("players[0].spell_slots[0]", value)


def test_an_action_has_the_keys_of_its_own_type():
    with pytest.raises(ScenarioError, match="no such value"):
        STARTER.with_value("players[0].actions[0].dc", 12)
    as_save = json.loads(json.dumps(STARTER.to_dict()))
    as_save["players"][0]["actions"][0] = {
        "type": "save", "name": "Blast", "dc": 12, "ability": "dex", "damage": "1d4"
    }  # fmt: skip
    blast = Scenario.from_dict(as_save).with_value("players[0].actions[0].dc", 13)
    assert blast.players[0].actions[0].dc == 13
