"""Nothing of an action is hidden: what the editor has no control for, it tells in words."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings

from dualslot_widgets.library import bestiary
from dualslot_widgets.scenario.actions import Attack, Save
from dualslot_widgets.scenario.creature import read_creature
from dualslot_widgets.scenario.reading import Problems
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.parts.editor.action_view import action_view, effect_view, rider_view
from dualslot_widgets.widgets.parts.editor.scenario_view import scenario_view
from tests.scenario.strategies import scenarios

#: What decides nothing: (field, what makes it mean something).
IDLE = {
    "ability": lambda of: getattr(of, "dc", None) is not None,
    "on_success": lambda of: bool(of.damage) and getattr(of, "dc", None) is not None,
    "per": lambda of: of.uses is not None,
    "legendary_cost": lambda of: of.time == "legendary",
}


def without_one(record):
    """Yield the record with each of its values put back to the default, where that is a change."""
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        optional = field.default is not dataclasses.MISSING and value != field.default
        if optional and IDLE.get(field.name, lambda _: True)(record):
            yield field.name, dataclasses.replace(record, **{field.name: field.default})


def assert_nothing_hidden(record, view):
    for name, other in without_one(record):
        assert view(other) != view(record), name


def parts(creature):
    """Yield all that a creature can do, and what draws it."""
    on_hit = [rider for action in creature.actions for rider in getattr(action, "on_hit", ())]
    yield from ((action, action_view) for action in creature.actions)
    for record in (*creature.actions, *creature.riders, *on_hit):
        if getattr(record, "effect", None) is not None:
            yield record.effect, effect_view
    yield from ((rider, rider_view) for rider in (*creature.riders, *on_hit))


@settings(max_examples=60)
@given(scenarios())
def test_no_value_of_any_action_rider_or_effect_is_hidden(scenario):
    creatures = [*scenario.players, *(m for fight in scenario.encounters for m in fight.monsters)]
    for creature in creatures:
        for record, view in parts(creature):
            assert_nothing_hidden(record, view)


@settings(max_examples=30)
@given(scenarios())
def test_no_value_of_any_creature_is_hidden(scenario):
    def view(player):
        changed = object.__new__(Scenario)  # without the gate: what is needed may be gone
        values = {"players": (player, *scenario.players[1:])}
        for field in dataclasses.fields(scenario):
            value = values.get(field.name, getattr(scenario, field.name))
            object.__setattr__(changed, field.name, value)
        return scenario_view(changed, 1)["creatures"][0]

    assert_nothing_hidden(scenario.players[0], view)


def test_no_value_of_any_monster_is_hidden():
    for key in bestiary.keys():  # noqa: SIM118
        monster = read_creature({"monster": key}, "", Problems())
        for record, view in parts(monster):
            assert_nothing_hidden(record, view)


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({}, ""),
        ({"ranged": True, "time": "bonus_action"}, "bonus action, ranged"),
        ({"critical_range": 19, "attacks": 2}, "critical from 19, 2 attacks"),
        ({"spell": 0}, "cantrip"),
        ({"requires": ("grappled",)}, "only against the grappled"),
        ({"critical_dice": 1, "reroll": 2}, "1 more dice on a critical hit, rerolls damage dice"),
    ],
)
def test_what_an_attack_is_and_does_is_told_in_words(changes, note):
    view = action_view(Attack(name="Strike", attack_bonus=1, damage=(), **changes))
    assert view["note"].startswith(note)
    assert bool(view["note"]) == bool(changes)


def test_what_has_a_control_is_told_only_while_it_is_folded():
    view = action_view(Save(name="Gaze", dc=10, ability="con", area=True, time="reaction"))
    assert view["note"] == "reaction, area"
    assert view["rest"] == ""
    assert view["details"] == {"time": "reaction", "trigger": "hit"}
    assert view["flags"] == ["area"]
