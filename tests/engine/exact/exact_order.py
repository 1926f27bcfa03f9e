"""Initiative as exact chances of every order."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import groupby, permutations, product

from tests.engine.exact.exact_rolls import FACES


@lru_cache
def orders(bonuses: tuple[int, ...]) -> dict[tuple[int, ...], Fraction]:
    """Chances of the orders in which combatants with these bonuses act.

    d20 + bonus, highest first; ties go to the higher bonus, then to a fair coin.
    """
    found: dict[tuple[int, ...], Fraction] = {}
    for rolls in product(FACES, repeat=len(bonuses)):
        keys = [(roll + bonus, bonus) for roll, bonus in zip(rolls, bonuses, strict=True)]
        ranked = sorted(range(len(bonuses)), key=lambda i: keys[i], reverse=True)
        tied = [list(group) for _, group in groupby(ranked, key=lambda i: keys[i])]
        ways = [sum(way, ()) for way in product(*(list(permutations(group)) for group in tied))]
        for way in ways:
            found[way] = found.get(way, Fraction(0)) + Fraction(1, len(ways) * 20 ** len(bonuses))
    return found


def goes_first(mine: int, other: int) -> Fraction:
    """The chance that the first of two acts first."""
    return orders((mine, other))[0, 1]
