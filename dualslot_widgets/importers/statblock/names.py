"""What stands in brackets behind the name of an action: recharge, uses, cost; and plain names.

Examples are "Fire Breath (Recharge 5-6)", "Misty Step (3/Day)",
"Wing Attack (Costs 2 Actions)".
"""

from __future__ import annotations

import re
from typing import Any

from dualslot_widgets.importers.statblock.grammar import Grammar
from dualslot_widgets.importers.statblock.tokens import tidy, tokens_of

_BRACKETS = re.compile(r"\s*\([^()]{0,80}\)?\s*$")
_LIMITS = Grammar(
    """
recharge = (recharge | recharges) ..2 lowest:NUMBER
day = times:(NUMBER | COUNT) "/" (day | dawn) | times:(NUMBER | COUNT) (per | a | each) day
    | times:(once | twice | COUNT) ..1 (per | a | each) day | times:COUNT times (per | a | each)
      day
rest = (recharge | recharges) after ..1 kind:(short | long) | times:(NUMBER | COUNT)? "/"
    kind:(short | long)? (rest | turn) | times:(NUMBER | COUNT) (per | a | each) kind:(short |
    long) rest
once = (recharge | recharges) (when | at | if | while | on | below | after) WORD
costs = (costs | cost) number:(NUMBER | COUNT) ..1 (actions | action)
"""
)
_COUNTS = {"once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def plain_name(name: str) -> str:
    """Return a name without what stands in brackets behind it: "Bite (Bat Form Only)"."""
    return _BRACKETS.sub("", _BRACKETS.sub("", name[:200])) or name[:200]


def limit_of(name: str) -> dict[str, Any]:
    """Return the limit that stands with the name of an action, as keys of the scenario JSON."""
    tokens = tokens_of(tidy(name[:200]))
    if found := _LIMITS.search("recharge", tokens):
        lowest = int(tokens[found.parts["lowest"][0]].text)
        if 2 <= lowest <= 6:
            return {"recharge": lowest}
    if found := _LIMITS.search("day", tokens):
        word = tokens[found.parts["times"][0]].text
        times = _COUNTS.get(word) or (int(word) if word.isdigit() else 1)
        return {"uses": min(times, 1000)} if times else {}
    if found := _LIMITS.search("rest", tokens):
        kind = tokens[found.parts["kind"][0]].text if "kind" in found.parts else "short"
        word = tokens[found.parts["times"][0]].text if "times" in found.parts else "1"
        times = _COUNTS.get(word) or (int(word) if word.isdigit() else 1)
        return {"uses": max(1, min(times, 1000))} | (
            {"per": "short_rest"} if kind == "short" else {}
        )
    if _LIMITS.search("once", tokens):
        return {"uses": 1}  # "Recharges at Half Hit Points": some time, and no roll says when
    return {}


def cost_of(name: str) -> int | None:
    """Return how many legendary actions an action says it costs, or None."""
    tokens = tokens_of(tidy(name[:200]))
    found = _LIMITS.search("costs", tokens)
    if found is None:
        return None
    word = tokens[found.parts["number"][0]].text
    cost = _COUNTS.get(word) or (int(word) if word.isdigit() else 0)
    return cost if 1 <= cost <= 5 else None
