"""The commit: how a data set gets into a slot, step by step, so that a power cut costs nothing old.

On `draft`, `files`, `metadata` and `slots`. Who calls this holds the writer's lock. The order is
the promise:

1. Collect garbage: fsync the slot folder first, then delete what its metadata does not name.
   Without that fsync, a crash between replace and fsync, then this cleaning, then a power cut,
   could leave the old metadata with neither generation.
2. The new generation is a sealed `draft`: each file was written once, exclusively, hashed and
   fsynced, and then its folder. Rename that folder into the slot's, and fsync this one. Nothing
   points to it yet.
3. Write the metadata under a temporary name, fsync, replace, fsync the slot's folder. The replace
   is the commit; only behind the last fsync is it durable.
4. Tell the other slot's metadata, once, that this slot is filled now: from then on it cannot go
   missing unnoticed. Delete the old generation. Both best effort.

A failed fsync is never tried again: the generation is given up.
"""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dualslot_widgets.errors import StorageError
from dualslot_widgets.storage import files
from dualslot_widgets.storage.draft import Draft, collect_drafts, not_stored
from dualslot_widgets.storage.metadata import METADATA_NAME, SlotRecord, encode, generation_of
from dualslot_widgets.storage.slots import SLOTS, SlotState, choose_victim, slot_folder

_log = logging.getLogger(__name__)
TEMPORARY_NAME = "metadata.json.new"


def commit(
    root: Path,
    draft: Draft,
    states: tuple[SlotState, SlotState],
    is_damaged: Callable[[SlotState], bool],
) -> int:
    """Put a sealed draft into a slot, durably; return the slot.

    Parameters
    ----------
    root : Path
        The storage folder; its lock is held.
    draft : Draft
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
    fingerprint = draft.record.parameters["fingerprint"]
    victim = choose_victim(states, fingerprint, is_damaged)
    old = states[victim]
    if old.foreign:
        raise StorageError(f"slot {victim} is not overwritten: {old.problem}")
    began = time.perf_counter()
    place, home = slot_folder(root, victim), draft.folder
    try:
        for slot in SLOTS:
            files.make_folder(slot_folder(root, slot))
            collect_garbage(root, states[slot])
        generation = _next_generation(root, states)
        draft.move(place / f"g{generation:08d}-{draft.token}")
        files.sync_folder(place)
        replace_metadata(place, _record(draft, victim, states, generation, began))
    except BaseException as error:
        # An interrupt may come right behind the replace, when the new generation counts already.
        named = draft.folder != home and _is_named(place, draft.folder.name)
        if draft.folder != home and not named:
            with contextlib.suppress(OSError):
                draft.move(home)
        if isinstance(error, OSError):
            if named:
                raise _unknown_outcome(place, draft, error) from error
            raise not_stored(root, error) from error
        raise
    try:
        files.sync_folder(place)
    except OSError as error:
        raise _unknown_outcome(place, draft, error) from error
    draft.stored()
    _tell_other(root, states[1 - victim], generation)
    if old.record is not None:
        files.delete_folder(place / old.record.folder)
    collect_drafts(root)
    return victim


def collect_garbage(root: Path, state: SlotState) -> None:
    """Delete what a slot's metadata does not name; of a problem slot, only temporaries."""
    place = slot_folder(root, state.slot)
    files.sync_folder(place)
    files.delete_file(place / TEMPORARY_NAME) if (place / TEMPORARY_NAME).exists() else None
    if state.problem is not None:
        return
    kept = state.record.folder if state.record is not None else None
    for name in os.listdir(place):
        if generation_of(name) is not None and name != kept:
            files.delete_folder(place / name)


def _next_generation(root: Path, states: tuple[SlotState, SlotState]) -> int:
    """One more than any generation that a record or a folder's name tells of."""
    known = [state.record.generation for state in states if state.record is not None]
    for slot in SLOTS:
        names = os.listdir(slot_folder(root, slot))
        known += [number for name in names if (number := generation_of(name)) is not None]
    return max(known, default=0) + 1


def _record(
    draft: Draft, victim: int, states: tuple[SlotState, SlotState], generation: int, began: float
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
        generation_count=old.generation_count + 1 if old is not None and again else 1,
        folder=draft.folder.name,
        other_generation=None if other is None else other.generation,
        metrics={**record.metrics, "disk_seconds": seconds},
    )


def replace_metadata(place: Path, record: SlotRecord) -> None:
    """Put a slot's metadata in the place of the old one; durable once the folder is fsynced."""
    temporary = place / TEMPORARY_NAME
    files.write_bytes(temporary, encode(record))
    files.replace(temporary, place / METADATA_NAME)


def _tell_other(root: Path, other: SlotState, generation: int) -> None:
    """Note in the other slot, if it knows of nothing beside it, that this generation is there."""
    if other.record is None or other.record.other_generation is not None:
        return
    place = slot_folder(root, other.slot)
    try:
        replace_metadata(place, replace(other.record, other_generation=generation))
        files.sync_folder(place)
    except OSError as error:
        _log.warning("slot %d was not told of generation %d: %s", other.slot, generation, error)


def _is_named(place: Path, folder: str) -> bool:
    """Say whether a slot's metadata names this generation's folder."""
    try:
        return folder.encode() in (place / METADATA_NAME).read_bytes()
    except OSError:
        return False


def _unknown_outcome(place: Path, draft: Draft, error: OSError) -> StorageError:
    """Say what a slot holds after its metadata was replaced and could not be made durable."""
    shown = _is_named(place, draft.folder.name)
    if shown:
        draft.stored()
    now = "reads back as the new result" if shown else "does not read back as the new result"
    return StorageError(
        f"{place} could not be made durable: {error.strerror}. The slot {now}, but may not survive "
        "a power cut; store the result again"
    )
