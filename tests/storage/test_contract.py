"""What a storage promises when nothing goes wrong."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.record.metadata import RECORD_NAME
from tests.storage.small_data import STARTER, assert_healthy, assert_whole, seeds, small


@pytest.fixture
def storage(tmp_path):
    return dw.SimulationStorage(tmp_path / "simulations")


def test_an_empty_storage_is_empty_and_makes_no_folder(storage):
    assert storage.slots == (None, None)
    assert storage.newest is storage.newest_slot is None
    assert storage.most_similar(STARTER) is None
    assert storage.needs_new_simulation(STARTER)
    assert storage.verify() == ()
    assert "empty; empty" in repr(storage)
    assert not storage.path.exists()


def test_results_go_to_the_older_slot_in_turn(storage):
    assert [storage.store_simulation(small(seed)) for seed in range(5)] == [0, 1, 0, 1, 0]
    assert seeds(storage) == [4, 3]
    assert storage.newest_slot == 0
    assert [data.metadata.generation for data in storage.slots] == [5, 4]
    assert_healthy(storage)


def test_equal_parameters_go_to_the_same_slot_and_are_counted(storage):
    storage.store_simulation(small(1))
    storage.store_simulation(small(2))
    assert [storage.store_simulation(small(1)) for _ in range(3)] == [0, 0, 0]
    assert [data.metadata.generation_count for data in storage.slots] == [4, 1]
    assert storage.newest_slot == 0
    assert storage.store_simulation(small(3)) == 1
    assert_healthy(storage)


def test_a_data_set_comes_back_exactly_in_another_storage(storage):
    storage.store_simulation(small(1))
    again = dw.SimulationStorage(storage.path)
    data = again.newest
    assert_whole(data)
    metadata = data.metadata
    assert metadata.slot == 0
    assert metadata.generation == metadata.generation_count == 1
    assert metadata.timestamp == small(1).metadata.timestamp
    sizes = {file.name: file.stat().st_size for file in metadata.file_path.iterdir()}
    del sizes[RECORD_NAME]  # a copy of what its slot says
    assert metadata.compressed_size == sum(sizes.values())
    assert metadata.metrics.disk_seconds > 0
    assert str(data.replay(3)) == str(small(1).replay(3))


def test_only_the_newest_generation_of_each_slot_stays_on_disk(storage):
    for seed in range(6):
        storage.store_simulation(small(seed))
    for slot in (0, 1):
        names = {path.name for path in (storage.path / f"slot_{slot}").iterdir()}
        kept = storage.slots[slot].metadata.file_path.name
        assert names == {"metadata.json", kept}


def test_a_data_set_in_hand_stays_readable_when_its_slot_is_overwritten(storage):
    storage.store_simulation(small(1))
    in_hand = storage.slots[0]
    for seed in (2, 3, 4):
        storage.store_simulation(small(seed))
    assert in_hand.scenario.settings.seed == 1
    assert_whole(in_hand)


def test_another_storage_sees_a_commit_at_its_next_look(storage):
    other = dw.SimulationStorage(storage.path)
    assert other.slots == (None, None)
    storage.store_simulation(small(1))
    assert seeds(other) == [1, None]
    other.store_simulation(small(2))
    assert seeds(storage) == [1, 2]


def test_which_scenario_needs_a_new_simulation(storage):
    storage.store_simulation(small(1))
    assert not storage.needs_new_simulation(small(1).scenario)
    assert storage.needs_new_simulation(small(2).scenario)
    renamed = small(1).scenario.to_dict() | {"name": "Other words, same fight"}
    assert not storage.needs_new_simulation(dw.Scenario.from_dict(renamed))


def test_the_most_similar_slot_is_the_one_with_fewer_changes(storage):
    path = "encounters[0].monsters[1].armor_class"
    for armor in (11, 18):
        scenario = small(1).scenario.with_value(path, armor)
        storage.store_simulation(dw.simulate(scenario))
    for armor, slot in ((10, 0), (12, 0), (17, 1), (20, 1)):
        found, similarity = storage.most_similar(small(1).scenario.with_value(path, armor))
        assert found == slot
        assert 0.5 < similarity < 1
    assert storage.most_similar(small(1).scenario) == (0, 1.0)


def test_closing_forgets_nothing_that_was_handed_out(storage):
    storage.store_simulation(small(1))
    data = storage.newest
    storage.close()
    assert_whole(data)
    assert_whole(storage.newest)


def test_memory_usage_counts_the_tables_that_were_loaded(storage):
    storage.store_simulation(small(1))
    assert storage.memory_usage().slots == 0
    loaded = storage.newest.events
    usage = storage.memory_usage()
    assert usage.slots == loaded.nbytes > 0
    assert usage.total > usage.slots
    assert usage.peak >= usage.total // 2


def test_runs_of_another_table_are_refused(storage):
    tables = {name: getattr(small(1), name) for name in ("runs", "combatants", "rounds", "events")}
    wrong = dw.SimulationDataSet.in_memory(small(1).scenario, tables | {"events": tables["runs"]})
    with pytest.raises(dw.StorageError, match="events"):
        storage.store_simulation(wrong)
    assert storage.slots == (None, None)
