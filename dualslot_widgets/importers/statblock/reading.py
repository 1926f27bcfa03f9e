"""A text with what the grammar found in it, and how these facts hang together.

Every fact is either used by somebody who asks for it, or named as left out; `clauses` says which
sentences are about something else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.tokens import (
    END,
    MAX_TOKENS,
    Token,
    tidy,
    tokens_of,
    words,
)
from dualslot_widgets.importers.statblock.wording import FACTS, GRAMMAR

#: Of one text; the longest published ones have 40.
MAX_FACTS = 80
GUARDS = ("save", "check", "bare")
#: What a text does to somebody in other words than a condition's.
GRANTS = (
    "attack_disadvantage",
    "no_reactions",
    "one_attack",
    "no_bonus_action",
    "no_healing",
    "melee_disadvantage",
)
#: Behind one of these a clause tells when something is so, not that it is.
_HURTS = words("damage points hp")
_IF = words("if while when unless until that who which where already")
_NOT = words("not isn't no aren't never being longer doesn't")


@lru_cache(maxsize=128)
def _scanned(text: str) -> tuple[tuple[Token, ...], tuple[Match, ...]]:
    """Return the tokens and the facts of a text; an action's is read several times."""
    tokens = tokens_of(text)
    return tokens, tuple(GRAMMAR.scan(FACTS, tokens, MAX_FACTS))


