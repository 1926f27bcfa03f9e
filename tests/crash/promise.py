"""The promise of storage, as a checker: what may be found in a folder after any trouble."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import dualslot_widgets as dw
from dualslot_widgets.storage.metadata import METADATA_NAME, generation_of
from tests.storage.small_data import assert_whole, seeds, small

Slots = Sequence[int | None]


def problems(storage: dw.SimulationStorage, *, committed: bool = False) -> list[str]:
    """What `verify` finds wrong; a slot may be ahead of the history until the next commit."""
    return [
        f"slot {check.slot}: {check.file} {check.problem}"
        for check in storage.verify()
        if check.problem and (committed or check.slot is not None or "lacks" not in check.problem)
    ]


def broken_by(  # noqa: PLR0911 - one for each clause
    folder: Path,
    old: Slots,
    new: Collection[int],
    *,
    stored: int | None = None,
    thorough: bool = False,
) -> str:
    """Return how a folder breaks the promise, nothing when it keeps it.

    Parameters
    ----------
    folder : Path
        Opened afresh, as by a new kernel.
    old : sequence
        The seed in each slot before the trouble, None for none.
    new : collection
        The seeds that were being stored, each at most once.
    stored : int, optional
        The seed that was reported as durable last.
    thorough : bool
        Whether to compare all numbers with those that were stored, and to store once more.
    """
    storage = dw.SimulationStorage(folder)
    try:
        found = seeds(storage)
        if wrong := problems(storage):
            return f"{found}: {wrong}"
        for was, now in zip(old, found, strict=True):
            if now != was and now not in new:
                return f"slots {list(old)} became {found}"
        if any(found.count(seed) > 1 for seed in new):
            return f"{found} has one result twice"
        if stored is not None and stored not in found:
            return f"{stored} was reported as stored, slots are {found}"
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
    """Names in the slots' folders that no metadata accounts for."""
    known = {
        data.metadata.file_path.relative_to(storage.path)
        for data in storage.slots
        if data is not None
    }
    found = (path.relative_to(storage.path) for path in storage.path.glob("slot_*/*"))
    return sorted(str(p) for p in found if p not in known and p.name != METADATA_NAME)


def generation_folder(name: str) -> bool:
    """Say whether a relative path is that of a generation's folder."""
    return generation_of(name.rpartition("/")[2]) is not None
