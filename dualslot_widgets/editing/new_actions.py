"""New actions and riders for a creature: plain ones, spells, and what monsters of the bestiary do.

Each edit takes a scenario and returns another one that can be played, or raises `ScenarioError`. A
new action takes the creature's own numbers where the rules say so, and brings along what it cannot
be played without.
"""

from __future__ import annotations

import json
from typing import Any

from dualslot_widgets.editing.edits import LEGENDARY_ACTIONS
from dualslot_widgets.editing.own_numbers import OwnNumbers, own_numbers
from dualslot_widgets.editing.places import creature_at, free_name, place_of
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library import bestiary
from dualslot_widgets.library.characters.spells import SPELLS, cast
from dualslot_widgets.scenario.actions import Attack
from dualslot_widgets.scenario.creature import Creature, highest_slot
from dualslot_widgets.scenario.paths import Step, nowhere, steps_of
from dualslot_widgets.scenario.reading import nearest, shown
from dualslot_widgets.scenario.scenario import Scenario

#: Plain actions to begin with, as scenario JSON; attack bonus and DC are the creature's own.
TEMPLATES: dict[str, dict[str, Any]] = {
    "melee_attack": {"type": "attack", "name": "Strike", "damage": "1d8+3 slashing"},
    "ranged_attack": {"type": "attack", "name": "Shot", "ranged": True, "damage": "1d8+3 piercing"},
    "venomous_attack": {
        "type": "attack",
        "name": "Sting",
        "damage": "1d6+3 piercing",
        "on_hit": [{"name": "Venom", "ability": "con", "effect": {"conditions": ["poisoned"]}}],
    },
    "area_save": {
        "type": "save",
        "name": "Blast",
        "ability": "dex",
        "damage": "6d6 fire",
        "on_success": "half",
        "targets": 3,
        "area": True,
        "recharge": 5,
    },
    "condition": {
        "type": "save",
        "name": "Terrify",
        "ability": "wis",
        "targets": 1,
        "effect": {"conditions": ["frightened"]},
    },
    "heal": {"type": "heal", "name": "Mend", "healing": "2d8+3", "uses": 3},
    "blessing": {
        "type": "effect",
        "name": "Rally",
        "on": "allies",
        "targets": 3,
        "uses": 1,
        "effect": {"name": "Rally", "attack_roll": "1d4", "duration": 10},
    },
    "parry": {"type": "defend", "name": "Parry", "armor_class": 3, "melee_only": True},
}
#: What can come with a hit, or with a failed saving throw.
RIDERS: dict[str, dict[str, Any]] = {
    "damage": {"name": "Extra damage", "damage": "1d6"},
    "condition": {"name": "Venom", "ability": "con", "effect": {"conditions": ["poisoned"]}},
}
#: One minute, as most spells and venoms of the SRD last, unless a saving throw ends it.
_WHILE = {"duration": 10, "save_ends": True}
_LIMITS = ("uses", "per", "recharge")


def library() -> dict[str, Any]:
    """Return the names of all actions that `add_action` knows.

    Returns
    -------
    dict
        "template" and "spell": lists of names; "monsters": by the monster's key the names of its
        actions.
    """
    keys = bestiary.keys()
    monsters = {key: bestiary.stat_block(key) or {} for key in keys}
    return {
        "template": list(TEMPLATES),
        "spell": sorted(SPELLS),
        "monsters": {
            key: [action["name"] for action in block["actions"]]
            for key, block in monsters.items()
            if "actions" in block
        },
    }


def add_action(scenario: Scenario, path: str, source: str, name: str) -> Scenario:
    """Return a scenario with one action more, behind the others of a creature.

    A spell has the creature's own DC and spell attack; without a slot for it, it can be cast once
    until a long rest. What a monster does keeps that monster's numbers unless it is a spell.

    Parameters
    ----------
    scenario : Scenario
    path : str
        The creature's path.
    source : str
        "template", "spell", or the key of a monster.
    name : str
        The action's name, as `library` lists it.
    """
    content = scenario.to_dict()
    steps = steps_of(path)
    creature = creature_at(scenario, steps)
    own, lender = own_numbers(creature), {}
    if source == "template":
        made = _with_own_numbers(_copy(TEMPLATES, name, "template"), own)
    elif source == "spell":
        made = _spell(name, own)
    else:
        lender = _monster(source)
        made = _copy({each["name"]: each for each in lender.get("actions", ())}, name, source)
        if "spell" in made:
            _cast_anew(made, own)
    place = place_of(content, steps)
    if not (isinstance(place, dict) and "max_hp" in place):
        raise nowhere(path)
    _settle(place, creature, made, lender)
    actions = place.setdefault("actions", [])
    actions.append(made | free_name(made["name"], actions))
    return Scenario.from_dict(content)


