"""The commit: how a data set gets into a slot, step by step, so that a power cut costs nothing old.

Who calls `commit` holds the writer's lock. The order is the promise:

1. Collect garbage: fsync the slot folder first, then delete what its metadata does not name.
   Without that fsync, a crash between replace and fsync, then this cleaning, then a power cut,
   could leave the old metadata with neither generation. What a slot without usable metadata holds
   is no garbage: it is set aside, see `set_aside`.
2. The new generation is a sealed `draft`: each file was written once, exclusively, hashed and
   fsynced, and then its folder. Rename that folder into the slot's, and fsync this one. Nothing
   points to it yet.
3. Decode what is going to be the metadata as a reader does. Write it under a temporary name,
   fsync, replace, fsync the slot's folder. The replace is the commit; only behind the last fsync
   is it durable.
4. Note in the other slot's metadata, once, that this slot is filled now: from then on it cannot go
   missing unnoticed. Delete the old generation. Both best effort.

A failed fsync is never tried again: the generation is given up.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dualslot_widgets.errors import StorageError
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.disk.lock import HOLDER_NAME
from dualslot_widgets.storage.drafts.draft_folders import collect_drafts, delete_generation
from dualslot_widgets.storage.drafts.draft_on_disk import DraftOnDisk, not_stored
from dualslot_widgets.storage.history.history import OLDER_NAME, RECENT_NAME
from dualslot_widgets.storage.record.metadata import (
    MAX_COUNT,
    MAX_METADATA_BYTES,
    METADATA_NAME,
    SlotRecord,
    publishable,
)
from dualslot_widgets.storage.record.record_copy import note_committed
from dualslot_widgets.storage.slots.generation_numbers import (
    generations_in,
    lowered,
    next_generation,
)
from dualslot_widgets.storage.slots.set_aside import set_aside
from dualslot_widgets.storage.slots.slots_on_disk import SlotState, States, Trouble, slot_folder
from dualslot_widgets.storage.slots.victim import choose_victim
from dualslot_widgets.system.durable_files import NotRegularError, put, read_regular, sync_folder

_log = logging.getLogger(__name__)
# What a killed process may leave half written beside the slots.
LEFT_IN_ROOT = (HOLDER_NAME, RECENT_NAME, OLDER_NAME)


def commit(
    root: Path, draft: DraftOnDisk, states: States, is_damaged: Callable[[SlotState], bool]
) -> int:
    """Put a sealed draft into a slot, durably; return the slot.

    Parameters
    ----------
    root : Path
        The storage folder; its lock is held.
    draft : DraftOnDisk
    states : tuple of SlotState
        Both slots, read under the lock.
    is_damaged : callable
        See `choose_victim`.

    Raises
    ------
    StorageError
        The result was not stored and both slots are as before; or, where the message says so, the
        outcome is unknown and was read back.
    """
    victim = choose_victim(states, draft.record.parameters["fingerprint"], is_damaged)
    old = states[victim]
    if old.trouble is Trouble.NEWER:
        raise StorageError(f"slot {victim} is not overwritten: {old.problem}")
    began = time.perf_counter()
    place, home = slot_folder(root, victim), draft.folder
    try:
        states = _cleared(root, states, victim)
        generation = next_generation(root, states, victim)
        if old.problem is not None:
            set_aside(root, victim, generations_in(place))
        draft.move(place / f"g{generation:08d}-{draft.token}")
        sync_folder(place)
        replace_metadata(place, _record(draft, victim, states, generation, began))
    except BaseException as error:
        # An interrupt may come right behind the replace, when the new generation counts already.
        # What cannot be read back may name it too: it stays.
        named = draft.folder != home and _is_named(place, draft.folder.name) is not False
        if draft.folder != home and not named:
            with contextlib.suppress(OSError):
                draft.move(home)
        if isinstance(error, OSError):
            if named:
                raise _unknown_outcome(place, draft, error) from error
            raise not_stored(root, error) from error
        raise
    try:
        sync_folder(place)
    except OSError as error:
        raise _unknown_outcome(place, draft, error) from error
    draft.keep()
    note_committed(draft.folder)
    _note_beside(root, states[1 - victim], generation)
    if old.record is not None:
        delete_generation(root, place / old.record.folder)
    collect_drafts(root)
    return victim


def _cleared(root: Path, states: States, victim: int) -> States:
    """Make both slots' folders and collect their garbage; return both slots, see `lowered`."""
    usable = [state for state in states if state.trouble is not Trouble.BLOCKED]
    for state in usable:
        files.add_folder(slot_folder(root, state.slot))
    # Also when they were there: whoever made them may have been killed before this.
    sync_folder(root)
    files.sweep(root, LEFT_IN_ROOT)
    for state in usable:
        collect_garbage(root, state)
    return lowered(root, states, victim)


