"""Resistances, immunities, vulnerabilities and condition immunities of a stat block."""

from __future__ import annotations

import re

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.tokens import Token, tidy, tokens_of
from dualslot_widgets.scenario.effects import CONDITIONS

_PHYSICAL = ("bludgeoning", "piercing", "slashing")
_LETTERS = dict(zip("bps", _PHYSICAL, strict=True))
#: Words of a list that name nothing by themselves.
_FILLERS = frozenset(
    [
        "and",
        "or",
        "damage",
        "from",
        "attacks",
        "attack",
        "weapons",
        "weapon",
        "that",
        "aren't",
        "are",
        "not",
        "nonmagic",
        "magic",
        "made",
        "with",
        "the",
        "in",
        "form",
        "by",
        "forms",
        "except",
        "while",
        "its",
        "their",
    ]
)
#: A group of the three physical types is told apart by what follows it.
_NONMAGICAL = frozenset(("nonmagic",))


def defences(phrases: list[str], place: str, notes: Notes) -> list[str]:
    """Return what phrases of resistance, immunity or vulnerability name, as damage types.

    Parameters
    ----------
    phrases : list of str
        Such as "fire", "cold, fire; bludgeoning and piercing from nonmagical attacks".
    place : str
    notes : Notes

    Returns
    -------
    list of str
        Damage types, and "nonmagical slashing" and its like.
    """
    found: dict[str, None] = {}
    for phrase in (part for text in phrases[:50] for part in tidy(text).split(";")[:20]):
        if phrase.strip():
            found |= dict.fromkeys(_of_phrase(phrase.strip(), place, notes))
    return list(found)


def _of_phrase(phrase: str, place: str, notes: Notes) -> list[str]:
    phrase = re.sub(r"\([^()]{0,80}\)", "", phrase)
    tokens = tokens_of(phrase)
    texts = [token.text for token in tokens]
    low = phrase.lower()
    kinds = [token.text for token in tokens if "TYPE" in token.classes]
    letters = [_LETTERS[word] for word in texts if word in _LETTERS]
    kinds += [kind for kind in letters if kind not in kinds] if "/" in texts else []
    only_nonmagical = (
        "nonmagic" in texts
        or "aren't magical" in low
        or "not magical" in low
        or "non magic" in " ".join(texts)
    )
    physical = [kind for kind in kinds if kind in _PHYSICAL]
    if only_nonmagical and not kinds and ("attacks" in texts or "weapons" in texts):
        physical = kinds = list(_PHYSICAL)
    if only_nonmagical and physical:
        if "adamantine" in texts or "silvered" in texts:
            notes.assume(place, f'"{phrase[:80]}": all nonmagical weapons')
        elif rest := _unknown(tokens, but=("silver", "adamantine")):
            notes.leave(place, f'"{", ".join(rest)[:80]}" in "{phrase[:80]}"')
        return [k for k in kinds if k not in _PHYSICAL] + [f"nonmagical {k}" for k in physical]
    if _is_narrow(texts):
        notes.leave(place, f'"{phrase[:80]}"')
        return []
    if rest := _unknown_parts(phrase):
        notes.leave(place, f'"{", ".join(rest)[:80]}"')
        kinds = [
            kind
            for part in re.split(r",| and | or ", phrase)
            if part.strip() not in rest
            for kind in (t.text for t in tokens_of(part))
            if kind in kinds
        ]
    return kinds


def _is_narrow(texts: list[str]) -> bool:
    """Say whether a phrase is about some damage of a type only: "from spells", "in sunlight"."""
    return bool({"from", "while", "except", "dealt", "during"} & set(texts))


def _unknown(tokens: tuple[Token, ...], but: tuple[str, ...]) -> list[str]:
    return [
        token.text
        for token in tokens[:-1]
        if "WORD" in token.classes
        and "TYPE" not in token.classes
        and token.text not in _FILLERS
        and token.text not in but
        and token.text not in _LETTERS
    ]


def _unknown_parts(phrase: str) -> list[str]:
    """Return the parts of a list in which no damage type, or another word beside one, stands."""
    parts = [part.strip() for part in re.split(r",| and | or ", phrase)]
    return [
        part
        for part in parts
        if part
        and (
            _unknown(tokens_of(part), ())
            or not any(
                "TYPE" in token.classes or token.text in _LETTERS or token.text in _FILLERS
                for token in tokens_of(part)
            )
        )
    ]


def condition_immunities(names: list[str], place: str, notes: Notes) -> list[str]:
    """Return the conditions among names; exhaustion, which is never played, is passed over."""
    found: dict[str, None] = {}
    for word in (part for name in names[:50] for part in re.split(r"[,;]| and ", name[:300])):
        low = word.strip().casefold().removeprefix("and ").removesuffix(" condition")
        if low in CONDITIONS:
            found[low] = None
        elif low and low != "exhaustion":
            notes.leave(place, f'"{word.strip()[:40]}" is no condition that is played')
    return list(found)
