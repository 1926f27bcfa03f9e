"""Both slots as this process knows them: read when they change on disk, and not otherwise.

It takes no lock between kernels: what another one overwrites meanwhile is looked at again.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from dualslot_widgets.errors import DualSlotError, StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.storage.generations.generation import Generation
from dualslot_widgets.storage.record.metadata import METADATA_NAME
from dualslot_widgets.storage.record.stored_data_set import stored_data_set
from dualslot_widgets.storage.slots.slots_on_disk import (
    SlotState,
    Trouble,
    read_states,
    slot_folder,
)
from dualslot_widgets.storage.slots.verification import FileCheck, Replayed, check_slot, replayed
from dualslot_widgets.tables import SCHEMAS

_MAX_TRIES = 100
_MOST_KNOWN = 4


@dataclass(frozen=True, slots=True)
class CachedSlot:
    """A slot; its generation and data set are None when it is empty or its metadata damaged."""

    state: SlotState
    generation: Generation | None = None
    data: SimulationDataSet | None = None

    @property
    def problem(self) -> str | None:
        """What is known to be wrong with it."""
        if self.state.problem is not None:
            return self.state.problem
        if self.generation is None:
            return None
        problems = {**self.generation.unread, **self.generation.problems}
        return "; ".join(f"{name} {what}" for name, what in problems.items()) or None

    @property
    def barred(self) -> bool:
        """Whether its problem is no damage, so that no result takes its place."""
        if self.state.problem is not None:
            return self.state.trouble in (Trouble.UNKNOWN, Trouble.BLOCKED)
        known = self.generation
        return known is not None and bool(known.unread) and not known.problems


Both = tuple[CachedSlot, CachedSlot]
_CLOSED: Both = (CachedSlot(SlotState(0)), CachedSlot(SlotState(1)))


class SlotCache:
    """What this process knows of the two slots of a folder.

    Parameters
    ----------
    root : Path
        The storage folder.
    lock : threading.RLock
        Guards what is known.
    """

    def __init__(self, root: Path, lock: threading.RLock) -> None:
        self._root, self._lock = root, lock
        self._known = _CLOSED
        # How the slots with these metadata, whose hashes bind their tables, disagree with the game.
        self._disagreeing: dict[bytes | None, Replayed] = {}

    def look(self) -> Both:
        """Return both slots as they are on disk now."""
        with self._lock:
            for _ in range(_MAX_TRIES):
                states = read_states(self._root)
                found = (self._opened(states[0]), self._opened(states[1]))
                gone = any(s.generation is not None and s.generation.missing for s in found)
                if not gone or read_states(self._root) == states:
                    break
            self._known = found
            return found

    def verify(self, *, replay: bool = False) -> tuple[FileCheck, ...]:
        """Read every byte of both; what is wrong, and what was mended, is known from then on.

        With `replay` each is held against the game, too, without any lock.
        """
        for _ in range(_MAX_TRIES):
            slots = self.look()
            checks = [check_slot(slot.state, slot.generation) for slot in slots]
            wrong = [n for n, found in enumerate(checks) if any(check.problem for check in found)]
            now = read_states(self._root)
            if all(now[number] == slots[number].state for number in wrong):
                break
        checks = [
            found if number in wrong else self._against_the_game(slots[number], found, replay)
            for number, found in enumerate(checks)
        ]
        for slot, found in zip(slots, checks, strict=True):
            if slot.generation is None:
                continue
            wrong_files = {
                check.file: check.problem for check in found if check.problem and not check.unread
            }
            mended = set(slot.generation.problems) - set(wrong_files)
            generation = self._open_again(slot.state) if mended else slot.generation
            for name, problem in wrong_files.items():
                if generation is not None:
                    generation.note(name, problem)
        return (*checks[0], *checks[1])

    def _against_the_game(
        self, slot: CachedSlot, checks: tuple[FileCheck, ...], replay: bool
    ) -> tuple[FileCheck, ...]:
        """Add what came of playing a slot again, now or before with the very same bytes."""
        state = slot.state
        if slot.generation is None or state.record is None:
            return checks
        with self._lock:
            known = self._disagreeing.get(state.raw)
        if known is None and replay:
            found = replayed(slot.generation, state.record)
            if not found.problem:
                return found.beside(checks)
            if read_states(self._root)[state.slot] == state:  # else its files may have gone
                known = found
        if known is None:
            return checks
        with self._lock:
            self._disagreeing = {state.raw: known, **self._disagreeing}
            self._disagreeing = dict(list(self._disagreeing.items())[:_MOST_KNOWN])
        return known.beside(checks)

    def is_damaged(self, state: SlotState) -> bool:
        """Say whether one byte of a slot is wrong.

        Raises
        ------
        StorageError
            When a byte of it cannot be read now, and none that can is wrong.
        """
        slot = self._opened(state)
        if slot.generation is None or slot.state.record is None:
            return slot.state.problem is not None
        now = Generation(slot.generation.folder, slot.state.record)
        damaged = any(now.check().values())
        for name, why in now.unread.items():
            if not damaged:
                raise StorageError(
                    f"nothing is overwritten while slot {state.slot} is not known: {name} {why}, "
                    "and store again"
                )
        return damaged

    def loaded_bytes(self) -> int:
        """Return what the tables that were loaded take."""
        with self._lock:
            known = self._known
        return sum(
            vars(slot.data)[name].nbytes
            for slot in known
            if slot.data is not None
            for name in SCHEMAS
            if name in vars(slot.data)
        )

    def renew_lock(self, lock: threading.RLock) -> None:
        """Take another lock, in a forked child."""
        self._lock = lock

    def close(self) -> None:
        """Forget both."""
        with self._lock:
            self._known = _CLOSED

    def _open_again(self, state: SlotState) -> Generation | None:
        """Open the files of a slot anew: some were put back, as from a backup."""
        with self._lock:
            known = list(self._known)
            known[state.slot] = self._open(state)
            self._known = (known[0], known[1])
            return known[state.slot].generation

    def _opened(self, state: SlotState) -> CachedSlot:
        known = self._known[state.slot]
        if known.state != state:
            return self._open(state)
        if known.generation is not None and known.generation.unread:
            known.generation.read_again()
        return known

    def _open(self, state: SlotState) -> CachedSlot:
        if state.record is None:
            return CachedSlot(state)
        record = state.record
        generation = Generation(slot_folder(self._root, state.slot) / record.folder, record)
        try:
            analysis = generation.analysis()
        except StorageError:
            analysis = None  # derived: the tables say the same
        try:
            data = stored_data_set(record, generation, analysis, generation.folder)
        except (DualSlotError, TypeError) as error:
            problem = f"{METADATA_NAME}: {error}"
            return CachedSlot(state.with_trouble(Trouble.DAMAGED, problem))
        return CachedSlot(state, generation, data)
