"""The scenario on screen as plain JSON: its name, its creatures, the numbers that can be changed.

Stands on `protocol`; pure functions, so that they are tested without a kernel.
"""

from __future__ import annotations

from collections.abc import Iterator

from dualslot_widgets.scenario.actions import MAX_BONUS, Attack
from dualslot_widgets.scenario.creature import (
    MAX_ARMOR_CLASS,
    MAX_COMBATANTS,
    MAX_HP,
    Creature,
)
from dualslot_widgets.scenario.scenario import MAX_RUNS, MAX_SEED, Scenario
from dualslot_widgets.widgets.protocol.scenario import CreatureView, Field, ScenarioView

#: Where sliders of hit points may end; the first with room above the value is taken.
_SLIDER_ENDS = (50, 100, 200, 400, 800, MAX_HP)


def scenario_view(scenario: Scenario, revision: int) -> ScenarioView:
    """Return the scenario on screen with its number fields."""
    settings = scenario.settings
    return {
        "name": scenario.name,
        "summary": summary(scenario),
        "revision": revision,
        "creatures": list(_creatures(scenario)),
        "settings": [
            _field("settings.runs", "runs", settings.runs, (1, MAX_RUNS), []),
            _field("settings.seed", "seed", settings.seed, (0, MAX_SEED), []),
        ],
    }


def summary(scenario: Scenario) -> str:
    """Return words such as "4 characters, level 2, against 6 × Goblin and Ogre"."""
    party = sum(player.count for player in scenario.players)
    levels = sorted({p.level for p in scenario.players if p.level is not None})
    level = ""
    if levels:
        span = str(levels[0]) if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"
        level = f", level {span}"
    fights = [
        " and ".join(
            f"{monster.count} × {monster.name}" if monster.count > 1 else monster.name
            for monster in encounter.monsters
        )
        for encounter in scenario.encounters
    ]
    plural = "" if party == 1 else "s"
    return f"{party} character{plural}{level}, against {', then '.join(fights)}"


def _creatures(scenario: Scenario) -> Iterator[CreatureView]:
    for index, player in enumerate(scenario.players):
        yield {
            "name": player.name,
            "side": "party",
            "encounter": 0,
            "fields": _fields(player, f"players[{index}]"),
        }
    for number, encounter in enumerate(scenario.encounters):
        for index, monster in enumerate(encounter.monsters):
            yield {
                "name": monster.name,
                "side": "monsters",
                "encounter": number + 1,
                "fields": _fields(monster, f"encounters[{number}].monsters[{index}]"),
            }


def _fields(creature: Creature, path: str) -> list[Field]:
    hp, armor = creature.max_hp, creature.armor_class
    end = next((end for end in _SLIDER_ENDS if 1.25 * hp <= end), MAX_HP)
    fields = [
        _field(f"{path}.count", "count", creature.count, (1, MAX_COMBATANTS), [1, 12]),
        _field(f"{path}.max_hp", "hit points", hp, (1, MAX_HP), [1, end]),
        _field(f"{path}.armor_class", "armor class", armor, (0, MAX_ARMOR_CLASS), [5, 30]),
    ]
    for index, action in enumerate(creature.actions):
        if isinstance(action, Attack):
            place = f"{path}.actions[{index}].attack_bonus"
            label = f"{action.name} to hit"
            bonus = action.attack_bonus
            fields.append(_field(place, label, bonus, (-MAX_BONUS, MAX_BONUS), [-2, 20]))
    return fields


def _field(path: str, label: str, value: int, bounds: tuple[int, int], slider: list[int]) -> Field:
    if slider:
        slider = [min(slider[0], value), max(slider[1], value)]
    return {
        "path": path,
        "label": label,
        "value": value,
        "min": bounds[0],
        "max": bounds[1],
        "slider": slider,
    }
