"""An action as the editor draws it: what can be changed in place, and in words what cannot.

Stands on `protocol`; pure functions.
"""

from __future__ import annotations

from dualslot_widgets.scenario.actions import (
    Action,
    Attack,
    Counter,
    Defend,
    Enchant,
    Heal,
    Save,
    Surge,
)
from dualslot_widgets.scenario.dice import DamageTerm, damage_text
from dualslot_widgets.widgets.protocol.scenario import ActionView

_TYPES: dict[type[Action], str] = {
    Attack: "attack",
    Save: "save",
    Heal: "heal",
    Enchant: "effect",
    Defend: "defend",
    Counter: "counter",
    Surge: "surge",
}
_FLAGS = ("ranged", "advantage", "disadvantage", "automatic", "area", "concentration", "lasting")


def action_view(action: Action) -> ActionView:
    """Return an action with what of it can be changed."""
    damage = getattr(action, "damage", ())
    return {
        "type": _TYPES[type(action)],
        "name": action.name,
        "attack_bonus": getattr(action, "attack_bonus", None),
        "dc": getattr(action, "dc", None),
        # The saving throw of an effect alone is part of its rules, and stays.
        "ability": action.ability if isinstance(action, Save) else None,
        "on_success": action.on_success if isinstance(action, Save) and damage else None,
        "damage": damage_text(damage) if damage else None,
        "healing": _points(getattr(action, "healing", None)),
        "temporary_hp": _points(getattr(action, "temporary_hp", None)),
        "targets": getattr(action, "targets", None),
        "uses": action.uses,
        "per": action.per,
        "recharge": action.recharge,
        "limit": limit(action),
        "note": note(action),
    }


def limit(action: Action) -> str:
    """Return what limits an action besides uses and recharge: "1 ki", "a slot of level 3"."""
    if action.cost:
        return " and ".join(f"{much} {name}" for name, much in action.cost)
    if action.takes_slot:
        return f"a slot of level {action.spell}"
    return ""


def note(action: Action) -> str:
    """Return what else an action is and does: "reaction, 2 attacks, on a hit: Poison"."""
    words = [] if action.time == "action" else [action.time.replace("_", " ")]
    if action.time == "legendary" and action.legendary_cost > 1:
        words.append(f"takes {action.legendary_cost}")
    if action.spell == 0:
        words.append("cantrip")
    if (rolls := getattr(action, "attacks", 1)) > 1:
        words.append(f"{rolls} attacks")
    words += [flag for flag in _FLAGS if getattr(action, flag, False)]
    match action:
        case Attack(on_hit=riders) if riders:
            words.append(f"on a hit: {', '.join(rider.name for rider in riders)}")
        case Heal(points=points) if points:
            words.append(f"hit points from {points.replace('_', ' ')}")
        case Defend():
            words += [f"armor class +{action.armor_class}"] * bool(action.armor_class)
            words += ["halves the damage"] * action.halve
        case Counter():
            words.append("interrupts a spell")
        case Surge():
            words.append("one more action")
    if (effect := getattr(action, "effect", None)) is not None:
        told = ", ".join(effect.conditions)
        named = not action.name.startswith(effect.name.removesuffix(" (effect)"))
        words.append(f"{told or 'effect'} ({effect.name})" if named else told or "an effect")
    return ", ".join(words)


def _points(term: DamageTerm | None) -> str | None:
    return None if term is None else str(term)
