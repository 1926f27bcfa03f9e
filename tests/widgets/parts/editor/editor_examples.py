"""What the editor sends and knows, by example; they become fixtures in `protocol_examples`."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.editing import edits, new_actions
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.parts.editor.scenario_view import (
    bestiary_view,
    library_view,
    scenario_view,
)
from dualslot_widgets.widgets.protocol.scenario import (
    LibraryView,
    MonsterView,
    PasteView,
    ScenarioView,
)
from tests.widgets.data_sets import HOSTILE, hostile_scenario


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
