"""Matches the rules of a small grammar against tokens.

A rule is written in words: ``half = half as much | half the TYPE? damage``. A small word stands
for itself, a quoted mark for a mark, a word in capitals for a class of tokens, ``?`` for what may
be missing, ``*`` for up to `MOST_REPEATED` of it, ``label:`` for a part with a name, ``..5`` for up
to five tokens of the same sentence, and ``<rule>`` for another rule, taken in the first way in
which it fits. What a rule looks at is bounded, so that reading a text takes time in proportion to
its length.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from dualslot_widgets.importers.statblock.tokens import Token

MOST_REPEATED = 6
Tokens: TypeAlias = tuple[Token, ...]
#: Parts with a name, the latest first: (label, first token, token behind the last, others).
_Parts: TypeAlias = "tuple[str, int, int, _Parts] | None"
_Found: TypeAlias = "tuple[int, _Parts] | None"
_Next: TypeAlias = Callable[[int, _Parts], _Found]
_Matcher: TypeAlias = Callable[[Tokens, int, _Parts, _Next], _Found]
_PIECES = re.compile(r"\s*(?:(\w+):|\.\.(\d+)|<(\w+)>|\"([^\"])\"|([\w']+)|([()|?*]))")


@dataclass(frozen=True, slots=True)
class Match:
    """Where a rule fits.

    Attributes
    ----------
    rule : str
    start, end : int
        First token, and the one behind the last.
    parts : dict of str to (int, int)
        The named parts, as first token and the one behind the last.
    """

    rule: str
    start: int
    end: int
    parts: dict[str, tuple[int, int]] = field(default_factory=dict)


class Grammar:
    """Rules by name, compiled from their text."""

    def __init__(self, text: str) -> None:
        self._rules: dict[str, _Matcher] = {}
        self._firsts: dict[str, frozenset[str]] = {}
        self._indices: dict[tuple[str, ...], tuple[dict[str, list[str]], dict[str, int]]] = {}
        lines = [line for line in text.strip().split("\n") if not line.startswith("#")]
        for block in re.split(r"\n(?=\w+ =)", "\n".join(lines)):
            name, _, written = block.partition("=")
            matcher, first, empty = _Compiler(self, written).rule()
            if empty:
                raise ValueError(f"the rule {name.strip()} fits nothing at all")
            self._rules[name.strip()], self._firsts[name.strip()] = matcher, first

    def first(self, rule: str) -> frozenset[str]:
        """Return the words and classes that a rule can begin with."""
        return self._firsts[rule]

    def matcher(self, rule: str) -> _Matcher:
        """Return what matches a rule that is known by now."""
        return self._rules[rule]

    def match(self, rule: str, tokens: Tokens, at: int) -> Match | None:
        """Return how a rule fits at a token, or None."""
        first = self._firsts[rule]
        if tokens[at].text not in first and first.isdisjoint(tokens[at].classes):
            return None
        found = self._rules[rule](tokens, at, None, _done)
        if found is None:
            return None
        end, linked = found
        parts: dict[str, tuple[int, int]] = {}
        while linked is not None:
            label, start, stop, linked = linked
            parts.setdefault(label, (start, stop))
        return Match(rule, at, end, parts)

    def _index(self, rules: tuple[str, ...]) -> tuple[dict[str, list[str]], dict[str, int]]:
        """Return rules by what they begin with, and their order."""
        if rules not in self._indices:
            index: dict[str, list[str]] = {}
            for rule in rules:
                for first in self._firsts[rule]:
                    index.setdefault(first, []).append(rule)
            self._indices[rules] = index, {rule: place for place, rule in enumerate(rules)}
        return self._indices[rules]

    def search(self, rule: str, tokens: Tokens, at: int = 0) -> Match | None:
        """Return the first place from `at` on where a rule fits, or None."""
        for place in range(at, len(tokens) - 1):
            if found := self.match(rule, tokens, place):
                return found
        return None

    def scan(self, rules: tuple[str, ...], tokens: Tokens, most: int) -> list[Match]:
        """Return at most so many places where one fits, from the left; of several the first."""
        index, order = self._index(rules)
        found: list[Match] = []
        at = 0
        while at < len(tokens) - 1 and len(found) < most:
            token = tokens[at]
            fitting = list(index.get(token.text, ()))
            for each in token.classes:
                fitting += index.get(each, ())
            for rule in sorted(set(fitting), key=order.__getitem__):
                if match := self.match(rule, tokens, at):
                    found.append(match)
                    at = match.end
                    break
            else:
                at += 1
        return found


_Compiled: TypeAlias = "tuple[_Matcher, frozenset[str], bool]"


class _Compiler:
    """Reads the text of one rule into matchers; each comes with what it can begin with."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self._grammar = grammar
        self._pieces = list(_PIECES.finditer(text.strip()))
        self._at = 0

    def rule(self) -> _Compiled:
        found = self._choice()
        if self._at != len(self._pieces):
            raise ValueError(f"cannot read the rule at {self._pieces[self._at][0]!r}")
        return found

    def _peek(self) -> str:
        return self._pieces[self._at][6] or "" if self._at < len(self._pieces) else ")"

    def _choice(self) -> _Compiled:
        ways = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            ways.append(self._sequence())
        if len(ways) == 1:
            return ways[0]
        matchers = [way[0] for way in ways]

        def match(tokens: Tokens, at: int, parts: _Parts, then: _Next) -> _Found:
            for matcher in matchers:
                if (found := matcher(tokens, at, parts, then)) is not None:
                    return found
            return None

        firsts = frozenset().union(*(way[1] for way in ways))
        return match, firsts, any(way[2] for way in ways)

    def _sequence(self) -> _Compiled:
        found = self._item()
        while self._peek() not in ("|", ")"):
            found = _both(found, self._item())
        return found

    def _item(self) -> _Compiled:
        label = self._pieces[self._at][1]
        if label:
            self._at += 1
        found = self._atom()
        if label:
            found = (_labelled(label, found[0]), found[1], found[2])
        if self._peek() == "?":
            self._at += 1
            found = (_repeated(found[0], 1), found[1], True)
        elif self._peek() == "*":
            self._at += 1
            found = (_repeated(found[0], MOST_REPEATED), found[1], True)
        return found

    def _atom(self) -> _Compiled:
        piece = self._pieces[self._at]
        self._at += 1
        if piece[6] == "(":
            found = self._choice()
            self._at += 1
            return found
        if piece[2]:
            return _skipping(int(piece[2])), frozenset(), True
        if piece[3]:
            rule = piece[3]
            return _of_rule(self._grammar.matcher(rule)), self._grammar.first(rule), False
        if piece[5] and piece[5].isupper():
            return _of_class(piece[5]), frozenset({piece[5]}), False
        word = piece[4] or piece[5]
        return _of_text(word), frozenset({word}), False


