"""Reads plain values that may be of any kind: what is wanted, else None or nothing.

Formats are read leniently, because a file with one odd value is still worth importing; the caller
notes what was odd.
"""

from __future__ import annotations

import math
import re
from typing import Any

from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH

#: How much of a long list is looked at.
MAX_ENTRIES = 100
_NUMBER = re.compile(r"[+-]?\d{1,9}(?:\.\d{1,6})?")


def obj(value: Any) -> dict[str, Any]:
    """Return an object, empty for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Any, at_most: int = MAX_ENTRIES) -> list[Any]:
    """Return the first entries of a list, none for anything else."""
    return value[:at_most] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a text, empty for anything else."""
    return value if isinstance(value, str) else ""


def number(value: Any) -> float | None:
    """Return a number, also one written as text, or None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        written = value.strip().replace("−", "-")
        return float(written) if len(written) < 20 and _NUMBER.fullmatch(written) else None
    return float(value) if isinstance(value, (int, float)) else None


def whole(value: Any) -> int | None:
    """Return a number rounded to a whole one, halves up, or None."""
    found = number(value)
    return None if found is None else math.floor(found + 0.5)


def name(value: Any, otherwise: str) -> str:
    """Return a printable name of at most 100 characters."""
    kept = "".join(c if c.isprintable() else " " for c in text(value)[: 2 * MAX_NAME_LENGTH])
    return " ".join(kept.split())[:MAX_NAME_LENGTH].strip() or otherwise


def unique(wanted: str, taken: set[str]) -> str:
    """Return a name that is not taken yet, numbered if need be, and take it."""
    found, number = wanted, 2
    while found in taken:
        found = f"{wanted[: MAX_NAME_LENGTH - 6]} ({number})"
        number += 1
    taken.add(found)
    return found
