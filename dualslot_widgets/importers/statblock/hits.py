"""What comes with a hit: damage, saving throws, conditions, as terms and riders."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock import clauses
from dualslot_widgets.importers.statblock.effects import effect, is_every_turn, lasts
from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.reading import GRANTS, Reading

_JOINS = frozenset(("plus", "and", "+"))
#: Stands for a charge where others have the place of their saving throw.
_CHARGE = -2
_SUBJECTS = frozenset(
    [
        "that",
        "who",
        "any",
        "each",
        "other",
        "another",
        "creature's",
        "creatures",
        "fiend",
        "undead",
        "construct",
        "plant",
    ]
)


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
    other : bool
        Whether the text is telling of damage instead.
    """

    terms: list[str] = field(default_factory=list)
    riders: list[dict[str, Any]] = field(default_factory=list)
    wounded: str = ""
    other: bool = False


def read_hit(name: str, reading: Reading, start: int, end: int, place: str, notes: Notes) -> Hit:
    """Return what a hit does that the text between two tokens describes."""
    hit = Hit()
    guarded: dict[int, list[Match]] = {}
    guards: dict[int, Match] = {}
    last = start
    for fact in reading.of("damage", start=start, end=end):
        gap = clauses.gap(reading, last, fact)
        guard = reading.guard_of(fact, start)
        branch = reading.branch(fact, guard) if guard and guard.start < fact.start else "fail"
        if turn := reading.later(fact):
            if not is_every_turn(reading, turn):
                reading.use(fact)
                notes.leave(place, f"later damage of {name}")
        elif clauses.in_case(reading, last, fact) and _is_charge(gap):
            guarded.setdefault(_CHARGE, []).append(fact)
        elif guard is not None and _comes_later(reading, fact, guard):
            reading.use(fact)
            notes.leave(place, f"later damage of {name}")
        elif guard is not None and clauses.in_case(reading, last, fact):
            pass  # named with what nobody has used
        elif guard is not None and {"other", "original"} <= set(gap):
            reading.use(fact, guard)
            notes.leave(place, f"{name}: what others than its target suffer")
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
    charging = [
        f
        for f in reading.of("suffers", start=start, end=end)
        if f not in states
        and clauses.in_case(reading, 0, f)
        and _is_charge(clauses.gap(reading, reading.sentence(f.start)[0], f))
    ]
    _charge(hit, name, reading, guarded.pop(_CHARGE, []), charging, start)
    for fact in states:
        guard = reading.guard_of(fact, start)
        if guard is None and fact.rule != "attack_disadvantage":
            by_guard.setdefault(-1, []).append(fact)
        elif guard is None:
            continue
        elif reading.branch(fact, guard) == "fail" or guard.start > fact.start:
            guards[guard.start] = guard
            by_guard.setdefault(guard.start, []).append(fact)
    for key in sorted(guards):
        _guarded(
            hit,
            name,
            reading,
            guards[key],
            guarded.get(key, []),
            by_guard.get(key, []),
            end,
            place,
            notes,
        )
    _unguarded(hit, name, reading, by_guard.get(-1, []), start, min([*guards, end]), place, notes)
    return hit


def _comes_later(reading: Reading, fact: Match, guard: Match) -> bool:
    """Say whether damage is what a later throw of the same kind costs."""
    again = reading.of("repeats", start=guard.end, end=fact.start)
    return bool(again) and not reading.together(guard.start, fact.start)


def _is_charge(gap: list[str]) -> bool:
    """Say whether words are about a straight move before a hit: what a charge adds."""
    return bool({"moved", "moves"} & set(gap)) and bool({"hit", "straight", "attack"} & set(gap))


