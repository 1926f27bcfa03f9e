"""Each trait and message between kernel and browser, typed; `js/src/protocol.ts` mirrors this file.

Lowest room of the widgets. State that is needed to draw lives in traits; messages are events. Both
sides are tested against the fixtures in `tests/fixtures/protocol/`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, TypedDict

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.reading import shown, whole


class Field(TypedDict):
    """A number that can be changed: its path in the scenario, bounds, and a slider's range."""

    path: str
    label: str
    value: int
    min: int
    max: int
    slider: list[int]


class CreatureView(TypedDict):
    """One kind of creature with the numbers that people change most."""

    name: str
    side: Literal["party", "monsters"]
    encounter: int
    fields: list[Field]


class ScenarioView(TypedDict):
    """The scenario on screen; `revision` counts up when it changed, so that inputs follow it."""

    name: str
    summary: str
    revision: int
    creatures: list[CreatureView]
    settings: list[Field]


class JobView(TypedDict):
    """The job being played, or the last one; times in seconds.

    `unsaved` says that it failed only in being stored.
    """

    id: int
    scenario: str
    status: str
    phase: str
    percent: float
    completed_runs: int
    total_runs: int
    current_round: int
    seconds_left: float | None
    message: str
    unsaved: bool


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


class SlotView(TypedDict):
    """One slot; `analysis` and `metrics` are those of its data set as JSON."""

    slot: int
    state: Literal["empty", "ok", "damaged"]
    problem: str
    newest: bool
    pinned: bool
    scenario: str
    timestamp: str
    generation: int
    generation_count: int
    compressed_size: int
    metrics: dict[str, float] | None
    similarity: float
    exact: bool
    differences: list[str]
    versus: Versus | None
    analysis: dict[str, Any] | None


class PreviewView(TypedDict):
    """An analysis of the scenario on screen that is not stored, and how it compares to a slot."""

    runs: int
    analysis: dict[str, Any]
    against: int | None
    versus: Versus | None


class FooterView(TypedDict):
    """Bytes of `MemoryUsage` and of the slots on disk, and the package's version."""

    slots_bytes: int
    tables_bytes: int
    queue_bytes: int
    background_bytes: int
    process_bytes: int
    peak_bytes: int
    version: str


class Message(TypedDict, total=False):
    """An event from the browser, checked by `read_message`."""

    type: Literal[
        "run", "cancel", "edit", "display_mode", "choose_slot", "pin", "save_again", "dismiss"
    ]
    path: str
    value: int
    mode: str
    slot: int | None


#: What an edit may change: no names, no dice, nothing that is not a number field on screen.
EDITABLE = re.compile(
    r"(players\[\d{1,2}\]|encounters\[\d{1,2}\]\.monsters\[\d{1,2}\])"
    r"\.(count|max_hp|armor_class|actions\[\d{1,2}\]\.attack_bonus)|settings\.(runs|seed)",
    re.ASCII,
)
MODES = ("newest", "most_similar", "let_user_choose")


def read_message(content: object) -> Message:
    """Return a message from the browser, checked; raises `DualSlotError` for anything else."""
    if not isinstance(content, Mapping):
        raise DualSlotError(f"a message must be an object, got {shown(content)}")
    match content.get("type"):
        case "run" | "cancel" | "save_again" | "dismiss" as kind:
            return {"type": kind}
        case "edit":
            path, value = content.get("path"), whole(content.get("value"))
            if not isinstance(path, str) or EDITABLE.fullmatch(path) is None:
                raise DualSlotError(f"{shown(path)} is no number that can be edited here")
            if value is None:
                raise DualSlotError(f"{path}: {shown(content.get('value'))} is no whole number")
            return {"type": "edit", "path": path, "value": value}
        case "display_mode":
            mode = content.get("mode")
            if not isinstance(mode, str) or mode not in MODES:
                raise DualSlotError(f"display mode {shown(mode)} is unknown")
            return {"type": "display_mode", "mode": mode}
        case "choose_slot":
            slot = whole(content.get("slot"))
            if slot is None or slot not in (0, 1):
                raise DualSlotError(f"{shown(content.get('slot'))} is no slot; slots are 0 and 1")
            return {"type": "choose_slot", "slot": slot}
        case "pin":
            slot, unpin = whole(content.get("slot")), content.get("slot", "missing") is None
            if not unpin and slot not in (0, 1):
                raise DualSlotError(f"{shown(content.get('slot'))} is no slot; slots are 0 and 1")
            return {"type": "pin", "slot": slot}
    raise DualSlotError(f"message type {shown(content.get('type'))} is unknown")
