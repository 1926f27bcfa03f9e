"""What an action of the two battle simulators takes of a turn, and what limits it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.scenario.riders import MAX_USES

_TIMES = {0: "action", 1: "bonus_action", 2: "legendary", 3: "lair", 4: "reaction"}
_TIMES |= {5: "free", 6: "free", -3: "free"}
_COSTS = {"Action": "action", "BonusAction": "bonus_action", "Reaction": "reaction"}
_OTHER_SLOTS = {-1: "when it is reduced to 0 hit points", -2: "when it fells an enemy"}


@dataclass(frozen=True, slots=True)
class Context:
    """What an action needs to know of its file.

    Attributes
    ----------
    damage_type : str
        For damage that has none: empty, unless the file halves damage, which only types allow.
    slots : tuple of int
        The creature's spell slots.
    resources : tuple of str
        Names of the creature's resources.
    """

    damage_type: str = ""
    slots: tuple[int, ...] = ()
    resources: tuple[str, ...] = ()


def time_of(raw: dict[str, Any], place: str, notes: Notes) -> str | None:
    """Return what the action takes of a turn, empty for what its template says."""
    costs = [values.obj(cost).get("resourceType") for cost in values.items(raw.get("cost"))]
    for cost, time in _COSTS.items():
        if cost in costs:
            return time
    if "actionSlot" not in raw:
        return "" if raw.get("type") == "template" else "action"
    slot = values.whole(raw["actionSlot"])
    if slot in _OTHER_SLOTS:
        notes.leave(place, f"{values.name(raw.get('name'), 'an action')}: {_OTHER_SLOTS[slot]}")
        return None
    if slot is None or slot not in _TIMES:
        notes.assume(f"{place}.actionSlot", "is unknown: taken as an action")
        return "action"
    if slot == -3:
        notes.assume(place, "what is done before the fight costs nothing on the first turn")
    return _TIMES[slot]


def limit_of(raw: dict[str, Any], place: str, context: Context, notes: Notes) -> dict[str, Any]:
    """Return what limits an action: recharge, uses, a spell slot or a resource."""
    freq = raw.get("freq", "at will")
    if isinstance(freq, dict):
        return _limit_of_object(freq, f"{place}.freq", notes)
    if freq == "1/fight":
        notes.assume(f"{place}.freq", "once a fight: comes back with a short rest")
        return {"uses": 1, "per": "short_rest"}
    if freq == "1/day":
        return {"uses": 1}
    if freq != "at will":
        notes.assume(f"{place}.freq", "is unknown: taken as at will")
    return _price(raw, place, context, notes)


def _limit_of_object(freq: dict[str, Any], place: str, notes: Notes) -> dict[str, Any]:
    reset = freq.get("reset")
    if reset == "recharge":
        rounds = max(1.0, values.number(freq.get("cooldownRounds")) or 2.0)
        faces = max(1, min(round(6 / rounds), 5))
        if faces * rounds != 6:
            notes.assume(place, f"every {rounds:g} rounds: recharge on {7 - faces} of a d6")
        return {"recharge": 7 - faces}
    uses = max(1, min(values.whole(freq.get("uses")) or 1, MAX_USES))
    if reset in ("sr", "lr"):
        return {"uses": uses} | ({"per": "short_rest"} if reset == "sr" else {})
    notes.assume(place, f"is unknown: taken as {uses} a day")
    return {"uses": uses}


def _price(raw: dict[str, Any], place: str, context: Context, notes: Notes) -> dict[str, Any]:
    """Return the spell slot or the resource that an action at will takes."""
    for cost in map(values.obj, values.items(raw.get("cost"), 10)):
        kind, amount = cost.get("resourceType"), values.whole(cost.get("amount")) or 1
        if kind == "SpellSlot":
            level = max(1, min(amount, 9))
            if any(context.slots[level - 1 :]):
                return {"spell": level}
            notes.leave(place, f"the spell slot of level {level}, which the creature has not")
        elif kind == "ClassResource":
            name = values.name(cost.get("resourceVal"), "")
            if name in context.resources:
                return {"cost": {name: max(1, min(amount, MAX_USES))}}
    return {}