def _charge(
    hit: Hit, name: str, reading: Reading, damage: list[Match], states: list[Match], start: int
) -> None:
    """Add what comes with a hit after a charge: extra damage, a fall, or a saving throw."""
    if not damage and not states:
        return
    reading.use(*damage, *states)
    rider: dict[str, Any] = {"name": f"{name[:90]} (charge)", "when": "charge"}
    rider["once_per_turn"] = True
    if damage:
        hit.riders.append(rider | {"damage": " + ".join(map(reading.term, damage))})
    if states:
        guard = reading.guard_of(states[0], start)
        if guard:
            reading.use(guard)
        words = [word for fact in states for word in reading.conditions(fact)]
        down = {"name": "Prone" if words == ["prone"] else rider["name"], "conditions": words}
        down = {**rider, "name": f"{name[:80]} (charge, {words[0]})", "effect": down}
        hit.riders.append(down | (reading.guard(guard) if guard else {}))


def _odd(reading: Reading, fact: Match, gap: list[str], guard: Match) -> bool:
    """Say whether damage behind a throw is a second one of another case."""
    before = reading.of("damage", start=guard.end, end=fact.start)
    if before and ("or" in gap[:2]):
        reading.use(fact)
        return True
    return bool(before) and clauses.depends(reading, before[-1].end, fact)


def _take(
    hit: Hit,
    name: str,
    reading: Reading,
    fact: Match,
    gap: list[str],
    last: int,
    place: str,
    notes: Notes,
) -> None:
    """Take damage without a saving throw as what it is: a term, an alternative, another case."""
    behind = reading.texts(fact.end, reading.sentence(fact.start)[1])
    handed = reading.of("handed", start=fact.end, end=fact.end + 2)
    alternative = bool(hit.terms) and ("or" in gap[:3] or bool(handed))
    if hit.other and gap[:1] != [","] and len(gap) <= 3 and last and set(gap) & _JOINS:
        alternative = True
    elif not alternative or handed:
        hit.other = False
    if alternative and not handed:
        hit.other = True
    if alternative and "half" in behind and "has" in behind:
        hit.wounded = " + ".join(filter(None, (hit.wounded, reading.term(fact))))
        reading.use(fact)
    elif alternative and not set(gap) & {"if", "when"}:
        reading.use(fact)
        notes.assume(place, f"{name}: the first of two ways, not {reading.term(fact)}")
    elif clauses.aside(reading, fact):
        reading.use(fact)
    elif "own" in fact.parts and "ABILITY" in reading.tokens[fact.parts["own"][0]].classes:
        notes.leave(place, f"what else {name} does")
        reading.use(fact)
    elif hit.terms and (clauses.depends(reading, last, fact) or (set(gap) & _SUBJECTS)):
        reading.use(fact)
        notes.leave(place, f"{name}: {reading.words(fact.start, fact.end)} in other circumstances")
    else:
        hit.terms.append(reading.term(fact))
        reading.use(fact)
        own = fact.parts.get("own")
        if own and "ABILITY" not in reading.tokens[own[0]].classes:
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
    hit: Hit,
    name: str,
    reading: Reading,
    guard: Match,
    damage: list[Match],
    states: list[Match],
    end: int,
    place: str,
    notes: Notes,
) -> None:
    reading.use(guard, *damage)
    if "ability" not in guard.parts:
        notes.assume(place, f"{name}: its saving throw names no ability, taken as Constitution")
    if guard.rule == "check":
        notes.assume(place, f"{name}: its ability check is rolled as a saving throw")
    following = reading.of("save", "check", start=guard.end, end=end)
    stop = (
        following[0].start
        if following and not any(state.start > following[0].start for state in states)
        else end
    )
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
    if damage and reading.of("half", start=min(first, damage[0].start), end=end):
        rider["on_success"] = "half"
    if lasting is not None:
        rider["effect"] = lasting
    hit.riders.append(rider)


def _unguarded(
    hit: Hit,
    name: str,
    reading: Reading,
    states: list[Match],
    start: int,
    end: int,
    place: str,
    notes: Notes,
) -> None:
    grapples = [
        fact
        for fact in reading.of("escape", start=start)
        if not clauses.aside(reading, fact)
        and not clauses.in_case(reading, 0, fact)
        and not clauses.is_instead(reading, fact)
    ]
    if not states and grapples:
        reading.use(*grapples)
    held = bool(grapples) or any(
        "grappled" in reading.conditions(f) for f in states if f.rule == "suffers"
    )
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
