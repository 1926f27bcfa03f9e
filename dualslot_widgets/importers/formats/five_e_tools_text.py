"""Turns the tagged text of 5etools into the English of a stat block.

Tags are those of its renderer: {@hit 5}, {@damage
2d6+3}, {@dc 13}, {@recharge 5}, {@atk mw}, {@h}, and since 2024 {@atkr m}, {@actSave dex},
{@actSaveFail}.
"""

from __future__ import annotations

import re
from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.bounded import MAX_TEXT
from dualslot_widgets.importers.statblock.tokens import ABILITY_WORDS

_TAG = re.compile(r"\{@(\w{1,24})(?:\s([^{}]{0,300}))?\}")
_HTML = re.compile(r"</?\w{1,10}>")
#: Tags inside tags, as in {@note see {@spell web}}; deeper ones stay as they are.
_PASSES = 3
_KINDS = {"m": "Melee", "r": "Ranged"}
_FIXED = {
    "h": "Hit: ",
    "hom": "Hit or Miss: ",
    "m": "Miss: ",
    "actSaveSuccess": "Success:",
    "actSaveSuccessOrFail": "Failure or Success:",
    "actTrigger": "Trigger:",
    "actResponse": "Response:",
}


def rendered(text: str) -> str:
    """Return a text without tags, as a book would print it.

    Examples
    --------
    >>> rendered("{@atk mw} {@hit 5} to hit. {@h}7 ({@damage 1d8 + 3}) fire damage.")
    'Melee Weapon Attack: +5 to hit. Hit: 7 (1d8 + 3) fire damage.'
    """
    for _ in range(_PASSES):
        text, found = _TAG.subn(_replacement, text[:MAX_TEXT])
        if not found:
            break
    return _HTML.sub("", text)


def entries_text(entries: Any) -> str:
    """Return the text of entries: texts, and lists, items and sections with a name of their own."""
    lines: list[str] = []
    _collect(entries, "", lines, 0)
    return "\n".join(lines)[:MAX_TEXT]


def _collect(entry: Any, title: str, lines: list[str], depth: int) -> None:
    if len(lines) > values.MAX_ENTRIES or depth > 10:
        return
    if isinstance(entry, str):
        lines.append(f"{title}{rendered(entry)}")
    elif isinstance(entry, list):
        for index, inner in enumerate(values.items(entry)):
            _collect(inner, title if index == 0 else "", lines, depth + 1)
    elif isinstance(entry, dict) and entry.get("type") not in ("table", "image"):
        name = rendered(values.text(entry.get("name"))).rstrip(".:")
        for key in ("entries", "entry", "items", "text"):
            if key in entry:
                _collect(entry[key], f"{name}. " if name else title, lines, depth + 1)


def _replacement(found: re.Match[str]) -> str:
    tag, content = found[1], found[2] or ""
    parts = content.split("|")
    if tag in _FIXED:
        return _FIXED[tag]
    if tag in ("atk", "atkr"):
        return _attack(tag, content)
    if tag == "hit":
        bonus = parts[0].strip()
        return bonus if bonus[:1] in "+-" else f"+{bonus}"
    if tag == "dc":
        return f"DC {parts[0].strip()}"
    if tag == "recharge":
        lowest = parts[0].strip() or "6"
        return f"(Recharge {lowest}-6)" if lowest != "6" else "(Recharge 6)"
    if tag == "actSave":
        word = ABILITY_WORDS.get(parts[0].strip()[:3].lower(), parts[0])
        return f"{word.capitalize()} Saving Throw:"
    if tag == "actSaveFail":
        return "Failure:" if parts[0].strip() in ("", "1") else "Second Failure:"
    return parts[2] if len(parts) > 2 and parts[2] else parts[0]


def _attack(tag: str, content: str) -> str:
    words = [word.strip() for word in content.lower().split(",")][:4]
    kinds = list(dict.fromkeys(_KINDS[word[0]] for word in words if word[:1] in _KINDS))
    kind = " or ".join(kinds) or "Melee"
    if tag == "atkr":
        return f"{kind} Attack Roll:"
    return f"{kind} {'Spell' if any('s' in word[1:] for word in words) else 'Weapon'} Attack:"
