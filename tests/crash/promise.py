"""The promise of storage, as a checker: what may be found in a folder after any trouble."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import dualslot_widgets as dw
from dualslot_widgets.storage.drafts.draft_folders import DRAFTS_NAME
from dualslot_widgets.storage.generations.generation import Generation
from dualslot_widgets.storage.record.metadata import METADATA_NAME, generation_number
from dualslot_widgets.storage.slots.slots_on_disk import read_states, slot_folder
from tests.storage.small_data import assert_whole, seeds, small

Slots = Sequence[int | None]


def problems(storage: dw.SimulationStorage, *, committed: bool = False) -> list[str]:
    """What `verify` finds wrong; a slot may be ahead of the history until the next commit."""
    return [
        f"slot {check.slot}: {check.file} {check.problem}"
        for check in storage.verify()
        if check.problem and (committed or check.slot is not None or "lacks" not in check.problem)
    ]


def wrong_slots(old: Slots, new: Collection[int], found: Slots, stored: int | None = None) -> str:
    """Say how the seeds found in the slots break the promise, nothing when they keep it.

    Parameters
    ----------
    old : sequence
        The seed in each slot before the trouble, None for none.
    new : collection
        The seeds that were being stored, each at most once.
    found : sequence
        What is there now.
    stored : int, optional
        The seed that was reported as durable last.
    """
    for was, now in zip(old, found, strict=True):
        if now != was and now not in new:
            return f"slots {list(old)} became {list(found)}"
    if any(found.count(seed) > 1 for seed in new):
        return f"{found} has one result twice"
    if stored is not None and stored not in found:
        return f"{stored} was reported as stored, slots are {found}"
    return ""


def broken_at_a_glance(
    folder: Path, old: Slots, new: Collection[int], *, stored: int | None = None
) -> str:
    """As `broken_by`, by the hashes of all bytes of both slots alone."""
    found: list[int | None] = []
    for state in read_states(folder):
        if state.problem is not None:
            return f"slot {state.slot}: {state.problem}"
        if state.record is None:
            found.append(None)
            continue
        checks = Generation(slot_folder(folder, state.slot) / state.record.folder, state.record)
        if wrong := {name: what for name, what in checks.check().items() if what}:
            return f"slot {state.slot}: {wrong}"
        found.append(state.record.scenario["settings"]["seed"])
    return wrong_slots(old, new, found, stored)


def broken_by(
    folder: Path,
    old: Slots,
    new: Collection[int],
    *,
    stored: int | None = None,
    thorough: bool = False,
) -> str:
    """Return how a folder, opened as by a new kernel, breaks the promise; see `wrong_slots`.

    `thorough` compares all numbers with those that were stored, and stores once more.
    """
    storage = dw.SimulationStorage(folder)
    try:
        found = seeds(storage)
        if wrong := problems(storage):
            return f"{found}: {wrong}"
        if wrong := wrong_slots(old, new, found, stored):
            return wrong
        return broken_afterwards(storage) if thorough else ""
    except (dw.DualSlotError, AssertionError) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        storage.close()


def broken_afterwards(storage: dw.SimulationStorage, seed: int = 77) -> str:
    """Say what is wrong when all numbers are compared and one more result is stored."""
    for data in storage.slots:
        if data is not None:
            assert_whole(data)
    before = seeds(storage)
    slot = storage.store_simulation(small(seed))
    expected = [seed if number == slot else before[number] for number in (0, 1)]
    if seeds(storage) != expected:
        return f"the next commit made {seeds(storage)} of {before}"
    if wrong := problems(storage, committed=True):
        return f"after the next commit: {wrong}"
    if left := garbage(storage):
        return f"the next commit left {left}"
    return ""


def garbage(storage: dw.SimulationStorage) -> list[str]:
    """Names in the slots' folders that no metadata accounts for, and drafts of nobody."""
    known = {
        data.metadata.file_path.relative_to(storage.path)
        for data in storage.slots
        if data is not None
    }
    places = (*storage.path.glob("slot_*/*"), *storage.path.glob(f"{DRAFTS_NAME}/*"))
    found = (path.relative_to(storage.path) for path in places)
    return sorted(str(p) for p in found if p not in known and p.name != METADATA_NAME)


def generation_folder(name: str) -> bool:
    """Say whether a relative path is that of a generation's folder."""
    return generation_number(name.rpartition("/")[2]) is not None
