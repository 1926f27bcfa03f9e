"""A text with what the grammar found in it, and how these facts hang together.

Every fact is either used by somebody who asks for it, or named as left out: `unused` returns what
nobody has used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.tokens import END, tidy, tokens_of
from dualslot_widgets.importers.statblock.wording import FACTS, GRAMMAR
from dualslot_widgets.scenario.effects import CONDITIONS

GUARDS = ("save", "check", "bare")
#: What a text does to somebody in other words than a condition's.
GRANTS = ("no_reactions", "one_attack", "no_bonus_action", "no_healing", "melee_disadvantage")
_NATURES = frozenset(
    "a an not see hear tiny small medium large huge no within neither living humanoid one".split()
)
#: Behind one of these a clause tells when something is so, not that it is.
_IF = frozenset("if while when unless until that who which where already".split())
_NOT = frozenset("not isn't no aren't never being longer doesn't".split())
CONDITION_WORDS = frozenset(CONDITIONS)
_CASES = frozenset("if when while unless".split())
_VERBS_OF_BEING = frozenset("is isn't can was are".split())
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
        scanned = GRAMMAR.scan(FACTS, self.tokens)
        self.facts = [self._seen(fact) for fact in scanned if self._holds(fact)]
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

    def gap(self, start: int, fact: Match) -> list[str]:
        """Return the words between a token and a fact, without those on how a weapon is held."""
        inside = {at for held in self.of("handed") for at in range(held.start, held.end)}
        return [self.tokens[at].text for at in range(start, fact.start) if at not in inside]

    def depends(self, start: int, fact: Match) -> bool:
        """Say whether a fact is so only if something else is: what stands around it says so."""
        behind = set(self.texts(fact.end, min(fact.end + 2, self.sentence(fact.start)[1])))
        handed = self.of("handed", start=fact.end, end=fact.end + 2)
        case = bool((_CASES | {"against"}) & behind - {"when"}) and not handed
        return case or self.in_case(start, fact)

    def in_case(self, start: int, fact: Match) -> bool:
        """Say whether "if" or its like stands between a token and a fact of the same sentence.

        What a target is by nature ("if the target is a creature") is no case.
        """
        begin = max(start, self.sentence(fact.start)[0])
        words = self.gap(begin, fact)
        for at, word in enumerate(words):
            if word not in _CASES or self._is_over(begin, fact, words, at):
                continue
            if word == "while" and CONDITION_WORDS & set(words[at + 1 : at + 4]):
                continue
            behind = words[at + 1 : at + 6]
            verb = next((i for i, each in enumerate(behind) if each in _VERBS_OF_BEING), None)
            if word == "if" and verb is not None and behind[verb + 1 : verb + 2]:
                if behind[verb + 1] in _NATURES and "advantage" not in words[at:]:
                    continue
            if word == "if" and {"save", "throw", "check"} & set(behind):
                continue
            return True
        return False

    def _is_over(self, begin: int, fact: Match, words: list[str], at: int) -> bool:
        """Say whether a case is told behind what it is for: "is held if it is small, and ..."."""
        main = self.of("suffers", "damage", "escape", start=begin, end=begin + at)
        return bool(main) and "," in words[at:]

    def aside(self, fact: Match) -> bool:
        """Say whether a fact's sentence is about the fallen, another day, or another way."""
        start, end = self.sentence(fact.start)
        clause = (*self.tokens[start:end], END)
        if GRAMMAR.search("own_trouble", clause):
            return True
        if GRAMMAR.search("fallen", clause):
            guards = self.of(*GUARDS, start=start, end=end)
            return not guards or self.in_case(start, guards[0]) or "0" not in self.texts(start, end)
        both = self.of(*GUARDS, start=start, end=end) and self.of("suffers", start=start, end=end)
        return not both and GRAMMAR.search("another_day", clause) is not None

    def unused(self, start: int = 0, end: int | None = None) -> Iterable[str]:
        """Yield in the words of the text what nobody has used and what no rule knows."""
        stop = len(self.tokens) - 1 if end is None else end
        inside = {at for fact in self.facts for at in range(fact.start, fact.end)}
        told: set[int] = set()
        for fact in self.facts:
            if not start <= fact.start < stop or fact.rule not in _WEIGHTY:
                continue
            if fact.start not in self._used and not self.aside(fact) and not self._only_moves(fact):
                told.add(self._sentences[fact.start])
                yield self.words(fact.start, fact.end)
        for at in range(start, stop):
            token, number = self.tokens[at], self._sentences[at]
            if at in inside or number in told:
                continue
            odd = token.text in ("damage", "dc", "exhaustion") and not self._mentions(at)
            odd = odd or ("CONDITION" in token.classes and not self._mentions(at))
            if odd and not self.aside(Match("word", at, at + 1)):
                told.add(number)
                yield self.words(max(at - 5, self.sentence(at)[0]), at + 1)

    def _seen(self, fact: Match) -> Match:
        """Return a check that somebody makes to get free as what it is: a way to escape."""
        if fact.rule in ("check", "bare"):
            start, end = self.sentence(fact.start)
            words = set(self.texts(start, end))
            if {"action", "actions", "escape", "detach", "free"} & words:
                return Match("breaks", fact.start, fact.end)
        return fact

    def _holds(self, fact: Match) -> bool:
        if fact.rule in GUARDS:
            start, end = self.sentence(fact.start)
            return not GRAMMAR.search("own_trouble", (*self.tokens[start:end], END))
        if fact.rule == "no_healing":
            return self.tokens[fact.end].text not in ("except", "unless")
        if fact.rule == "suffers":
            return not self._mentioned(fact.start) and self.tokens[fact.start].text != "invisible"
        return True

    def _mentioned(self, at: int) -> bool:
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
                return True
        return False

    def _only_moves(self, guard: Match) -> bool:
        """Say whether a saving throw is only against being moved, which no map shows."""
        if guard.rule not in GUARDS:
            return False
        end = self.sentence(guard.start)[1]
        weighty = self.of("damage", "suffers", *GRANTS, start=guard.end, end=end)
        return bool(self.of("moves", start=guard.end, end=end)) and not weighty

    def _mentions(self, at: int) -> bool:
        if {"have", "has", "having"} & set(self.texts(at - 14, at)):
            return True
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
