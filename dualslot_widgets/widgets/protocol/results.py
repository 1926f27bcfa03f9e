"""Results: what the slots hold, and previews of what is edited."""

from __future__ import annotations

from typing import Any, Literal, TypedDict


class SameDice(TypedDict):
    """How the fights of two results came out whose dice were the same, pair by pair."""

    runs: int
    ended_differently: int
    won_only_here: int
    won_only_there: int


class Versus(TypedDict):
    """Win rate of the slot minus that of the other, and its 95 % interval, in fractions.

    `same_dice` is None when seeds or numbers of runs differ; else the interval is a paired one.
    """

    delta: float
    low: float
    high: float
    same_dice: SameDice | None


class OriginView(TypedDict):
    """Which file a result was imported from, and when; whether it was checked against the game.

    `words` says all of it, as "imported from ambush.dualslot on 2026-11-29, not verified: ...".
    """

    file: str
    imported: str
    verified: bool
    words: str


class SlotView(TypedDict):
    """One slot; `analysis` and `metrics` are those of its data set as JSON.

    A `barred` one has a problem that is no damage: it cannot be read now, or is not ours, and no
    result takes its place. `place` says where it stands in words: "slot 0", or "in memory" for a
    data set by itself. `origin` is None for what was played here. `exact` says that it is the
    verified result of the very scenario on screen. `problem` and `versus`, which says how its win
    rate stands to the other slot's, are sentences.
    """

    slot: int
    place: str
    state: Literal["empty", "ok", "damaged", "barred"]
    problem: str
    newest: bool
    pinned: bool
    scenario: str
    timestamp: str
    origin: OriginView | None
    generation: int
    generation_count: int
    compressed_size: int
    metrics: dict[str, float] | None
    similarity: float
    exact: bool
    differences: list[str]
    versus: str
    analysis: dict[str, Any] | None


class UnsavedView(TypedDict):
    """Why the result of a job is in memory alone."""

    job: int
    reason: str


class PreviewView(TypedDict):
    """An analysis of the scenario on screen that is not stored.

    `versus` says in words how it compares to the slot that is shown. `pending` says that a
    newer preview is on its way. `unsaved` is there when this is no preview but the result of a job
    that could not be stored.
    """

    runs: int
    analysis: dict[str, Any]
    versus: str
    pending: bool
    unsaved: UnsavedView | None


class StripView(TypedDict):
    """The runs of a data set as columns, worst first: all of them, or as many evenly spaced ones.

    `place` and `generation` name the data set, `total` counts its runs, `blocks` says at which
    column each of its five quintiles begins. Of column i of n the rank, from 1, is
    ``(2 * i + 1) * total // (2 * n) + 1``. `outcomes` has a letter a run: w, l or u.
    """

    place: str
    generation: int
    total: int
    blocks: list[int]
    runs: list[int]
    outcomes: str
    survivors: list[int]
    rounds: list[int]
    party_hp: list[int]
    monster_hp: list[int]
