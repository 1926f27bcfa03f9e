"""Reads how a stat block makes its multiattack: which of its actions, and how often.

"The captain makes three melee attacks: two with its
scimitar and one with its dagger. Or it makes two ranged attacks with its daggers." Of several ways
the one with the highest average damage is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.action_text import Passage
from dualslot_widgets.importers.statblock.effect_text import sentences
from dualslot_widgets.importers.statblock.name_text import plain_name, tidy
from dualslot_widgets.scenario.creature import MAX_MULTIATTACK
from dualslot_widgets.scenario.dice import DiceError, parse_damage

_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)}|twice|\d)\b", re.IGNORECASE)
_ATTACKS = re.compile(
    rf"\b({'|'.join(_NUMBERS)}|\d) (?:(melee|ranged|more|different) )?(?:weapon |spell )?attacks",
    re.IGNORECASE,
)
_OR = re.compile(r"\bor\b|\balternatively\b|\binstead\b", re.IGNORECASE)
MAX_WAYS = 20


def routine(passage: Passage, actions: list[dict[str, Any]], notes: Notes) -> list[str]:
    """Return the names of the actions of a multiattack, in order; empty for none that is known.

    Parameters
    ----------
    passage : Passage
        The multiattack; its `routines` are used where they name known actions, else its text.
    actions : list of dict
        The actions of the creature as scenario JSON; those at will that take an action count.
    notes : Notes
    """
    usable = [
        action
        for action in actions
        if action["type"] in ("attack", "save")
        and not {"recharge", "uses", "spell", "time"} & action.keys()
    ]
    known = {plain_name(action["name"]).casefold(): action["name"] for action in usable}
    ways = [_named(way, known) for way in passage.routines[:MAX_WAYS]]
    if not any(ways):
        ways = list(_ways_of_text(tidy(passage.text)[:2000], usable, known))
    worth = {action["name"]: average(action) for action in usable}
    best = max(ways, key=lambda names: sum(worth[name] for name in names), default=[])
    if len(best) > 1:
        return best[:MAX_MULTIATTACK]
    notes.leave(passage.place, f"{passage.name}: which actions it takes was not understood")
    return []


def average(action: dict[str, Any]) -> float:
    """Return the average damage of an action against all its targets."""
    try:
        terms = parse_damage(action["damage"]) if "damage" in action else ()
    except DiceError:
        terms = ()
    each = sum(term.average for term in terms)
    return each * int(action.get("targets", 1)) * int(action.get("attacks", 1))


def _named(way: Iterable[tuple[str, int]], known: dict[str, str]) -> list[str]:
    names: list[str] = []
    for name, count in way:
        action = known.get(plain_name(name).casefold())
        if action is not None:
            names += [action] * max(0, min(count, MAX_MULTIATTACK))
    return names


def _ways_of_text(
    text: str, usable: list[dict[str, Any]], known: dict[str, str]
) -> Iterable[list[str]]:
    telling = " ".join(part for part in sentences(text) if "replace" not in part.lower())
    first = _ATTACKS.search(telling)
    total = _count(first[1]) if first else 0
    kinds = {(first[2] or "").lower()} if first else set()
    for piece in _OR.split(telling)[:MAX_WAYS]:
        used, named = _names_in(piece, total, known)
        in_all = _ATTACKS.search(piece)
        if used or named:
            yield used + (named[: _count(in_all[1])] if in_all else named)
    if first and total > 1 and not any(name in telling.casefold() for name in known):
        fitting = [
            action
            for action in usable
            if action["type"] == "attack"
            and not (kinds == {"ranged"} and not action.get("ranged"))
            and not (kinds == {"melee"} and action.get("ranged"))
        ]
        if fitting:
            yield [max(fitting, key=average)["name"]] * total


def _names_in(piece: str, total: int, known: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the actions that a piece of text uses, and those that it makes, as often as it says.

    How often is the number before the name.
    """
    low = piece.casefold()
    numbers = [(found.start(), _count(found[1])) for found in _NUMBER.finditer(low)]
    places: list[tuple[int, int, str]] = []
    for name, action in known.items():
        # Longer names first would be enough for "bite" in "frost bite"; a word's borders are safer.
        found = re.search(rf"(?<!\w){re.escape(name)}(?:s|es)?(?!\w)", low)
        if found:
            places.append((found.start(), found.end(), action))
    inside = [
        place
        for place in places
        if not any(o[0] <= place[0] and place[1] <= o[1] and o != place for o in places)
    ]
    used: list[str] = []
    named: list[str] = []
    for start, _, action in sorted(inside):
        before = [count for at, count in numbers if at < start]
        if re.search(r"\buses? (?:its |the |his |her )?$", low[max(0, start - 12) : start]):
            used.append(action)
        else:
            named += [action] * (before[-1] if before else max(total, 1))
    return used, named[:MAX_MULTIATTACK]


def _count(word: str) -> int:
    low = word.lower()
    return 2 if low == "twice" else _NUMBERS.get(low) or int(low)
