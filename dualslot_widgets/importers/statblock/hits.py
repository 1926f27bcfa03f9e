"""What comes with a hit: damage, saving throws, conditions, as terms and riders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.effects import effect, is_every_turn, lasts
from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.reading import GRANTS, Reading
from dualslot_widgets.importers.statblock.wording import GRAMMAR

_JOINS = frozenset(("plus", "and", "+", ","))
_SUBJECTS = frozenset("that who any each other another creature's creatures".split())


@dataclass(slots=True)
class Hit:
    """What a hit does.

    Attributes
    ----------
    terms : list of str
        Damage without a saving throw.
    riders : list of dict
        As scenario JSON.
    wounded : str
        Damage instead, while a swarm has half of its hit points.
    """

    terms: list[str] = field(default_factory=list)
    riders: list[dict[str, Any]] = field(default_factory=list)
    wounded: str = ""


def read_hit(
    name: str, reading: Reading, start: int, end: int, place: str, notes: Notes
) -> Hit:
    """Return what a hit does that the text between two tokens describes."""
    hit = Hit()
    guarded: dict[int, list[Match]] = {}
    guards: dict[int, Match] = {}
    last = start
    for fact in reading.of("damage", start=start, end=end):
        gap = reading.gap(last, fact)
        guard = reading.guard_of(fact, start)
        branch = reading.branch(fact, guard) if guard and guard.start < fact.start else "fail"
        if turn := reading.later(fact):
            if not is_every_turn(reading, turn):
                reading.use(fact)
                notes.leave(place, f"later damage of {name}")
        elif guard is not None and branch == "fail" and not _odd(reading, fact, gap, guard):
            guards[guard.start] = guard
            guarded.setdefault(guard.start, []).append(fact)
        elif guard is None:
            _take(hit, name, reading, fact, gap, last, place, notes)
        last = fact.end
    _drain(hit, name, reading, start, end)
    states = [
        fact
        for fact in reading.of("suffers", "turns_to_stone", *GRANTS, "damage", start=start, end=end)
        if lasts(reading, fact)
    ]
    by_guard: dict[int, list[Match]] = {}
    for fact in states:
        guard = reading.guard_of(fact, start)
        if guard is None:
            by_guard.setdefault(-1, []).append(fact)
        elif reading.branch(fact, guard) == "fail" or guard.start > fact.start:
            guards[guard.start] = guard
            by_guard.setdefault(guard.start, []).append(fact)
    for key in sorted(guards):
        _guarded(hit, name, reading, guards[key], guarded.get(key, []), by_guard.get(key, []),
                 end, place, notes)  # fmt: skip
    _unguarded(hit, name, reading, by_guard.get(-1, []), start, min([*guards, end]), place, notes)
    return hit


def _odd(reading: Reading, fact: Match, gap: list[str], guard: Match) -> bool:
    """Say whether damage behind a throw is a second one of another case."""
    before = reading.of("damage", start=guard.end, end=fact.start)
    if before and ("or" in gap[:2]):
        reading.use(fact)
        return True
    return bool(before) and reading.depends(before[-1].end, fact)


def _take(
    hit: Hit, name: str, reading: Reading, fact: Match, gap: list[str], last: int, place: str,
    notes: Notes,
) -> None:  # fmt: skip
    """Take damage without a saving throw as what it is: a term, an alternative, another case."""
    behind = reading.texts(fact.end, reading.sentence(fact.start)[1])
    handed = reading.of("handed", start=fact.end, end=fact.end + 2)
    alternative = bool(hit.terms) and ("or" in gap[:3] or bool(handed))
    if alternative and "swarm" in behind and "half" in behind:
        hit.wounded = reading.term(fact)
        reading.use(fact)
    elif alternative and not set(gap) & {"if", "when"}:
        reading.use(fact)
        notes.assume(place, f"{name}: the first of two ways, not {reading.term(fact)}")
    elif reading.aside(fact):
        reading.use(fact)
    elif hit.terms and (reading.depends(last, fact) or (set(gap) & _SUBJECTS)):
        reading.use(fact)
        notes.leave(place, f"{name}: {reading.words(fact.start, fact.end)} in other circumstances")
    else:
        hit.terms.append(reading.term(fact))
        reading.use(fact)
        own = fact.parts.get("own")
        if own:
            notes.assume(place, f"{reading.words(*own)} damage is a type that nothing resists")


def _drain(hit: Hit, name: str, reading: Reading, start: int, end: int) -> None:
    for fact in reading.of("drains", start=start, end=end):
        kind = reading.texts(*fact.parts["type"])[0] if "type" in fact.parts else ""
        typed = [term.split()[-1] for term in hit.terms if " " in term]
        kind = kind or (typed[0] if typed else "")
        guard = reading.guard_of(fact, start)
        if not kind:
            return
        reading.use(fact)
        drains: dict[str, Any] = {"name": f"{name[:90]} (drain)", "drains": kind}
        if guard:
            reading.use(guard)
            drains |= reading.guard(guard)
        healed = [f for f in reading.of("heal", start=start, end=end) if "amount" not in f.parts]
        reading.use(*healed)
        hit.riders.append(drains | ({"heals": True} if healed else {}))
        return


def _guarded(
    hit: Hit, name: str, reading: Reading, guard: Match, damage: list[Match], states: list[Match],
    end: int, place: str, notes: Notes,
) -> None:  # fmt: skip
    reading.use(guard, *damage)
    if guard.rule == "check":
        notes.assume(place, f"{name}: its ability check is rolled as a saving throw")
    following = reading.of("save", "check", start=guard.end, end=end)
    stop = following[0].start if following and not any(
        state.start > following[0].start for state in states
    ) else end
    first = min([guard.start, *(state.start for state in states)])
    lasting = effect(f"{name[:90]} (effect)", reading, states, first, stop)
    if not damage and lasting is None:
        return
    rider: dict[str, Any] = {"name": f"{name[:90]} (effect)"}
    if damage:
        terms = [reading.term(fact) for fact in damage]
        kind = terms[0].split()[-1]
        rider = {"name": f"{name[:80]} ({kind})", "damage": " + ".join(terms[:10])}
    rider |= reading.guard(guard)
    if damage and reading.of("half", start=first, end=end):
        rider["on_success"] = "half"
    if lasting is not None:
        rider["effect"] = lasting
    hit.riders.append(rider)


def _unguarded(
    hit: Hit, name: str, reading: Reading, states: list[Match], start: int, end: int, place: str,
    notes: Notes,
) -> None:  # fmt: skip
    grapples = [fact for fact in reading.of("escape", start=start) if not reading.aside(fact)]
    if not states and grapples:
        reading.use(*grapples)
    held = bool(grapples) or any("grappled" in reading.conditions(f) for f in states
                                 if f.rule == "suffers")  # fmt: skip
    label = f"{name[:90]} ({'grapple' if held else 'effect'})"
    stop = len(reading.tokens) if held else end
    lasting = effect(label, reading, states, start, stop)
    if lasting is None and held:
        lasting = {"name": label, "conditions": ["grappled"], "duration": 2}
    if lasting is None:
        return
    if held:
        lasting |= {"duration": 2, "ends_on": ["source_down"]}
    if lasting.pop("save_ends", False):
        notes.leave(place, f"saving throw that ends {name}")
    hit.riders.append({"name": label, "effect": lasting})


def name_the_rest(place: str, name: str, reading: Reading, start: int, notes: Notes) -> None:
    """Note what a text says that nobody used: a remainder is never silent."""
    tokens = reading.tokens
    at, end = start, len(tokens) - 1
    while found := GRAMMAR.search("special", tokens, at):
        if _is_special(reading, found):
            notes.leave(place, f"what else {name} does")
            end = reading.sentence(found.start)[0]
            break
        at = found.end
    for words in reading.unused(start, end):
        notes.leave(place, f"{name}: {words[:80]!r}")


def _is_special(reading: Reading, found: Match) -> bool:
    """Say whether words of `special` tell of something that is not played otherwise."""
    words = reading.texts(found.start, found.end)
    if "swallowed" in words or "swallows" in words:
        return True
    if "petrified" in words and reading.of("turns_to_stone"):
        return False
    if "cursed" in words and reading.of("no_healing"):
        return False
    if "maximum" in words and reading.of("drains"):
        return False
    return not reading.aside(found)
