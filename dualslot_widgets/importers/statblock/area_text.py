"""How many enemies the area of an action catches, when nobody stands on a map."""

from __future__ import annotations

import re

_CONE = re.compile(r"(\d{1,3})-foot[- ]cone", re.IGNORECASE)
_LINE = re.compile(
    r"(\d{1,3})-foot(?:[- ]long)?,? (?:[\w-]{1,15} )?line|line (?:of \w{1,12} )?that is (\d{1,3})"
    r"|(\d{1,3})-foot-long",
    re.IGNORECASE,
)
_CUBE = re.compile(r"(\d{1,3})-foot[- ](?:cube|square)", re.IGNORECASE)
_RADIUS = re.compile(
    r"within (\d{1,3}) f(?:ee|oo)?t\.? of (?:that|it|the|him|her)"
    r"|(\d{1,3})-foot[- ](?:radius|emanation|sphere)",
    re.IGNORECASE,
)
#: More creatures than this never stand together.
MOST_CAUGHT = 6


def targets(text: str) -> int:
    """Return how many enemies an area is taken to catch when nobody stands on a map.

    A cone of L feet 2 + L/30, a line of L feet 1 + L/30, a radius of R feet 1 + R/5, a cube of L
    feet 1 + L/10, never more than `MOST_CAUGHT`; anything else one.
    """
    everybody = re.search(r"each (?:creature|enemy|target)|creatures of", text, re.IGNORECASE)
    if found := _CONE.search(text):
        caught = 2 + int(found[1]) // 30
    elif found := _LINE.search(text):
        caught = 1 + int(found[1] or found[2] or found[3]) // 30
    elif found := _CUBE.search(text):
        caught = 1 + int(found[1]) // 10
    elif everybody and (near := list(_RADIUS.finditer(text))):
        caught = 1 + int(near[-1][1] or near[-1][2]) // 5
    else:
        caught = 2 if everybody or "creatures" in text else 1
    return max(1, min(caught, MOST_CAUGHT))
