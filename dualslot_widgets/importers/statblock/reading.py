"""A text with what the grammar found in it, and how these facts hang together.

Every fact is either used by somebody who asks for it, or named as left out: `unused` returns what
nobody has used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.tokens import tidy, tokens_of
from dualslot_widgets.importers.statblock.wording import FACTS, GRAMMAR

GUARDS = ("save", "check", "bare")
#: What a text does to somebody in other words than a condition's.
GRANTS = ("no_reactions", "one_attack", "no_bonus_action", "no_healing", "melee_disadvantage")
#: Behind one of these a clause tells when something is so, not that it is.
_IF = frozenset("if while when unless until that who which where already against".split())
_NOT = frozenset("not isn't no aren't never being longer".split())
#: Facts that are lost in silence if nobody uses them.
_WEIGHTY = frozenset(
    ("damage", "suffers", "heal", "drains", "exhaustion", "turns_to_stone", *GUARDS, *GRANTS)
)
_NOUNS = frozenset(
    "creature creatures target targets humanoid humanoids by condition conditions enemy one".split()
)


class Reading:
    """One text, its tokens and its facts."""

    def __init__(self, text: str) -> None:
        self.text = tidy(text)
        self.tokens = tokens_of(self.text)
        self._sentences = self._numbers()
        self.facts = [fact for fact in GRAMMAR.scan(FACTS, self.tokens) if self._holds(fact)]
        self._used: set[int] = set()

    def _numbers(self) -> list[int]:
        number, found = 0, []
        for token in self.tokens:
            found.append(number)
            number += token.ends
        return found

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

    def words(self, start: int, end: int) -> str:
        """Return the text of some tokens."""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end] if start < end else ""

    def texts(self, start: int, end: int) -> list[str]:
        """Return the words of some tokens, in small letters."""
        return [token.text for token in self.tokens[max(start, 0) : end]]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the first token of the sentence around a token, and the one behind its last."""
        number, start, end = self._sentences[at], at, at
        while start and self._sentences[start - 1] == number:
            start -= 1
        while end < len(self.tokens) - 1 and self._sentences[end] == number:
            end += 1
        return start, end

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
        for part in ("roll", "flat"):
            if part in fact.parts:
                return "".join(self.texts(*fact.parts[part]))
        return "0"

    def guard(self, fact: Match) -> dict[str, Any]:
        """Return ``dc`` and ``ability`` of a saving throw."""
        numbers = [t.text for t in self.tokens[fact.start : fact.end] if "NUMBER" in t.classes]
        ability = self.texts(*fact.parts["ability"])[0]
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
        for guard in self.of(*GUARDS, start=fact.end):
            between = self.texts(fact.end, guard.start)
            if not self.together(fact.start, guard.start) or len(between) > 12:
                break
            if {"unless", "("} & set(between) or "half" in between or self.tokens[
                guard.start - 1
            ].text in ("(", "with"):
                return guard
        before = self.of(*GUARDS, start=start, end=fact.start)
        return before[-1] if before else None

    def branch(self, fact: Match, guard: Match) -> str:
        """Return on which outcome of a saving throw something happens.

        "fail", "success", "second" (another failure later), "badly" (by 5 or more).
        """
        state = "fail"
        for mark in self.of("success", "fail", "second", "either", "badly", start=guard.end):
            if mark.start >= fact.start:
                break
            spoken = self.tokens[mark.end - 1].text == ":"
            if mark.rule == "badly" or spoken or self.together(mark.start, fact.start):
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
        for turn in self.of("later"):
            if not self.together(turn.start, fact.start):
                continue
            gap = (turn.start - fact.end) if turn.start > fact.start else (fact.start - turn.end)
            first, last = sorted((turn.start, fact.start))
            between = self.of("damage", *GUARDS, start=first + 1, end=last)
            if gap <= 8 and not between:
                return turn
        return None

    def depends(self, start: int, fact: Match) -> bool:
        """Say whether a fact is so only if something else is: what stands between says so."""
        before = self.texts(start, fact.start)
        if "if" in before:
            at = before.index("if")
            if before[at : at + 5] in (["if", "the", "target", "is", "a"], ["if", "it", "is", "a"]):
                before = before[:at] + before[at + 5 :]
        behind = self.texts(fact.end, min(fact.end + 2, self.sentence(fact.start)[1]))
        words = _IF - {"until", "that", "which"}
        return bool(words & set(before)) or bool(words & set(behind[:2]) - {"when"})

    def unused(self, start: int = 0, end: int | None = None) -> Iterable[str]:
        """Yield in the words of the text what nobody has used and what no rule knows."""
        stop = len(self.tokens) - 1 if end is None else end
        inside = {at for fact in self.facts for at in range(fact.start, fact.end)}
        told: set[int] = set()
        for fact in self.facts:
            if start <= fact.start < stop and fact.rule in _WEIGHTY and fact.start not in self._used:
                told.add(self._sentences[fact.start])
                yield self.words(fact.start, fact.end)
        for at in range(start, stop):
            token, number = self.tokens[at], self._sentences[at]
            if at in inside or number in told:
                continue
            odd = token.text in ("damage", "dc", "exhaustion") and not self._mentions(at)
            if odd or ("CONDITION" in token.classes and not self._mentions(at)):
                told.add(number)
                yield self.words(max(at - 5, self.sentence(at)[0]), at + 1)

    def _holds(self, fact: Match) -> bool:
        if fact.rule == "suffers":
            return not self._mentioned(fact.start) and self.tokens[fact.start].text != "invisible"
        return True

    def _mentioned(self, at: int) -> bool:
        """Say whether a clause before a token makes it a case, not an event: "if it is prone"."""
        for back in range(at - 1, max(at - 9, -1), -1):
            token = self.tokens[back]
            if token.ends or token.text in (",", ":", "(", "or", "and"):
                return False
            if token.text in _IF or token.text in _NOT:
                return True
        return False

    def _mentions(self, at: int) -> bool:
        behind, before = self.tokens[at + 1].text, self.tokens[max(at - 1, 0)].text
        return (
            behind in _NOUNS
            or before in ("the", "a", "against", "half", "not", "of", "an", "no", "any", "this")
            or self._mentioned(at)
        )


def save_of(text: str) -> dict[str, Any] | None:
    """Return ``dc`` and ``ability`` of the first saving throw in a text, or None."""
    reading = Reading(text)
    found = reading.of("save", "bare")
    return reading.guard(found[0]) if found else None


_VERBS = {
    "poison": "poisoned", "blind": "blinded", "stun": "stunned", "paraly": "paralyzed",
    "frighten": "frightened", "charm": "charmed", "restrain": "restrained",
    "grapple": "grappled", "petrif": "petrified", "deafen": "deafened",
}  # fmt: skip
