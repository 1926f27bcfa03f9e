"""How many enemies the area of an action catches, when nobody stands on a map."""

from __future__ import annotations

from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.reading import Reading
from dualslot_widgets.importers.statblock.tokens import NUMBER_WORDS

#: More creatures than this never stand together.
MOST_CAUGHT = 6


def caught(reading: Reading) -> int:
    """Return how many enemies the area of a text is taken to catch.

    A cone of L feet 2 + L/30, a line of L feet 1 + L/30, a radius of R feet 1 + R/5, a cube of L
    feet 1 + L/10, never more than `MOST_CAUGHT`; so many as it says; anything else one.
    """
    several = [_number(reading, fact) for fact in reading.of("several")]
    limits = [
        each for each in reading.of("several") if reading.texts(each.start, each.end)[0] == "up"
    ]
    everybody = reading.of("many")
    if cones := reading.of("cone"):
        found = 2 + _number(reading, cones[0]) // 30
    elif lines := reading.of("line"):
        found = 1 + _length(reading, lines[0]) // 30
    elif cubes := reading.of("cube"):
        found = 1 + _number(reading, cubes[0]) // 10
    elif limits:
        found = _number(reading, limits[0])
    elif everybody and (near := reading.of("radius")):
        around = [
            each
            for each in near
            if "within" not in reading.texts(each.start, each.end)
            or "of" in reading.texts(each.start, each.end)
        ]
        found = 1 + _number(reading, (around or near)[-1]) // 5
    elif several and max(several) > 1:
        found = max(several)
    elif "three bolts" in reading.text:
        found = 3
    else:
        found = 2 if everybody or "creatures" in reading.text.lower() else 1
    return max(1, min(found, MOST_CAUGHT))


def _length(reading: Reading, fact: Match) -> int:
    """Return the length of a line: "5 feet wide and 20 feet long", "20 feet long"."""
    words = reading.texts(fact.start, fact.end)
    numbers = [min(int(word), 1000) for word in words if word.isdigit()]
    return numbers[-1] if words[-1] == "long" else numbers[0]


def _number(reading: Reading, fact: Match) -> int:
    for word in reading.texts(fact.start, fact.end):
        if word.isdigit():
            return min(int(word), 1000)
        if word in NUMBER_WORDS:
            return NUMBER_WORDS[word]
    return 1
