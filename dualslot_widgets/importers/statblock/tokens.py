"""Cuts the English of a stat block into tokens: words, numbers, dice and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from dualslot_widgets.importers.bounded import MAX_TEXT
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS

#: Of one text: 5,000 letters of English are about 1,000 tokens.
MAX_TOKENS = 1_500
ABILITY_NAMES = ("strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma")
ABILITY_WORDS = dict(zip(ABILITIES, ABILITY_NAMES, strict=True))
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_CLASSES: dict[str, frozenset[str]] = {
    **{word: frozenset({"WORD", "TYPE"}) for word in DAMAGE_TYPES},
    **{word: frozenset({"WORD", "CONDITION"}) for word in CONDITIONS},
    **{word: frozenset({"WORD", "ABILITY"}) for word in (*ABILITIES, *ABILITY_NAMES)},
    **{word: frozenset({"WORD", "COUNT"}) for word in NUMBER_WORDS},
}
_WORD, _NUMBER, _DICE, _MARK = (frozenset({each}) for each in ("WORD", "NUMBER", "DICE", "MARK"))
_TOKEN = re.compile(
    r"(?P<dice>\d{1,4}d\d{1,4}(?![a-z0-9]))|(?P<number>\d+)(?P<feet>'(?![a-z]))?"
    r"|(?P<word>[a-z]+(?:'[a-z]+)?)|(?P<mark>[^\s\w'])",
    re.IGNORECASE,
)
_SIGNS = {0x2212: "-", 0x2013: "-", 0x2019: "'", 0x2018: "'", 0xD7: "x", 0x2014: " - "}
#: What one word says in the place of others.
_SAME = {
    "magical": "magic",
    "nonmagical": "nonmagic",
    "feet": "foot",
    "ft": "foot",
    "rounds": "round",
    "minutes": "minute",
    "min": "minute",
    "hours": "hour",
    "days": "day",
    "saves": "save",
    "cannot": "can't",
    "whenever": "when",
}


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, die or mark of a text.

    Attributes
    ----------
    text : str
        In small letters, with one word for those that mean the same.
    classes : frozenset of str
        What a grammar may ask for: WORD, NUMBER, DICE, MARK, TYPE, CONDITION, ABILITY, COUNT.
    start, end : int
        Where it stands in the text.
    ends : bool
        Whether a sentence ends with it.
    """

    text: str
    classes: frozenset[str]
    start: int
    end: int
    ends: bool = False


END = Token("", frozenset(), 0, 0, ends=True)


def tidy(text: str) -> str:
    """Return a text on one line, with plain signs and quotes."""
    plain = text[:MAX_TEXT].translate(_SIGNS)
    plain = plain.replace("*", "").replace("_", " ").replace("non-", "non").replace("Non-", "Non")
    return " ".join(plain.split())


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a tidy text, with one behind the last that matches nothing."""
    return (*islice(_tokens(text), MAX_TOKENS), END)


def _tokens(text: str) -> Iterable[Token]:
    for found in _TOKEN.finditer(text):
        kind, start, end = found.lastgroup, found.start(), found.end()
        low = found[0].lower()
        if found["number"]:
            number = found["number"][:9]
            yield Token(number, _NUMBER, start, end)
            if found["feet"]:
                yield Token("foot", _WORD, start, end)
        elif kind == "dice":
            yield Token(low, _DICE, start, end)
        elif kind == "word":
            word = _SAME.get(low, low)
            yield Token(word, _CLASSES.get(word, _WORD), start, end)
        elif low == "-" and _joins(text, start):
            continue
        else:
            yield Token(low, _MARK, start, end, ends=_ends_sentence(text, start))


def _joins(text: str, at: int) -> bool:
    """Say whether a hyphen stands inside a word: "60-foot cone"."""
    if not 0 < at < len(text) - 1 or not text[at + 1].isalpha():
        return False
    return text[at - 1].isalnum() or (text[at - 1] == " " and text[at - 2].isdigit())


def _ends_sentence(text: str, at: int) -> bool:
    if text[at] in "!?":
        return True
    behind = text[at + 1 : at + 3]
    return text[at] == "." and (not behind.strip() or (behind[0] == " " and behind[1].isupper()))
