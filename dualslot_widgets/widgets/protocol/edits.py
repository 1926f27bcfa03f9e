"""The messages that edit the scenario on screen, checked: which values, and how large.

Room of the protocol below `messages`. What a value may be is left to the scenario's own gate; here
it is bounded, and its path is one of those that the editor shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.dice import MAX_TEXT
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH, shown, whole

if TYPE_CHECKING:
    from dualslot_widgets.widgets.protocol.messages import Message

#: Characters of a text that is pasted; a message of more than 1 MB is nobody's scenario.
MAX_PASTED = 1_000_000
KINDS = (
    *("edit", "add_monster", "add_character", "add_encounter", "remove", "duplicate"),
    *("undo", "redo", "paste", "copy"),
)

_PLAYER = r"players\[\d{1,2}\]"
_FIGHT = r"encounters\[\d{1,2}\]"
_CREATURE = rf"(?:{_PLAYER}|{_FIGHT}\.monsters\[\d{{1,2}}\])"
_ACTION = rf"{_CREATURE}\.actions\[\d{{1,2}}\]"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.ASCII)


#: Whole numbers that an edit may change.
NUMBERS = _any(
    rf"{_CREATURE}\.(?:count|max_hp|armor_class|initiative_bonus|arrives)",
    rf"{_CREATURE}\.saving_throws\.(?:str|dex|con|int|wis|cha)",
    rf"{_ACTION}\.(?:attack_bonus|dc|targets|uses|recharge)",
    rf"{_PLAYER}\.level",
    r"settings\.(?:runs|seed|max_rounds)",
)
#: Texts that it may change: names, dice, and words of which the scenario knows a few.
TEXTS = _any(
    r"name",
    rf"{_CREATURE}\.(?:name|targeting|position|role)",
    rf"{_ACTION}\.(?:name|damage|healing|temporary_hp|ability|on_success|per)",
    rf"{_FIGHT}\.(?:rest|surprised)",
    r"settings\.(?:hit_points|spread)",
)
#: What it may take away, with the value null.
ABSENT = _any(
    rf"{_PLAYER}\.level", rf"{_ACTION}\.(?:uses|recharge)", rf"{_FIGHT}\.(?:rest|surprised)"
)
#: What can be removed and duplicated.
ENTRIES = _any(_FIGHT, _CREATURE, _ACTION)


def read_edit(kind: str, content: Mapping[Any, Any]) -> Message:
    """Return one of the messages named in `KINDS`, checked; raises `DualSlotError`."""
    read: dict[str, Any] = {"type": kind}
    match kind:
        case "edit":
            read["path"] = path = content.get("path")
            read["value"] = _value(path, content)
        case "add_monster":
            read["encounter"] = _number(content, "encounter")
            read["key"] = _text(content, "key", MAX_NAME_LENGTH)
        case "add_character":
            read["class_name"] = _text(content, "class_name", MAX_NAME_LENGTH)
            read["level"] = _number(content, "level")
        case "add_encounter":
            read["key"] = _text(content, "key", MAX_NAME_LENGTH)
        case "remove" | "duplicate":
            read["path"] = path = content.get("path")
            if not isinstance(path, str) or ENTRIES.fullmatch(path) is None:
                raise DualSlotError(f"{shown(path)} is nothing that can be {_DONE[kind]} here")
        case "paste":
            read["text"] = _text(content, "text", MAX_PASTED)
    return cast("Message", read)


_DONE = {"remove": "removed", "duplicate": "duplicated"}


def _value(path: object, content: Mapping[Any, Any]) -> int | str | None:
    number = isinstance(path, str) and NUMBERS.fullmatch(path) is not None
    if not (isinstance(path, str) and (number or TEXTS.fullmatch(path))):
        raise DualSlotError(f"{shown(path)} is nothing that can be edited here")
    value = content.get("value")
    if value is None and "value" in content and ABSENT.fullmatch(path):
        return None
    if number:
        found = whole(value)
        if found is None:
            raise DualSlotError(f"{path}: {shown(value)} is no whole number")
        return found
    if not isinstance(value, str):
        raise DualSlotError(f"{path}: {shown(value)} is no text")
    if len(value) > MAX_TEXT:
        raise DualSlotError(f"{path}: is {len(value)} characters long; at most {MAX_TEXT}")
    return value


def _number(content: Mapping[Any, Any], key: str) -> int:
    number = whole(content.get(key))
    if number is None or not 0 <= number <= 1000:
        raise DualSlotError(f"{key}: {shown(content.get(key))} is no number from 0 to 1000")
    return number


def _text(content: Mapping[Any, Any], key: str, at_most: int) -> str:
    text = content.get(key)
    if not isinstance(text, str):
        raise DualSlotError(f"{key}: {shown(text)} is no text")
    if len(text) > at_most:
        raise DualSlotError(f"{key}: is {len(text)} characters long; at most {at_most}")
    return text
