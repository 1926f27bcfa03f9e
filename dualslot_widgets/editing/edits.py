"""Edits of scenarios: each takes a scenario and returns another one that can be played.

Paths are written as error messages write them: ``"encounters[0].monsters[1]"``. An edit that leads
nowhere, or to what cannot be played, raises `ScenarioError`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dualslot_widgets.editing.own_numbers import own_numbers
from dualslot_widgets.editing.places import KINDS, creature_at, entry_of, free_name, place_of
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library.characters.progression import MAX_LEVEL
from dualslot_widgets.library.ready_made import at_level, class_of
from dualslot_widgets.scenario.creature import Creature, read_creature
from dualslot_widgets.scenario.paths import Step, nowhere, set_value, steps_of
from dualslot_widgets.scenario.reading import Problems
from dualslot_widgets.scenario.scenario import SCHEMA, Scenario

#: The lists of which at least one entry stays.
_STAYING = ("players", "monsters", "encounters")
#: How many a round: SRD 5.1, "Legendary Creatures", "can take 3 legendary actions".
LEGENDARY_ACTIONS = 3
#: An action is limited by one of these at most; the one that is set last stays.
_LIMITS = {"uses": ("recharge",), "recharge": ("uses", "per")}


def with_value(scenario: Scenario, path: str, value: object) -> Scenario:
    """Return a scenario with one value changed.

    A renamed action keeps its place in the multiattack; a ready-made character that changes its
    level changes with it; uses and recharge take each other's place; what begins to need a saving
    throw DC or legendary actions gets them.

    Parameters
    ----------
    scenario : Scenario
    path : str
        The value's path; it may be one that is left out because it is the usual one.
    value : object
        None takes away what may be absent.
    """
    content = scenario.to_dict()
    set_value(SCHEMA, content, path, value)
    *way, key = steps_of(path)
    if key == "level" and value is not None:
        _change_level(creature_at(scenario, way), place_of(content, way), value)
    elif isinstance(key, str):
        _keep_in_step(scenario, content, way, key, value)
    return Scenario.from_dict(content)


def add_monster(scenario: Scenario, encounter: int, key: str) -> Scenario:
    """Return a scenario with one monster of the bestiary more in an encounter.

    Where that monster is already there as the bestiary has it, its count goes up.

    Parameters
    ----------
    scenario : Scenario
    encounter : int
        Counted from 0.
    key : str
        The monster's key, as `bestiary.keys` lists it.
    """
    if not 0 <= encounter < len(scenario.encounters):
        raise nowhere(f"encounters[{encounter}]")
    content = scenario.to_dict()
    monsters = content["encounters"][encounter]["monsters"]
    fresh = read_creature({"monster": key}, "", Problems())
    for index, monster in enumerate(scenario.encounters[encounter].monsters):
        if replace(monster, count=1) == fresh:
            monsters[index]["count"] += 1
            return Scenario.from_dict(content)
    monsters.append({"monster": key} | free_name(fresh.name, monsters))
    return Scenario.from_dict(content)


def add_character(scenario: Scenario, class_name: str, level: int) -> Scenario:
    """Return a scenario with a ready-made character more; see `characters.character`."""
    content = scenario.to_dict()
    made: dict[str, Any] = {"character": class_name, "level": level}
    name = class_name.strip().capitalize()
    content["players"].append(made | free_name(name, content["players"]))
    return Scenario.from_dict(content)


def add_encounter(scenario: Scenario, key: str) -> Scenario:
    """Return a scenario with one encounter more, behind the others, against one monster."""
    content = scenario.to_dict()
    content["encounters"].append({"monsters": [{"monster": key}]})
    return Scenario.from_dict(content)


def remove(scenario: Scenario, path: str) -> Scenario:
    """Return a scenario without a character, a monster, an encounter, an action or a rider.

    At least one of the first three stays; a removed action leaves the multiattack, too.
    """
    content = scenario.to_dict()
    entries, index, kind, owner = entry_of(content, path)
    if kind in _STAYING and len(entries) == 1:
        what = KINDS[kind]
        remedy = "; remove the encounter" if kind == "monsters" and _several(scenario) else ""
        raise ScenarioError(f"{path}: is the last {what}, and one has to stay{remedy}")
    gone = entries.pop(index)
    if kind == "actions" and "multiattack" in owner:
        owner["multiattack"] = [name for name in owner["multiattack"] if name != gone["name"]]
    return Scenario.from_dict(content)


def duplicate(scenario: Scenario, path: str) -> Scenario:
    """Return a scenario with a character, monster, encounter, action or rider twice.

    The second one stands right behind the first; but for encounters it gets a name of its own.
    """
    content = scenario.to_dict()
    entries, index, kind, _ = entry_of(content, path)
    named = {} if kind == "encounters" else free_name(entries[index]["name"], entries)
    entries.insert(index + 1, entries[index] | named)
    return Scenario.from_dict(content)


def _change_level(creature: Creature, place: dict[str, Any], level: object) -> None:
    """Make a ready-made character the one of its class at another level."""
    class_name = class_of(creature)
    if class_name is not None and isinstance(level, int) and 1 <= level <= MAX_LEVEL:
        made = at_level(creature, class_name, level)
        place.clear()
        place.update(made)


def _keep_in_step(
    scenario: Scenario, content: Any, way: list[Step], key: str, value: object
) -> None:
    """Change what hangs on a value of an action, of a rider or of an effect that was set."""
    if way[-2:-1] == ["actions"]:
        owner, action = place_of(content, way[:-2]), place_of(content, way)
        _keep_action_in_step(owner, action, key, value)
        if key == "name":
            _rename(owner, place_of(scenario.to_dict(), [*way, key]), value)
    rolls = way[-1:] == ["effect"] and key == "save_ends" and value
    bearer = place_of(content, way[:-1] if rolls else way)
    if key in ("dc", "ability") and value is None:  # without a saving throw none is repeated
        bearer.pop("dc", None)
        for needs in ("save_ends", "turn_save"):
            bearer.get("effect", {}).pop(needs, None)
    elif (rolls or (key == "ability" and value)) and bearer.get("dc") is None:
        bearer["dc"] = own_numbers(creature_at(scenario, way)).dc


def _keep_action_in_step(
    creature: dict[str, Any], action: dict[str, Any], key: str, value: object
) -> None:
    for other in _LIMITS.get(key, ()) if value is not None else ():
        action.pop(other, None)
    if key == "uses" and value is None:
        action.pop("per", None)
    if key == "time" and value == "legendary":
        creature.setdefault("legendary_actions", LEGENDARY_ACTIONS)


def _rename(creature: dict[str, Any], before: str, name: object) -> None:
    """Rename an action wherever its creature names it."""
    if "multiattack" in creature:
        creature["multiattack"] = [
            name if each == before else each for each in creature["multiattack"]
        ]
    riders = list(creature.get("riders", ()))
    for action in creature["actions"]:
        riders += action.get("on_hit", ())
        if action.get("shares") == before:
            action["shares"] = name
    for rider in riders:
        if rider.get("follow_up") == before:
            rider["follow_up"] = name


def _several(scenario: Scenario) -> bool:
    return len(scenario.encounters) > 1
