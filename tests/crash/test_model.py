"""The storage against a model in memory: any order of storing, reopening and damaging."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import dualslot_widgets as dw
from tests.storage.small_data import assert_whole, seeds, small

TABLES = st.sampled_from(["runs.arrow", "events.arrow", "quintile_analysis.json"])


class StorageMachine(RuleBasedStateMachine):
    """Two slots as (seed, generation, count, damaged), and what a commit must do to them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.storage = dw.SimulationStorage(self.folder)
        self.slots: list[dict | None] = [None, None]
        self.generation = 0
        self.in_hand: list[dw.SimulationDataSet] = []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @rule(seed=st.integers(0, 4))
    def store(self, seed: int) -> None:
        self.generation += 1
        same = [n for n, slot in enumerate(self.slots) if slot and slot["seed"] == seed]
        damaged = [n for n, slot in enumerate(self.slots) if slot and slot["damaged"]]
        by_age = sorted((0, 1), key=lambda n: self.slots[n]["generation"] if self.slots[n] else 0)
        victim = [*same, *damaged, *by_age][0]
        count = self.slots[victim]["count"] + 1 if same else 1
        assert self.storage.store_simulation(small(seed)) == victim
        self.slots[victim] = {
            "seed": seed,
            "generation": self.generation,
            "count": count,
            "damaged": False,
        }

    @rule()
    def reopen(self) -> None:
        self.storage.close()
        self.storage = dw.SimulationStorage(self.folder)

    @precondition(lambda self: any(self.slots))
    @rule(slot=st.sampled_from([0, 1]), name=TABLES, at=st.integers(0, 10**6))
    def damage(self, slot: int, name: str, at: int) -> None:
        if self.slots[slot] is None:
            return
        path = self.storage.slots[slot].metadata.file_path / name
        content = bytearray(path.read_bytes())
        content[at % len(content)] ^= 1
        path.write_bytes(content)
        damaged = any(c.problem for c in self.storage.verify() if c.slot == slot)
        self.slots[slot]["damaged"] = damaged  # flipping the same bit twice mends it

    @precondition(lambda self: any(slot and not slot["damaged"] for slot in self.slots))
    @rule()
    def keep_in_hand(self) -> None:
        for number, slot in enumerate(self.slots):
            if slot and not slot["damaged"]:
                data = self.storage.slots[number]
                assert_whole(data)
                self.in_hand.append(data)

    @invariant()
    def slots_are_as_the_model_says(self) -> None:
        assert seeds(self.storage) == [slot and slot["seed"] for slot in self.slots]
        for data, slot in zip(self.storage.slots, self.slots, strict=True):
            if slot:
                assert data.metadata.generation == slot["generation"]
                assert data.metadata.generation_count == slot["count"]
        stored = [n for n in (0, 1) if self.slots[n]]
        newest = max(stored, key=lambda n: self.slots[n]["generation"], default=None)
        assert self.storage.newest_slot == newest

    @invariant()
    def what_was_handed_out_is_still_whole(self) -> None:
        for data in self.in_hand[-2:]:
            assert data.runs.num_rows == 15


TestStorage = pytest.mark.slow(StorageMachine.TestCase)
TestStorage.settings = settings(max_examples=25, stateful_step_count=15)
