"""An action as the editor draws it: what can be changed in place, and in words what cannot."""

from __future__ import annotations

from dualslot_widgets.scenario.actions import (
    Action,
    Attack,
    Counter,
    Defend,
    Save,
    Surge,
    type_of,
)
from dualslot_widgets.scenario.dice import DamageTerm, damage_text
from dualslot_widgets.scenario.effects import Effect
from dualslot_widgets.scenario.riders import Rider
from dualslot_widgets.scenario.schema import declared_in
from dualslot_widgets.widgets.parts.editor.field_view import editable
from dualslot_widgets.widgets.parts.editor.rest_in_words import rest_in_words
from dualslot_widgets.widgets.protocol.scenario import ActionView, EffectView, RiderView
from dualslot_widgets.words.plural import plural

#: What means something at one time only.
_AT_TIMES = {"trigger": "reaction", "legendary_cost": "legendary"}


def action_view(action: Action) -> ActionView:
    """Return an action with what of it can be changed."""
    damage = getattr(action, "damage", ())
    asks = isinstance(action, Save) or getattr(action, "dc", None) is not None
    riders, effect = getattr(action, "on_hit", ()), getattr(action, "effect", None)
    rest = _rest(action)
    return {
        "type": type_of(action),
        "name": action.name,
        "attack_bonus": getattr(action, "attack_bonus", None),
        "dc": getattr(action, "dc", None),
        "ability": getattr(action, "ability", None) if asks else None,
        "on_success": action.on_success if isinstance(action, Save) and damage else None,
        "damage": damage_text(damage) if damage else None,
        "healing": _points(getattr(action, "healing", None)),
        "temporary_hp": _points(getattr(action, "temporary_hp", None)),
        "targets": getattr(action, "targets", None),
        "uses": action.uses,
        "per": action.per,
        "recharge": action.recharge,
        "limit": limit(action),
        "note": ", ".join([*_note(action), *rest]),
        "details": {key: getattr(action, key) for key in _details(action)},
        "flags": _flags(action),
        "riders": [rider_view(rider) for rider in riders],
        "effect": effect_view(effect) if effect else None,
        "rest": ", ".join(rest),
    }


def rider_view(rider: Rider) -> RiderView:
    """Return what comes with a hit, with what of it can be changed."""
    return {
        "name": rider.name,
        "when": rider.when,
        "once_per_turn": rider.once_per_turn,
        "damage": damage_text(rider.damage) if rider.damage else None,
        "dc": rider.dc,
        "ability": None if rider.dc is None else rider.ability,
        "on_success": rider.on_success,
        "effect": effect_view(rider.effect) if rider.effect else None,
        "rest": ", ".join(rest_in_words(rider, editable(rider))),
    }


def effect_view(effect: Effect) -> EffectView:
    """Return an effect with what of it can be changed."""
    return {
        "name": effect.name,
        "conditions": list(effect.conditions),
        "duration": effect.duration,
        "clock": effect.clock,
        "save_ends": effect.save_ends,
        "turn_damage": damage_text(effect.turn_damage) if effect.turn_damage else None,
        "rest": ", ".join(rest_in_words(effect, ["name", *editable(effect)])),
    }


def limit(action: Action) -> str:
    """Return what limits an action besides uses and recharge: "1 ki", "a slot of level 3"."""
    if action.cost:
        return " and ".join(f"{much} {name}" for name, much in action.cost)
    if action.takes_slot:
        return f"a slot of level {action.spell}"
    return ""


def _note(action: Action) -> list[str]:
    """Return in words what can be changed in the details, as long as they are folded."""
    words = [] if action.time == "action" else [action.time.replace("_", " ")]
    if action.time == "legendary" and action.legendary_cost > 1:
        words.append(f"takes {action.legendary_cost}")
    if isinstance(action, Attack) and action.critical_range < 20:
        words.append(f"critical from {action.critical_range}")
    if (rolls := getattr(action, "attacks", 1)) > 1:
        words.append(f"{rolls} attacks")
    words += [_FLAG_WORDS.get(flag, flag) for flag in _flags(action)]
    match action:
        case Attack(on_hit=riders) if riders:
            words.append(f"on a hit: {', '.join(map(_rider_words, riders))}")
        case Defend(armor_class=armor) if armor:
            words.append(f"armor class +{armor}")
        case Counter():
            words.append("interrupts a spell")
        case Surge():
            words.append("one more action")
    if (effect := getattr(action, "effect", None)) is not None:
        suffered = _effect_words(effect)
        named = not action.name.startswith(effect.name.removesuffix(" (effect)"))
        words.append(f"{suffered} ({effect.name})" if named else suffered)
    return words


_FLAG_WORDS = {
    "automatic": "hits without a roll",
    "halve": "halves the damage",
    "melee_only": "against melee attacks only",
    "once": "a made saving throw makes immune",
}


def _rider_words(rider: Rider) -> str:
    more = [] if rider.dc is None else [f"DC {rider.dc} {rider.ability}"]
    more += [damage_text(rider.damage)] if rider.damage else []
    more += [_effect_words(rider.effect)] if rider.effect else []
    return f"{rider.name} ({', '.join(more)})" if more else rider.name


def _effect_words(effect: Effect) -> str:
    words = ", ".join(effect.conditions) or "an effect"
    if effect.duration is not None:
        words += f" for {plural(effect.duration, 'round')}"
    if effect.turn_damage:
        words += f", {damage_text(effect.turn_damage)} each turn"
    return f"{words}, save ends" if effect.save_ends else words


def _flags(action: Action) -> list[str]:
    """Return what is so of an action, of what an editor may change."""
    return [key for key in _editable(action, "flag") if getattr(action, key)]


def _details(action: Action) -> list[str]:
    """Return the words and numbers of an action that can be changed and are not shown at once."""
    keys = [key for key in _editable(action, "word", "number") if key not in _AT_ONCE]
    return [key for key in keys if _AT_TIMES.get(key, action.time) == action.time]


def _editable(action: Action, *kinds: str) -> list[str]:
    declared = declared_in(type(action))
    return [key for key in editable(action) if declared[key].kind in kinds]


#: What `action_view` shows by itself.
_AT_ONCE = ActionView.__annotations__.keys()


def _rest(action: Action) -> list[str]:
    """Return in words what cannot be changed."""
    shown = {*editable(action), "cost", "time"}  # the note says the time of what has only one
    shown -= _AT_TIMES.keys() - {*_details(action)}
    shown |= {"spell"} if action.takes_slot else set()
    return [
        "cantrip" if words == "spell of level 0" else words
        for words in rest_in_words(action, shown)
    ]


def _points(term: DamageTerm | None) -> str | None:
    return None if term is None else str(term)
