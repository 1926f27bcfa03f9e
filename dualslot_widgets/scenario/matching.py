"""Pairs the entries of two lists so that as little as possible changes between them.

Stands under `similarity` and `differences` on the scenario floor, which pair creatures, actions
and encounters with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

# What one place further along a list costs: ties in a fight go to who is listed first, so order
# decides a little. Small enough that no field weighs less.
PLACE = 1e-4


@dataclass(frozen=True, slots=True)
class Matching:
    """The cheapest pairing of two lists.

    Attributes
    ----------
    cost : float
        Of all pairs and of the entries left over.
    pairs : tuple of (int, int)
        Indices into both lists, in the order of the first.
    removed, added : tuple of int
        Indices of what only the first list has, and only the second.
    """

    cost: float
    pairs: tuple[tuple[int, int], ...]
    removed: tuple[int, ...]
    added: tuple[int, ...]


def match(
    first: Sequence[Any],
    second: Sequence[Any],
    cost: Callable[[Any, Any], float],
    left_over: Callable[[Any], float],
) -> Matching:
    """Return the best assignment of two lists; the shorter one is paired completely.

    Parameters
    ----------
    first, second : sequence
    cost : callable
        What it costs to turn an entry of the first list into one of the second; 0 for equal ones.
    left_over : callable
        What it costs when an entry has no partner.
    """
    if first == second:
        return Matching(0.0, tuple((index, index) for index in range(len(first))), (), ())
    # Rows or columns that only say "no partner" make the matrix square, so that the best
    # assignment also decides which entries are left over.
    size = max(len(first), len(second))
    costs = [
        [
            cost(first[row], second[column]) + PLACE * abs(row - column)
            if row < len(first) and column < len(second)
            else left_over(first[row] if row < len(first) else second[column])
            for column in range(size)
        ]
        for row in range(size)
    ]
    columns = _best_columns(costs)
    pairs = tuple(
        (row, column)
        for row, column in enumerate(columns)
        if row < len(first) and column < len(second)
    )
    return Matching(
        cost=sum(costs[row][column] for row, column in enumerate(columns)),
        pairs=pairs,
        removed=tuple(row for row in range(len(first)) if columns[row] >= len(second)),
        added=tuple(sorted(column for column in columns[len(first) :])),
    )


def _best_columns(costs: list[list[float]]) -> list[int]:
    """Return a column for each row of a square matrix, so that their costs are least in sum.

    The Hungarian method by shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987), in
    plain Python: lists are short, and scipy's takes most of a second to import, for which the first
    edit of a dashboard would wait.
    """
    size = len(costs)
    column_of, row_of = [-1] * size, [-1] * size
    # No price of a row and a column together is above their cost; those of a pair are equal to it.
    row_price, column_price = [0.0] * size, [0.0] * size
    for new in range(size):
        # The cheapest path from the new row to each column, over pairs that would be changed.
        length, before = [math.inf] * size, [new] * size
        reached: list[int] = []
        left = list(range(size))
        row, so_far, column = new, 0.0, -1
        while row >= 0:
            known, cost = so_far - row_price[row], costs[row]
            for other in left:
                path = known + cost[other] - column_price[other]
                if path < length[other]:
                    length[other], before[other] = path, row
            column = min(left, key=lambda one: (length[one], row_of[one] >= 0))
            so_far = length[column]
            left.remove(column)
            reached.append(column)
            row = row_of[column]
        row_price[new] += so_far
        for one in reached[:-1]:
            row_price[row_of[one]] += so_far - length[one]
            column_price[one] -= so_far - length[one]
        while column >= 0:
            row = before[column]
            row_of[column] = row
            column_of[row], column = column, column_of[row]
    return column_of
