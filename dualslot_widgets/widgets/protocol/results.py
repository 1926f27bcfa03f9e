"""Results: what the slots hold, and previews of what is edited."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypedDict

from dualslot_widgets.widgets.protocol.replay import Outcome, Side, State


class CombatantResult(TypedDict):
    """How one combatant came out of a representative run; `went_down_round` is None for never."""

    name: str
    side: Side
    start_hp: int
    final_hp: int
    state: State
    went_down_round: int | None


class Quintile(TypedDict):
    """A fifth of the runs, of ranks `first` to `last`, and the run in its middle, `run`."""

    name: str
    first: int
    last: int
    run: int
    outcome: Outcome
    score: int
    survivors: int
    rounds: int
    party_hp: int
    monster_hp: int
    win_share: float
    combatants: list[CombatantResult]


class Analysis(TypedDict):
    """What a data set says about its scenario, as `QuintileAnalysis.to_dict` writes it."""

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
    suggestions: list[str]
    quintiles: list[Quintile]


class PerformanceMetrics(TypedDict):
    """Seconds, a ratio of bytes in memory to bytes on disk (0 for unknown), and bytes."""

    simulation_seconds: float
    disk_seconds: float
    compression_ratio: float
    peak_memory_bytes: int


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
    result takes its place. `place` says in words where it is: "slot 0", or "in memory" for a
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
    metrics: Annotated[dict[str, float], PerformanceMetrics] | None
    similarity: float
    exact: bool
    differences: list[str]
    versus: str
    analysis: Annotated[dict[str, Any], Analysis] | None


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
    analysis: Annotated[dict[str, Any], Analysis]
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
