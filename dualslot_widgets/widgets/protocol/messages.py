"""Each message from the browser, typed and checked; what is written on it is read in `envelope`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, TypedDict, cast

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.reading import shown
from dualslot_widgets.widgets.protocol import message_checks as checks
from dualslot_widgets.widgets.protocol.message_checks import Content, Value


class Message(TypedDict, total=False):
    """An event from the browser, checked by `read_message`; its type says which keys it has."""

    type: Literal[
        "run", "cancel", "display_mode", "choose_slot", "pin", "save_again", "dismiss",
        "select_run", "move_job", "run_again", "clear_finished", "edit_slot", "edit_job",
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


#: What each message holds, and what checks it; the front end's types are written from it.
MESSAGES: Mapping[str, Mapping[str, Callable[[Content, str], Any]]] = {
    "run": {},
    "cancel": {"job": checks.job_number},
    "move_job": {"job": checks.job_number, "to": checks.move},
    "run_again": {"job": checks.job_number},
    "save_again": {"job": checks.job_number},
    "clear_finished": {},
    "dismiss": {},
    "edit": {"path": checks.edited, "value": checks.value},
    "add_monster": {"encounter": checks.number, "key": checks.name},
    "add_character": {"class_name": checks.name, "level": checks.number},
    "add_encounter": {"key": checks.name},
    "add_action": {
        "path": checks.owner("actions", "actions"),
        "source": checks.name,
        "name": checks.name,
    },
    "add_rider": {"path": checks.owner("riders", "on_hit", "effect"), "name": checks.name},
    "remove": {"path": checks.entry("removed")},
    "duplicate": {"path": checks.entry("duplicated")},
    "undo": {},
    "redo": {},
    "paste": {"text": checks.pasted},
    "copy": {},
    "display_mode": {"mode": checks.mode},
    "choose_slot": {"slot": checks.slot},
    "edit_slot": {"slot": checks.slot},
    "edit_job": {"job": checks.job_number},
    "pin": {"slot": checks.slot_or_none},
    "select_run": {"run": checks.run_or_none},
}


def read_message(content: object) -> Message:
    """Return a message from the browser, checked; raises `DualSlotError` for anything else."""
    if not isinstance(content, Mapping):
        raise DualSlotError(f"a message must be an object, got {shown(content)}")
    kind = content.get("type")
    if not isinstance(kind, str) or kind not in MESSAGES:
        raise DualSlotError(f"message type {shown(kind)} is unknown")
    held = {key: check(content, key) for key, check in MESSAGES[kind].items()}
    return cast("Message", {"type": kind, **held})
