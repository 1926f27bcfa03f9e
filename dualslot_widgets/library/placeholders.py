"""Placeholder monsters: what a monster of a challenge rating is like, reckoned from the bestiary.

The table that dungeon masters build monsters by is not in the SRD, so none is copied here: each
number is the median of the SRD's monsters of a rating, made to grow with the rating by isotonic
regression (each rating weighs as many monsters as it has), and read between the ratings that the
SRD skips (18, 25 to 29).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from statistics import fmean, median
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.dice import parse_damage
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.scenario.reading import shown

#: SRD 5.1, "Challenge": 0, 1/8, 1/4, 1/2, and 1 to 30.
RATINGS = (0, 0.125, 0.25, 0.5, *range(1, 31))
_FRACTIONS = {0.125: "1/8", 0.25: "1/4", 0.5: "1/2"}
_KEY = re.compile(r"cr[- ]?([\d./]+)", re.ASCII)
_WORDS = {f"{cr:g}": cr for cr in RATINGS} | {word: cr for cr, word in _FRACTIONS.items()}
#: Share of the damage that comes from dice; the rest is the bonus. About that of an ogre.
_OF_DICE = 0.65
_DIE = 3.5


def rating(word: str) -> float | None:
    """Return the challenge rating that a monster's key such as "cr-5" or "cr-1/8" names, or None.

    None is for every other word, and for a number that is no challenge rating.
    """
    found = _KEY.fullmatch(word.strip().casefold())
    return _WORDS.get(found[1]) if found else None


def stat_block(cr: float, monsters: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the placeholder of a challenge rating as scenario JSON.

    Parameters
    ----------
    cr : float
        One of `RATINGS`.
    monsters : mapping
        The bestiary's entries by key.

    Raises
    ------
    ScenarioError
        For a number that is no challenge rating.
    """
    if isinstance(cr, bool) or cr not in RATINGS:
        raise ScenarioError(
            f"cr: {shown(cr)} is no challenge rating; known: 0, 0.125, 0.25, 0.5, and 1 to 30"
        )
    of = {name: values[RATINGS.index(cr)] for name, values in _curves(_Entries(monsters)).items()}
    attacks = max(1, round(of["attacks"]))
    each = max(of["damage"] / attacks, 1.0)
    dice = max(1, round(_OF_DICE * each / _DIE))
    bonus = round(each - dice * _DIE)
    attack = {
        "type": "attack",
        "name": "Attack",
        "attack_bonus": round(of["attack_bonus"]),
        "damage": f"{dice}d6{bonus:+d}" if each >= _DIE else str(round(each)),
    }
    save = round(of["save"])
    block = {
        "name": f"CR {_FRACTIONS.get(cr, f'{cr:g}')} monster",
        "max_hp": round(of["max_hp"]),
        "armor_class": round(of["armor_class"]),
        "initiative_bonus": round(of["initiative"]),
        "saving_throws": dict.fromkeys(ABILITIES, save),
        "role": "brute",
        "actions": [attack],
    }
    return block | ({"multiattack": ["Attack"] * attacks} if attacks > 1 else {})


class _Entries:
    """The bestiary's entries, to be hashed by identity: there is one bestiary."""

    def __init__(self, monsters: Mapping[str, Mapping[str, Any]]) -> None:
        self.monsters = monsters

    def __hash__(self) -> int:
        return id(self.monsters)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Entries) and other.monsters is self.monsters


@cache
def _curves(entries: _Entries) -> dict[str, list[float]]:
    """Return each number of a monster at every rating."""
    import numpy as np
    from scipy.optimize import isotonic_regression

    by_rating: dict[float, list[dict[str, float]]] = {}
    for entry in entries.monsters.values():
        measured = _measure(entry["stat_block"])
        by_rating.setdefault(entry["challenge_rating"], []).append(measured)
    known = sorted(by_rating)
    weights = [len(by_rating[cr]) for cr in known]
    curves: dict[str, list[float]] = {}
    for name in by_rating[known[0]][0]:
        medians = [median(one[name] for one in by_rating[cr]) for cr in known]
        grown = isotonic_regression(medians, weights=weights).x
        curves[name] = np.interp(RATINGS, known, grown).tolist()
    return curves


def _measure(block: Mapping[str, Any]) -> dict[str, float]:
    """Return the numbers of one stat block."""
    actions = {action["name"]: action for action in block.get("actions", [])}
    at_will = [
        action
        for action in actions.values()
        if action["type"] == "attack"
        and action.get("time", "action") == "action"
        and not {"uses", "recharge", "shares", "cost", "requires"} & action.keys()
        and not action.get("spell")
    ]
    best = max(at_will, key=_average, default=None)
    named = [actions[name] for name in block.get("multiattack", [])] or ([best] if best else [])
    routine = [action for action in named if action["type"] == "attack"]
    return {
        "max_hp": block["max_hp"],
        "armor_class": block["armor_class"],
        "initiative": block["initiative_bonus"],
        "attack_bonus": max((action["attack_bonus"] for action in routine), default=0),
        "attacks": max(1, len(routine)),
        "damage": sum(map(_average, routine)),
        "save": fmean(block["saving_throws"].values()),
    }


def _average(action: Mapping[str, Any]) -> float:
    """Return the average damage of a hit; half of what a saving throw may avert."""
    total = sum(term.average for term in parse_damage(action["damage"]))
    for rider in action.get("on_hit", []):
        if "damage" in rider and rider.get("when", "always") == "always":
            share = 0.5 if "dc" in rider else 1.0
            total += share * sum(term.average for term in parse_damage(rider["damage"]))
    return float(total)
