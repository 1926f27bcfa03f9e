"""Pinning: one slot may be kept as the baseline that no result overwrites.

The pin stands in the slot's metadata, so it lasts as long as what it protects. Who calls `set_pin`
holds the writer's lock.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dualslot_widgets.errors import DualSlotError, StorageError
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.disk.remedies import remedy
from dualslot_widgets.storage.record.metadata import METADATA_NAME
from dualslot_widgets.storage.slots.commit import replace_metadata
from dualslot_widgets.storage.slots.slots_on_disk import SLOTS, SlotState, States, slot_folder
from dualslot_widgets.storage.slots.victim import require_known
from dualslot_widgets.system.durable_files import sync_folder


def pinned_slot(states: States) -> int | None:
    """Return the slot that is pinned, or None."""
    for state in states:
        if state.record is not None and state.record.pinned:
            return state.slot
    return None


def set_pin(root: Path, slot: int | None, states: States) -> None:
    """Pin a slot, or let the pinned one go (None); durable on return.

    Raises
    ------
    DualSlotError
        When there is no such slot, it holds nothing that can be kept, or the other is pinned.
    StorageError
        When it could not be written down, or a slot cannot be read now: it may be pinned.
    """
    if isinstance(slot, bool) or slot not in (None, *SLOTS):
        raise DualSlotError(f"slot {slot!r} cannot be pinned; slots are 0 and 1, None for none")
    require_known(states)
    pinned = pinned_slot(states)
    if pinned == slot:
        return
    if slot is None:
        _write(root, states[pinned or 0], pinned=False)
    elif pinned is not None:
        raise DualSlotError(
            f"slot {pinned} is pinned, and new results need a place; unpin it first"
        )
    else:
        _write(root, states[slot], pinned=True)


def _write(root: Path, state: SlotState, *, pinned: bool) -> None:
    if state.record is None and state.problem is not None:
        raise DualSlotError(
            f"slot {state.slot} cannot be pinned: {state.problem}; store a result first"
        )
    if state.record is None:
        raise DualSlotError(f"slot {state.slot} holds nothing to pin; store a result first")
    place = slot_folder(root, state.slot)
    try:
        files.sweep(place, (METADATA_NAME,))
        replace_metadata(place, replace(state.record, pinned=pinned))
        sync_folder(place)
    except OSError as error:
        raise StorageError(
            f"slot {state.slot} could not be {'pinned' if pinned else 'let go'}: "
            f"{error.strerror}; {remedy(error)}, and try again"
        ) from error
