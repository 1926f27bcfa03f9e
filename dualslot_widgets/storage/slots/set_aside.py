"""Generations that their slot does not name: set aside before it is overwritten, and read.

A slot whose metadata is damaged or missing may hold whole results. A commit that needs its place
moves them to `set_aside`, where the newest few stay.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from dualslot_widgets.errors import DamagedSlotError, DualSlotError, StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.table_source import TablesInMemory
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.drafts.draft_folders import delete_generation
from dualslot_widgets.storage.generations.generation import Generation
from dualslot_widgets.storage.record.metadata import (
    RECORD_NAME,
    TABLE_FILES,
    UNCOMMITTED_NAME,
    SlotRecord,
    generation_number,
)
from dualslot_widgets.storage.record.record_copy import read_copy, was_committed
from dualslot_widgets.storage.record.stored_data_set import stored_data_set
from dualslot_widgets.storage.slots.generation_numbers import generations_in
from dualslot_widgets.storage.slots.slots_on_disk import SlotState, Trouble, slot_folder
from dualslot_widgets.system.durable_files import sync_folder

_log = logging.getLogger(__name__)
SET_ASIDE_NAME = "set_aside"
#: More are not kept; the one with the lowest number leaves.
MOST_KEPT = 4


def set_aside(root: Path, slot: int, names: Sequence[str]) -> None:
    """Move generations out of a slot, durably; what was never committed is deleted.

    Raises
    ------
    OSError
        Each is in its old place or the new one.
    """
    place, aside = slot_folder(root, slot), root / SET_ASIDE_NAME
    names = [name for name in names if was_committed(place / name)]
    if not names:
        return
    files.add_folder(aside)
    sync_folder(root)
    for name in names:
        files.move(place / name, aside / name)
        _log.warning(
            "%s is kept as %s: its slot said nothing of it any more; recover() of the storage "
            "reads it if it is whole",
            place / name,
            aside / name,
        )
    sync_folder(aside)
    for name in generations_in(aside)[:-MOST_KEPT]:
        _log.warning("%s is deleted: newer ones were set aside", aside / name)
        delete_generation(root, aside / name)


def recovered(root: Path, states: Sequence[SlotState]) -> tuple[SimulationDataSet, ...]:
    """Return the whole results that no slot shows, newest first, in memory.

    Parameters
    ----------
    root : Path
        The storage folder.
    states : sequence of SlotState
        Both slots.
    """
    found: dict[str, SimulationDataSet] = {}
    for folder in _folders(root, states):
        try:
            found.setdefault(folder.name, _read(folder))
        except (DualSlotError, TypeError, OSError) as error:
            if os.path.lexists(folder):  # else another kernel deleted it meanwhile
                _log.warning("%s cannot be recovered: %s", folder, error)
    newest_first = sorted(found, key=lambda name: generation_number(name) or 0, reverse=True)
    return tuple(found[name] for name in newest_first)


def _folders(root: Path, states: Sequence[SlotState]) -> Iterator[Path]:
    places = [
        (slot_folder(root, state.slot), state.record.folder if state.record else "")
        for state in states
        if state.trouble not in (Trouble.UNKNOWN, Trouble.NEWER)
    ]
    for place, shown in (*places, (root / SET_ASIDE_NAME, "")):
        try:
            names = generations_in(place) if files.is_folder(place) else []
        except OSError as error:
            _log.warning("%s cannot be looked at now: %s", place, error)
            continue
        yield from (place / name for name in names if name != shown)


def _read(folder: Path) -> SimulationDataSet:
    record = _record(folder)
    generation = Generation(folder, replace(record, folder=folder.name))
    try:
        tables = {table: generation.table(table) for table in TABLE_FILES.values()}
    except DamagedSlotError as error:
        raise StorageError("it is not whole: " + str(error).partition(". ")[0]) from error
    data = stored_data_set(record, TablesInMemory(tables))
    data.analysis  # noqa: B018  # worked out from the tables, so that they must go together
    return data


def _record(folder: Path) -> SlotRecord:
    # The first name once more: a commit may give it to the copy between the two looks.
    for name in (RECORD_NAME, UNCOMMITTED_NAME, RECORD_NAME):
        try:
            return read_copy(folder, name)
        except FileNotFoundError:
            continue
    raise StorageError(
        "an older version wrote it without a copy of its record, so its scenario is lost; its "
        "tables can be read with pyarrow"
    )
