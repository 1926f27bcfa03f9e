"""Actions that a saving throw resists: breaths, gazes, blasts."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock import clauses
from dualslot_widgets.importers.statblock.areas import caught
from dualslot_widgets.importers.statblock.effects import effect, lasts
from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.reading import GRANTS, GUARDS, Reading


def read_save(passage: Passage, name: str, reading: Reading, notes: Notes) -> dict[str, Any] | None:
    """Return an action that enemies resist with a saving throw, as scenario JSON, or None."""
    guards = reading.of(*GUARDS)
    save = reading.guard(guards[0]) if guards else passage.save
    if save is None:
        return None
    guard = guards[0] if guards else None
    rest = guards[1].start if len(guards) > 1 else None
    if guard is not None:
        reading.use(guard)
        if passage.save and passage.save["dc"] != save["dc"]:
            notes.assume(passage.place, f"{name}: DC {save['dc']}, as its text says")
        if "ability" not in guard.parts:
            notes.assume(
                passage.place, f"{name}: its saving throw names no ability, taken as Constitution"
            )
        if guard.rule == "check":
            notes.assume(passage.place, f"{name}: its ability check is rolled as a saving throw")
    damage = _guarded_damage(reading, guard)
    facts = [
        fact
        for fact in reading.of("suffers", "turns_to_stone", *GRANTS, "damage")
        if _belongs(reading, fact, guard) and lasts(reading, fact) and fact not in damage
    ]
    stop = rest if rest is not None and not any(f.start > rest for f in facts) else None
    worse = effect(f"{name[:90]} (effect)", reading, facts, guard.start if guard else 0, stop)
    terms = [reading.term(fact) for fact in damage] or ([passage.damage] if passage.damage else [])
    if not terms and worse is None:
        return None
    reading.use(*damage)
    halves = reading.of("half")
    half = bool(halves) or (not guards and (passage.save or {}).get("on_success") == "half")
    number = caught(reading)
    action: dict[str, Any] = {
        "type": "save",
        "name": name,
        "dc": save["dc"],
        "ability": save["ability"],
        "on_success": "half" if half else "none",
        "targets": number,
    }
    if terms:
        action["damage"] = " + ".join(terms[:10])
    if worse is not None:
        action["effect"] = worse
    if "starts its turn in" in reading.text or "ends its turn in" in reading.text:
        notes.leave(passage.place, f"{name} that stays where it is")
    if number > 1:
        action["area"] = True
        notes.assume(passage.place, f"{name} catches {number} enemies where they stand as usual")
    if "immune to" in reading.text and "24 hours" in reading.text:
        action["once"] = True
    return action


def _belongs(reading: Reading, fact: Match, guard: Match | None) -> bool:
    """Say whether a fact is what comes of failing the throw of a saving-throw action."""
    if guard is None:
        return True
    if fact.start < guard.start:
        last = reading.of(fact.rule, end=guard.start)[-1]
        return reading.guard_of(last) == guard and reading.together(fact.start, guard.start)
    own = reading.guard_of(fact)
    return own == guard and reading.branch(fact, guard) == "fail"


def _guarded_damage(reading: Reading, guard: Match | None) -> list[Match]:
    """Return the damage that a failed throw costs: the first clause, and those joined to it."""
    found: list[Match] = []
    end = 0
    for fact in reading.of("damage"):
        if reading.later(fact) or not _belongs(reading, fact, guard):
            continue
        if guard is not None and reading.of("repeats", start=guard.end, end=fact.start) and found:
            continue
        gap = clauses.gap(reading, end, fact)
        joined = len(gap) <= 3 and bool({"plus", "and", "+", ","} & set(gap)) and "or" not in gap
        if not found or joined:
            if found or not clauses.depends(reading, reading.sentence(fact.start)[0], fact):
                found.append(fact)
                end = fact.end
        elif "or" in gap[:2] and len(gap) <= 4:
            reading.use(fact)  # one or the other
    return found
