"""Two results side by side: how they differ, how sure that is, and what changed."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict

from dualslot_widgets.widgets.protocol.replay import Outcome


class Contrast(TypedDict):
    """A figure of both in words, here minus there, and its 95 % interval; None when not known.

    `unit` is "points" (then the numbers are fractions), "characters", "rounds" or "hit points".
    `words` says the difference: "7.4 points easier", or "no clear difference" when it is not
    `clear`; `change` says it in figures: "+7.4, +5.2 to +9.6".
    """

    name: str
    unit: Annotated[str, Literal["points", "characters", "rounds", "hit points"]]
    here: str
    there: str
    delta: float
    low: float | None
    high: float | None
    clear: bool
    words: str
    change: str


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

    `paired` says that seed and number of runs are the same, and the intervals are paired ones;
    `dice` what came of that, or why they are not.
    `verdict` says in a sentence what it means, `changes` what was changed from there to here.
    """

    contrasts: list[Contrast]
    paired: bool
    dice: str
    verdict: str
    changes: list[str]


class CompareView(TypedDict):
    """Two sides, and both directions: the first minus the second, the second minus the first.

    Where there is nothing to compare both lists are empty, and `missing` says why.
    """

    missing: str
    sides: list[Side]
    directions: list[Direction]