def add_rider(scenario: Scenario, path: str, name: str) -> Scenario:
    """Return a scenario in which more comes with an attack, a saving throw or a rider.

    Parameters
    ----------
    scenario : Scenario
    path : str
        Where an attack is, which gets a rider; or a saving throw or a rider, which gets an effect.
    name : str
        One of `RIDERS`.
    """
    content = scenario.to_dict()
    steps = steps_of(path)
    place, own = place_of(content, steps), own_numbers(creature_at(scenario, steps))
    rider = _with_own_numbers(_copy(RIDERS, name, "rider"), own)
    if not isinstance(place, dict):
        raise nowhere(path)
    if place.get("type") == "attack":
        riders = place.setdefault("on_hit", [])
        riders.append(rider | free_name(rider["name"], riders))
    elif "effect" in rider and _takes_effect(place, steps):
        place["effect"] = rider["effect"] | {"name": place["name"]}
        place.setdefault("dc", own.dc)
    else:
        raise ScenarioError(f"{path[:100]}: takes no {name} here; add it to an attack")
    return Scenario.from_dict(content)


def _takes_effect(place: dict[str, Any], steps: list[Step]) -> bool:
    is_rider = steps[-2:-1] in (["on_hit"], ["riders"])
    return "effect" not in place and (is_rider or place.get("type") == "save")


def _copy(known: dict[str, dict[str, Any]], name: str, source: str) -> dict[str, Any]:
    if name not in known:
        raise ScenarioError(
            f"name: {shown(source)} has nothing called {shown(name)}{nearest(name, known)}"
        )
    copied: dict[str, Any] = json.loads(json.dumps(known[name]))
    return copied


def _with_own_numbers(made: dict[str, Any], own: OwnNumbers) -> dict[str, Any]:
    if made.get("type") == "attack":
        made["attack_bonus"] = own.attack_bonus
    for each in (made, *made.get("on_hit", ())):
        if "ability" in each:
            each["dc"] = own.dc
            if "effect" in each:
                each["effect"] = {"name": each["name"]} | each["effect"] | _WHILE
    return made


def _spell(name: str, own: OwnNumbers) -> dict[str, Any]:
    if name not in SPELLS:
        raise ScenarioError(f"name: {shown(name)} is no spell here{nearest(name, SPELLS)}")
    return cast(
        SPELLS[name],
        dc=own.spell_dc,
        attack_bonus=own.spell_attack_bonus,
        modifier=own.modifier,
        level=own.level,
    )


def _monster(key: str) -> dict[str, Any]:
    block = bestiary.stat_block(key)
    if block is None:
        raise ScenarioError(
            f"source: {shown(key)} is not in the bestiary{nearest(key, bestiary.keys())}"
        )
    return block


def _cast_anew(made: dict[str, Any], own: OwnNumbers) -> None:
    """Give a spell of a monster the numbers of whoever casts it now."""
    if "attack_bonus" in made:
        made["attack_bonus"] = own.spell_attack_bonus
    for each in (made, *made.get("on_hit", ())):
        if "dc" in each:
            each["dc"] = own.spell_dc


def _settle(
    place: dict[str, Any], creature: Creature, made: dict[str, Any], lender: dict[str, Any]
) -> None:
    """Bring along what an action needs, and leave what only its former owner has."""
    limited = [action.name for action in creature.actions if action.uses or action.recharge]
    if made.get("shares", "") not in ("", *limited):
        shared = made.pop("shares")
        for each in lender.get("actions", ()):
            if each["name"] == shared:
                made |= {key: each[key] for key in _LIMITS if key in each}
    attacks = [action.name for action in creature.actions if isinstance(action, Attack)]
    riders = made.get("on_hit", [])
    for rider in riders:
        if rider.get("follow_up", "") not in ("", *attacks):
            del rider["follow_up"]
    made_riders = [each for each in riders if each.keys() & {"damage", "effect", "drains"}]
    if riders:
        made["on_hit"] = made_riders
    for what in (made, *made_riders):
        for name in (*what.get("cost", ()), *filter(None, [what.get("points")])):
            place.setdefault("resources", {}).setdefault(name, lender["resources"][name])
    free = not any(key in made for key in ("uses", "recharge", "shares", "cost"))
    if made.get("spell", 0) > highest_slot(creature) and free:
        made["uses"] = 1
    if made.get("time") == "legendary":
        place.setdefault("legendary_actions", lender.get("legendary_actions", LEGENDARY_ACTIONS))
