"""What an action is worth when one of several is chosen: its average damage."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.scenario.dice import DiceError, parse_damage

#: How often a saving throw is taken to fail when ways are weighed.
_FAILS = 0.55


def average(action: dict[str, Any]) -> float:
    """Return the average damage of an action against all its targets, riders included."""
    each = _dice(action.get("damage"))
    for rider in action.get("on_hit", ()):
        if "when" in rider:
            continue
        share = 1.0
        if "dc" in rider:
            share = (1 + _FAILS) / 2 if rider.get("on_success") == "half" else _FAILS
        each += share * _dice(rider.get("damage"))
    return each * int(action.get("targets", 1)) * int(action.get("attacks", 1))


def _dice(damage: str | None) -> float:
    try:
        return sum(term.average for term in parse_damage(damage)) if damage else 0.0
    except DiceError:
        return 0.0
