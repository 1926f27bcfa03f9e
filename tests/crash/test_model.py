"""Storage against a model in memory: any order of all that may be done to it, and to its files."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import dualslot_widgets as dw
from tests.crash.model import Model, ModelSlot
from tests.crash.summary import report
from tests.storage.small_data import assert_whole, seeds, small

SEEDS = st.integers(0, 3)
SLOTS = st.sampled_from([0, 1])
EXAMPLES, STEPS = 25, 25


class StorageMachine(RuleBasedStateMachine):
    """Storage and its model, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.folder = self.home / "simulations"
        self.storage = dw.SimulationStorage(self.folder)
        self.model = Model()
        self.in_hand: list[tuple[dw.SimulationDataSet, ModelSlot]] = []
        self.archives: dict[int, Path] = {}
        self.steps = 0

    def teardown(self) -> None:
        shutil.rmtree(self.home)
        report("storage and its model", [], sequences=1, steps=self.steps)

    def _store(self, seed: int, store) -> int | None:
        """Store in some way; the model knows where it must go."""
        self.steps += 1
        begun = self.model.begin(seed)
        if begun[0] is None:
            with pytest.raises(dw.StorageError, match=r"both slots are pinned.*pin\(None\)"):
                store()
            return None
        assert store() == begun[0]
        self.model.store(seed, begun, self.folder)
        return begun[0]

    @rule(seed=SEEDS)
    def force(self, seed: int) -> None:
        self._store(seed, lambda: self.storage.store_simulation(small(seed)))

    @rule(seed=SEEDS)
    def store_what_is_needed(self, seed: int) -> None:
        self.storage.verify()  # damage is known once it was looked for
        needed = self.storage.needs_new_simulation(small(seed).scenario)
        assert needed == (self.model.whole(seed) == [])
        if needed:
            self.force(seed)

    @rule(slot=SLOTS)
    def pin(self, slot: int) -> None:
        self.steps += 1
        pinned = self.model.pinned
        if pinned[:1] == [slot]:
            self.storage.pin(slot)
        elif pinned or self.model.seeds[slot] is None:
            with pytest.raises(dw.DualSlotError, match=r"unpin it first|store a result first"):
                self.storage.pin(slot)
        else:
            self.storage.pin(slot)
            self.model.slots[slot].pinned = True
            self.model.remember_metadata(slot, self.folder)

    @rule()
    def let_go(self) -> None:
        self.steps += 1
        pinned = self.model.pinned
        self.storage.pin(None)
        if pinned:
            self.model.slots[pinned[0]].pinned = False
            self.model.remember_metadata(pinned[0], self.folder)

    @rule()
    def reopen(self) -> None:
        self.storage.close()
        self.storage = dw.SimulationStorage(self.folder)

    @precondition(lambda self: any(self.model.slots))
    @rule(slot=SLOTS, file=st.integers(0, 9), at=st.integers(0, 10**6))
    def damage(self, slot: int, file: int, at: int) -> None:
        """Flip one bit; the same one twice mends it."""
        held = self.model.slots[slot]
        if held is None:
            return
        self.steps += 1
        path = sorted(held.files)[file % len(held.files)]
        content = bytearray(path.read_bytes())
        content[at % len(content)] ^= 1
        path.write_bytes(content)
        held.touched = True

    @precondition(lambda self: any(slot and not slot.whole for slot in self.model.slots))
    @rule(slot=SLOTS)
    def mend(self, slot: int) -> None:
        """Put the bytes back that were stored, as from a backup."""
        held = self.model.slots[slot]
        if held is not None:
            self.steps += 1
            for path, stored in held.files.items():
                path.write_bytes(stored)

    @precondition(lambda self: any(slot and not slot.whole for slot in self.model.slots))
    @rule(slot=SLOTS)
    def recover(self, slot: int) -> None:
        """Do what the message of a damaged slot says: play the scenario again."""
        held = self.model.slots[slot]
        if held is not None and not held.whole:
            self.storage.verify()
            assert self.storage.damage[slot] is not None
            victim = self._store(held.seed, lambda: self.storage.store_simulation(small(held.seed)))
            if victim is not None:
                assert_whole(self.storage.slots[victim])

    @rule(slot=SLOTS)
    def export(self, slot: int) -> None:
        self.steps += 1
        held = self.model.slots[slot]
        path = self.home / f"{self.steps}.dualslot"
        if held is not None and held.whole:
            assert self.storage.export(slot, path) == path
            self.archives[held.seed] = path
            return
        with pytest.raises(dw.StorageError if held is None else dw.DamagedSlotError):
            self.storage.export(slot, path)
        assert not path.exists()

    @precondition(lambda self: self.archives)
    @rule(number=st.integers(0, 9))
    def import_one(self, number: int) -> None:
        seed = sorted(self.archives)[number % len(self.archives)]
        slot = self._store(seed, lambda: self.storage.import_archive(self.archives[seed]))
        if slot is not None:
            assert_whole(self.storage.slots[slot])

    @rule()
    def take_in_hand(self) -> None:
        for data, held in zip(self.storage.slots, self.model.slots, strict=True):
            if data is not None and held.whole:
                self.in_hand.append((data, held))

    @precondition(lambda self: self.in_hand)
    @rule()
    def look_at_what_is_in_hand(self) -> None:
        for data, held in self.in_hand[-4:]:
            if not held.touched:  # its slot may hold something else by now
                assert_whole(data)

    @invariant()
    def slots_are_as_the_model_says(self) -> None:
        assert seeds(self.storage) == self.model.seeds
        assert self.storage.newest_slot == self.model.newest
        assert self.storage.pinned_slot == next(iter(self.model.pinned), None)
        for data, held in zip(self.storage.slots, self.model.slots, strict=True):
            if data is not None:
                assert data.metadata.generation == held.generation
                assert data.metadata.generation_count == held.count
                assert data.metadata.pinned == held.pinned

    @invariant()
    def damage_is_told_and_nothing_else(self) -> None:
        told = {(check.slot, check.file) for check in self.storage.verify() if check.problem}
        assert told == {
            (number, name)
            for number, held in enumerate(self.model.slots)
            if held is not None
            # Of a slot without metadata nothing more is known.
            for name in (held.damaged() if held.known else {"metadata.json"})
        }


TestStorage = pytest.mark.slow(StorageMachine.TestCase)
TestStorage.settings = settings(max_examples=EXAMPLES, stateful_step_count=STEPS)