class Reading:
    """One text, its tokens and its facts."""

    def __init__(self, text: str) -> None:
        self.text = tidy(text)
        self.tokens, scanned = _scanned(self.text)
        self._sentences = self._numbers()
        self._bounds = self._edges()
        self._about: dict[int, tuple[Match | None, Match | None, bool]] = {}
        self.is_whole = len(scanned) < MAX_FACTS and len(self.tokens) <= MAX_TOKENS
        self.facts = [self._seen(fact) for fact in scanned if self._holds(fact)]
        self._used: set[int] = set()

    def _numbers(self) -> list[int]:
        number, found = 0, []
        for token in self.tokens:
            found.append(number)
            number += token.ends
        return found

    def _edges(self) -> list[tuple[int, int]]:
        """Return the first token of each sentence, and the one behind its last."""
        found: list[tuple[int, int]] = []
        for at, number in enumerate(self._sentences[:-1] or [0]):
            if number == len(found):
                found.append((at, at + 1))
            else:
                found[number] = (found[number][0], at + 1)
        return [*found, (len(self.tokens) - 1, len(self.tokens) - 1)]

    def about(self, at: int) -> tuple[Match | None, Match | None, bool]:
        """Return what the sentence around a token is about.

        Where it tells of the fallen and of another day (in tokens of the sentence), and whether
        of its owner's own trouble.
        """
        number = self._sentences[at]
        if number not in self._about:
            start, end = self._bounds[number]
            clause = (*self.tokens[start:end], END)
            self._about[number] = (
                GRAMMAR.search("fallen", clause),
                GRAMMAR.search("another_day", clause),
                GRAMMAR.search("own_trouble", clause) is not None,
            )
        return self._about[number]

    def of(self, *rules: str, start: int = 0, end: int | None = None) -> list[Match]:
        """Return the facts of these rules that begin from token `start` on and before `end`."""
        stop = len(self.tokens) if end is None else end
        return [f for f in self.facts if f.rule in rules and start <= f.start < stop]

    def has(self, *rules: str, start: int = 0, end: int | None = None) -> bool:
        """Say whether there is such a fact, and use it."""
        found = self.of(*rules, start=start, end=end)
        self.use(*found)
        return bool(found)

    def use(self, *facts: Match) -> None:
        """Note that facts are played, or named by somebody else."""
        self._used.update(fact.start for fact in facts)

    def is_used(self, fact: Match) -> bool:
        """Say whether somebody has used a fact."""
        return fact.start in self._used

    def number(self, at: int) -> int:
        """Return which sentence a token stands in."""
        return self._sentences[at]

    def words(self, start: int, end: int) -> str:
        """Return the text of some tokens."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def texts(self, start: int, end: int) -> list[str]:
        """Return the words of some tokens, in small letters."""
        return [token.text for token in self.tokens[max(start, 0) : end]]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the first token of the sentence around a token, and the one behind its last."""
        return self._bounds[self._sentences[at]]

    def together(self, one: int, two: int) -> bool:
        """Say whether two tokens stand in one sentence."""
        return self._sentences[one] == self._sentences[two]

    def term(self, damage: Match) -> str:
        """Return damage as a dice term, with the first of its types."""
        types = self.types(damage)
        return f"{self.dice(damage)} {types[0] if types else ''}".strip()

    def types(self, damage: Match) -> list[str]:
        """Return the damage types that a damage clause gives to choose from."""
        start, end = damage.parts.get("types", (0, 0))
        return [token.text for token in self.tokens[start:end] if "TYPE" in token.classes]

    def dice(self, fact: Match) -> str:
        """Return the dice of a damage or healing clause without a type."""
        span = fact.parts.get("roll") or fact.parts.get("flat")
        return "".join(self.texts(*span)) if span else "0"

    def guard(self, fact: Match) -> dict[str, Any]:
        """Return ``dc`` and ``ability`` of a saving throw."""
        numbers = [t.text for t in self.tokens[fact.start : fact.end] if "NUMBER" in t.classes]
        ability = self.texts(*fact.parts["ability"])[0] if "ability" in fact.parts else "con"
        return {"dc": min(int(numbers[0]), 100), "ability": ability[:3]}

    def conditions(self, fact: Match) -> list[str]:
        """Return the conditions that a fact names."""
        start, end = fact.parts.get("conditions", (fact.start, fact.end))
        found = [t.text for t in self.tokens[start:end] if "CONDITION" in t.classes]
        if not found:
            verb = self.tokens[fact.start].text
            found = [word for stem, word in _VERBS.items() if verb.startswith(stem)]
        if "or" in self.texts(start, end):
            found = found[:1]
        return found

    def guard_of(self, fact: Match, start: int = 0) -> Match | None:
        """Return the saving throw that a fact depends on, or None.

        It stands before the fact; or behind it in the same sentence as "unless it succeeds on" or
        in brackets.
        """
        behind = next(iter(self.of(*GUARDS, start=fact.end)), None)
        if behind is not None and self._is_told_before(fact, behind):
            return behind
        before = self.of(*GUARDS, start=start, end=fact.start)
        return before[-1] if before else None

    def _is_told_before(self, fact: Match, guard: Match) -> bool:
        """Say whether a throw that stands behind a fact is against it: "prone (DC 13 Str)"."""
        between = self.texts(fact.end, guard.start)
        if not self.together(fact.start, guard.start):
            return self._is_told_after(fact, guard)
        if len(between) > 40:
            return False
        before = self.texts(guard.start - 3, guard.start)
        if before[-1:] == ["successful"] and not {"make", "makes", "making"} & set(before):
            nearest = not self.of("damage", start=fact.end, end=guard.start)
            return nearest or fact.rule != "damage"
        halved = before[-1:] in (["("], [";"]) and self.tokens[guard.end].text == "half"
        if halved and not self.of("damage", start=fact.end, end=guard.start):
            return len(between) < 16
        if self.of("damage", "suffers", start=fact.end, end=guard.start):
            return False
        if "half" in between or "unless" in between:
            return True
        near = 3 if fact.rule == "damage" else 12
        return len(between) < near and before[-1:] in (["("], ["with"])

    def _is_told_after(self, fact: Match, guard: Match) -> bool:
        """Say whether the next sentence begins with a throw: "A successful DC 11 save halves"."""
        start, end = self.sentence(guard.start)
        first = self.texts(start, guard.start)
        if not first or not {"successful", "making"} & set(first) or len(first) > 3:
            return False
        if self.number(fact.start) != self.number(guard.start) - 1:
            return False
        kinds = set(self.types(fact)) if fact.rule == "damage" else set()
        named = {t.text for t in self.tokens[guard.end : end] if "TYPE" in t.classes}
        if fact.rule != "damage":
            return True
        halves = bool(self.of("half", start=start, end=end))
        return halves and (bool(kinds & named) if named else True)

    def branch(self, fact: Match, guard: Match) -> str:
        """Return on which outcome of a saving throw something happens.

        "fail", "success", "second" (another failure later), "badly" (by 5 or more).
        """
        state = "fail"
        for mark in self.of("success", "fail", "second", "either", "badly", start=guard.end):
            if mark.start >= fact.start:
                break
            spoken = self.tokens[mark.end - 1].text == ":"
            if mark.rule in ("badly", "second") or spoken or self.together(mark.start, fact.start):
                state = mark.rule
            elif state != "badly":
                state = "fail"
        behind = self.of("success", "fail", start=fact.end, end=self.sentence(fact.start)[1])
        if (
            state == "fail"
            and behind
            and behind[0].rule == "success"
            and behind[0].start - fact.end < 2
        ):
            return "success"
        return state

    def later(self, fact: Match) -> Match | None:
        """Return the words that put damage off to the start or end of turns, or None."""
        if "ongoing" in self.texts(fact.start, fact.end):
            return fact
        for turn in self.of("later"):
            if not self.together(turn.start, fact.start):
                continue
            gap = (turn.start - fact.end) if turn.start > fact.start else (fact.start - turn.end)
            first, last = sorted((turn.start, fact.start))
            between = self.of("damage", *GUARDS, start=first + 1, end=last)
            if gap <= 8 and not between:
                return turn
        return None

    def _seen(self, fact: Match) -> Match:
        """Return a check that somebody makes to get free as what it is: a way to escape."""
        if fact.rule in ("check", "bare"):
            start, end = self.sentence(fact.start)
            words = set(self.texts(start, end))
            tries = "can" in self.texts(fact.start - 4, fact.start)
            if tries or {"action", "actions", "escape", "detach", "free"} & words:
                return Match("breaks", fact.start, fact.end)
        return fact

    def _holds(self, fact: Match) -> bool:
        if fact.rule in GUARDS:
            return not self.about(fact.start)[2]
        last = self.tokens[fact.end - 1].text
        if fact.rule == "damage" and "roll" not in fact.parts:
            return bool(_HURTS & set(self.texts(fact.start, fact.end)))
        if fact.rule == "damage" and last in ("plus", "."):
            return self.tokens[fact.start - 1].text in (":", ",")
        if fact.rule == "no_healing":
            return self.tokens[fact.end].text not in ("except", "unless")
        if fact.rule == "suffers":
            first, behind = self.tokens[fact.start].text, self.tokens[fact.end].text
            return not self.mentioned(fact.start) and (first, behind) != ("target", "by")
        return True

    def mentioned(self, at: int) -> bool:
        """Say whether a clause before a token makes it a case, not an event: "if it is prone"."""
        joined = False
        for back in range(at - 1, max(at - 9, -1), -1):
            token = self.tokens[back]
            if token.text in _NOT:
                return True
            if token.ends or token.text in (",", ":", "("):
                return False
            joined = joined or token.text in ("or", "and")
            if token.text in _IF and not joined:
                return "grapple" not in self.texts(back + 1, back + 4)
        return False


_VERBS = {
    "poison": "poisoned",
    "blind": "blinded",
    "stun": "stunned",
    "paraly": "paralyzed",
    "frighten": "frightened",
    "charm": "charmed",
    "restrain": "restrained",
    "grapple": "grappled",
    "petrif": "petrified",
    "deafen": "deafened",
}
