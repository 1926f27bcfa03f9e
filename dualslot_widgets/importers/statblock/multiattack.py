"""Reads how a stat block makes its multiattack: which of its actions, and how often.

"The captain makes three melee attacks: two with its scimitar and one with its dagger. Or it makes
two ranged attacks with its daggers." Of several ways the one that hurts most is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock.multiattack_text import MAX_WAYS, MultiattackText
from dualslot_widgets.importers.statblock.names import plain_name
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.reading import GUARDS, Reading
from dualslot_widgets.importers.statblock.worth import average
from dualslot_widgets.scenario.creature import MAX_MULTIATTACK


def routine(passage: Passage, actions: list[dict[str, Any]], notes: Notes) -> list[str]:
    """Return the names of the actions of a multiattack, in order; empty for none that is known.

    Parameters
    ----------
    passage : Passage
        The multiattack; its text decides, and its `routines` are used where that says nothing.
    actions : list of dict
        The actions of the creature as scenario JSON; those at will that take an action count.
    notes : Notes
    """
    usable = [
        action
        for action in actions
        if action["type"] in ("attack", "save")
        and not {"recharge", "uses", "spell", "time", "shares"} & action.keys()
    ]
    known = {plain_name(action["name"]).casefold(): action["name"] for action in reversed(usable)}
    ways = MultiattackText(usable, known, passage, notes).ways()
    if not any(len(way) > 1 for way in ways):
        ways = [_named(way, known) for way in passage.routines[:MAX_WAYS]] or ways
    elif passage.routines and sorted(ways[0]) not in [
        sorted(_named(way, known)) for way in passage.routines[:MAX_WAYS]
    ]:
        notes.assume(passage.place, f"{passage.name}: as its text says, not as its data")
    worth = {action["name"]: average(action) for action in usable}
    best = max(ways, key=lambda names: sum(worth[name] for name in names), default=[])
    best = _hold_first(best, {action["name"]: action for action in usable})
    reading = Reading(passage.text)
    for fact in reading.of("damage", "suffers", *GUARDS):
        notes.leave(passage.place, f"{passage.name}: {reading.words(fact.start, fact.end)}")
    if len(best) > 1:
        return best[:MAX_MULTIATTACK]
    if not best or len(ways) > 1 or "twice" in passage.text:
        notes.leave(passage.place, f"{passage.name}: which actions it takes was not understood")
    return []


def _hold_first(best: list[str], by_name: dict[str, dict[str, Any]]) -> list[str]:
    """Let who bites only whom it holds take hold first."""
    if not any("grappled" in by_name[name].get("requires", ()) for name in best):
        return best
    held = [f"{name} (grapple)" if f"{name} (grapple)" in by_name else name for name in best]
    return sorted(held, key=lambda name: "(grapple)" not in name)


def _named(way: Iterable[tuple[str, int]], known: dict[str, str]) -> list[str]:
    names: list[str] = []
    for name, count in way:
        action = known.get(plain_name(name).casefold())
        if action is not None:
            names += [action] * max(0, min(count, MAX_MULTIATTACK))
    return names
