"""One run, event by event."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias, TypedDict

from dualslot_widgets.tables import KINDS

Outcome: TypeAlias = Literal["win", "loss", "unresolved"]
Side: TypeAlias = Literal["party", "monsters"]
State: TypeAlias = Literal["up", "dying", "stable", "dead", "waiting"]
Kind: TypeAlias = Annotated[str, KINDS]
#: encounter, round, actor, target, kind, action, roll, amount, target_hp: who and whom are places
#: in `ReplayView.combatants`, no action is "".
ReplayRow: TypeAlias = tuple[int, int, int, int, Kind, str, int | None, int, int]


class ReplayCombatant(TypedDict):
    """Somebody of the run: hit points at its start and end, and the state at its end."""

    name: str
    side: Side
    start_hp: int
    final_hp: int
    state: State


class PartingView(TypedDict):
    """Where a run parts from the same run of another result with the same dice.

    `at` is the index of the first event that differs, None where none does; `here` and `there` are
    sentences of both from there on, the first few. `place` names the other result, and `ending`
    says how the run ends there. `runs` counts the runs that part, `first` is the first of them and
    `next` the next after this one; all None until they are known.
    """

    run: int
    place: str
    at: int | None
    here: list[str]
    there: list[str]
    ending: str
    runs: int | None
    first: int | None
    next: int | None


class ReplayView(TypedDict):
    """The selected run, or why it cannot be shown (`problem`).

    `place` and `generation` name its data set, `runs` counts the runs there. `words` has a sentence
    for each of `rows`; `events` counts those of the whole run, which may be more. `note` says where
    the events come from when that is not the log; `pending` that they are on their way; `ending`
    says how the run ended.
    """

    run: int
    runs: int
    place: str
    generation: int
    scenario: str
    problem: str
    note: str
    pending: bool
    ending: str
    combatants: list[ReplayCombatant]
    rows: list[ReplayRow]
    words: list[str]
    events: int
