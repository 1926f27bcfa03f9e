"""Checks of what a message from the browser holds: which values there may be, and how large.

Each check reads the value of one key of a message, or raises `DualSlotError`. What an edit may
change, the schema of scenarios says; what its value may be is left to the scenario's own gate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeAlias, get_args

from dualslot_widgets.errors import DualSlotError, ScenarioError
from dualslot_widgets.scenario.dice import MAX_TEXT
from dualslot_widgets.scenario.paths import find, steps_of
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH, shown, whole
from dualslot_widgets.scenario.scenario import SCHEMA
from dualslot_widgets.scenario.schema import Declared, inside
from dualslot_widgets.scenario.settings import MAX_RUNS
from dualslot_widgets.words.visible import from_shown

Content: TypeAlias = Mapping[Any, Any]
#: What an edit changes a value to; None takes away what may be absent.
Value: TypeAlias = int | str | bool | list[str] | None
DisplayMode: TypeAlias = Literal["newest", "most_similar", "let_user_choose"]
Move: TypeAlias = Literal["next", "up", "down"]

#: Characters of a text that is pasted; a message of more than 1 MB is nobody's scenario.
MAX_PASTED = 1_000_000
#: Words of a list in a message.
MAX_WORDS = 50


def job_number(content: Content, key: str) -> int:
    """Return the number of a job."""
    number = whole(content.get(key))
    if number is None or not 0 < number < 2**53:
        raise DualSlotError(f"{shown(content.get(key))} is no number of a job")
    return number


def move(content: Content, key: str) -> Move:
    """Return where a job is moved to."""
    words: tuple[Move, ...] = get_args(Move)
    for word in words:
        if content.get(key) == word:
            return word
    raise DualSlotError(f"a job is moved next, up or down, not {shown(content.get(key))}")


def mode(content: Content, key: str) -> DisplayMode:
    """Return a display mode."""
    words: tuple[DisplayMode, ...] = get_args(DisplayMode)
    for word in words:
        if content.get(key) == word:
            return word
    raise DualSlotError(f"display mode {shown(content.get(key))} is unknown")


def slot(content: Content, key: str) -> int:
    """Return one of the two slots."""
    number = whole(content.get(key))
    if number not in (0, 1):
        raise DualSlotError(f"{shown(content.get(key))} is no slot; slots are 0 and 1")
    return number


def slot_or_none(content: Content, key: str) -> int | None:
    """Return one of the two slots, or None if that is what is there."""
    return None if content.get(key, "missing") is None else slot(content, key)


def run_or_none(content: Content, key: str) -> int | None:
    """Return the number of a run, or None if that is what is there."""
    found = content.get(key, "missing")
    number = whole(found)
    if found is not None and (number is None or not 0 <= number < MAX_RUNS):
        raise DualSlotError(f"{shown(content.get(key))} is no run; runs are numbered from 0")
    return number


def number(content: Content, key: str) -> int:
    """Return a small number."""
    found = whole(content.get(key))
    if found is None or not 0 <= found <= 1000:
        raise DualSlotError(f"{key}: {shown(content.get(key))} is no number from 0 to 1000")
    return found


def name(content: Content, key: str) -> str:
    """Return a name, or a key of the bestiary."""
    return _text(content, key, MAX_NAME_LENGTH)


def pasted(content: Content, key: str) -> str:
    """Return a text that was pasted."""
    return _text(content, key, MAX_PASTED)


def edited(content: Content, key: str) -> str:
    """Return the path of a value that an editor may change."""
    path = content.get(key)
    if not isinstance(path, str) or not _editable(path):
        raise DualSlotError(f"{shown(path)} is nothing that can be edited here")
    return path


def value(content: Content, key: str) -> Value:
    """Return what an edit changes the value at its path to."""
    path, found = edited(content, "path"), content.get(key)
    declared = _editable(path)
    if found is None and key in content and any(each.removable for each in declared):
        return None
    for each in declared:
        if each.kind in _READERS:
            return _READERS[each.kind](path, found)
    raise DualSlotError(f"{shown(path)} is nothing that can be edited here")


def entry(done: str) -> Callable[[Content, str], str]:
    """Return the check of a path to what can be removed and duplicated."""

    def check(content: Content, key: str) -> str:
        path = content.get(key)
        if not isinstance(path, str) or not _entries(path):
            raise DualSlotError(f"{shown(path)} is nothing that can be {done} here")
        return path

    return check


def owner(what: str, *keys: str) -> Callable[[Content, str], str]:
    """Return the check of a path to what has one of some keys, to which something is added."""

    def check(content: Content, key: str) -> str:
        path = content.get(key)
        found = _entries(path) if isinstance(path, str) else ()
        if not any(inside(each, key) for each in found for key in keys):
            raise DualSlotError(f"{shown(path)} is nothing that {what} are added to")
        return str(path)

    return check


def _editable(path: str) -> tuple[Declared, ...]:
    try:
        return find(SCHEMA, steps_of(path), edit=True)
    except ScenarioError:
        return ()


def _entries(path: str) -> tuple[Declared, ...]:
    return _editable(path) if path.endswith("]") and _is_record(_editable(path)) else ()


def _is_record(declared: tuple[Declared, ...]) -> bool:
    return any(each.kind == "record" for each in declared)


def _whole(path: str, value: object) -> int:
    found = whole(value)
    if found is None:
        raise DualSlotError(f"{path}: {shown(value)} is no whole number")
    return found


def _flag(path: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise DualSlotError(f"{path}: {shown(value)} is neither true nor false")
    return value


def _short_text(path: str, value: object) -> str:
    return from_shown(_text({path: value}, path, MAX_TEXT))


def _words(path: str, value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_WORDS:
        raise DualSlotError(f"{path}: {shown(value)} is no list of at most {MAX_WORDS} words")
    return [_short_text(f"{path}[{index}]", word) for index, word in enumerate(value)]


_READERS: Mapping[str, Callable[[str, object], Value]] = {
    "number": _whole,
    "flag": _flag,
    **dict.fromkeys(("text", "word", "damage", "points"), _short_text),
    **dict.fromkeys(("words", "names"), _words),
}


def _text(content: Content, key: str, at_most: int) -> str:
    text = content.get(key)
    if not isinstance(text, str):
        raise DualSlotError(f"{key}: {shown(text)} is no text")
    if len(text) > at_most:
        raise DualSlotError(f"{key}: is {len(text)} characters long; at most {at_most}")
    return text
