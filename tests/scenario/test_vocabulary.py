"""What fifth edition's words become in a scenario: read, checked, written back unchanged."""

from __future__ import annotations

import pytest

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.scenario import Scenario

HOLD = {"name": "Held", "conditions": ["paralyzed"], "save_ends": True, "duration": 10}
MAGE = {
    "name": "Mage",
    "max_hp": 40,
    "armor_class": 12,
    "position": "back",
    "role": "controller",
    "hit_dice": "9d8",
    "spell_slots": [4, 3, 3, 1],
    "resources": {"ki": {"uses": 5, "per": "short_rest"}, "lay_on_hands": {"uses": 25}},
    "traits": ["magic_resistance", "evasion"],
    "save_advantage": ["wis"],
    "condition_immunities": ["charmed"],
    "resistances": ["fire", "nonmagical slashing"],
    "regeneration": {"hp": 10, "stopped_by": ["acid", "fire"], "revives": True},
    "legendary_resistance": 3,
    "legendary_actions": 3,
    "relentless": 10,
    "damage_threshold": 5,
    "arrives": 3,
    "riders": [
        {"name": "Sneak Attack", "damage": "5d6", "when": "advantage_or_ally",
         "once_per_turn": True},
        {"name": "Divine Smite", "damage": "2d8 radiant", "spell": 1, "attacks": "melee_weapon",
         "upcast": {"damage": "1d8 radiant"}},
        {"name": "Stunning Strike", "dc": 15, "cost": {"ki": 1},
         "effect": {"name": "Stunned", "conditions": ["stunned"], "duration": 1,
                    "clock": "end_of_source_turn"}},
    ],
    "actions": [
        {"type": "attack", "name": "Rays", "attack_bonus": 7, "damage": "2d6 fire", "attacks": 3,
         "ranged": True, "spell": 2, "upcast": {"attacks": 1}},
        {"type": "save", "name": "Hold", "dc": 15, "ability": "wis", "spell": 2,
         "concentration": True, "effect": HOLD},
        {"type": "save", "name": "Fireball", "dc": 15, "ability": "dex", "damage": "8d6 fire",
         "area": True, "targets": 4, "spell": 3, "upcast": {"damage": "1d6 fire"}},
        {"type": "heal", "name": "Lay on Hands", "points": "lay_on_hands"},
        {"type": "heal", "name": "False Life", "temporary_hp": "1d4+4", "on": "self", "spell": 1},
        {"type": "effect", "name": "Bless", "on": "allies", "targets": 3, "spell": 1,
         "concentration": True,
         "effect": {"name": "Blessed", "attack_roll": "1d4", "saving_throw": "1d4"}},
        {"type": "defend", "name": "Shield", "armor_class": 5, "lasting": True, "spell": 1},
        {"type": "counter", "name": "Counterspell", "check_bonus": 4, "spell": 3},
        {"type": "surge", "name": "Action Surge", "uses": 1, "per": "short_rest"},
        {"type": "attack", "name": "Tail", "attack_bonus": 9, "damage": "2d8 piercing",
         "time": "legendary", "legendary_cost": 2},
    ],
}  # fmt: skip


def scenario(**more):
    ogres = {"monsters": [{"monster": "ogre"}], "rest": "long_rest", "surprised": "monsters"}
    return {"players": [MAGE | {"arrives": 1} | more], "encounters": [ogres]} | {
        "settings": {"hit_points": "rolled", "spread": "tight"}
    }


def test_every_word_is_written_back_as_it_was_read():
    written = Scenario.from_dict(scenario()).to_dict()
    (mage,) = written["players"]
    assert {key: mage[key] for key in MAGE if key not in ("arrives", "riders", "actions")} == {
        key: value for key, value in MAGE.items() if key not in ("arrives", "riders", "actions")
    }
    for key in ("riders", "actions"):
        for found, given in zip(mage[key], MAGE[key], strict=True):
            assert {name: found[name] for name in given} == given
    assert Scenario.from_dict(written).to_dict() == written
    assert written["encounters"][0] | {"monsters": []} == scenario()["encounters"][0] | {
        "monsters": []
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"spell_slots": []}, r"actions\[0\].spell: is a spell of level 2 without a slot"),
        ({"spell_slots": [2, -1]}, r"spell_slots\[1\]: -1 is outside 0 to 20"),
        ({"resources": {}}, r"riders\[2\].cost: names the unknown resource .ki."),
        ({"resources": {"": {"uses": 1}}}, "is no name of 1 to 100 characters"),
        ({"resources": {"ki": {"use": 1}}}, r"resources.ki.uses: is missing"),
        ({"traits": ["evasive"]}, 'did you mean "evasion"'),
        ({"resistances": ["nonmagical fire"]}, "unknown 'nonmagical fire'"),
        ({"position": "middle"}, "known: front, back"),
        ({"hit_dice": "2d8 fire"}, "hit_dice: .* is not healing"),
    ],
)  # fmt: skip
def test_a_word_that_leads_nowhere_is_named_with_its_path(change, message):
    with pytest.raises(ScenarioError, match=message):
        Scenario.from_dict(scenario(**change))


@pytest.mark.parametrize(
    ("action", "message"),
    [
        ({"type": "effect", "name": "X"}, "effect.name: is missing"),
        ({"type": "save", "name": "X", "dc": 9, "ability": "dex"}, "damage: is missing"),
        ({"type": "heal", "name": "X"}, "healing: is missing"),
        ({"type": "defend", "name": "X"}, "armor_class: is missing"),
        ({"type": "counter", "name": "X", "time": "action"}, 'time: is always "reaction"'),
        ({"type": "heal", "name": "X", "healing": "1", "time": "reaction"}, "is no reaction's"),
        (
            {"type": "effect", "name": "X", "effect": {"name": "Y", "attack_roll": "4d"}},
            "attack_roll: expected a text such as",
        ),
        (
            {"type": "attack", "name": "X", "attack_bonus": 1, "damage": "1",
             "on_hit": [{"name": "Y"}]},
            r"on_hit\[0\].damage: is missing",
        ),
    ],
)  # fmt: skip
def test_an_action_that_does_nothing_is_refused(action, message):
    with pytest.raises(ScenarioError, match=message):
        Scenario.from_dict(scenario(actions=[action], riders=[]))


def test_somebody_is_there_from_the_start():
    late = {"monsters": [{"monster": "ogre", "arrives": 2}]}
    with pytest.raises(ScenarioError, match="all arrive later"):
        Scenario.from_dict(scenario() | {"encounters": [late]})
