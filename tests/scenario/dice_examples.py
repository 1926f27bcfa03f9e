"""Dice texts, good and bad, and what is read in each; the front end reads them alike.

They become the fixture `tests/fixtures/protocol/dice.json`, which is written by
`tests.widgets.protocol.protocol_examples`.
"""

from __future__ import annotations

import random
from typing import Any

from dualslot_widgets.scenario.dice import DiceError, parse_damage, parse_healing

TEXTS = (
    *("1d8+4 slashing", "2d6+8 slashing + 2d6 fire", "1D6-1 Cold", "d6", "  3 ", "0", "3 fire"),
    *("1 piercing + 3d4 poison", "1d4 + 1d6 + 2 fire", "2d6+3-1+4", "1000d1000+100", "007d06"),
    *("2d6\u00a0fire", "2d6\tfire\n", "\u00a02d6\u00a0", "1d6fire", "1d6fire+1d6", "2d6+1000"),
    *("", "   ", "\u00a0", "2d", "d", "2d6 3", "2d6 +", "+ 2d6", "-1", "2d6 ++ 3", "fire 2d6"),
    *("2d6 fire cold", "2d6 fier", "2d6 - 1d4", "2d6 fire - 1", "0d6", "1d0", "1d1001", "1001d6"),
    *("600d6 fire + 600d6 cold", "1d6+1001", "1d6-1001", "1d6 + " * 19 + "1d6"),
    *("1d6 + " * 20 + "1d6", "1" * 501, " " * 499 + "1", "🐉" * 300, "1d6; import os", "2d6+3 d"),
    # Digits and blanks of other alphabets are none here, and browsers know other ones than Python.
    *("٢d٦", "2d٦", "2d6\u2003fire", "2d6\ufeff", "\ufeff2d6", "2d6\x85", "2d6\x1c", "2d6\u2028+1"),
    *("1234567890d6", "1d1234567890", "999999999", "1d6×2", "½d6", "1d6 FIRE", "ﬁre", "1d6 ﬁre"),
)
_PIECES = (
    *("1d6", "2d10", "d4", "12d8", "3", "0", "1000", "40d6", "1d1000", "0d6", "5d", "d"),
    *("+", "+", "+", "+", "-", " ", " ", " ", "\t", "\u00a0", ".", "fire", "cold", "Acid", "frost"),
)
_SUMMANDS = ("1d6", "2d10-1 fire", "d4", "12d8", "3", "0 cold", "1000", "300d6 acid", "2d20+5")


def dice() -> list[dict[str, Any]]:
    """Return dice texts with their terms as damage, and whether they are healing."""
    chance = random.Random(5)
    mixed = ["".join(chance.choices(_PIECES, k=chance.randint(1, 8))) for _ in range(200)]
    sums = [" + ".join(chance.choices(_SUMMANDS, k=chance.randint(1, 5))) for _ in range(150)]
    return [_read(text) for text in dict.fromkeys((*TEXTS, *mixed, *sums))]


def _read(text: str) -> dict[str, Any]:
    return {"text": text, "damage": _damage(text), "healing": _heals(text)}


def _damage(text: str) -> list[str] | None:
    try:
        return [str(term) for term in parse_damage(text)]
    except DiceError:
        return None


def _heals(text: str) -> bool:
    try:
        parse_healing(text)
    except DiceError:
        return False
    return True
