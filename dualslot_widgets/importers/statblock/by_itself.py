"""Traits that come by themselves: auras, bursts at death, what hurts an attacker."""

from __future__ import annotations

import re
from typing import Any

from dualslot_widgets.importers.statblock.areas import caught
from dualslot_widgets.importers.statblock.effects import effect, lasts
from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.names import plain_name
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.reading import GRANTS, GUARDS, Reading
from dualslot_widgets.importers.statblock.trait_wording import TRAIT_GRAMMAR

#: How many a creature can have around it; the rest of a party is farther away.
MOST_AROUND = 6


def aura_of(passage: Passage) -> dict[str, Any] | None:
    """Return the aura that a reaction comes to (Unnerving Mask), or None."""
    return aura(plain_name(passage.name), Reading(passage.text))


def _sum(reading: Reading, first: Match) -> str:
    """Return damage with what is joined to it: "fire damage and 3 (1d6) necrotic damage"."""
    terms, end = [reading.term(first)], first.end
    reading.use(first)
    for fact in reading.of("damage", start=first.end, end=reading.sentence(first.start)[1]):
        gap = reading.texts(end, fact.start)
        if len(gap) > 3 or not {"and", "plus"} & set(gap):
            break
        terms.append(reading.term(fact))
        reading.use(fact)
        end = fact.end
    return " + ".join(terms[:10])


def _around(feet: int) -> int:
    return min(1 + feet // 5, MOST_AROUND)


def death_burst(name: str, reading: Reading) -> dict[str, Any] | None:
    """Return what happens when a creature dies, or None."""
    guards = reading.of(*GUARDS)
    if not TRAIT_GRAMMAR.search("explodes", reading.tokens) or not guards:
        return None
    damage = reading.of("damage")[:1]
    states = [
        fact
        for fact in reading.of("suffers", *GRANTS)
        if lasts(reading, fact) or fact.start > guards[0].start
    ]
    first = min([guards[0].start, *(state.start for state in states)])
    lasting = effect(f"{name[:90]} (effect)", reading, states, first)
    if not (damage or lasting):
        return None
    action: dict[str, Any] = {"type": "save", "name": name, "time": "death"}
    action |= reading.guard(guards[0])
    reading.use(guards[0])
    action |= {"on_success": "half" if reading.of("half") else "none"}
    action |= {"targets": caught(reading), "area": True}
    if damage:
        action["damage"] = _sum(reading, damage[0])
    return action | ({"effect": lasting} if lasting else {})


def aura(name: str, reading: Reading) -> dict[str, Any] | None:
    """Return what befalls enemies who start their turn near a creature: Stench, Fear Aura."""
    near = TRAIT_GRAMMAR.search("starts_near", reading.tokens)
    guards = reading.of(*GUARDS)
    if near is None or not guards or "with disadvantage if" in reading.text:
        return None
    if TRAIT_GRAMMAR.search("rolls_die", reading.tokens):
        return None
    states = [f for f in reading.of("suffers", "turns_to_stone", *GRANTS) if lasts(reading, f)]
    first = min([guards[0].start, *(state.start for state in states)])
    lasting = effect(name, reading, states, first)
    damage = [f for f in reading.of("damage") if f.start > guards[0].start]
    if lasting is None and not damage:
        return None
    feet = next(int(word) for word in reading.texts(near.start, near.end) if word.isdigit())
    action: dict[str, Any] = {"type": "save", "name": name, "time": "aura"}
    action |= reading.guard(guards[0])
    reading.use(guards[0])
    action |= {"on_success": "half" if damage and reading.of("half") else "none"}
    action |= {"targets": _around(feet)}
    if damage:
        action["damage"] = _sum(reading, damage[0])
    if lasting:
        action["effect"] = lasting
    if any(word in reading.text for word in ("petrified", "magic", "illusion")):
        action["magical"] = True
    return action | ({"once": True} if "24 hours" in reading.text else {})


def nature(name: str, reading: Reading) -> dict[str, Any] | None:
    """Return what a creature always bears: what hurts an attacker or its neighbours, invisibility.

    Damage at the start of its own turns is dealt at the start of its enemies' turns instead.
    """
    found: dict[str, Any] = {"name": name[:100]}
    tokens = reading.tokens
    touched = TRAIT_GRAMMAR.search("touched", tokens)
    if touched and "melee" in reading.text and (hurts := reading.of("damage", start=touched.end)):
        found["retribution"] = _sum(reading, hurts[0])
    near = TRAIT_GRAMMAR.search("surrounded", tokens)
    starts = TRAIT_GRAMMAR.search("starts_near", tokens)
    place = near or starts
    if place and not reading.of(*GUARDS):
        hurts = reading.of("damage", start=place.end, end=place.end + 7)
        if hurts:
            feet = next(int(w) for w in reading.texts(place.start, place.end) if w.isdigit())
            found |= {"turn_damage": _sum(reading, hurts[0]), "aura": _around(feet)}
    if re.fullmatch(r"The [\w ]{1,60} is invisible\.", reading.text):
        found["conditions"] = ["invisible"]
        reading.use(*reading.of("suffers"))
    if "swarm can't regain hit points" in reading.text:
        found["grants"] = ["no_healing"]
        reading.use(*reading.of("no_healing"))
    if len(found) == 1:
        return None
    return {"type": "effect", "name": name, "time": "start", "on": "self", "effect": found}
