"""What the editor sends and knows, by example; they become fixtures in `protocol_examples`."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.editing import edits, new_actions
from dualslot_widgets.library import characters
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.action_reading import read_action
from dualslot_widgets.scenario.actions import MAX_BONUS, RESTS, TIMES, TRIGGERS
from dualslot_widgets.scenario.creature import POSITIONS, ROLES, TARGETING
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.effects import ABILITIES, CLOCKS, CONDITIONS, DEFENCES
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH, Problems
from dualslot_widgets.scenario.resources import MAX_SLOTS
from dualslot_widgets.scenario.riders import MAX_ATTACKS, MAX_DC, MAX_TARGETS, MAX_USES, WHEN
from dualslot_widgets.scenario.scenario import HIT_POINTS, MAX_ROUNDS, SIDES, SPREADS, Scenario
from dualslot_widgets.widgets.parts.editor.action_view import DETAILS, FLAGS
from dualslot_widgets.widgets.parts.editor.scenario_view import (
    bestiary_view,
    library_view,
    scenario_view,
)
from dualslot_widgets.widgets.protocol.edit_messages import MAX_PASTED
from dualslot_widgets.widgets.protocol.scenario import (
    LibraryView,
    MonsterView,
    PasteView,
    ScenarioView,
)
from tests.widgets.data_sets import HOSTILE, hostile_scenario


def vocabulary() -> dict[str, Any]:
    """Return the words and bounds that the editor knows of by itself."""
    return {
        "words": {
            "targeting": TARGETING,
            "position": POSITIONS,
            "role": ROLES,
            "ability": ABILITIES,
            "on_success": ("half", "none"),
            "rest": RESTS,
            "surprised": SIDES,
            "hit_points": HIT_POINTS,
            "spread": SPREADS,
            "class_name": characters.classes(),
            "trigger": TRIGGERS,
            "when": WHEN,
            "clock": CLOCKS,
            "condition": CONDITIONS,
            "defence": DEFENCES,
        },
        "times": {kind: times_of(kind) for kind in DETAILS if "time" in DETAILS[kind]},
        "on": {"heal": ("allies", "self"), "effect": ("self", "allies", "enemies")},
        "flags": FLAGS,
        "bounds": {
            "attack_bonus": (-MAX_BONUS, MAX_BONUS),
            "dc": (0, MAX_DC),
            "targets": (1, MAX_TARGETS),
            "uses": (1, MAX_USES),
            "recharge": (2, 6),
            "level": (1, 20),
            "initiative_bonus": (-MAX_BONUS, MAX_BONUS),
            "saving_throws": (-MAX_BONUS, MAX_BONUS),
            "arrives": (1, MAX_ROUNDS),
            "attacks": (1, MAX_ATTACKS),
            "critical_range": (2, 20),
            "legendary_cost": (1, 5),
            "legendary_actions": (0, 10),
            "spell_slots": (0, MAX_SLOTS),
            "duration": (1, MAX_ROUNDS),
            "added_armor_class": (0, 20),
        },
        "lengths": {"name": MAX_NAME_LENGTH, "pasted": MAX_PASTED},
        "damage_types": DAMAGE_TYPES,
    }


#: What an action of each type has at least.
LEAST: dict[str, dict[str, Any]] = {
    "attack": {"attack_bonus": 1, "damage": "1d4"},
    "save": {"dc": 10, "ability": "dex", "damage": "1d4"},
    "heal": {"healing": "1d4"},
    "effect": {"effect": {"name": "E"}},
}


def times_of(kind: str) -> list[str]:
    """Return what an action of a type may take of a turn, found by trying."""
    found = []
    for time in TIMES:
        problems = Problems()
        read_action({"type": kind, "name": "A", "time": time, **LEAST[kind]}, "", problems)
        if not problems:
            found.append(time)
    return found


def some_library() -> LibraryView:
    """Return a part of the library: of the monsters of `monsters`."""
    found, keys = library_view(), {monster["key"] for monster in monsters()}
    some = {key: names for key, names in found["monsters"].items() if key in keys}
    return {**found, "monsters": some}


def monsters() -> list[MonsterView]:
    """Return some of the bestiary: of every coverage, and of every way to write a rating."""
    keys = {"adult-red-dragon", "cat", "ettercap", "frog", "giant-frog", "goblin", "ogre", "wolf"}
    return [monster for monster in bestiary_view() if monster["key"] in keys]


def scenarios_on_screen() -> dict[str, Scenario]:
    made = Scenario.from_dict(
        {
            "name": "Made",
            "players": [{"character": "sorcerer", "level": 5}, {"character": "monk", "level": 5}],
            "encounters": [
                {"monsters": [{"monster": "adult-red-dragon"}]},
                {"monsters": [{"monster": "frog", "arrives": 1}], "rest": "long_rest"},
            ],
        }
    )
    return {
        "starter": starter_scenario(),
        "hostile": hostile_scenario(),
        "made": made,
        "homebrew": homebrew(),
    }


def homebrew() -> Scenario:
    """Return an ogre to which much was added in the editor."""
    ogre = "encounters[0].monsters[1]"
    made = new_actions.add_action(starter_scenario(), ogre, "template", "venomous_attack")
    made = new_actions.add_action(made, ogre, "spell", "Hold Person")
    made = new_actions.add_action(made, ogre, "template", "blessing")
    made = new_actions.add_action(made, ogre, "adult-red-dragon", "Wing Attack (legendary)")
    values: dict[str, Any] = {
        "multiattack": ["Greatclub", "Greatclub", "Sting"],
        "resistances": ["fire", "nonmagical slashing"],
        "condition_immunities": ["charmed"],
        "spell_slots[1]": 2,
        "actions[2].on_hit[0].effect.turn_damage": "1d6 poison",
        "actions[0].critical_range": 19,
        "actions[0].advantage": True,
    }
    for path, value in values.items():
        made = edits.with_value(made, f"{ogre}.{path}", value)
    return made


def scenario_views() -> dict[str, ScenarioView]:
    """Return scenarios as the editor draws them, one of them after an undo and a failed paste."""
    found = scenarios_on_screen()
    pasted: PasteView = {"number": 2, "problems": [f"players[0].name: {HOSTILE}"], "note": ""}
    return {
        "starter": scenario_view(found["starter"], 3),
        "hostile": scenario_view(found["hostile"], 1),
        "made": scenario_view(
            found["made"], 4, steps=(2, 1), change=f"Undone: {HOSTILE} removed", paste=pasted
        ),
        "homebrew": scenario_view(found["homebrew"], 3),
    }
