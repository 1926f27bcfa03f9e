"""Numbers and dice formulas as the two battle simulators write them.

A formula is a number (3.5) or a text
("2d6 + 5[STR] + 2[WEAPON] - 5[GWM]", "1d20+5"); labels in square brackets are passed over.
"""

from __future__ import annotations

import math
import re
from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.scenario.dice import DiceError, parse_damage

_LABEL = re.compile(r"\[[^\[\]]{0,60}\]")
_PART = re.compile(r"([+-]?)(?:(\d{0,4})d(\d{1,4})|(\d{1,6}(?:\.\d{1,4})?))", re.IGNORECASE)
_APART = re.compile(r"\w +\w")
_SIGNS = re.compile(r"[+-]{2,}")
MAX_PARTS = 20


class FormulaError(ValueError):
    """A formula that is no sum of dice and numbers."""


def parts_of(raw: Any) -> tuple[list[tuple[int, int, int]], float]:
    """Return a formula as ``(sign, count, sides)`` of its dice, and the sum of its numbers.

    Raises
    ------
    FormulaError
        With the reason in words.
    """
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return [], float(raw)
    if not isinstance(raw, str) or not raw.strip():
        raise FormulaError("is no number and no dice formula")
    text = _LABEL.sub(" ", raw[:300]).replace("−", "-")
    if _APART.search(text):
        raise FormulaError(f"{raw[:60]!r} is no sum of dice and numbers")
    text = text.replace(" ", "")
    text = _SIGNS.sub(lambda run: "-" if run[0].count("-") % 2 else "+", text)
    dice: list[tuple[int, int, int]] = []
    flat, position = 0.0, 0
    for number in range(MAX_PARTS + 1):
        if position == len(text):
            return dice, flat
        found = _PART.match(text, position)
        if found is None or (number and not found[1]) or number == MAX_PARTS:
            break
        sign = -1 if found[1] == "-" else 1
        if found[3]:
            dice.append((sign, int(found[2] or 1), int(found[3])))
        else:
            flat += sign * float(found[4])
        position = found.end()
    raise FormulaError(f"{raw[:60]!r} is no sum of dice and numbers")


def damage(raw: Any, kind: str, what: str, place: str, notes: Notes) -> str:
    """Return a formula as damage of the scenario JSON.

    A number without dice stays one; a half becomes ``1d2``, which keeps the average.

    Parameters
    ----------
    raw
        The formula.
    kind : str
        Damage type; empty for none.
    what : str
        What it is, for the remarks: "damage of Greatsword".
    place : str
    notes : Notes

    Raises
    ------
    FormulaError
        For anything else, and for what a scenario does not accept.
    """
    dice, flat = parts_of(raw)
    if any(sign < 0 for sign, _, _ in dice):
        raise FormulaError(f"{what}: dice cannot be subtracted")
    halves = math.floor(flat * 2 + 0.5)
    terms = [f"{count}d{sides}" for _, count, sides in dice if count]
    bonus = halves // 2
    if halves % 2:
        terms.append("1d2")
        bonus -= 1
        notes.assume(place, f"{what}: {flat:g} is taken as 1d2{bonus:+d}, whose average it is")
    elif flat * 2 != halves:
        notes.assume(place, f"{what}: {flat:g} rounded to {bonus}")
    if not dice and not halves % 2:
        notes.assume(place, f"{what} is a number without dice; it stays one")
    if not terms and bonus < 0:
        raise FormulaError(f"{what} is negative")
    text = " + ".join(terms) + (f"{bonus:+d}" if terms and bonus else "" if terms else str(bonus))
    # Several dice and one bonus: the type closes each term, so that all of it is typed.
    typed = " + ".join(f"{term} {kind}" for term in text.split(" + ")) if kind else text
    try:
        parse_damage(typed)
    except DiceError as error:
        raise FormulaError(f"{what}: {error}") from error
    return typed


def bonus(raw: Any, what: str, place: str, notes: Notes) -> int:
    """Return a formula as a whole number; dice count as their average, and a d20 as itself.

    Raises
    ------
    FormulaError
        When it is no formula.
    """
    dice, flat = parts_of(raw)
    others = [(s, n, sides) for s, n, sides in dice if (n, sides) != (1, 20)]
    total = flat + sum(sign * count * (sides + 1) / 2 for sign, count, sides in others)
    rounded = math.floor(total + 0.5)
    if others:
        notes.assume(place, f"{what}: dice are taken as their average, {rounded}")
    elif total != rounded:
        notes.assume(place, f"{what}: {total:g} rounded to {rounded}")
    return max(-1000, min(rounded, 1000))


def roll_bonus(raw: Any, what: str, place: str, notes: Notes) -> str:
    """Return a formula as what an effect adds to a d20: dice of one kind, or a number."""
    dice, flat = parts_of(raw)
    if len(dice) == 1 and not flat:
        sign, count, sides = dice[0]
        if 1 <= count <= 99 and 2 <= sides <= 20:
            return f"{'-' if sign < 0 else ''}{count}d{sides}"
    number = bonus(raw, what, place, notes)
    return str(max(-99, min(number, 99)))


def whole(raw: Any, what: str, place: str, notes: Notes, otherwise: int) -> int:
    """Return a number rounded to a whole one, and say so; `otherwise` when there is none."""
    found = values.number(raw)
    if found is None:
        if raw is not None:
            notes.assume(place, f"{what} is no number: taken as {otherwise}")
        return otherwise
    rounded = math.floor(found + 0.5)
    if rounded != found:
        notes.assume(place, f"{what} {found:g} rounded to {rounded}")
    return rounded
