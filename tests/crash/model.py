"""Two slots in memory: what storage must hold after any order of what may be done to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import dualslot_widgets as dw
from dualslot_widgets.storage.record.metadata import METADATA_NAME


@dataclass
class ModelSlot:
    """What one slot must hold.

    Attributes
    ----------
    files : dict
        The bytes that were stored, by path.
    touched : bool
        Whether a file was ever damaged, also if that was undone.
    """

    seed: int
    generation: int
    count: int
    pinned: bool = False
    touched: bool = False
    files: dict[Path, bytes] = field(default_factory=dict)

    def damaged(self) -> set[str]:
        """The names of the files that do not have the bytes that were stored."""
        return {
            path.name
            for path, stored in self.files.items()
            if not path.exists() or path.read_bytes() != stored
        }

    @property
    def known(self) -> bool:
        """Whether the metadata tells of the slot."""
        return METADATA_NAME not in self.damaged()

    @property
    def whole(self) -> bool:
        return not self.damaged()


class Model:
    """Both slots, and which of them a commit must overwrite."""

    def __init__(self) -> None:
        self.slots: list[ModelSlot | None] = [None, None]
        self.generation = 0

    @property
    def seeds(self) -> list[int | None]:
        """What each slot shows; None for an empty one, or one of which nothing is known."""
        return [slot.seed if slot is not None and slot.known else None for slot in self.slots]

    @property
    def pinned(self) -> list[int]:
        return [n for n, slot in enumerate(self.slots) if slot and slot.known and slot.pinned]

    @property
    def newest(self) -> int | None:
        known = [n for n, seed in enumerate(self.seeds) if seed is not None]
        return max(known, key=lambda n: self.slots[n].generation, default=None)

    def whole(self, seed: int) -> list[int]:
        """The slots that hold all that was stored of a seed."""
        return [n for n, slot in enumerate(self.slots) if slot and slot.seed == seed and slot.whole]

    def victim(self, seed: int) -> int | None:
        """Where a result goes: its own slot, a damaged one, an empty one, the older; None."""
        free = [n for n in (0, 1) if n not in self.pinned]
        same = [n for n in free if self.seeds[n] == seed]
        damaged = [n for n in free if self.slots[n] and not self.slots[n].whole]
        by_age = sorted(free, key=lambda n: self.slots[n].generation if self.slots[n] else 0)
        return next(iter([*same, *damaged, *by_age]), None)

    def begin(self, seed: int) -> tuple[int | None, int, bool]:
        """Return the victim, its count, and whether the other slot's metadata may be rewritten."""
        victim = self.victim(seed)
        if victim is None:
            return None, 0, False
        count = self.slots[victim].count + 1 if self.seeds[victim] == seed else 1
        # A commit tells the other slot, once, that there are two now.
        return victim, count, self.seeds[1 - victim] is not None

    def store(self, seed: int, begun: tuple[int | None, int, bool], folder: Path) -> None:
        """Note that a seed is in its slot now."""
        victim, count, told = begun
        self.generation += 1
        self.slots[victim] = ModelSlot(seed, self.generation, count)
        self.remember(victim, folder)
        if told:
            self.remember_metadata(1 - victim, folder)

    def remember(self, number: int, folder: Path) -> None:
        """Take the bytes of a slot's files as those that were stored."""
        place = dw.SimulationStorage(folder).slots[number].metadata.file_path
        self.slots[number].files = {path: path.read_bytes() for path in place.iterdir()}
        self.remember_metadata(number, folder)

    def remember_metadata(self, number: int, folder: Path) -> None:
        path = folder / f"slot_{number}" / METADATA_NAME
        self.slots[number].files[path] = path.read_bytes()
