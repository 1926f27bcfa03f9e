"""What the editor sends and knows, by example; they become fixtures in `protocol_examples`."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.scenario import characters
from dualslot_widgets.scenario.actions import MAX_BONUS, MAX_DC, MAX_TARGETS, MAX_USES, RESTS
from dualslot_widgets.scenario.creature import POSITIONS, ROLES, TARGETING
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH
from dualslot_widgets.scenario.scenario import HIT_POINTS, MAX_ROUNDS, SIDES, SPREADS, Scenario
from dualslot_widgets.scenario.starter import starter_scenario
from dualslot_widgets.widgets.protocol.edits import MAX_PASTED
from dualslot_widgets.widgets.protocol.scenario import MonsterView, PasteView, ScenarioView
from dualslot_widgets.widgets.scenario_view import bestiary_view, scenario_view
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
        },
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
        },
        "lengths": {"name": MAX_NAME_LENGTH, "pasted": MAX_PASTED},
        "damage_types": DAMAGE_TYPES,
    }


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
    return {"starter": starter_scenario(), "hostile": hostile_scenario(), "made": made}


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
    }
