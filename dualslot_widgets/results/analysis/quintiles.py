"""The five timelines: runs sorted by score, worst first, cut into five blocks, a median run each.

Runs are sorted by (score, run number) before anything is derived.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.results.analysis import ratings
from dualslot_widgets.results.analysis.intervals import wilson
from dualslot_widgets.results.analysis.ranking import Scores

if TYPE_CHECKING:
    import pandas as pd

#: See `analyse_scores`.
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
        Those of the representative.
    win_share : float
        Share of the block's runs that are won, in [0, 1].
    combatants : tuple of CombatantResult
        Those of the representative.
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
        # Not `asdict`, which copies every value deeply.
        blocks = [
            {**_plain(block), "combatants": [_plain(each) for each in block.combatants]}
            for block in self.quintiles
        ]
        return {**_plain(self), "quintiles": blocks, "suggestions": list(self.suggestions)}

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
        import pandas as pd  # half a second, which playing need not wait for

        rows = [
            {key: value for key, value in _plain(block).items() if key != "combatants"}
            for block in self.quintiles
        ]
        return pd.DataFrame(rows).rename(columns={"name": "quintile"})


def _plain(value: CombatantResult | Quintile | QuintileAnalysis) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__dataclass_fields__}


def analyse(runs: pa.Table, combatants: pa.Table) -> QuintileAnalysis:
    """Return the analysis of a runs table and its combatants table (see `tables.py`).

    Raises
    ------
    DualSlotError
        When there are no runs.
    """
    scores = Scores()
    scores.add(runs)
    each = combatants.num_rows // max(1, runs.num_rows)

    def look_up(row: int) -> tuple[pa.Table, pa.Table]:
        return runs.slice(row, 1), combatants.slice(row * each, each)

    return analyse_scores(scores, [runs], look_up)


def analyse_scores(
    scores: Scores, batches: Iterable[pa.Table], look_up: LookUp
) -> QuintileAnalysis:
    """Return the analysis of runs that are somewhere else, as in files.

    Parameters
    ----------
    scores : Scores
        To which all runs were added.
    batches : iterable of pyarrow.Table
        The same runs in the same order.
    look_up : callable
        Returns for a row of all runs that row, and the rows of its combatants; called for five.

    Raises
    ------
    DualSlotError
        When there are no runs.
    """
    count, wins, unresolved = scores.runs, scores.wins, scores.unresolved
    if count == 0:
        raise DualSlotError("there are no runs to analyse")
    blocks = _blocks(scores, batches, look_up)
    low, high = wilson(wins, count)
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
        quintiles=tuple(blocks),
    )


def _blocks(scores: Scores, batches: Iterable[pa.Table], look_up: LookUp) -> list[Quintile]:
    count = scores.runs
    bounds = [(k * count // 5, (k + 1) * count // 5) for k in range(len(QUINTILES))]
    # With fewer than five runs the nearest run stands for an empty block.
    middles = [
        (first + last - 1) // 2 if last > first else min(first, count - 1) for first, last in bounds
    ]
    wanted = {rank for first, last in bounds for rank in (first, last) if rank < count}
    ranked = scores.at(wanted | set(middles), batches)
    blocks = []
    for name, (first, last), middle in zip(QUINTILES, bounds, middles, strict=True):
        run, people = look_up(ranked[middle].row)
        if last > first:
            won_after = ranked[last].wins_before if last < count else scores.wins
            share = (won_after - ranked[first].wins_before) / (last - first)
        else:
            share = float(run["outcome"][0].as_py() == "win")
        blocks.append(_quintile(name, first, last, share, run, people))
    return blocks


def _quintile(
    name: str, first: int, last: int, win_share: float, run: pa.Table, people: pa.Table
) -> Quintile:
    row = run.to_pylist()[0]
    columns = list(CombatantResult.__dataclass_fields__)
    return Quintile(
        name=name,
        first=first + 1,
        last=last,
        win_share=win_share,
        combatants=tuple(CombatantResult(**each) for each in people.select(columns).to_pylist()),
        **{
            key: row[key]
            for key in ("run", "outcome", "score", "survivors", "rounds", "party_hp", "monster_hp")
        },
    )
