"""Reads untrusted JSON values into checked Python values and collects every problem on the way.

A reader never raises: it notes the problem under the path of the value and hands back a harmless
stand-in, so that one pass reports all problems of a file.
"""

from __future__ import annotations

import difflib
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

# How much of a value an error message repeats; a hostile file must not flood the screen.
SHOWN_CHARACTERS = 60
MAX_PROBLEMS = 50
MAX_NAME_LENGTH = 100


def shown(value: object) -> str:
    """Return a short, safe picture of a value for an error message."""
    if isinstance(value, (dict, list, tuple)):
        kind = "an object" if isinstance(value, dict) else "a list"
        return f"{kind} with {len(value)} entries"
    try:
        text = repr(value[: SHOWN_CHARACTERS + 1] if isinstance(value, str) else value)
    except ValueError:  # Python writes out no integer of more than 4300 digits
        return "a number of thousands of digits"
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "..."


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ``', did you mean "x"?'`` for the known word nearest to `word`, or the choices."""
    choices = list(known)
    close = difflib.get_close_matches(word[:MAX_NAME_LENGTH].lower(), choices, n=1, cutoff=0.6)
    if close:
        return f', did you mean "{close[0]}"?'
    if len(choices) <= 20:
        return f"; known: {', '.join(choices)}"
    return ""


class Problems:
    """Collects problems as ``path: message`` lines, at most `MAX_PROBLEMS` of them."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._more = 0

    def add(self, path: str, message: str) -> None:
        """Note one problem."""
        if len(self._lines) < MAX_PROBLEMS:
            self._lines.append(f"{path or 'scenario'}: {message}")
        else:
            self._more += 1

    @property
    def full(self) -> bool:
        """Whether further problems are only counted."""
        return len(self._lines) >= MAX_PROBLEMS

    def lines(self) -> list[str]:
        """Return the problems noted so far, and a last line for those beyond the limit."""
        more = [f"... and {self._more} more problems"] if self._more else []
        return self._lines + more

    def __bool__(self) -> bool:
        return bool(self._lines)


class ObjectReader:
    """Reads the keys of one JSON object; `finish` reports the keys that nobody asked for."""

    def __init__(self, value: Any, path: str, problems: Problems) -> None:
        self.path = path
        self.problems = problems
        self._asked: set[str] = set()
        self._values: Mapping[str, Any] = {}
        self.readable = isinstance(value, Mapping)
        if self.readable:
            self._values = value
        else:
            problems.add(path, f"expected an object {{...}}, got {shown(value)}")

    def at(self, key: str) -> str:
        """Return the full path of a key."""
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        """Say whether the key was given."""
        self._asked.add(key)
        return key in self._values

    def fail(self, key: str, message: str) -> None:
        """Note a problem with the value of a key."""
        self.problems.add(self.at(key), message)

    def raw(self, key: str, default: Any = None) -> Any:
        """Return the value of a key as it is."""
        self._asked.add(key)
        return self._values.get(key, default)

    def _missing(self, key: str, required: bool) -> bool:
        if self.has(key):
            return False
        if required and self.readable:
            self.fail(key, "is missing")
        return True

    def text(self, key: str, default: str | None = None) -> str:
        """Read a non-empty text of at most 100 characters; without `default` it is required."""
        if self._missing(key, default is None):
            return default or "?"
        value = self.raw(key)
        if not isinstance(value, str):
            self.fail(key, f"expected a text, got {shown(value)}")
        elif not value.strip():
            self.fail(key, "is empty; give it a name")
        elif len(value) > MAX_NAME_LENGTH:
            self.fail(key, f"is {len(value)} characters long; at most {MAX_NAME_LENGTH}")
        elif any(ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF for c in value):
            self.fail(key, "contains control characters or broken Unicode; use plain text")
        else:
            return value
        return default or "?"

    def integer(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """Read a whole number in [low, high]; without `default` it is required."""
        fallback = low if default is None else default
        if self._missing(key, default is None):
            return fallback
        number = whole(self.raw(key))
        if number is None:
            self.fail(key, f"expected a whole number, got {shown(self.raw(key))}")
        elif not low <= number <= high:
            self.fail(key, f"{shown(number)} is outside {low} to {high}")
        else:
            return number
        return fallback

    def flag(self, key: str) -> bool:
        """Read true or false; false when absent."""
        value = self.raw(key, False)
        if not isinstance(value, bool):
            self.fail(key, f"expected true or false, got {shown(value)}")
            return False
        return value

    def choice(self, key: str, known: Sequence[str], default: str | None = None) -> str:
        """Read one of the known words; without `default` it is required."""
        if self._missing(key, default is None):
            return default or known[0]
        value = self.raw(key)
        if isinstance(value, str) and value in known:
            return value
        if isinstance(value, str):
            self.fail(key, f"unknown {shown(value)}{nearest(value, known)}")
        else:
            self.fail(key, f"expected a text, got {shown(value)}")
        return default or known[0]

    def choices(self, key: str, known: Sequence[str]) -> tuple[str, ...]:
        """Read a list of distinct known words; empty when absent."""
        found: list[str] = []
        for path, value in self.items(key, len(known)):
            if not isinstance(value, str):
                self.problems.add(path, f"expected a text, got {shown(value)}")
            elif value not in known:
                self.problems.add(path, f"unknown {shown(value)}{nearest(value, known)}")
            elif value not in found:
                found.append(value)
        return tuple(found)

    def items(self, key: str, at_most: int, required: bool = False) -> Iterator[tuple[str, Any]]:
        """Yield ``(path, value)`` of a list's entries; a required list must not be empty."""
        if self._missing(key, required):
            return
        value = self.raw(key)
        if not isinstance(value, (list, tuple)):
            self.fail(key, f"expected a list [...], got {shown(value)}")
        elif required and not value:
            self.fail(key, "is empty; give at least one")
        elif len(value) > at_most:
            self.fail(key, f"has {len(value)} entries; at most {at_most}")
        else:
            for index, item in enumerate(value):
                yield f"{self.at(key)}[{index}]", item

    def names(self, at_most: int) -> list[str]:
        """Return all keys of an object whose keys are names of the user's own."""
        if len(self._values) > at_most:
            self.problems.add(self.path, f"has {len(self._values)} entries; at most {at_most}")
            return []
        names: Iterable[object] = self._values
        found = []
        for name in names:
            if not isinstance(name, str):
                self.problems.add(self.path, f"expected a text as key, got {shown(name)}")
            elif not 0 < len(name.strip()) <= len(name) <= MAX_NAME_LENGTH:
                self.problems.add(
                    self.path, f"{shown(name)} is no name of 1 to {MAX_NAME_LENGTH} characters"
                )
            else:
                found.append(name)
        return found

    def finish(self) -> None:
        """Report every key that was given and never asked for, with the nearest known one."""
        for key in self._values:
            if key not in self._asked:
                # A million unknown keys must not be compared with every known one.
                hint = "" if self.problems.full else nearest(str(key), sorted(self._asked))
                self.problems.add(self.path, f"unknown key {shown(key)}{hint}")


def whole(value: Any) -> int | None:
    """Return a whole number as `int` (numpy integers too), or None; true and 1.0 are none."""
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None
