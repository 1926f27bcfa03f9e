"""What the two slots hold on disk at one moment, as their metadata says; reading takes no lock."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.disk.remedies import out_of_resources, read_remedy
from dualslot_widgets.storage.record.metadata import (
    MAX_METADATA_BYTES,
    METADATA_NAME,
    SlotRecord,
    UnknownLayoutError,
    decode,
    generation_number,
)
from dualslot_widgets.storage.record.record_copy import was_committed
from dualslot_widgets.system.durable_files import NotRegularError, patiently, read_regular

SLOTS = (0, 1)
# How often both metadata files are read before a folder that changes all the time is given up.
_MAX_TRIES = 1000


class Trouble(Enum):
    """Why the metadata of a slot cannot be used."""

    #: Its bytes were read and are wrong, or it is missing beside what it named.
    DAMAGED = "damaged"
    #: It could not be read now, which says nothing about it.
    UNKNOWN = "unknown"
    #: A newer version of this package wrote it.
    NEWER = "newer"
    #: Something that is not ours stands in its place, or in that of the slot.
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class SlotState:
    """One slot as its metadata says.

    Attributes
    ----------
    raw : bytes or None
        The bytes of metadata.json, None when there is none; equal ones mean an unchanged slot.
    record : SlotRecord or None
        None when the slot is empty, or its metadata cannot be used.
    problem : str or None
        Why it cannot be used, in words.
    trouble : Trouble or None
        Of which kind that problem is.
    """

    slot: int
    raw: bytes | None = None
    record: SlotRecord | None = None
    problem: str | None = None
    trouble: Trouble | None = None

    def with_trouble(self, trouble: Trouble, problem: str) -> SlotState:
        """Return the same slot with a reason why it cannot be used."""
        return replace(self, record=None, problem=problem, trouble=trouble)


#: Both slots at one moment.
States = tuple[SlotState, SlotState]


def slot_folder(root: Path, slot: int) -> Path:
    """Return the folder of a slot."""
    return root / f"slot_{slot}"


def read_states(root: Path) -> States:
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
    state, place = SlotState(slot), slot_folder(root, slot)
    path = place / METADATA_NAME
    try:
        kind = patiently(lambda: files.kind_at(place))
        if kind is None:
            return state
        if kind != "a folder":
            return state.with_trouble(
                Trouble.BLOCKED, f"{place.name} is {kind or 'a file'}, not a folder; move it away"
            )
        try:
            return replace(state, raw=read_regular(path, MAX_METADATA_BYTES + 1))
        except FileNotFoundError:
            return _without_metadata(state, place)
        except NotRegularError as error:
            if files.kind_at(path) != "a folder":
                return state.with_trouble(Trouble.DAMAGED, f"{METADATA_NAME} {error.strerror}")
            return state.with_trouble(
                Trouble.BLOCKED, f"{METADATA_NAME} is a folder, not a file; move it away"
            )
    except OSError as error:
        if out_of_resources(error):
            raise StorageError(f"{path} cannot be opened: {error.strerror}; close files") from error
        return state.with_trouble(
            Trouble.UNKNOWN,
            f"{METADATA_NAME} cannot be read now: {error.strerror or error}; {read_remedy(error)}",
        )


def _without_metadata(state: SlotState, place: Path) -> SlotState:
    """Tell an empty slot from one whose metadata was lost."""
    names = patiently(lambda: os.listdir(place))
    lost = [name for name in names if generation_number(name) and was_committed(place / name)]
    if not lost:
        return state
    return state.with_trouble(
        Trouble.DAMAGED,
        f"{METADATA_NAME} is missing beside {', '.join(sorted(lost)[:4])}; recover() of the "
        "storage reads what is whole, and the next results set it aside",
    )


def _decoded(state: SlotState) -> SlotState:
    if state.raw is None:
        return state
    try:
        return replace(state, record=decode(state.raw, state.slot))
    except UnknownLayoutError as error:
        return state.with_trouble(Trouble.NEWER, f"{METADATA_NAME} {error}")
    except DamagedSlotError as error:
        return state.with_trouble(Trouble.DAMAGED, f"{METADATA_NAME} {error}")


def _missing_noticed(state: SlotState, other: SlotState) -> SlotState:
    if state.raw is not None or state.problem is not None or other.record is None:
        return state
    generation = other.record.other_generation
    if generation is None:
        return state
    return state.with_trouble(
        Trouble.DAMAGED, f"{METADATA_NAME} is missing; it held generation {generation}"
    )
