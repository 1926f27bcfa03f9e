"""A value that is changed takes along what hangs on it: names, limits, slots, saving throws."""

from __future__ import annotations

import pytest

from dualslot_widgets.editing import edits, new_actions
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.scenario import Scenario
from tests.editing.editing_examples import CLERIC, MADE, OGRE, STARTER, names


def test_a_value_that_is_left_out_because_it_is_usual_can_be_given():
    edited = edits.with_value(STARTER, f"{OGRE}.targeting", "random")
    assert edited.encounters[0].monsters[1].targeting == "random"
    edited = edits.with_value(MADE, "encounters[0].rest", "long_rest")
    assert edited.encounters[0].rest == "long_rest"
    assert edits.with_value(edited, "encounters[0].rest", None) == MADE
    hardly = Scenario.from_dict(
        {**STARTER.to_dict(), "players": [{"name": "A", "max_hp": 1, "armor_class": 1}]}
    )
    assert edits.with_value(hardly, "players[0].saving_throws.wis", 3).players[0].saves["wis"] == 3


def test_a_renamed_action_keeps_its_place_in_the_multiattack():
    edited = edits.with_value(MADE, "encounters[0].monsters[0].actions[0].name", "Fangs")
    dragon = edited.encounters[0].monsters[0]
    before = MADE.encounters[0].monsters[0]
    assert dragon.multiattack == tuple(
        "Fangs" if name == before.actions[0].name else name for name in before.multiattack
    )
    assert "Fangs" in dragon.multiattack


def test_a_removed_action_leaves_the_multiattack():
    dragon = MADE.encounters[0].monsters[0]
    gone = dragon.actions[0].name
    assert gone in dragon.multiattack
    edited = edits.remove(MADE, "encounters[0].monsters[0].actions[0]").encounters[0].monsters[0]
    assert names(edited.actions) == names(dragon.actions)[1:]
    assert gone not in edited.multiattack


def test_uses_and_recharge_take_each_others_place():
    path = f"{CLERIC}.actions[2]"
    recharged = edits.with_value(STARTER, f"{path}.recharge", 5)
    action = recharged.players[1].actions[2]
    assert (action.uses, action.recharge) == (None, 5)
    action = edits.with_value(recharged, f"{path}.uses", 4).players[1].actions[2]
    assert (action.uses, action.recharge) == (4, None)
    action = edits.with_value(recharged, f"{path}.recharge", None).players[1].actions[2]
    assert action.at_will


def test_a_renamed_action_keeps_its_name_wherever_its_creature_names_it():
    breaths = Scenario.from_dict(
        {
            **STARTER.to_dict(),
            "encounters": [{"monsters": [{"monster": "adult-brass-dragon"}]}],
        }
    )
    fire = names(breaths.encounters[0].monsters[0].actions).index("Fire Breath")
    path = f"encounters[0].monsters[0].actions[{fire}].name"
    edited = edits.with_value(breaths, path, "Blaze").encounters[0].monsters[0]
    assert {action.shares for action in edited.actions} == {None, "Blaze"}
    pounce = Scenario.from_dict(
        {**STARTER.to_dict(), "encounters": [{"monsters": [{"monster": "lion"}]}]}
    )
    named = follow_ups(pounce).pop()
    number = names(pounce.encounters[0].monsters[0].actions).index(named)
    path = f"encounters[0].monsters[0].actions[{number}].name"
    assert follow_ups(edits.with_value(pounce, path, "Fangs")) == {"Fangs"}


def follow_ups(scenario):
    """Return the attacks that riders of the first monster make at once."""
    monster = scenario.encounters[0].monsters[0]
    on_hit = [rider for action in monster.actions for rider in getattr(action, "on_hit", ())]
    return {rider.follow_up for rider in [*monster.riders, *on_hit]} - {None}


def test_spell_slots_are_set_level_by_level_and_end_at_the_highest_one():
    edited = edits.with_value(STARTER, f"{OGRE}.spell_slots[2]", 3)
    assert edited.encounters[0].monsters[1].spell_slots == (0, 0, 3)
    edited = edits.with_value(edited, f"{OGRE}.spell_slots[0]", 4)
    edited = edits.with_value(edited, f"{OGRE}.spell_slots[2]", 0)
    assert edited.encounters[0].monsters[1].spell_slots == (4,)
    assert edits.with_value(edited, f"{OGRE}.spell_slots[0]", 0) == STARTER
    with pytest.raises(ScenarioError, match="no such value"):
        edits.with_value(STARTER, f"{OGRE}.spell_slots[9]", 1)
    with pytest.raises(ScenarioError, match="21 is outside 0 to 20"):
        edits.with_value(STARTER, f"{OGRE}.spell_slots[0]", 21)


def test_slots_that_a_spell_needs_stay():
    made = Scenario.from_dict({**MADE.to_dict(), "players": [{"character": "wizard", "level": 1}]})
    with pytest.raises(ScenarioError, match="without a slot"):
        edits.with_value(made, "players[0].spell_slots[0]", 0)


def test_a_saving_throw_of_a_rider_comes_with_a_dc_and_goes_with_what_needs_it():
    path = f"{OGRE}.actions[0].on_hit[0]"
    venomous = new_actions.add_rider(STARTER, f"{OGRE}.actions[0]", "condition")
    bare = edits.with_value(venomous, f"{path}.ability", None)
    rider = bare.encounters[0].monsters[1].actions[0].on_hit[0]
    assert (rider.dc, rider.effect.save_ends) == (None, False)
    asked = edits.with_value(bare, f"{path}.ability", "dex")
    rider = asked.encounters[0].monsters[1].actions[0].on_hit[0]
    assert (rider.dc, rider.ability) == (14, "dex")
    ended = edits.with_value(bare, f"{path}.effect.save_ends", True)
    assert ended == venomous


def test_an_effect_that_a_saving_throw_ends_gets_a_dc():
    blessed = new_actions.add_action(STARTER, OGRE, "template", "blessing")
    edited = edits.with_value(blessed, f"{OGRE}.actions[2].effect.save_ends", True)
    assert edited.encounters[0].monsters[1].actions[2].dc == 14


def test_an_action_that_becomes_legendary_brings_legendary_actions():
    edited = edits.with_value(STARTER, f"{OGRE}.actions[0].time", "legendary")
    assert edited.encounters[0].monsters[1].legendary_actions == 3