def collect_garbage(root: Path, state: SlotState) -> None:
    """Delete what a slot's metadata does not name; of a problem slot, only temporaries.

    Where the generation that it names is gone, the others may be all that is left of it: they are
    set aside.
    """
    place = slot_folder(root, state.slot)
    # Also when nothing is deleted: what is noted of this slot elsewhere must not outlast it.
    sync_folder(place)
    files.sweep(place, (METADATA_NAME,))
    if state.problem is not None:
        return
    kept = state.record.folder if state.record is not None else None
    unnamed = [name for name in generations_in(place) if name != kept]
    if kept is not None:
        note_committed(place / kept)
    if unnamed and kept is not None and not files.is_folder(place / kept):
        set_aside(root, state.slot, unnamed)
        return
    for name in unnamed:
        delete_generation(root, place / name)


def _record(
    draft: DraftOnDisk, victim: int, states: States, generation: int, began: float
) -> SlotRecord:
    record, old, other = draft.record, states[victim].record, states[1 - victim].record
    again = old is not None and (
        old.parameters.get("fingerprint") == record.parameters["fingerprint"]
    )
    seconds = draft.seconds + time.perf_counter() - began
    return replace(
        record,
        slot=victim,
        generation=generation,
        generation_count=min(old.generation_count + 1, MAX_COUNT) if old and again else 1,
        folder=draft.folder.name,
        other_generation=None if other is None else other.generation,
        metrics={**record.metrics, "disk_seconds": seconds},
    )


def replace_metadata(place: Path, record: SlotRecord) -> None:
    """Put a slot's metadata in the place of the old one; durable once the folder is fsynced.

    Raises
    ------
    StorageError
        When a reader would refuse it; nothing is written then.
    """
    put(place / METADATA_NAME, publishable(record))


def _note_beside(root: Path, other: SlotState, generation: int) -> None:
    """Note in the other slot, if it knows of nothing beside it, that this generation is there."""
    if other.record is None or other.record.other_generation is not None:
        return
    place = slot_folder(root, other.slot)
    try:
        replace_metadata(place, replace(other.record, other_generation=generation))
        sync_folder(place)
    except (OSError, StorageError) as error:
        _log.warning("slot %d does not know of generation %d: %s", other.slot, generation, error)


def _is_named(place: Path, folder: str) -> bool | None:
    """Say whether a slot's metadata names this generation's folder; None when nobody can know."""
    try:
        return folder.encode() in read_regular(place / METADATA_NAME, MAX_METADATA_BYTES)
    except (FileNotFoundError, NotRegularError):
        return False
    except OSError:
        return None


def _unknown_outcome(place: Path, draft: DraftOnDisk, error: OSError) -> StorageError:
    """Say what a slot holds after its metadata was replaced and could not be made durable."""
    shown = _is_named(place, draft.folder.name)
    if shown is not False:
        draft.keep()
    now = {
        True: "reads back as the new result, but may not survive a power cut",
        False: "does not read back as the new result",
        None: "cannot be read back now: it holds the new result or the old one",
    }[shown]
    return StorageError(
        f"{place} could not be made durable: {error.strerror}. The slot {now}; store the result "
        "again"
    )
