"""Every limit from both sides: what a reader would refuse is never written, nor costs a slot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.results.metadata import PerformanceMetrics
from dualslot_widgets.storage.record import analysis_file, metadata
from dualslot_widgets.storage.record.metadata import MAX_COUNT, decode, encode
from dualslot_widgets.storage.tables import tables_io
from dualslot_widgets.tables import SCHEMAS
from tests.storage.small_data import assert_healthy, assert_whole, seeds, small


@pytest.fixture
def storage(tmp_path):
    made = dw.SimulationStorage(tmp_path / "simulations")
    for seed in (0, 1):
        made.store_simulation(small(seed))
    return made


def told(seed=2, tables=None, **changed) -> dw.SimulationDataSet:
    """A data set that says other things of itself."""
    data = small(seed)
    source = data.source
    if tables is not None:
        source = dw.SimulationDataSet.in_memory(data.scenario, tables).source
    return dw.SimulationDataSet(data.scenario, source, metadata=replace(data.metadata, **changed))


def renumber(storage, slot, **changed):
    """Have a slot's metadata say other numbers."""
    place = storage.path / f"slot_{slot}"
    record = decode((place / "metadata.json").read_bytes(), slot)
    if "generation" in changed:
        changed["folder"] = f"g{changed['generation']:08d}-{record.folder[-8:]}"
        (place / record.folder).rename(place / changed["folder"])
    (place / "metadata.json").write_bytes(encode(replace(record, **changed)))


def assert_refused(storage, data, match):
    with pytest.raises(dw.StorageError, match=match):
        storage.store_simulation(data)
    assert seeds(storage) == [0, 1]
    assert_healthy(storage)


@pytest.mark.parametrize("link", [True, False], ids=["hard links", "no hard links"])
@pytest.mark.parametrize("slot", [0, 1])
@pytest.mark.parametrize("below", [2, 1, 0])
def test_generations_at_their_limit_lose_no_slot(storage, monkeypatch, slot, below, link):
    renumber(storage, slot, generation=MAX_COUNT - below)
    if not link:

        def refused(*_, **__):
            raise OSError(95, "Operation not supported")

        monkeypatch.setattr("os.link", refused)
    again = dw.SimulationStorage(storage.path)
    last = slot
    for seed in (2, 3, 4, 2, 5):
        stored = again.store_simulation(small(seed))
        assert stored != last  # the newest is never the one that is overwritten
        assert again.newest_slot == stored
        assert_healthy(again)
        last = stored


def test_a_stray_folder_with_a_high_number_is_no_generation(storage):
    (storage.path / "slot_0" / "g9999999999999999-00000000" / "sub").mkdir(parents=True)
    for seed in (2, 3, 4):
        storage.store_simulation(small(seed))
        assert storage.newest.scenario.settings.seed == seed
    assert_healthy(storage)
    assert storage.newest.metadata.generation == 5


def test_a_count_at_its_limit_stays_there(storage):
    renumber(storage, 0, generation_count=MAX_COUNT)
    again = dw.SimulationStorage(storage.path)
    assert again.store_simulation(small(0)) == 0
    assert again.slots[0].metadata.generation_count == MAX_COUNT
    assert_healthy(again)


@pytest.mark.parametrize(
    "seconds", [float("nan"), float("inf"), -1.0, True, "long", None], ids=repr
)
def test_metrics_that_are_no_amounts_are_refused_before_anything_is_overwritten(storage, seconds):
    assert_refused(
        storage, told(metrics=PerformanceMetrics(simulation_seconds=seconds)), "cannot be"
    )


def test_metrics_at_the_limit_are_stored_and_noted_and_beyond_it_refused(storage):
    beyond = PerformanceMetrics(simulation_seconds=float(MAX_COUNT + 2))
    assert_refused(storage, told(metrics=beyond), "cannot be")
    slot = storage.store_simulation(
        told(metrics=PerformanceMetrics(simulation_seconds=float(MAX_COUNT)))
    )
    assert storage.slots[slot].metadata.metrics.simulation_seconds == MAX_COUNT
    assert storage.history["simulation_seconds"].iloc[-1] == MAX_COUNT
    assert [check for check in storage.verify() if check.problem] == []


