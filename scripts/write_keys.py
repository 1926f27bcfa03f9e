"""Writes the tables of keys in docs/scenarios.md from what the classes of a scenario declare.

Bounds, words and defaults come from the schema, and what a key means from the docstring of its
class. ``make js`` runs it; tests/test_written_files.py proves what is committed fresh.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

from dualslot_widgets.scenario.actions import (
    Aimed,
    Attack,
    Counter,
    Defend,
    Enchant,
    Heal,
    Limited,
    Save,
    Surge,
)
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS, DEFENCES, Effect, Lasting
from dualslot_widgets.scenario.encounter import Encounter
from dualslot_widgets.scenario.resources import PactMagic, Regeneration, Resource
from dualslot_widgets.scenario.riders import Rider, Upcast
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.scenario.schema import Declared, declared_in
from dualslot_widgets.scenario.settings import Settings

DOCUMENT = Path(__file__).parents[1] / "docs" / "scenarios.md"
BEGIN, END = "<!-- Written by scripts/write_keys.py: -->", "<!-- Here that ends. -->"
TITLES: dict[type[Any], str] = {
    Scenario: "A scenario",
    Settings: "Settings",
    Encounter: "An encounter",
    Creature: "A creature",
    Limited: "Any action",
    Aimed: "What is aimed at enemies: `attack`, `save`, `effect`",
    Attack: "`attack`",
    Save: "`save`",
    Heal: "`heal`",
    Enchant: "`effect`",
    Defend: "`defend`",
    Counter: "`counter`",
    Surge: "`surge`",
    Rider: "A rider",
    Upcast: "`upcast`",
    Lasting: "An effect",
    Effect: "An effect of an action or a rider, besides",
    Resource: "A resource",
    PactMagic: "`pact_magic`",
    Regeneration: "`regeneration`",
}
#: Words of which there are many, or that many keys take.
LISTS = {
    CONDITIONS: "conditions",
    DAMAGE_TYPES: "damage types",
    DEFENCES: "damage types, also nonmagical",
    ABILITIES: "abilities",
}
TAKES = {
    "text": "a text",
    "flag": "true or false",
    "names": "a list of names",
    "damage": "dice, `2d6+3 fire + 1d4`",
    "points": "dice, `2d8+3`",
    "bonus": "`1d4`, `-1d4` or `2`",
}


def tables() -> str:
    """Return a table for each class, and the lists of words that they name."""
    lists = [f"- {name}: {_words(words)}" for words, name in LISTS.items()]
    found = [_table(cls, title) for cls, title in TITLES.items()]
    return "\n".join(lists) + "\n\n" + "\n".join(filter(None, found))


def _table(cls: type[Any], title: str) -> str:
    inherited = {key for base in cls.__mro__[1:] for key in getattr(base, "__annotations__", ())}
    meanings = _meanings(cls)
    rows = [
        f"| `{key}` | {_takes(declared)} | {_default(declared)} | {meanings.get(key, '')} |"
        for key, declared in declared_in(cls).items()
        if key not in inherited
    ]
    head = f"**{title}**\n\n| key | takes | default | meaning |\n|---|---|---|---|\n"
    return head + "\n".join(rows) + "\n" if rows else ""


def _takes(declared: Declared) -> str:
    known = tuple(declared.known)
    match declared.kind:
        case "number":
            return f"{declared.low:,} to {declared.high:,}"
        case "word":
            return f"one of the {LISTS[known]}" if known in LISTS else _words(known)
        case "words":
            return f"a list of {LISTS[known] if known in LISTS else _words(known)}"
        case "record":
            return _record(declared)
        case "records" if declared.each:
            return f"a list of at most {declared.at_most}: {_record(declared.each)}"
        case "numbers" if declared.each:
            return f"a list of at most {declared.at_most}, each {_takes(declared.each)}"
        case "named" if declared.each:
            names = LISTS.get(known, "names")
            return f"an object of {names}, each {_takes(declared.each)}"
    return TAKES[declared.kind]


def _record(declared: Declared) -> str:
    titles = {Effect: "an effect"} | {
        cls: title.strip("`").lower() for cls, title in TITLES.items() if cls is not Effect
    }
    found = [titles[cls] for cls in declared.of.values()]
    return found[0] if len(found) == 1 else "an action"


def _default(declared: Declared) -> str:
    if declared.required:
        return "**needed**"
    usual = declared.usual
    if usual in (None, "", [], {}) or isinstance(usual, (dict, list)):
        return ""
    return {True: "true", False: "false"}[usual] if isinstance(usual, bool) else f"{usual}"


def _words(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _meanings(cls: type[Any]) -> dict[str, str]:
    """Return what the docstring of a class says of its attributes."""
    found: dict[str, str] = {}
    _, _, section = (inspect.getdoc(cls) or "").partition("\nAttributes\n----------\n")
    section = section.split("\n\nRaises\n")[0]
    for entry in filter(None, re.split(r"\n(?=\w)", section)):
        head, *body = entry.splitlines()
        text = " ".join(line.strip() for line in body)
        text = re.sub(r",? ?(?:[Oo]ne|[Ss]ome) of `[A-Z_]+`\.?", "", text)
        for key in head.partition(" : ")[0].split(", "):
            found[key] = text.replace("|", "\\|").replace("``", "`").strip()
    return found


def document() -> str:
    """Return the document with its tables as they are to be."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{tables()}\n{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")
