"""Scenarios that the tests of edits begin with."""

from __future__ import annotations

from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario import Scenario

STARTER = starter_scenario()
GOBLIN, OGRE = "encounters[0].monsters[0]", "encounters[0].monsters[1]"
CLERIC = "players[1]"
MADE = Scenario.from_dict(
    {
        "name": "Made",
        "players": [{"character": "fighter", "level": 5, "name": "Ada", "targeting": "random"}],
        "encounters": [{"monsters": [{"monster": "adult-red-dragon"}]}],
    }
)


def names(creatures):
    return [creature.name for creature in creatures]