@pytest.mark.parametrize(
    "timestamp",
    [
        datetime.min.replace(tzinfo=UTC),
        datetime(1960, 1, 1, tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ],
    ids=str,
)
def test_a_clock_that_is_wrong_costs_neither_a_result_nor_its_row(storage, timestamp):
    slot = storage.store_simulation(told(timestamp=timestamp))
    storage.store_simulation(small(3))
    assert storage.slots[slot].metadata.timestamp == timestamp
    assert storage.history["generation"].tolist() == [1, 2, 3, 4]
    assert [check for check in storage.verify() if check.problem] == []
    assert dw.charts.history(storage).to_json()


@pytest.mark.parametrize("timestamp", [datetime(2020, 1, 1), "soon"], ids=repr)  # noqa: DTZ001
def test_a_time_without_a_zone_is_refused_with_the_remedy(storage, timestamp):
    assert_refused(storage, told(timestamp=timestamp), r"timestamp.*datetime\.now\(UTC\)")


@pytest.mark.parametrize("hours", [-12, 5, 14])
def test_a_time_of_another_zone_is_stored_in_utc(storage, hours):
    zone = timezone(timedelta(hours=hours))
    slot = storage.store_simulation(told(timestamp=datetime(2020, 1, 1, tzinfo=zone)))
    expected = datetime(2020, 1, 1, tzinfo=UTC) - timedelta(hours=hours)
    assert dw.SimulationStorage(storage.path).slots[slot].metadata.timestamp == expected


def test_a_table_at_the_limit_is_stored_and_read_and_one_beyond_is_refused(storage, monkeypatch):
    slot = storage.store_simulation(small(3))
    folder = storage.slots[slot].metadata.file_path
    largest = max(path.stat().st_size for path in folder.glob("*.arrow"))
    again = dw.SimulationStorage(storage.path)
    metadata.decode.cache_clear()
    for module in (metadata, tables_io):
        monkeypatch.setattr(module, "MAX_TABLE_BYTES", largest)
    assert again.store_simulation(small(3)) == slot
    assert_whole(dw.SimulationStorage(storage.path).slots[slot])
    for module in (metadata, tables_io):
        monkeypatch.setattr(module, "MAX_TABLE_BYTES", largest - 1)
    metadata.decode.cache_clear()
    with pytest.raises(dw.StorageError, match=r"bytes on disk; at most .* are stored"):
        again.store_simulation(small(3))
    with pytest.raises(dw.DamagedSlotError):
        decode((folder.parent / "metadata.json").read_bytes(), slot)
    metadata.decode.cache_clear()


def test_an_analysis_and_metadata_at_their_limit_are_stored_and_one_byte_beyond_refused(
    storage, monkeypatch
):
    folder = storage.slots[0].metadata.file_path
    size = (folder / "quintile_analysis.json").stat().st_size
    for module in (metadata, analysis_file):
        monkeypatch.setattr(module, "MAX_ANALYSIS_BYTES", size)
    metadata.decode.cache_clear()
    assert storage.store_simulation(small(0)) == 0
    assert_healthy(dw.SimulationStorage(storage.path))
    for module in (metadata, analysis_file):
        monkeypatch.setattr(module, "MAX_ANALYSIS_BYTES", size - 1)
    metadata.decode.cache_clear()
    with pytest.raises(dw.StorageError, match=r"analysis has .* at most"):
        storage.store_simulation(small(0))
    metadata.decode.cache_clear()


def test_words_of_a_table_beyond_what_is_read_are_refused(storage, monkeypatch):
    monkeypatch.setattr(tables_io, "MAX_WORDS_BYTES", 8)
    assert_refused_words = pytest.raises(dw.StorageError, match=r"bytes of names; at most 8")
    with assert_refused_words:
        storage.store_simulation(small(2))


def test_tables_without_rows_are_refused_in_words(storage):
    empty = {name: getattr(small(2), name).slice(0, 0) for name in SCHEMAS}
    assert_refused(storage, told(tables=empty), r"has no rows; play at least one run|no run")


def test_tables_of_other_columns_are_refused_in_words(storage):
    tables = {name: getattr(small(2), name) for name in SCHEMAS}
    tables["events"] = pa.table({"x": [1]})
    assert_refused(storage, told(tables=tables), "has not the columns")
