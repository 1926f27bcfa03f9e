"""Two results side by side: how they differ, how sure that is, and what changed."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from dualslot_widgets.widgets.protocol.replay import Outcome
from dualslot_widgets.widgets.protocol.results import SameDice


class Contrast(TypedDict):
    """A figure of both, here minus there, and its 95 % interval; bounds are None when not known.

    `unit` is "points" (then all numbers are fractions), "characters", "rounds" or "hit points".
    `words` says the difference: "7.4 points easier", or "no clear difference".
    """

    name: str
    unit: Annotated[str, Literal["points", "characters", "rounds", "hit points"]]
    here: float
    there: float
    delta: float
    low: float | None
    high: float | None
    words: str


class TimelineEnd(TypedDict):
    """How the median run of a fifth ended; `party_start` and `monster_start` are hit points."""

    name: str
    outcome: Annotated[str, Outcome]
    survivors: int
    rounds: int
    party_hp: int
    party_start: int
    monster_hp: int
    monster_start: int


class Side(TypedDict):
    """One of the two results; `place` says in words which: "slot 1", "the preview"."""

    place: str
    scenario: str
    runs: int
    timelines: list[TimelineEnd]


class Direction(TypedDict):
    """One side (here) minus the other (there).

    `same_dice` is None where seeds or numbers of runs differ; else the intervals are paired ones.
    `verdict` says in a sentence what it means, `changes` what was changed from there to here.
    """

    contrasts: list[Contrast]
    same_dice: SameDice | None
    verdict: str
    changes: list[str]


class CompareView(TypedDict):
    """Two sides, and both directions: the first minus the second, the second minus the first.

    Where there is nothing to compare both lists are empty, and `missing` says why.
    """

    missing: str
    sides: list[Side]
    directions: list[Direction]
