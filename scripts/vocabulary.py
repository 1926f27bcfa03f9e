"""Makes js/src/protocol/vocabulary.ts of the words and bounds that a scenario's classes declare."""

from __future__ import annotations

import json
import re
from typing import Any

from dualslot_widgets.library import characters
from dualslot_widgets.scenario import dice
from dualslot_widgets.scenario.actions import ACTION_CLASSES, times_of
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.effects import Effect
from dualslot_widgets.scenario.reading import MAX_NAME_LENGTH
from dualslot_widgets.scenario.riders import Rider
from dualslot_widgets.scenario.schema import Declared, declared_in
from dualslot_widgets.widgets.protocol import message_checks


def first_line(source: str) -> str:
    """Return the line that says where a file comes from."""
    return f"// Written by scripts/write_protocol.py; do not edit. From {source}."


def vocabulary() -> str:
    """Return the words and bounds of what an editor may change, by record and key."""
    records: dict[str, list[type[Any]]] = {
        "creature": [Creature],
        "action": [*ACTION_CLASSES.values()],
        "rider": [Rider],
        "effect": [Effect],
    }
    words: dict[str, Any] = {name: {} for name in records}
    bounds: dict[str, Any] = {name: {} for name in records}
    for name, classes in records.items():
        for key, declared in _edited(classes).items():
            each = declared.each if declared.kind in ("named", "numbers") else declared
            if each and each.kind == "number":
                bounds[name][key] = [each.low, each.high]
            if declared.known and key not in ("time", "on"):
                words[name][key] = list(declared.known)
    kinds = {kind: _edited([cls]) for kind, cls in ACTION_CLASSES.items()}
    times = {kind: times_of(kind) for kind, keys in kinds.items() if "time" in keys}
    on = {kind: list(keys["on"].known) for kind, keys in kinds.items() if "on" in keys}
    flags = {
        kind: [key for key, declared in keys.items() if declared.kind == "flag"]
        for kind, keys in kinds.items()
    }
    sizes = {"dice": "DICE", "sides": "SIDES", "bonus": "BONUS", "terms": "TERMS", "text": "TEXT"}
    limits = {key: getattr(dice, f"MAX_{name}") for key, name in sizes.items()}
    lengths = {"name": MAX_NAME_LENGTH, "pasted": message_checks.MAX_PASTED}
    by_type = "Record<string, readonly string[]>"
    head = first_line("dualslot_widgets.scenario, what its classes declare")
    parts = [
        f"{head}\n// The words and bounds of what the editor changes.",
        "export type Bounds = readonly [number, number];",
        *_words_of(words),
        _constant("Bounds by record and key", "BOUNDS", bounds, as_const=True),
        _constant(
            "What words are called that do not read well",
            "SAYS",
            _says(records),
            "Record<string, string>",
        ),
        _constant("What an action of a type may take of a turn", "TIMES", times, by_type),
        _constant("Whom an action of a type is for", "ON", on, by_type),
        _constant("What an action of a type is or is not", "FLAGS", flags, by_type),
        _constant("The classes of ready-made characters", "CLASSES", characters.classes()),
        _constant("", "DAMAGE_TYPES", list(dice.DAMAGE_TYPES)),
        _constant("The most that dice texts may hold", "DICE_LIMITS", limits),
        _constant("Characters of a name, and of a text that is pasted", "LENGTHS", lengths),
    ]
    return "\n\n".join(parts) + "\n"


def _says(records: dict[str, list[type[Any]]]) -> dict[str, str]:
    """Return what words are called, the same wherever they are."""
    found: dict[str, str] = {}
    for classes in records.values():
        for declared in (each for cls in classes for each in _edited([cls]).values()):
            for word, says in declared.says.items():
                if found.setdefault(word, says) != says:
                    raise ValueError(f"{word} is called {says} and {found[word]}")
    return found


def _words_of(words: dict[str, dict[str, list[str]]]) -> list[str]:
    """Return the words by record and key; long lists that several keys take are written once."""
    keys: dict[str, list[str]] = {}
    for record in words.values():
        for key, known in record.items():
            keys.setdefault(json.dumps(known), []).append(key)
    shared = {text: found[0].upper() for text, found in keys.items() if len(found) > 1}
    text = _literal(words)
    for known, name in shared.items():
        text = text.replace(known, name)
    lists = [f"const {name} = {known} as const;" for known, name in shared.items()]
    return [*lists, f"/** Words by record and key. */\nexport const WORDS = {text} as const;"]


def _edited(classes: list[type[Any]]) -> dict[str, Declared]:
    """Return what an editor may change of any of some classes."""
    return {
        key: declared
        for cls in classes
        for key, declared in declared_in(cls).items()
        if declared.edit
    }


def _literal(value: Any) -> str:
    return re.sub(r'"(\w+)":', r"\1:", json.dumps(value, ensure_ascii=False))


def _constant(doc: str, name: str, value: Any, kind: str = "", as_const: bool = False) -> str:
    typed = f"{name}: {kind}" if kind else name
    comment = f"/** {doc}. */\n" if doc else ""
    return f"{comment}export const {typed} = {_literal(value)}{' as const' * as_const};"
