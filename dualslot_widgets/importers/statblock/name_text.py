"""What stands in brackets behind the name of an action: recharge, uses, cost; and plain text.

Examples are "Fire Breath (Recharge 5-6)", "Misty Step (3/Day)",
"Wing Attack (Costs 2 Actions)".
"""

from __future__ import annotations

import re
from typing import Any

from dualslot_widgets.importers.bounded import MAX_TEXT

_RECHARGE = re.compile(r"\(Recharge (\d)(?: ?[-–—] ?6)?\)", re.IGNORECASE)
_PER_DAY = re.compile(r"\((\d{1,3}) ?/ ?Day[^)]{0,40}\)", re.IGNORECASE)
_PER_REST = re.compile(r"\(Recharges? after a (Short|Long)[^)]{0,40}\)", re.IGNORECASE)
_COSTS = re.compile(r"\(Costs (\d) Actions?\)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]{0,80}\)\s*$")


def tidy(text: str) -> str:
    """Return a text on one line, with plain signs and quotes."""
    plain = text[:MAX_TEXT].translate({0x2212: "-", 0x2019: "'", 0x2018: "'", 0xD7: "x"})
    return " ".join(plain.replace("*", "").replace("_", " ").split())


def plain_name(name: str) -> str:
    """Return a name without what stands in brackets behind it: "Bite (Bat Form Only)"."""
    return _BRACKETS.sub("", _BRACKETS.sub("", name[:200])) or name[:200]


def limit_of(name: str) -> dict[str, Any]:
    """Return the limit that stands behind the name of an action, as keys of the scenario JSON."""
    if (found := _RECHARGE.search(name)) and 2 <= int(found[1]) <= 6:
        return {"recharge": int(found[1])}
    if (found := _PER_DAY.search(name)) and int(found[1]):
        return {"uses": int(found[1])}
    if found := _PER_REST.search(name):
        short = found[1].lower() == "short"
        return {"uses": 1} | ({"per": "short_rest"} if short else {})
    return {}


def cost_of(name: str) -> int | None:
    """Return how many legendary actions an action says it costs, or None."""
    found = _COSTS.search(name)
    return int(found[1]) if found and 1 <= int(found[1]) <= 5 else None
