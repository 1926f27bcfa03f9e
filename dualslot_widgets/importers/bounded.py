"""Makes untrusted input plain and small before anybody looks at it.

What comes out is made of exact `dict`, `list`, `str`, `int`, `float`,
`bool` and None, no deeper than `MAX_DEPTH`, without cycles, without NaN, with texts of bounded
length and numbers of bounded size.
"""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.reading import shown
from dualslot_widgets.scenario.scenario_files import MAX_FILE_BYTES, read_users_file

MAX_DEPTH = 40
#: Values in all; a book of 500 monsters has about 200,000.
MAX_VALUES = 1_000_000
#: Of one text; what is longer is cut. The longest spell lists of published monsters have 3,000.
MAX_TEXT = 5_000
#: Nothing in a stat block is larger; times of saving in milliseconds have 13 digits.
MAX_NUMBER = 10**15


def read_file(path: str | os.PathLike[str]) -> Any:
    """Read a JSON file of at most 10 MB as plain values.

    Raises
    ------
    ScenarioError
        When it cannot be read, is too large, or is not JSON.
    """
    file = Path(path)
    return read_text(read_users_file(file), str(file))


def read_text(text: str | bytes | bytearray, place: str) -> Any:
    """Read JSON text of at most 10 MB as plain values; raises `ScenarioError` naming `place`."""
    if len(text) > MAX_FILE_BYTES:
        raise ScenarioError(f"{place}: is larger than 10 MB; import its monsters in parts")
    marks: list[Any] = [",", "[", "{"] if isinstance(text, str) else [b",", b"[", b"{"]
    if sum(map(text.count, marks)) > MAX_VALUES:
        raise ScenarioError(
            f"{place}: holds more than {MAX_VALUES:,} values; import its monsters in parts"
        )
    try:
        decoded = text if isinstance(text, str) else bytes(text).decode("utf-8-sig")
        value = json.loads(decoded, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{place}: is not JSON: {error}; {which_export(text)}") from error
    return plain(value, place)


def which_export(text: str | bytes | bytearray) -> str:
    """Return what to do about a text that is not JSON."""
    start = text[:2000] if isinstance(text, str) else bytes(text[:2000]).decode("utf-8", "replace")
    start = start.lstrip("\ufeff \t\r\n")
    if start.startswith("<"):
        return (
            "it looks like XML (as Fight Club exports it), which is not read; take the JSON export "
            "of the program, or that of 5etools or Open5e for the same monsters"
        )
    if start.startswith(("---", "- ")) or re.match(r"(?:\w[\w ]{0,30}:[ \n])", start):
        return (
            "it looks like YAML (as Obsidian's stat blocks are), which is not read; convert it to "
            "JSON, or take the JSON that 5etools or Open5e give for the same monsters"
        )
    return "export it once more from the program it comes from"


def plain(value: Any, place: str) -> Any:
    """Return a copy of JSON-like Python objects as plain values; raises `ScenarioError`."""
    return _Copy(place).of(value, "", 0)


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


class _Copy:
    """Copies values and counts them on the way."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._left = MAX_VALUES

    def of(self, value: Any, path: str, depth: int) -> Any:
        self._left -= 1
        if self._left < 0:
            self._fail("", f"holds more than {MAX_VALUES:,} values; import it in parts")
        if depth > MAX_DEPTH:
            self._fail(path[:200], f"is nested more than {MAX_DEPTH} deep, or contains itself")
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, str):
            return _text(value)
        if isinstance(value, (int, float)):
            return self._number(value, path)
        if isinstance(value, Mapping):
            return {
                _text(key)[:200]: self.of(inner, f"{path}.{_text(key)[:50]}", depth + 1)
                for key, inner in self._entries(value, path)
            }
        if isinstance(value, (list, tuple)):
            return [self.of(inner, f"{path}[{i}]", depth + 1) for i, inner in enumerate(value)]
        return self._fail(path, f"expected a JSON value, got {type(value).__name__}")

    def _entries(self, value: Mapping[Any, Any], path: str) -> list[tuple[str, Any]]:
        if len(value) > self._left:
            self._fail(path, f"holds more than {MAX_VALUES:,} values; import it in parts")
        entries = list(value.items())
        for key, _ in entries:
            if not isinstance(key, str):
                self._fail(path, f"expected texts as keys, got {shown(key)}")
        return entries

    def _number(self, value: Any, path: str) -> float:
        if isinstance(value, float) and not math.isfinite(value):
            self._fail(path, "is not a finite number; write a number or leave it out")
        if not -MAX_NUMBER <= value <= MAX_NUMBER:
            self._fail(path, f"{shown(value)} is too large a number")
        return float(value) if isinstance(value, float) else int(value)

    def _fail(self, path: str, message: str) -> NoReturn:
        raise ScenarioError(f"{self._place}{path}: {message}")


def _text(value: str) -> str:
    """Return an exact `str` without lone surrogates, cut to `MAX_TEXT`."""
    return str.encode(value[:MAX_TEXT], "utf-8", "replace").decode("utf-8")
