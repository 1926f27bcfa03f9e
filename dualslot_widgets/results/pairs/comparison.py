"""How two data sets differ, and how sure that is: by pairs where both rolled the same dice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.results.analysis.intervals import (
    difference,
    mean_difference,
    paired_difference,
    paired_mean_difference,
)
from dualslot_widgets.results.pairs.runs_side_by_side import outcomes, same_results
from dualslot_widgets.results.pairs.where_runs_part import Divergence
from dualslot_widgets.tables import OUTCOMES

if TYPE_CHECKING:
    import pandas as pd

_WIN = OUTCOMES.index("win")
_MEANS = ("survivors", "rounds", "party_hp")
_DIFFERENCES = ("win_rate", *_MEANS)


@dataclass(frozen=True, slots=True)
class Difference:
    """First minus second with its 95 % interval: `delta`, `low`, `high`."""

    delta: float
    low: float
    high: float

    def mirrored(self) -> Difference:
        """Return second minus first."""
        return Difference(-self.delta, -self.high, -self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What one data set (here) came to, minus what another (there) did.

    Attributes
    ----------
    paired : bool
        Whether run i of both rolled the same dice. Then the intervals know which runs went together
        and are mostly much narrower, and what follows behind `party_hp` is known; else it is None.
    runs, runs_there : int
        How many runs each has.
    win_rate : Difference
        The difference of the shares of wins among all runs, in [-1, 1]. Paired: Tango's score
        interval (`intervals.paired_difference`); not paired: Newcombe's method 10
        (`intervals.difference`).
    survivors, rounds, party_hp : Difference
        The differences of the means over all runs: characters, rounds, hit points. Student's t
        over pairs, or Welch's t. Where no pair differs the interval has no width: rare differences
        are not excluded by that.
    mean_win_rate, mean_survivors, mean_rounds, mean_party_hp : (float, float)
        The shares and means themselves, here and there.
    won_only_here, won_only_there : int or None
        Pairs that only one of the two won.
    outcomes_changed : int or None
        Pairs with different outcomes: win, loss, unresolved.
    results_changed : int or None
        Pairs that do not end the same (`runs_side_by_side.same_results`).
    diverged : int or None
        Pairs that go differently (`where_runs_part`); None also when logs were not kept or not
        asked for.
    """

    paired: bool
    runs: int
    runs_there: int
    win_rate: Difference
    survivors: Difference
    rounds: Difference
    party_hp: Difference
    mean_win_rate: tuple[float, float]
    mean_survivors: tuple[float, float]
    mean_rounds: tuple[float, float]
    mean_party_hp: tuple[float, float]
    won_only_here: int | None = None
    won_only_there: int | None = None
    outcomes_changed: int | None = None
    results_changed: int | None = None
    diverged: int | None = None

    @property
    def never_diverged(self) -> float | None:
        """Share of the pairs that go the same to the end, in [0, 1]; None when not known."""
        return None if self.diverged is None else 1 - self.diverged / self.runs

    def mirrored(self) -> Comparison:
        """Return the same from the other side: what is there, minus what is here."""
        differences = {name: getattr(self, name).mirrored() for name in _DIFFERENCES}
        means = {f"mean_{name}": getattr(self, f"mean_{name}")[::-1] for name in _DIFFERENCES}
        return replace(
            self,
            runs=self.runs_there,
            runs_there=self.runs,
            won_only_here=self.won_only_there,
            won_only_there=self.won_only_here,
            **differences,
            **means,
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the differences, a row each, with columns ``delta``, ``low``, ``high``."""
        import pandas as pd  # half a second, which playing need not wait for

        rows = {name: asdict(getattr(self, name)) for name in _DIFFERENCES}
        return pd.DataFrame.from_dict(rows, orient="index")


def compare(first: pa.Table, second: pa.Table) -> Comparison:
    """Return how two runs tables with different dice differ; any two numbers of runs.

    Parameters
    ----------
    first, second : pyarrow.Table
        As `tables.RUNS`, at least one row each.
    """
    won, won_there = (outcomes(runs) == _WIN for runs in (first, second))
    counts = [(_count(w), len(w)) for w in (won, won_there)]
    return Comparison(
        paired=False,
        runs=len(won),
        runs_there=len(won_there),
        win_rate=Difference(*difference(counts[0], counts[1])),
        mean_win_rate=(float(won.mean()), float(won_there.mean())),
        **_means(mean_difference, first, second),
    )


def compare_paired(
    first: pa.Table, second: pa.Table, divergence: Divergence | None = None
) -> Comparison:
    """Return how two runs tables with the same dice differ.

    Parameters
    ----------
    first, second : pyarrow.Table
        As `tables.RUNS`, R >= 1 rows each, the same runs of the same seed.
    divergence : Divergence, optional
        That of their logs.
    """
    mine, its = outcomes(first), outcomes(second)
    won, won_there = mine == _WIN, its == _WIN
    here, there = _count(won & ~won_there), _count(won_there & ~won)
    return Comparison(
        paired=True,
        runs=len(won),
        runs_there=len(won),
        win_rate=Difference(*paired_difference(here, there, len(won))),
        mean_win_rate=(float(won.mean()), float(won_there.mean())),
        **_means(paired_mean_difference, first, second),
        won_only_here=here,
        won_only_there=there,
        outcomes_changed=_count(mine != its),
        results_changed=_count(~same_results(first, second)),
        diverged=None if divergence is None else _count(divergence.at >= 0),
    )


_Method = Callable[
    [npt.NDArray[np.number], npt.NDArray[np.number]],
    tuple[float, float, float],
]


def _means(method: _Method, first: pa.Table, second: pa.Table) -> dict[str, Any]:
    """Return the differences of all means, and the means of both."""
    found: dict[str, Any] = {}
    for name in _MEANS:
        here, there = first[name].to_numpy(), second[name].to_numpy()
        found[name] = Difference(*method(here, there))
        found[f"mean_{name}"] = float(here.mean()), float(there.mean())
    return found


def _count(which: npt.NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(which))
