"""Damages real samples: in their structure, a subtree at a time, and in their bytes."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import assume, strategies as st

from tests.importers.samples import FORMATS, sample

#: What is put in place of a value: every kind of JSON, and what breaks careless readers.
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 10**15, 10**30, -(10**18), 0.5, -0.1, 1e308, 5e-324, "",
    " ", "\x00", "\ud800", "x" * 6000, "9" * 5000, "1e999", "-5", "²", "٣", "1d0", "0d6",
    "99999d99999", "1000d1000", "d", "1d6+", "--3", "1d6 - 1d4", "2d6 + 5[STR]", "[" * 400,
    "(" * 3000, "a " * 2500, "{@" * 2000, "{@damage {@damage {@damage 1d6}}}",
    "DC 99 Dexterity sav",
    "Melee Weapon Attack: +99 to hit. Hit: 9999 (999d999 + 999) fire damage plus 1 harm",
    "two " * 900, "(Recharge 0)", "(0/Day)", "enemy with least HP", "fire", "half", "at will",
    "1st level (4 slots): fireball, " + "fireball, " * 400, [], {}, [[]], [None], [{}], {"": {}},
    [1] * 200, ["fire"] * 150, [{"name": "a", "desc": "b"}] * 120, {"name": {"name": []}},
    {"reset": "recharge", "cooldownRounds": 0}, {"choose": 1, "from": {"options": [{}]}},
    float("inf"), float("nan"),
)  # fmt: skip
MOST_REPEATED = 12
MOST_NODES = 3000
OPERATIONS = ("replace", "delete", "duplicate", "transplant", "rename", "swap", "repeat")


def pieces(name: str) -> list[Any]:
    """A save file; or each monster of a sample, alone and as the only one of its page."""
    whole = sample(name)
    for key in ("results", "monster"):
        if key in whole:
            return [*whole[key], *({key: [monster]} for monster in whole[key])]
    return [whole]


PIECES = {name: pieces(name) for name in FORMATS}


def nodes(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a value."""
    found: list[tuple[Any, Any]] = []
    waiting = [value]
    while waiting and len(found) < MOST_NODES:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else range(len(one))
        for key in keys:
            found.append((one, key))
            if isinstance(one[key], (dict, list)):
                waiting.append(one[key])
    return found


def change(value: Any, operation: str, where: int, what: int) -> None:
    """Do one thing to a value in place."""
    places = nodes(value)
    if not places:
        return
    container, key = places[where % len(places)]
    if operation == "replace":
        container[key] = copy.deepcopy(STRANGE[what % len(STRANGE)])
    elif operation == "delete":
        del container[key]
    elif operation == "duplicate" and isinstance(container, list):
        container.insert(key, copy.deepcopy(container[key]))
    elif operation == "transplant":
        donors = DONORS[what % len(DONORS)]
        donor, other = donors[(what // 7) % len(donors)]
        container[key] = copy.deepcopy(donor[other])
    elif operation == "rename" and isinstance(container, dict):
        _, other = places[what % len(places)]
        container[str(other)] = container.pop(key)
    elif operation == "swap":
        donor, other = places[what % len(places)]
        donor[other], container[key] = copy.deepcopy(container[key]), copy.deepcopy(donor[other])
    elif operation == "repeat" and isinstance(container[key], (str, list)):
        repeated = container[key] * (2 + what % 9)
        # A hundred monsters may take a second, and that is no hang.
        most = len(container[key]) + MOST_REPEATED if isinstance(repeated, list) else None
        container[key] = repeated[:most]


#: Every part of every sample, by sample.
DONORS = [nodes(piece) for found in PIECES.values() for piece in found]

#: Six bytes a change: what is done, where (two bytes), and with what (three). One draw is quicker
#: than many, and shrinks as well.
CHANGES = st.binary(min_size=6, max_size=36)


def changes(blob: bytes) -> Iterator[tuple[int, int, int]]:
    for at in range(0, len(blob) - 5, 6):
        kind, where, what = blob[at], blob[at + 1 : at + 3], blob[at + 3 : at + 6]
        yield kind, int.from_bytes(where), int.from_bytes(what)


@st.composite
def damaged_values(draw: st.DrawFn, name: str) -> Any:
    value = copy.deepcopy(draw(st.sampled_from(PIECES[name])))
    for kind, where, what in changes(draw(CHANGES)):
        change(value, OPERATIONS[kind % len(OPERATIONS)], where, what)
    # Repeated in repeated lists grow large; test_hostile_files.py has files that are.
    assume(len(nodes(value)) < MOST_NODES)
    return value


@st.composite
def damaged_texts(draw: st.DrawFn, name: str) -> bytes:
    text = bytearray(json.dumps(draw(st.sampled_from(PIECES[name]))).encode())
    for kind, where, what in changes(draw(CHANGES)):
        at = where % max(len(text), 1)
        if kind % 5 == 0:  # another byte, among those that JSON cares for
            text[at : at + 1] = bytes([b'"{}[],:\\0e-\x00\xff\xed'[what % 14]])
        elif kind % 5 == 1:
            del text[at : at + what % 40]
        elif kind % 5 == 2:
            text[at:at] = text[at : at + what % 400]
        elif kind % 5 == 3:
            del text[len(text) - what % 200 :]
        else:
            text[at:at] = [b"9" * 5000, b"[" * 3000, b"NaN", b"\\ud800"][what % 4]
    return bytes(text)
