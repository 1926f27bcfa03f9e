"""The five timelines: runs sorted by score, worst first, cut into five blocks, a median run each.

Top room of the analysis floor. Runs are sorted by (score, run number) before anything is derived.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dualslot_widgets.analysis import ratings
from dualslot_widgets.analysis.intervals import wilson
from dualslot_widgets.errors import DualSlotError

#: See `analyse_ranked`.
LookUp = Callable[[int], tuple[pa.Table, pa.Table]]
QUINTILES = ("Disaster", "Struggle", "Typical", "Heroic", "Legend")


@dataclass(frozen=True, slots=True, kw_only=True)
class CombatantResult:
    """How one combatant came out of a representative run; `went_down_round` None: never."""

    name: str
    side: str
    start_hp: int
    final_hp: int
    state: str
    went_down_round: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quintile:
    """A fifth of the runs, and the run in its middle.

    Attributes
    ----------
    name : str
        One of `QUINTILES`.
    first, last : int
        Ranks of the block's runs, from 1, worst first. ``last`` below ``first``: an empty block.
    run : int
        Number of the representative, the block's (lower) median run; `data.replay` plays it.
    outcome : str
    score, survivors, rounds, party_hp, monster_hp : int
        Of the representative.
    win_share : float
        Share of the block's runs that are won, in [0, 1].
    combatants : tuple of CombatantResult
        Of the representative.
    """

    name: str
    first: int
    last: int
    run: int
    outcome: str
    score: int
    survivors: int
    rounds: int
    party_hp: int
    monster_hp: int
    win_share: float
    combatants: tuple[CombatantResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuintileAnalysis:
    """What a data set says about its scenario.

    Attributes
    ----------
    runs, wins, losses, unresolved : int
    win_rate, win_rate_low, win_rate_high : float
        Share of wins among all runs with its 95 % Wilson interval, in [0, 1].
    grade, grade_name : str
        Safety, "A" (secure) to "F" (broken).
    tier, tier_name : int, str
        Intensity, 1 (trivial) to 5 (extreme).
    label : str
        What the pair of them is called.
    suggestions : tuple of str
    quintiles : tuple of Quintile
        Five, worst first.
    """

    runs: int
    wins: int
    losses: int
    unresolved: int
    win_rate: float
    win_rate_low: float
    win_rate_high: float
    grade: str
    grade_name: str
    tier: int
    tier_name: str
    label: str
    suggestions: tuple[str, ...]
    quintiles: tuple[Quintile, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the analysis as JSON; `from_dict` reads it back to an equal analysis."""
        return asdict(self)

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> QuintileAnalysis:
        """Read an analysis back; raises `DualSlotError` for anything `to_dict` did not write."""
        try:
            blocks = tuple(
                Quintile(
                    **{
                        **block,
                        "combatants": tuple(CombatantResult(**c) for c in block["combatants"]),
                    }
                )
                for block in value["quintiles"]
            )
            read = cls(**{**value, "quintiles": blocks, "suggestions": tuple(value["suggestions"])})
        except (TypeError, KeyError, AttributeError) as error:
            raise DualSlotError(f"this is no quintile analysis: {error}") from error
        if len(read.quintiles) != len(QUINTILES):
            raise DualSlotError(f"an analysis has 5 quintiles, this one {len(read.quintiles)}")
        return read

    def to_frame(self) -> pd.DataFrame:
        """Return the five quintiles as a DataFrame, worst first, without their combatants."""
        rows = [
            {key: value for key, value in asdict(block).items() if key != "combatants"}
            for block in self.quintiles
        ]
        return pd.DataFrame(rows).rename(columns={"name": "quintile"})


def analyse(runs: pa.Table, combatants: pa.Table) -> QuintileAnalysis:
    """Return the analysis of a runs table and its combatants table (see `tables.py`).

    Raises
    ------
    DualSlotError
        When there are no runs.
    """
    each = combatants.num_rows // max(1, runs.num_rows)
    return analyse_ranked(runs, lambda at: (runs.slice(at, 1), combatants.slice(at * each, each)))


def analyse_ranked(runs: pa.Table, look_up: LookUp) -> QuintileAnalysis:
    """Return the analysis of runs of which the rows are somewhere else, as in files.

    Parameters
    ----------
    runs : pyarrow.Table
        The columns run, score and outcome of `tables.RUNS`, or more.
    look_up : callable
        Returns for a row of `runs` that run's row of the whole table, and the rows of its
        combatants. Called for five rows.

    Raises
    ------
    DualSlotError
        When there are no runs.
    """
    count = runs.num_rows
    if count == 0:
        raise DualSlotError("there are no runs to analyse")
    score = runs["score"].to_numpy()
    order = np.lexsort((runs["run"].to_numpy(), score))
    outcomes = runs["outcome"].cast(pa.string())
    won = pc.equal(outcomes, "win").to_numpy()[order]
    wins = int(won.sum())
    unresolved = int(pc.sum(pc.equal(outcomes, "unresolved")).as_py())
    low, high = wilson(wins, count)
    blocks = tuple(_quintile(name, k, order, won, look_up) for k, name in enumerate(QUINTILES))
    typical = [c for c in blocks[2].combatants if c.side == "party"]
    disaster = [c for c in blocks[0].combatants if c.side == "party" and c.final_hp > 0]
    grade = ratings.safety_grade(
        [block.survivors for block in blocks], [c.final_hp / c.start_hp for c in disaster]
    )
    tier = ratings.intensity_tier(
        sum(c.final_hp for c in typical) / sum(c.start_hp for c in typical)
    )
    losses = count - wins - unresolved
    return QuintileAnalysis(
        runs=count,
        wins=wins,
        losses=losses,
        unresolved=unresolved,
        win_rate=wins / count,
        win_rate_low=low,
        win_rate_high=high,
        grade=grade,
        grade_name=ratings.GRADES[grade],
        tier=tier,
        tier_name=ratings.TIERS[tier],
        label=ratings.LABELS[grade, tier],
        suggestions=tuple(
            ratings.suggestions(
                grade, tier, loss_rate=losses / count, unresolved_rate=unresolved / count
            )
        ),
        quintiles=blocks,
    )


def _quintile(
    name: str,
    k: int,
    order: npt.NDArray[np.intp],
    won: npt.NDArray[np.bool_],
    look_up: LookUp,
) -> Quintile:
    """Return block `k`; with fewer than five runs the nearest run stands for an empty block."""
    count = len(order)
    first, last = k * count // 5, (k + 1) * count // 5
    middle = (first + last - 1) // 2 if last > first else min(first, count - 1)
    run, people = look_up(int(order[middle]))
    row = run.to_pylist()[0]
    columns = list(CombatantResult.__dataclass_fields__)
    return Quintile(
        name=name,
        first=first + 1,
        last=last,
        win_share=float(won[first:last].mean()) if last > first else float(won[middle]),
        combatants=tuple(CombatantResult(**each) for each in people.select(columns).to_pylist()),
        **{
            key: row[key]
            for key in ("run", "outcome", "score", "survivors", "rounds", "party_hp", "monster_hp")
        },
    )
