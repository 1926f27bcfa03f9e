"""Actions of two battle simulators (atk, heal, buff, debuff, template) as those of a scenario."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.saves import battlesim_numbers as numbers
from dualslot_widgets.importers.saves.battlesim_effects import effect
from dualslot_widgets.importers.saves.battlesim_limits import Context, limit_of, time_of
from dualslot_widgets.library.characters.spells import SPELLS, cast
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.riders import MAX_ATTACKS, MAX_TARGETS

#: The templates that are no spells of the SRD, with the numbers that the simulators give them.
_OWN_TEMPLATES: dict[str, dict[str, Any]] = {
    "Holy Weapon": {
        "type": "effect",
        "on": "self",
        "time": "bonus_action",
        "concentration": True,
        "effect": {"name": "Holy Weapon", "extra_damage": "2d8 radiant"},
    },
    "Mage Armour": {
        "type": "effect",
        "on": "self",
        "time": "free",
        "effect": {"name": "Mage Armour", "armor_class": 3},
    },
}


def read_action(
    raw: dict[str, Any], place: str, context: Context, notes: Notes
) -> dict[str, Any] | None:
    """Return an action as scenario JSON, or None with a remark on why it is left out."""
    kind = values.text(raw.get("type"))
    reader = _READERS.get(kind)
    if reader is None:
        notes.leave(place, f"an action of the unknown type {kind[:40]!r}")
        return None
    time = time_of(raw, place, notes)
    if time is None:
        return None
    try:
        action = reader(raw, place, context, notes)
    except numbers.FormulaError as error:
        notes.leave(place, str(error))
        return None
    if action is None:
        return None
    if time:
        action["time"] = time
    action = _as_reaction(action, place, notes)
    if action is None:
        return None
    if action.get("time") == "action":
        del action["time"]
    condition = values.text(raw.get("condition"))
    if condition not in ("", "default", "is available", "not used yet"):
        notes.assume(place, f'when to use it ("{condition[:40]}") is weighed anew each turn')
    return action | limit_of(raw, place, context, notes)


def _name(raw: dict[str, Any], otherwise: str) -> str:
    return values.name(raw.get("name"), otherwise)[:90]


def _as_reaction(action: dict[str, Any], place: str, notes: Notes) -> dict[str, Any] | None:
    """Return an action as it can be a reaction, or None; others are returned as they are."""
    if action["type"] in ("defend", "counter"):
        action.pop("time", None)
        return action
    if action.get("time") != "reaction":
        return action
    given = action.get("effect", {})
    if action["type"] == "effect" and action.get("on") == "self":
        limits = {key: value for key, value in action.items() if key == "name"}
        if given.get("armor_class", 0) > 0:
            lasting = {"lasting": True} if given.get("clock") else {}
            return limits | {"type": "defend", "armor_class": given["armor_class"]} | lasting
        if "resistances" in given:
            return limits | {"type": "defend", "halve": True}
    if action["type"] in ("attack", "save"):
        notes.assume(place, "a reaction is taken when a hit sets it off")
        return action
    notes.leave(place, f"{action['name']}: such a reaction has no word")
    return None


def _damage_type(raw: dict[str, Any], context: Context) -> str:
    tags = [values.text(tag).lower() for tag in values.items(raw.get("tags"))]
    return next((tag for tag in tags if tag in DAMAGE_TYPES), context.damage_type)


def _attack(raw: dict[str, Any], place: str, context: Context, notes: Notes) -> dict[str, Any]:
    name = _name(raw, "Attack")
    tags = {values.text(tag) for tag in values.items(raw.get("tags"))}
    kind = _damage_type(raw, context)
    harm = numbers.damage(raw.get("dpr", 0), kind, f"damage of {name}", place, notes)
    aim = numbers.bonus(raw.get("toHit", 0), f"toHit of {name}", place, notes)
    times = max(1, numbers.whole(raw.get("targets"), "targets", place, notes, 1))
    if raw.get("useSaves") is True:
        notes.assume(place, f"{name}: no ability is given for the saving throw; Dexterity")
        action: dict[str, Any] = {
            "type": "save",
            "name": name,
            "dc": max(0, min(aim, 100)),
            "ability": "dex",
            "damage": harm,
            "on_success": "half" if raw.get("halfOnSave") is True else "none",
            "targets": min(times, MAX_TARGETS),
        }
        if times > 1:
            action["area"] = True
    else:
        action = {
            "type": "attack",
            "name": name,
            "attack_bonus": max(-100, min(aim, 100)),
            "damage": harm,
            "attacks": min(times, MAX_ATTACKS),
        }
        if tags & {"Ranged", "Spell"}:
            action["ranged"] = True
        if "Spell" in tags:
            action["magical"] = True
    _rider(raw, action, place, notes)
    return action


def _rider(raw: dict[str, Any], action: dict[str, Any], place: str, notes: Notes) -> None:
    rider = values.obj(raw.get("riderEffect"))
    if not rider:
        return
    where, name = f"{place}.riderEffect", f"{action['name'][:80]} (effect)"
    buff = values.obj(rider.get("buff"))
    suffered = effect(buff, name, f"{where}.buff", notes, on_enemies=True)
    if suffered is None:
        return
    if action["type"] == "save":
        notes.assume(where, f"one saving throw against {action['name']} and what comes with it")
        action["effect"] = suffered
        return
    on_hit: dict[str, Any] = {"name": name, "effect": suffered}
    dc = values.whole(rider.get("dc"))
    if dc is not None:
        notes.assume(where, "no ability is given for the saving throw; Constitution")
        on_hit |= {"dc": max(0, min(dc, 100)), "ability": "con"}
    elif suffered.pop("save_ends", False):
        notes.leave(where, "the saving throw that ends it has no DC")
    action["on_hit"] = [on_hit]


def _heal(raw: dict[str, Any], place: str, _: Context, notes: Notes) -> dict[str, Any]:
    name = _name(raw, "Heal")
    amount = numbers.damage(raw.get("amount", 0), "", f"healing of {name}", place, notes)
    key = "temporary_hp" if raw.get("tempHP") is True else "healing"
    heal: dict[str, Any] = {"type": "heal", "name": name, key: amount, "targets": _targets(raw)}
    return heal | ({"on": "self"} if raw.get("target") == "self" else {})


def _targets(raw: dict[str, Any]) -> int:
    return max(1, min(values.whole(raw.get("targets")) or 1, MAX_TARGETS))


def _buff(raw: dict[str, Any], place: str, context: Context, notes: Notes) -> dict[str, Any] | None:
    buff = values.obj(raw.get("buff"))
    name = _name(raw, values.name(buff.get("displayName"), "Buff"))
    on_enemies = values.text(raw.get("target")).startswith("enemy")
    kind = context.damage_type
    given = effect(buff, name, f"{place}.buff", notes, on_enemies=on_enemies, kind=kind)
    if given is None:
        return None
    if given.pop("save_ends", False):
        notes.leave(place, f"{name}: the saving throw that ends it has no DC")
    on = "enemies" if on_enemies else "self" if raw.get("target") == "self" else "allies"
    action = {"type": "effect", "name": name, "effect": given, "on": on, "targets": _targets(raw)}
    return action | ({"concentration": True} if buff.get("concentration") is True else {})


def _debuff(
    raw: dict[str, Any], place: str, context: Context, notes: Notes
) -> dict[str, Any] | None:
    buff = values.obj(raw.get("buff"))
    name = _name(raw, values.name(buff.get("displayName"), "Debuff"))
    given = effect(buff, name, f"{place}.buff", notes, on_enemies=True, kind=context.damage_type)
    if given is None:
        return None
    notes.assume(place, f"{name}: no ability is given for the saving throw; Wisdom")
    dc = numbers.whole(raw.get("saveDC"), f"saveDC of {name}", place, notes, 10)
    action = {
        "type": "save",
        "name": name,
        "dc": max(0, min(dc, 100)),
        "ability": "wis",
        "effect": given,
        "on_success": "none",
        "targets": _targets(raw),
    }
    return action | ({"concentration": True} if buff.get("concentration") is True else {})


def _template(raw: dict[str, Any], place: str, _: Context, notes: Notes) -> dict[str, Any] | None:
    options = values.obj(raw.get("templateOptions"))
    name = values.name(options.get("templateName"), "?")[:90]
    if name in _OWN_TEMPLATES:
        own: dict[str, Any] = dict(_OWN_TEMPLATES[name])
        return own | {"name": name}
    if name not in SPELLS:
        notes.leave(place, f"the template {name!r} is none of the spells that are played")
        return None
    dc = numbers.whole(options.get("saveDC"), f"saveDC of {name}", place, notes, 10)
    to_hit = numbers.bonus(options.get("toHit") or dc - 8, f"toHit of {name}", place, notes)
    action = cast(
        SPELLS[name],
        dc=max(0, min(dc, 100)),
        attack_bonus=max(-100, min(to_hit, 100)),
        modifier=3,
        level=5,
    )
    action.pop("upcast", None)
    del action["spell"]  # the simulator counts uses, not slots
    notes.assume(place, f"{name} is the spell of the SRD")
    return action


_READERS: dict[str, Callable[..., dict[str, Any] | None]] = {
    "atk": _attack,
    "heal": _heal,
    "buff": _buff,
    "debuff": _debuff,
    "template": _template,
}
