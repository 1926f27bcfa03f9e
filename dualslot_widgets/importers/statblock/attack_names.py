"""Finds the names of a creature's actions in a text, singular or plural, whole or by last word."""

from __future__ import annotations

from collections.abc import Sequence

from dualslot_widgets.importers.statblock.tokens import Token, tidy, tokens_of

_IRREGULAR = {"hooves": "hoof", "teeth": "tooth", "fists": "fist", "knives": "knife"}


def stem(word: str) -> str:
    """Return a word without the ending of its plural: "claws" and "claw" are one."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in ("shes", "ches", "xes", "sses"):
        if word.endswith(ending):
            return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def names_in(tokens: Sequence[Token], known: dict[str, str]) -> list[tuple[int, int, str]]:
    """Return which actions a text names, singular or plural: first token, behind the last, name."""
    stems = [stem(token.text) for token in tokens]
    places: list[tuple[int, int, str]] = []
    written = {
        tuple(stem(t.text) for t in tokens_of(tidy(low))[:-1]): name for low, name in known.items()
    }
    longest = max(map(len, written), default=0)
    at = 0
    while at < len(stems):
        for length in range(min(longest, len(stems) - at), 0, -1):
            name = written.get(tuple(stems[at : at + length]))
            if name is not None:
                places.append((at, at + length, name))
                at += length
                break
        else:
            at += 1
    return places


def last_words(known: dict[str, str]) -> dict[str, str]:
    """Return the last word of longer names where only one action has it: "dagger"."""
    found: dict[str, str | None] = {}
    for low, name in known.items():
        words = low.split()
        if len(words) > 1 and words[-1] not in ("attack", "attacks"):
            found[words[-1]] = None if words[-1] in found else name
    return {word: name for word, name in found.items() if name is not None and word not in known}
