"""Which run stands at a rank when all are sorted by score, without holding all of them in memory.

Runs are sorted by score, worst first, and by run number where they are equal. A first pass counts
the runs of each score, which are few thousands however many runs there are; a second one finds the
wanted ranks among those of their score.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.tables import numbers

_Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """The run at a rank: its row in the table of all runs, and how many before it are won."""

    row: int
    wins_before: int


class Scores:
    """Counts runs by score.

    Attributes
    ----------
    runs, wins, unresolved : int
        Those of all that was added.
    """

    def __init__(self) -> None:
        self.runs = self.wins = self.unresolved = 0
        self._scores: npt.NDArray[np.int32] = np.empty(0, np.int32)
        self._counts: _Counts = np.empty(0, np.int64)
        self._wins: _Counts = np.empty(0, np.int64)

    def add(self, runs: pa.Table) -> None:
        """Count the rows of a runs table (`tables.RUNS`), which come after those added before."""
        score, won = numbers(runs["score"]), _is(runs, "win")
        scores, place, counts = np.unique(score, return_inverse=True, return_counts=True)
        wins = np.bincount(place, weights=won, minlength=len(scores)).astype(np.int64)
        merged, at = np.unique(np.concatenate([self._scores, scores]), return_inverse=True)
        self._counts = _summed(at, np.concatenate([self._counts, counts]), len(merged))
        self._wins = _summed(at, np.concatenate([self._wins, wins]), len(merged))
        self._scores = merged
        self.runs += runs.num_rows
        self.wins += int(won.sum())
        self.unresolved += int(_is(runs, "unresolved").sum())

    def at(self, ranks: Iterable[int], batches: Iterable[pa.Table]) -> dict[int, Ranked]:
        """Return what stands at some ranks, from 0, worst first.

        Parameters
        ----------
        ranks : iterable of int
            Each below `runs`.
        batches : iterable of pyarrow.Table
            All that was added, once more in the same order.
        """
        ends, wins_below = np.cumsum(self._counts), np.cumsum(self._wins) - self._wins
        searched = [
            _Searched(
                rank,
                int(self._scores[level]),
                rank - int(ends[level] - self._counts[level]),
                int(wins_below[level]),
            )
            for rank in set(ranks)
            for level in [int(np.searchsorted(ends, rank, side="right"))]
        ]
        found: dict[int, Ranked] = {}
        first_row = 0
        for batch in batches:
            score, won = numbers(batch["score"]), _is(batch, "win")
            for search in [search for search in searched if search.rank not in found]:
                rows = np.flatnonzero(score == search.score)
                passed = rows[: search.left]
                search.wins_before += int(won[passed].sum())
                if len(rows) > search.left:
                    row = first_row + int(rows[search.left])
                    found[search.rank] = Ranked(row, search.wins_before)
                search.left -= len(passed)
            first_row += batch.num_rows
        return found


@dataclass(slots=True)
class _Searched:
    """A rank; `left` runs of its score still come before it."""

    rank: int
    score: int
    left: int
    wins_before: int


def _summed(at: npt.NDArray[np.intp], counts: _Counts, size: int) -> _Counts:
    return np.bincount(at, weights=counts, minlength=size).astype(np.int64)


def _is(runs: pa.Table, outcome: str) -> npt.NDArray[np.bool_]:
    """Say which runs have an outcome; the words themselves would take ten times the memory."""
    pieces = [np.empty(0, np.bool_)]
    for piece in runs["outcome"].chunks:
        words = piece.dictionary.to_pylist()
        key = words.index(outcome) if outcome in words else -1
        pieces.append(numbers(piece.indices) == key)
    return np.concatenate(pieces)
