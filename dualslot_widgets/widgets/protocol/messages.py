"""Each message from the browser, typed and checked.

What is written on its envelope is read in `envelope`. The kernel says `alive` every two seconds,
with `busy` while a cell is executed, and `taken` when it has taken messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypedDict

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.reading import shown, whole
from dualslot_widgets.scenario.settings import MAX_RUNS
from dualslot_widgets.widgets.protocol import edit_messages

#: What an edit changes a value to; None takes away what may be absent.
Value: TypeAlias = int | str | bool | list[str] | None


class Message(TypedDict, total=False):
    """An event from the browser, checked by `read_message`."""

    type: Literal[
        "run", "cancel", "display_mode", "choose_slot", "pin", "save_again", "dismiss",
        "select_run", "move_job", "run_again", "clear_finished", "edit_slot", "edit_job",
        # The editor's, checked in `edits`:
        "edit", "add_monster", "add_character", "add_encounter", "add_action", "add_rider",
        "remove", "duplicate", "undo", "redo", "paste", "copy",
    ]  # fmt: skip
    path: str
    value: Value
    encounter: int
    key: str
    source: str
    name: str
    class_name: str
    level: int
    text: str
    mode: str
    slot: int | None
    run: int | None
    job: int
    to: str


MOVES = ("next", "up", "down")
MODES = ("newest", "most_similar", "let_user_choose")


def read_message(content: object) -> Message:
    """Return a message from the browser, checked; raises `DualSlotError` for anything else."""
    if not isinstance(content, Mapping):
        raise DualSlotError(f"a message must be an object, got {shown(content)}")
    match content.get("type"):
        case "run" | "dismiss" | "clear_finished" as kind:
            return {"type": kind}
        case str(kind) if kind in edit_messages.KINDS:
            return edit_messages.read_edit(kind, content)
        case "cancel" | "save_again" | "run_again" | "edit_job" as kind:
            return {"type": kind, "job": _job_number(content)}
        case "move_job":
            to = content.get("to")
            if not isinstance(to, str) or to not in MOVES:
                raise DualSlotError(f"a job is moved next, up or down, not {shown(to)}")
            return {"type": "move_job", "job": _job_number(content), "to": to}
        case "display_mode":
            mode = content.get("mode")
            if not isinstance(mode, str) or mode not in MODES:
                raise DualSlotError(f"display mode {shown(mode)} is unknown")
            return {"type": "display_mode", "mode": mode}
        case "choose_slot" | "edit_slot" as kind:
            slot = whole(content.get("slot"))
            if slot is None or slot not in (0, 1):
                raise DualSlotError(f"{shown(content.get('slot'))} is no slot; slots are 0 and 1")
            return {"type": kind, "slot": slot}
        case "pin":
            slot, unpin = whole(content.get("slot")), content.get("slot", "missing") is None
            if not unpin and slot not in (0, 1):
                raise DualSlotError(f"{shown(content.get('slot'))} is no slot; slots are 0 and 1")
            return {"type": "pin", "slot": slot}
        case "select_run":
            run, none = whole(content.get("run")), content.get("run", "missing") is None
            if not none and (run is None or not 0 <= run < MAX_RUNS):
                raise DualSlotError(
                    f"{shown(content.get('run'))} is no run; runs are numbered from 0"
                )
            return {"type": "select_run", "run": run}
    raise DualSlotError(f"message type {shown(content.get('type'))} is unknown")


def _job_number(content: Mapping[str, object]) -> int:
    number = whole(content.get("job"))
    if number is None or not 0 < number < 2**53:
        raise DualSlotError(f"{shown(content.get('job'))} is no number of a job")
    return number
