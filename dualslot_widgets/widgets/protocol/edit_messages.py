"""The messages that edit the scenario on screen, checked: which values, and how large.

Room of the protocol below `messages`. What a value may be is left to the scenario's own gate; here
it is bounded, and its path is one of those that the editor shows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.dice import MAX_TEXT
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH, shown, whole
from dualslot_widgets.words.visible import from_shown

if TYPE_CHECKING:
    from dualslot_widgets.widgets.protocol.messages import Message, Value

#: Characters of a text that is pasted; a message of more than 1 MB is nobody's scenario.
MAX_PASTED = 1_000_000
KINDS = (
    *("edit", "add_monster", "add_character", "add_encounter", "add_action", "add_rider"),
    *("remove", "duplicate", "undo", "redo", "paste", "copy"),
)

_PLAYER = r"players\[\d{1,2}\]"
_FIGHT = r"encounters\[\d{1,2}\]"
_CREATURE = rf"(?:{_PLAYER}|{_FIGHT}\.monsters\[\d{{1,2}}\])"
_ACTION = rf"{_CREATURE}\.actions\[\d{{1,2}}\]"
_RIDER = rf"(?:{_ACTION}\.on_hit|{_CREATURE}\.riders)\[\d{{1,2}}\]"
_EFFECT = rf"(?:{_ACTION}|{_RIDER})\.effect"


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.ASCII)


#: Whole numbers that an edit may change.
NUMBERS = _any(
    rf"{_CREATURE}\.(?:count|max_hp|armor_class|initiative_bonus|arrives|legendary_actions)",
    rf"{_CREATURE}\.saving_throws\.(?:str|dex|con|int|wis|cha)",
    rf"{_CREATURE}\.spell_slots\[[0-8]\]",
    rf"{_ACTION}\.(?:attack_bonus|dc|targets|uses|recharge|attacks|critical_range|armor_class)",
    rf"{_ACTION}\.legendary_cost",
    rf"{_RIDER}\.dc",
    rf"{_EFFECT}\.duration",
    rf"{_PLAYER}\.level",
    r"settings\.(?:runs|seed|max_rounds)",
)
#: Texts that it may change: names, dice, and words of which the scenario knows a few.
TEXTS = _any(
    r"name",
    rf"{_CREATURE}\.(?:name|targeting|position|role)",
    rf"{_ACTION}\.(?:name|damage|healing|temporary_hp|ability|on_success|per|time|trigger|on)",
    rf"{_RIDER}\.(?:name|when|damage|ability|on_success)",
    rf"{_EFFECT}\.(?:clock|turn_damage)",
    rf"{_FIGHT}\.(?:rest|surprised)",
    r"settings\.(?:hit_points|spread)",
)
#: What is so or not.
FLAGS = _any(
    rf"{_ACTION}\.(?:ranged|magical|advantage|disadvantage|automatic|area|concentration|once)",
    rf"{_ACTION}\.(?:lasting|halve|melee_only)",
    rf"{_RIDER}\.once_per_turn",
    rf"{_EFFECT}\.save_ends",
)
#: Lists of words.
LISTS = _any(
    rf"{_CREATURE}\.(?:multiattack|resistances|immunities|vulnerabilities|condition_immunities)",
    rf"{_EFFECT}\.conditions",
)
#: What it may take away, with the value null.
ABSENT = _any(
    rf"{_PLAYER}\.level",
    rf"{_ACTION}\.(?:uses|recharge|damage)",
    rf"{_RIDER}\.(?:damage|ability)",
    _EFFECT,
    rf"{_EFFECT}\.(?:duration|turn_damage)",
    rf"{_FIGHT}\.(?:rest|surprised)",
)
#: What can be removed and duplicated.
ENTRIES = _any(_FIGHT, _CREATURE, _ACTION, _RIDER)
#: What something is added to.
OWNERS = {"add_action": _any(_CREATURE), "add_rider": _any(_ACTION, _RIDER)}
#: Words of a list in a message.
MAX_WORDS = 50


def read_edit(kind: str, content: Mapping[Any, Any]) -> Message:
    """Return one of the messages named in `KINDS`, checked; raises `DualSlotError`."""
    read: dict[str, Any] = {"type": kind}
    match kind:
        case "edit":
            read["path"] = content.get("path")
            read["value"] = _value(read["path"], content)
        case "add_monster":
            read["encounter"] = _number(content, "encounter")
            read["key"] = _text(content, "key", MAX_NAME_LENGTH)
        case "add_character":
            read["class_name"] = _text(content, "class_name", MAX_NAME_LENGTH)
            read["level"] = _number(content, "level")
        case "add_encounter":
            read["key"] = _text(content, "key", MAX_NAME_LENGTH)
        case "add_action" | "add_rider":
            read["path"] = _path(content, OWNERS[kind], f"is nothing that {kind[4:]}s are added to")
            if kind == "add_action":
                read["source"] = _text(content, "source", MAX_NAME_LENGTH)
            read["name"] = _text(content, "name", MAX_NAME_LENGTH)
        case "remove" | "duplicate":
            read["path"] = _path(content, ENTRIES, f"is nothing that can be {_DONE[kind]} here")
        case "paste":
            read["text"] = _text(content, "text", MAX_PASTED)
    return cast("Message", read)


_DONE = {"remove": "removed", "duplicate": "duplicated"}


def _path(content: Mapping[Any, Any], known: re.Pattern[str], otherwise: str) -> str:
    path = content.get("path")
    if not isinstance(path, str) or known.fullmatch(path) is None:
        raise DualSlotError(f"{shown(path)} {otherwise}")
    return path


def _value(path: object, content: Mapping[Any, Any]) -> Value:
    if isinstance(path, str):
        value = content.get("value")
        if value is None and "value" in content and ABSENT.fullmatch(path):
            return None
        for pattern, read in _READERS:
            if pattern.fullmatch(path):
                return read(path, value)
    raise DualSlotError(f"{shown(path)} is nothing that can be edited here")


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
    if not isinstance(value, str):
        raise DualSlotError(f"{path}: {shown(value)} is no text")
    if len(value) > MAX_TEXT:
        raise DualSlotError(f"{path}: is {len(value)} characters long; at most {MAX_TEXT}")
    return from_shown(value)


def _words(path: str, value: object) -> list[str]:
    if not isinstance(value, list) or len(value) > MAX_WORDS:
        raise DualSlotError(f"{path}: {shown(value)} is no list of at most {MAX_WORDS} words")
    return [_short_text(f"{path}[{index}]", word) for index, word in enumerate(value)]


_READERS: tuple[tuple[re.Pattern[str], Callable[[str, object], Value]], ...] = (
    (NUMBERS, _whole),
    (TEXTS, _short_text),
    (FLAGS, _flag),
    (LISTS, _words),
)


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
