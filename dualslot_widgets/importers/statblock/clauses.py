"""Which sentences of a text are about a case, the fallen, another day, and what nobody has used.

What stands in such a sentence is not played, or not always; a remainder is named, never silent.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.reading import GRANTS, GUARDS, Reading
from dualslot_widgets.importers.statblock.tokens import words
from dualslot_widgets.scenario.effects import CONDITIONS

_CONDITION_WORDS = frozenset(CONDITIONS)
_CASES = words("if when while unless")
#: What may be said of whoever is hit: it holds for those of whom a party consists.
_NATURES = words(
    "a an not see hear tiny small medium large huge gargantuan no within neither living "
    "humanoid one"
)
#: Kinds of creatures that no party consists of.
_KINDS = words(
    "plant undead construct fiend celestial elemental beast giant dragon fey ooze monstrosity "
    "aberration swarm object vampire elf dwarf"
)
#: What somebody can do instead of something.
_CHOICES = words("expend spend deal use choose add cause")
_TELLING = words("damage dc exhaustion disadvantage")
_DEEDS = words("advantage moved moves both")
_VERBS_OF_BEING = words("is isn't can was are")
_NOUNS = words(
    "creature creatures target targets humanoid humanoids by condition conditions enemy one"
)
#: Facts that are lost in silence if nobody uses them.
_WEIGHTY = frozenset(
    ("damage", "suffers", "heal", "drains", "exhaustion", "turns_to_stone", *GUARDS, *GRANTS)
)


def gap(reading: Reading, start: int, fact: Match) -> list[str]:
    """Return the words between a token and a fact, without those on how a weapon is held."""
    inside = {at for held in reading.of("handed") for at in range(held.start, held.end)}
    return [reading.tokens[at].text for at in range(start, fact.start) if at not in inside]


def depends(reading: Reading, start: int, fact: Match) -> bool:
    """Say whether a fact is so only if something else is: what stands around it says so."""
    behind = set(reading.texts(fact.end, min(fact.end + 2, reading.sentence(fact.start)[1])))
    handed = reading.of("handed", start=fact.end, end=fact.end + 2)
    case = bool((_CASES | {"against"}) & behind - {"when"}) and not handed
    if reading.texts(fact.end, fact.end + 2) in (["for", "each"], ["for", "every"]):
        return True
    said = gap(reading, max(start, reading.sentence(fact.start)[0]), fact)
    maybe = any(one in ("can", "may") and two in _CHOICES for one, two in pairwise(said))
    return case or maybe or in_case(reading, start, fact)


def in_case(reading: Reading, start: int, fact: Match) -> bool:
    """Say whether "if" or its like stands between a token and a fact of the same sentence.

    What a target is by nature ("if the target is a creature") is no case.
    """
    begin = max(start, reading.sentence(fact.start)[0])
    said = gap(reading, begin, fact)
    for at, word in enumerate(said):
        if word not in _CASES or _is_over(reading, begin, said, at):
            continue
        if word == "while" and _CONDITION_WORDS & set(said[at + 1 : at + 4]):
            continue
        behind = said[at + 1 : at + 6]
        verb = next((i for i, each in enumerate(behind) if each in _VERBS_OF_BEING), None)
        if word == "if" and verb is not None and _is_nature(said[at + verb + 2 :]):
            continue
        if word == "if" and {"save", "throw", "check"} & set(behind):
            continue
        return True
    return False


def _is_over(reading: Reading, begin: int, said: list[str], at: int) -> bool:
    """Say whether a case is told behind what it is for: "is held if it is small, and ..."."""
    main = reading.of("suffers", "damage", "escape", start=begin, end=begin + at)
    trails = said[at - 1 : at] not in ([","], ["and"])
    return bool(main) and trails and "," in said[at:]


def aside(reading: Reading, fact: Match) -> bool:
    """Say whether a fact's sentence is about the fallen, another day, or another way."""
    start, end = reading.sentence(fact.start)
    fallen, another_day, own_trouble = reading.about(fact.start)
    if own_trouble:
        return True
    if fallen:
        guards = reading.of(*GUARDS, start=start, end=end)
        if guards and not in_case(reading, start, guards[0]):
            return False
        behind = fact.start > start + fallen.start
        return behind or fact.rule != "damage" or in_case(reading, start, fact)
    if not another_day:
        return False
    if fact.rule == "damage" and start + another_day.start > fact.end:
        return False  # "13 damage, and it must succeed on a save or contract a disease"
    guards = reading.of(*GUARDS, start=start, end=end)
    return not (guards and reading.of("suffers", start=start, end=end))


def is_instead(reading: Reading, fact: Match) -> bool:
    """Say whether a fact can be had in the place of damage: "or it can be grappled instead"."""
    start, end = reading.sentence(fact.start)
    return "instead" in reading.texts(start, end) and "can" in reading.texts(start, fact.start)


def unused(reading: Reading, start: int = 0, end: int | None = None) -> Iterable[str]:
    """Yield in the words of the text what nobody has used and what no rule knows."""
    stop = len(reading.tokens) - 1 if end is None else end
    inside = {at for fact in reading.facts for at in range(fact.start, fact.end)}
    told: set[int] = set()
    for fact in reading.facts:
        if not start <= fact.start < stop or fact.rule not in _WEIGHTY:
            continue
        if not reading.is_used(fact) and not decides_nothing(reading, fact):
            told.add(reading.number(fact.start))
            yield reading.words(fact.start, fact.end)
    for at in range(start, stop):
        token, number = reading.tokens[at], reading.number(at)
        if at in inside or number in told:
            continue
        odd = token.text in _TELLING and not _mentions(reading, at)
        odd = odd or ("CONDITION" in token.classes and not _mentions(reading, at))
        if odd and not aside(reading, Match("word", at, at + 1)):
            told.add(number)
            yield reading.words(max(at - 5, reading.sentence(at)[0]), at + 1)


def idle_guards(reading: Reading, start: int) -> Iterable[str]:
    """Yield the saving throws that decide nothing here, in the words of the text."""
    for guard in reading.of(*GUARDS, start=start):
        if not reading.is_used(guard) and decides_nothing(reading, guard):
            yield reading.words(guard.start, guard.end)


def decides_nothing(reading: Reading, fact: Match) -> bool:
    """Say whether a fact is of another day, or a throw only against being moved."""
    if aside(reading, fact):
        return True
    if fact.rule not in GUARDS:
        return False
    end = reading.sentence(fact.start)[1]
    weighty = reading.of("damage", "suffers", *GRANTS, start=fact.end, end=end)
    return bool(reading.of("moves", start=fact.end, end=end)) and not weighty


def _mentions(reading: Reading, at: int) -> bool:
    condition = "CONDITION" in reading.tokens[at].classes
    if condition and {"have", "has", "having"} & set(reading.texts(at - 14, at)):
        return True
    behind, before = reading.tokens[at + 1].text, reading.tokens[max(at - 1, 0)].text
    return (
        behind in _NOUNS
        or before in ("the", "a", "against", "half", "not", "of", "an", "no", "any", "this")
        or reading.mentioned(at)
    )


def _is_nature(behind: list[str]) -> bool:
    """Say whether words behind "if it is" hold for whom a party consists of."""
    if not behind or behind[0] not in _NATURES or _DEEDS & set(behind):
        return False
    if behind[0] not in ("a", "an"):
        return True
    for word in behind[1:5]:
        if word in _NATURES or word in ("creature", "target"):
            return True
        if word in _KINDS:
            return False
    return True
