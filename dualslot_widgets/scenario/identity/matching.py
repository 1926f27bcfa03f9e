"""Pairs the entries of two lists so that as little as possible changes between them.

`similarity` and `differences` pair creatures, actions and encounters with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

# What one place further along a list costs: ties in a fight go to who is listed first, so order
# decides a little. Small enough that no field weighs less.
PLACE = 1e-4
#: So many entries are paired by trying every order.
FEW = 4


@dataclass(frozen=True, slots=True)
class Matching:
    """The cheapest pairing of two lists.

    Attributes
    ----------
    cost : float
        The cost of all pairs and of the entries left over.
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


def prepare_matching() -> None:
    """Load what matching may need, so that nobody waits for it."""
    import scipy.optimize  # noqa: F401


def _best_columns(costs: list[list[float]]) -> list[int]:
    """Return a column for each row of a square matrix, so that their costs are least in sum.

    scipy takes up to a second to import, so that what can be found without it is: a few entries are
    tried in every order; and whatever is not the identity has at least two entries off the
    diagonal, which settles most edits of longer lists.
    """
    size = len(costs)

    def total(columns: Iterable[int]) -> float:
        return sum(costs[row][column] for row, column in enumerate(columns))

    if size <= FEW:
        return list(min(permutations(range(size)), key=total))
    aside = min(min(costs[row][:row] + costs[row][row + 1 :]) for row in range(size))
    if total(range(size)) <= 2 * aside:
        return list(range(size))
    from scipy.optimize import linear_sum_assignment

    _, columns = linear_sum_assignment(costs)
    return [int(column) for column in columns]
