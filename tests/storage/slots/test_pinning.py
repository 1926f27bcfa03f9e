"""A pinned slot is the baseline: nothing overwrites it until it is let go."""

from __future__ import annotations

import os

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.slots import commit
from tests.storage.small_data import assert_healthy, seeds, small


@pytest.fixture
def storage(tmp_path):
    made = dw.SimulationStorage(tmp_path)
    for seed in (1, 2):
        made.store_simulation(small(seed))
    return made


@pytest.mark.parametrize("slot", [0, 1])
def test_results_go_to_the_other_slot(storage, slot):
    storage.pin(slot)
    assert storage.pinned_slot == slot
    assert [storage.store_simulation(small(seed)) for seed in (3, 4, 5)] == [1 - slot] * 3
    assert seeds(storage)[slot] == slot + 1
    assert_healthy(storage)


def test_even_results_of_the_same_parameters_do(storage):
    storage.pin(0)
    assert storage.store_simulation(small(1)) == 1
    assert seeds(storage) == [1, 1]
    assert storage.newest_slot == 1


def test_a_pin_is_for_every_kernel_and_lasts(storage):
    storage.pin(1)
    again = dw.SimulationStorage(storage.path)
    assert again.pinned_slot == 1
    assert again.store_simulation(small(3)) == 0
    assert again.store_simulation(small(4)) == 0
    assert_healthy(again)


def test_letting_go_makes_the_older_slot_the_next_one_again(storage):
    storage.pin(0)
    storage.store_simulation(small(3))
    storage.pin(None)
    assert storage.pinned_slot is None
    assert storage.store_simulation(small(4)) == 0
    storage.pin(None)  # nothing to let go is no error


def test_both_cannot_be_pinned(storage):
    storage.pin(0)
    storage.pin(0)
    with pytest.raises(dw.DualSlotError, match=r"slot 0 is pinned.*unpin it first"):
        storage.pin(1)
    assert storage.pinned_slot == 0


def test_what_is_no_slot_or_empty_cannot_be_pinned(tmp_path):
    storage = dw.SimulationStorage(tmp_path / "nowhere yet")
    storage.pin(None)
    for slot in (2, -1, True, "0"):
        with pytest.raises(dw.DualSlotError, match="slots are 0 and 1"):
            storage.pin(slot)
    with pytest.raises(dw.DualSlotError, match="store a result first"):
        storage.pin(0)


def test_pinning_changes_nothing_else(storage):
    before = [(data.metadata.generation, data.metadata.timestamp) for data in storage.slots]
    in_hand = storage.slots[0]
    storage.pin(0)
    assert_healthy(storage)
    after = [(data.metadata.generation, data.metadata.timestamp) for data in storage.slots]
    assert after == before
    assert in_hand.events.equals(small(1).events)


def test_a_pin_that_cannot_be_written_is_refused_and_costs_nothing(storage, monkeypatch):
    def full(*_, **__):
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(commit, "put", full)
        with pytest.raises(dw.StorageError, match="could not be pinned: No space"):
            storage.pin(0)
    assert storage.pinned_slot is None
    assert_healthy(storage)
