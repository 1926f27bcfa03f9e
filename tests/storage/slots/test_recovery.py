"""What a slot holds outlives the loss of its metadata: told as damage, read, never swept away."""

from __future__ import annotations

import json
import shutil

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.record.metadata import RECORD_NAME, UNCOMMITTED_NAME
from dualslot_widgets.storage.slots import set_aside
from dualslot_widgets.storage.slots.set_aside import MOST_KEPT, SET_ASIDE_NAME
from tests.storage.small_data import assert_healthy, assert_whole, seeds, small


@pytest.fixture
def folder(tmp_path):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    for seed in (0, 1):
        storage.store_simulation(small(seed))
    return storage.path


def lose(folder, slot):
    (folder / f"slot_{slot}" / "metadata.json").unlink()


def recovered(folder) -> list[int]:
    found = dw.SimulationStorage(folder).recover()
    for data in found:
        assert_whole(data)
    return [data.scenario.settings.seed for data in found]


def test_a_whole_storage_has_nothing_to_recover(folder):
    assert recovered(folder) == []
    assert dw.SimulationStorage(folder / "nowhere").recover() == ()


def test_metadata_that_was_deleted_is_damage_and_both_results_are_recovered(folder):
    lose(folder, 0)
    lose(folder, 1)
    storage = dw.SimulationStorage(folder)
    assert all("metadata.json is missing beside g" in problem for problem in storage.damage)
    assert recovered(folder) == [1, 0]
    assert [storage.store_simulation(small(seed)) for seed in (2, 3, 4)] == [0, 1, 0]
    assert recovered(folder) == [1, 0]
    assert_healthy(storage)
    assert storage.store_simulation(storage.recover()[0]) == 1
    assert seeds(storage) == [4, 1]
    assert storage.newest.metadata.generation == 6


def test_a_single_result_whose_metadata_was_deleted_is_damage_too(tmp_path):
    storage = dw.SimulationStorage(tmp_path)
    storage.store_simulation(small(0))
    lose(tmp_path, 0)
    assert "missing beside" in storage.damage[0]
    assert recovered(tmp_path) == [0]


def test_damaged_metadata_costs_no_result_either_and_it_is_told(folder, caplog):
    (folder / "slot_0" / "metadata.json").write_bytes(b"{}")
    storage = dw.SimulationStorage(folder)
    assert recovered(folder) == [0]
    assert storage.store_simulation(small(2)) == 0
    assert "is kept as" in caplog.text
    assert recovered(folder) == [0]


def test_old_metadata_that_was_put_back_sweeps_nothing_away(folder):
    old = (folder / "slot_0" / "metadata.json").read_bytes()
    storage = dw.SimulationStorage(folder)
    assert [storage.store_simulation(small(seed)) for seed in (2, 3)] == [0, 1]
    (folder / "slot_0" / "metadata.json").write_bytes(old)
    assert storage.store_simulation(small(4)) == 0
    assert recovered(folder) == [2]


def test_the_newest_few_stay_and_the_one_that_leaves_is_told(folder, caplog):
    storage = dw.SimulationStorage(folder)
    for seed in range(2, 4 + MOST_KEPT):
        lose(folder, 0)
        assert storage.store_simulation(small(seed)) == 0
    assert len(recovered(folder)) == MOST_KEPT
    assert "is deleted: newer ones were set aside" in caplog.text


@pytest.mark.parametrize("damage", ["bit", "record", "no record"])
def test_what_is_not_whole_is_not_recovered_and_says_why(folder, caplog, damage):
    lose(folder, 0)
    place = next((folder / "slot_0").glob("g*"))
    path = place / ("events.arrow" if damage == "bit" else RECORD_NAME)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    if damage == "no record":
        path.unlink()
        assert "is missing beside" in dw.SimulationStorage(folder).damage[0]
    assert recovered(folder) == []
    reason = {"bit": "events.arrow", "record": "hash", "no record": "an older version"}[damage]
    assert reason in caplog.text
    dw.SimulationStorage(folder).store_simulation(small(2))
    assert (folder / SET_ASIDE_NAME / place.name).is_dir()


def test_a_record_that_is_that_of_another_generation_is_told(folder):
    first, second = (next((folder / f"slot_{n}").glob("g*")) for n in (0, 1))
    shutil.copy(first / RECORD_NAME, second / RECORD_NAME)
    checks = dw.SimulationStorage(folder).verify()
    wrong = [(check.slot, check.file) for check in checks if check.problem]
    assert wrong == [(1, RECORD_NAME)]


def test_the_copy_of_a_record_says_all_but_the_place(folder):
    place = next((folder / "slot_1").glob("g*"))
    said, copy = (
        json.loads(path.read_bytes())
        for path in (place.parent / "metadata.json", place / RECORD_NAME)
    )
    differ = {name for name in said if said[name] != copy[name]}
    assert differ == {"blake2b", "slot", "generation", "folder", "other_generation", "metrics"}


def test_a_copy_that_gets_its_lasting_name_meanwhile_is_found(folder, monkeypatch):
    lose(folder, 1)
    (generation,) = (folder / "slot_1").glob("g*")
    (generation / RECORD_NAME).rename(generation / UNCOMMITTED_NAME)
    real = set_aside.read_copy

    def commits_behind_the_first_look(place, name):
        try:
            return real(place, name)
        finally:
            if (place / UNCOMMITTED_NAME).exists():
                (place / UNCOMMITTED_NAME).rename(place / RECORD_NAME)

    monkeypatch.setattr(set_aside, "read_copy", commits_behind_the_first_look)
    assert recovered(folder) == [1]
