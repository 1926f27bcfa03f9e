"""The commit: how a data set gets into a slot, step by step, so that a power cut costs nothing old.

On `files`, `metadata`, `slots`. Who calls this holds the writer's lock. The order is the promise:

1. Collect garbage: fsync the slot folder first, then delete what its metadata does not name.
   Without that fsync, a crash between replace and fsync, then this cleaning, then a power cut,
   could leave the old metadata with neither generation.
2. Write each file of the new generation once, exclusively, hashing; fsync each; fsync its folder,
   then the slot's folder. Nothing points to it yet.
3. Write the metadata under a temporary name, fsync, replace, fsync the slot's folder. The replace
   is the commit; only behind the last fsync is it durable.
4. Tell the other slot's metadata, once, that this slot is filled now: from then on it cannot go
   missing unnoticed. Delete the old generation. Both best effort.

A failed fsync is never tried again: the generation is given up.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.errors import StorageError
from dualslot_widgets.storage import files
from dualslot_widgets.storage.metadata import (
    ANALYSIS_FILE,
    METADATA_NAME,
    TABLE_FILES,
    FileRecord,
    SlotRecord,
    encode,
    generation_of,
)
from dualslot_widgets.storage.remedies import remedy
from dualslot_widgets.storage.slots import SLOTS, SlotState, choose_victim, slot_folder
from dualslot_widgets.storage.tables_io import write_table

_log = logging.getLogger(__name__)
TEMPORARY_NAME = "metadata.json.new"


def commit(
    root: Path,
    data: SimulationDataSet,
    states: tuple[SlotState, SlotState],
    is_damaged: Callable[[SlotState], bool],
) -> int:
    """Store a data set durably; return the slot.

    Parameters
    ----------
    root : Path
        The storage folder; its lock is held.
    data : SimulationDataSet
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
    fingerprint = data.parameters.fingerprint
    victim = choose_victim(states, fingerprint, is_damaged)
    old = states[victim]
    if old.foreign:
        raise StorageError(f"slot {victim} is not overwritten: {old.problem}")
    began = time.perf_counter()
    folder: Path | None = None
    try:
        for slot in SLOTS:
            files.make_folder(slot_folder(root, slot))
            collect_garbage(root, states[slot])
        place = slot_folder(root, victim)
        generation = _next_generation(root, states)
        folder = place / f"g{generation:08d}-{secrets.token_hex(4)}"
        os.mkdir(folder)
        written = _write_generation(folder, data)
        files.sync_folder(folder)
        files.sync_folder(place)
        record = _record(data, victim, states, folder.name, written, began)
        replace_metadata(place, record)
    except BaseException as error:
        # An interrupt may come right behind the replace, when the new generation counts already.
        named = folder is not None and _is_named(place, folder.name)
        if folder is not None and not named:
            files.delete_folder(folder)
        if isinstance(error, OSError):
            if folder is not None and named:
                raise _unknown_outcome(place, folder.name, error) from error
            raise _not_stored(root, error) from error
        raise
    try:
        files.sync_folder(place)
    except OSError as error:
        raise _unknown_outcome(place, folder.name, error) from error
    _tell_other(root, states[1 - victim], generation)
    if old.record is not None:
        files.delete_folder(place / old.record.folder)
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


def _write_generation(folder: Path, data: SimulationDataSet) -> dict[str, FileRecord]:
    written = {}
    for name, table in TABLE_FILES.items():
        file = files.HashingFile(folder / name)
        try:
            rows = write_table(table, getattr(data, table), file)
            file.close()
        finally:
            file.abandon()
        written[name] = FileRecord(file.size, file.digest, rows)
    text = json.dumps(data.analysis.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)
    size, digest = files.write_bytes(folder / ANALYSIS_FILE, text.encode("utf-8"))
    written[ANALYSIS_FILE] = FileRecord(size, digest, None)
    return written


def _record(
    data: SimulationDataSet,
    victim: int,
    states: tuple[SlotState, SlotState],
    folder: str,
    written: dict[str, FileRecord],
    began: float,
) -> SlotRecord:
    old, other = states[victim].record, states[1 - victim].record
    again = old is not None and old.parameters.get("fingerprint") == data.parameters.fingerprint
    metrics = {**data.metadata.metrics.to_dict(), "disk_seconds": time.perf_counter() - began}
    return SlotRecord(
        slot=victim,
        generation=generation_of(folder) or 0,
        generation_count=old.generation_count + 1 if old is not None and again else 1,
        folder=folder,
        other_generation=None if other is None else other.generation,
        timestamp=data.metadata.timestamp,
        parameters=data.parameters.to_dict(),
        scenario=data.scenario.to_dict(),
        metrics=metrics,
        files=written,
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


def _not_stored(root: Path, error: OSError) -> StorageError:
    """Say what the slots hold after a commit that did not count, and the remedy."""
    if not root.exists():
        return StorageError(
            f"the result was not stored: {root} was deleted or moved away meanwhile. Store again, "
            "and the folder is made anew"
        )
    return StorageError(
        f"the result was not stored in {root}: {error.strerror or error}. Both slots are as "
        f"before; {remedy(error)}, and store again"
    )


def _unknown_outcome(place: Path, folder: str, error: OSError) -> StorageError:
    """Say what a slot holds after its metadata was replaced and could not be made durable."""
    shown = _is_named(place, folder)
    now = "reads back as the new result" if shown else "does not read back as the new result"
    return StorageError(
        f"{place} could not be made durable: {error.strerror}. The slot {now}, but may not survive "
        "a power cut; store the result again"
    )