def _both(one: _Compiled, two: _Compiled) -> _Compiled:
    before, behind = one[0], two[0]

    def match(tokens: Tokens, at: int, parts: _Parts, then: _Next) -> _Found:
        return before(tokens, at, parts, lambda end, now: behind(tokens, end, now, then))

    return match, one[1] | two[1] if one[2] else one[1], one[2] and two[2]


def _labelled(label: str, matcher: _Matcher) -> _Matcher:
    def match(tokens: Tokens, at: int, parts: _Parts, then: _Next) -> _Found:
        return matcher(tokens, at, parts, lambda end, now: then(end, (label, at, end, now)))

    return match


def _repeated(matcher: _Matcher, most: int) -> _Matcher:
    def match(tokens: Tokens, at: int, parts: _Parts, then: _Next, left: int = most) -> _Found:
        found = None
        if left:
            found = matcher(
                tokens, at, parts, lambda end, now: match(tokens, end, now, then, left - 1)
            )
        return found if found is not None else then(at, parts)

    return match


def _skipping(most: int) -> _Matcher:
    def match(tokens: Tokens, at: int, parts: _Parts, then: _Next) -> _Found:
        for end in range(at, at + most + 1):
            if (found := then(end, parts)) is not None:
                return found
            if tokens[end].ends:
                break
        return None

    return match


def _of_rule(matcher: _Matcher) -> _Matcher:
    """Match another rule in the first way in which it fits; it is not tried in another."""

    def match(tokens: Tokens, at: int, parts: _Parts, then: _Next) -> _Found:
        found = matcher(tokens, at, parts, _done)
        return None if found is None else then(found[0], found[1])

    return match


def _done(end: int, parts: _Parts) -> _Found:
    return end, parts


def _of_class(name: str) -> _Matcher:
    def match(tokens: Tokens, at: int, parts: _Parts, then: _Next) -> _Found:
        return then(at + 1, parts) if name in tokens[at].classes else None

    return match


def _of_text(word: str) -> _Matcher:
    def match(tokens: Tokens, at: int, parts: _Parts, then: _Next) -> _Found:
        return then(at + 1, parts) if tokens[at].text == word else None

    return match
