"""What the two slots hold at one moment, as their metadata says; and which one a commit overwrites.

In the middle of the storage floor, on `metadata`; no lock is needed to read.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.storage import files
from dualslot_widgets.storage.metadata import (
    MAX_METADATA_BYTES,
    METADATA_NAME,
    SlotRecord,
    UnknownLayoutError,
    decode,
)

SLOTS = (0, 1)
# How often both metadata files are read before a folder that changes all the time is given up.
_MAX_TRIES = 1000
# Not the slot's fault, and no reason to overwrite it.
_OUT_OF_RESOURCES = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)


@dataclass(frozen=True, slots=True)
class SlotState:
    """One slot as its metadata says.

    Attributes
    ----------
    raw : bytes or None
        Of metadata.json, None when there is none; equal bytes mean an unchanged slot.
    record : SlotRecord or None
        None when the slot is empty, or its metadata cannot be used.
    problem : str or None
        Why it cannot be used.
    foreign : bool
        Whether that is because a newer version of this package wrote it.
    """

    slot: int
    raw: bytes | None = None
    record: SlotRecord | None = None
    problem: str | None = None
    foreign: bool = False


def slot_folder(root: Path, slot: int) -> Path:
    """Return the folder of a slot."""
    return root / f"slot_{slot}"


def out_of_resources(error: OSError) -> bool:
    """Say whether a file could not be opened for want of handles or memory."""
    return error.errno in _OUT_OF_RESOURCES


def read_states(root: Path) -> tuple[SlotState, SlotState]:
    """Return both slots as they were at one moment.

    They are read until two readings agree: between two files another kernel may commit.
    """
    found = (_read_raw(root, 0), _read_raw(root, 1))
    for _ in range(_MAX_TRIES):
        again = (_read_raw(root, 0), _read_raw(root, 1))
        if again == found:
            break
        found = again
    else:
        raise StorageError(f"{root} changes all the time; close the other kernels that write it")
    states = (_decoded(found[0]), _decoded(found[1]))
    return _missing_noticed(states[0], states[1]), _missing_noticed(states[1], states[0])


def _read_raw(root: Path, slot: int) -> SlotState:
    path = slot_folder(root, slot) / METADATA_NAME
    try:
        fd, _ = files.open_regular(path)
        try:
            return SlotState(slot, files.read_at_most(fd, MAX_METADATA_BYTES + 1))
        finally:
            os.close(fd)
    except FileNotFoundError:
        return SlotState(slot)
    except OSError as error:
        if out_of_resources(error):
            raise StorageError(f"{path} cannot be opened: {error.strerror}; close files") from error
        return SlotState(slot, problem=f"{METADATA_NAME} cannot be read: {error.strerror}")


def _decoded(state: SlotState) -> SlotState:
    if state.raw is None:
        return state
    try:
        return replace(state, record=decode(state.raw, state.slot))
    except UnknownLayoutError as error:
        return replace(state, problem=f"{METADATA_NAME} {error}", foreign=True)
    except DamagedSlotError as error:
        return replace(state, problem=f"{METADATA_NAME} {error}")


def _missing_noticed(state: SlotState, other: SlotState) -> SlotState:
    if state.raw is not None or state.problem is not None or other.record is None:
        return state
    generation = other.record.other_generation
    if generation is None:
        return state
    return replace(state, problem=f"{METADATA_NAME} is missing; it held generation {generation}")


def choose_victim(
    states: tuple[SlotState, SlotState],
    fingerprint: str,
    is_damaged: Callable[[SlotState], bool],
) -> int:
    """Return the slot that the next commit overwrites; no file time is ever asked.

    The one with equal parameters, else a damaged one, else an empty one, else the lower generation;
    never one that is pinned, and at most one is.

    Parameters
    ----------
    states : tuple of SlotState
        Both slots.
    fingerprint : str
        Of the parameters that are going to be stored.
    is_damaged : callable
        Whether the files of a slot with healthy metadata are damaged; asked only when it matters.

    Raises
    ------
    StorageError
        When both are pinned.
    """
    free = [state for state in states if state.record is None or not state.record.pinned]
    if not free:  # as when one was pinned while the other's pin could not be read
        raise StorageError(
            "both slots are pinned, and new results need a place: let one go with pin(None), and "
            "store again"
        )
    for state in free:
        if state.record is not None and state.record.parameters.get("fingerprint") == fingerprint:
            return state.slot
    for state in free:
        if state.problem is not None or (state.record is not None and is_damaged(state)):
            return state.slot
    by_age = sorted(free, key=lambda s: s.record.generation if s.record is not None else 0)
    return by_age[0].slot
