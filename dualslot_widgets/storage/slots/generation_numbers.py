"""The numbers of generations: each commit has a higher one than what its slot stands beside.

Who calls this holds the writer's lock. Numbers are what the records say. A folder's name, which
anybody can make, counts only up to what commits can come to, so that one more is always a number
that readers take.
"""

from __future__ import annotations

import errno
import logging
import os
import secrets
from dataclasses import replace
from pathlib import Path

from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.drafts.draft_folders import delete_generation
from dualslot_widgets.storage.record.metadata import (
    MAX_COUNT,
    METADATA_NAME,
    generation_number,
    publishable,
)
from dualslot_widgets.storage.slots.slots_on_disk import SLOTS, SlotState, States, slot_folder
from dualslot_widgets.system.durable_files import open_regular, put, read_at_most, sync_folder

_log = logging.getLogger(__name__)
#: A commit every 20 ms for half a year.
BELIEVABLE = 10**9


def generations_in(place: Path) -> list[str]:
    """Return the names of all generations in a folder, the lowest number first."""
    numbers = {name: generation_number(name) for name in os.listdir(place)}
    return sorted((name for name, number in numbers.items() if number), key=_number)


def _number(name: str) -> tuple[int, str]:
    return generation_number(name) or 0, name


def next_generation(root: Path, states: States, victim: int) -> int:
    """Return one more than any generation that a record or a believable name has.

    At the limit only the slot beside the victim counts; see `lowered`.
    """
    known = [state.record.generation for state in states if state.record is not None]
    for slot in SLOTS:
        place = slot_folder(root, slot)
        if files.is_folder(place):
            numbers = [generation_number(name) or 0 for name in generations_in(place)]
            known += [number for number in numbers if number <= BELIEVABLE]
    highest = max(known, default=0)
    if highest < MAX_COUNT:
        return highest + 1
    beside = states[1 - victim].record
    return 1 if beside is None else beside.generation + 1


def lowered(root: Path, states: States, victim: int) -> States:
    """Give the slot beside the victim the number 1 when no number is left above its own.

    The generation gets a second folder, with the same files under it, before its slot names that
    one: at every moment its slot is whole.

    Raises
    ------
    OSError, StorageError
        The slot is whole, by its old number or the new one.
    """
    beside = states[1 - victim]
    if beside.record is None or beside.record.generation < MAX_COUNT:
        return states
    place, old = slot_folder(root, beside.slot), beside.record
    record = replace(old, generation=1, folder=f"g{1:08d}-{secrets.token_hex(4)}")
    _copy(place / old.folder, place / record.folder)
    sync_folder(place)
    raw = publishable(record)
    put(place / METADATA_NAME, raw)
    sync_folder(place)
    delete_generation(root, place / old.folder)
    _log.warning("slot %d is generation 1 now; no number was left", beside.slot)
    state = SlotState(beside.slot, raw, record)
    return (states[0], state) if beside.slot else (state, states[1])


def _copy(source: Path, target: Path) -> None:
    files.add_folder(target)
    for name in os.listdir(source):
        try:
            os.link(source / name, target / name, follow_symlinks=False)
        except OSError as error:
            if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
                raise
            _log.debug("no hard link to %s: %s", source / name, error)
            fd, size = open_regular(source / name)
            try:
                files.write_bytes(target / name, read_at_most(fd, size))
            finally:
                os.close(fd)
    sync_folder(target)
