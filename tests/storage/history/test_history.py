"""The history tells every commit once, outlives slots, and has a chart."""

from __future__ import annotations

import json
import shutil

import pandas as pd
import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.history import history, history_file
from dualslot_widgets.storage.history.history import OLDER_NAME, RECENT_NAME
from dualslot_widgets.storage.history.history_file import open_segment, write_segment
from dualslot_widgets.storage.history.history_rows import MAX_ROWS
from tests.storage.history.rows import assert_clean, fill, generations, many
from tests.storage.small_data import small


def test_without_commits_it_is_empty_with_the_same_columns_and_makes_no_folder(storage):
    empty = storage.history
    assert len(empty) == 0
    assert not storage.path.exists()
    storage.store_simulation(small(1))
    pd.testing.assert_series_equal(empty.dtypes, storage.history.dtypes)


def test_every_row_says_what_its_data_set_said(storage, small_files):
    stored = []
    for number in (1, 2, 1, 3, 4, 1, 5, 2):
        slot = storage.store_simulation(small(number))
        stored.append(storage.slots[slot])
    frame = dw.SimulationStorage(storage.path).history
    assert list(frame["generation"]) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert (storage.path / OLDER_NAME).exists()
    for row, data in zip(frame.itertuples(), stored, strict=True):
        metadata, analysis = data.metadata, data.analysis
        for name in ("slot", "generation", "generation_count", "compressed_size", "timestamp"):
            assert getattr(row, name) == getattr(metadata, name), name
        for name in ("runs", "wins", "losses", "unresolved", "grade", "tier", "label"):
            assert getattr(row, name) == getattr(analysis, name), name
        for name in ("win_rate", "win_rate_low", "win_rate_high"):
            assert getattr(row, name) == getattr(analysis, name), name
        for name in ("simulation_seconds", "disk_seconds"):
            assert getattr(row, name) == getattr(metadata.metrics, name), name
        assert row.scenario_name == data.scenario.name
        assert row.fingerprint == data.parameters.fingerprint
        assert dw.Scenario.from_dict(json.loads(row.scenario)) == data.scenario
    assert str(frame["timestamp"].dt.tz) == "UTC"
    assert_clean(storage)


def test_a_scenario_is_counted_also_when_it_was_overwritten_in_between(storage):
    for number in (1, 1, 2, 3, 1, 2):
        storage.store_simulation(small(number))
    assert list(storage.history["generation_count"]) == [1, 2, 1, 1, 1, 1]
    assert list(storage.history["times_stored"]) == [1, 2, 1, 1, 3, 2]


def test_another_storage_s_commits_are_in_it(storage):
    other = dw.SimulationStorage(storage.path)
    for number in range(4):
        (storage, other)[number % 2].store_simulation(small(number))
    assert generations(storage) == generations(other) == [1, 2, 3, 4]


def test_it_goes_on_when_the_slots_were_deleted(storage):
    for number in range(3):
        storage.store_simulation(small(number))
    for slot in (0, 1):
        shutil.rmtree(storage.path / f"slot_{slot}")
    storage.store_simulation(small(4))
    storage.store_simulation(small(5))
    assert generations(storage) == [1, 2, 3, 1, 2]
    assert_clean(storage)


@pytest.mark.slow
def test_the_oldest_of_more_than_ten_thousand_leave(storage):
    fill(storage.path, MAX_ROWS + 200, 200)
    storage.store_simulation(small(0))
    frame = storage.history
    assert len(frame) == MAX_ROWS
    assert list(frame["generation"][:2]) == [202, 203]
    assert frame["generation"].iloc[-1] == 1
    for number in range(1, 80):
        storage.store_simulation(small(number % 3))
    frame = storage.history
    assert len(frame) == MAX_ROWS
    assert list(frame["generation"].iloc[-80:]) == list(range(1, 81))
    assert open_segment(storage.path / OLDER_NAME).table().num_rows == MAX_ROWS
    assert_clean(storage)


@pytest.mark.slow
def test_large_scenarios_leave_sooner(storage, monkeypatch, tmp_path):
    monkeypatch.setattr(history_file, "_MAX_TEXT", 1_000_000)
    table = many(1, 30, text=100_000)
    write_segment(tmp_path / OLDER_NAME, 30, table)
    assert list(open_segment(tmp_path / OLDER_NAME).table()["generation"].to_pylist()) == list(
        range(22, 31)
    )
    monkeypatch.setattr(history_file, "MAX_BYTES", 10_000)
    write_segment(tmp_path / OLDER_NAME, 30, table)
    left = open_segment(tmp_path / OLDER_NAME)
    assert len(left.content) <= 10_000
    assert left.last == 30
    assert left.table()["generation"][-1].as_py() == 30
    monkeypatch.setattr(history, "_RECENT_TEXT", 20_000)
    monkeypatch.setattr(history, "_STAYING_TEXT", 6_000)
    monkeypatch.undo()
    monkeypatch.setattr(history, "_RECENT_TEXT", 20_000)
    monkeypatch.setattr(history, "_STAYING_TEXT", 6_000)
    for number in range(12):
        storage.store_simulation(small(number))
    assert generations(storage) == list(range(1, 13))
    assert (storage.path / OLDER_NAME).exists()


def test_a_scenario_that_is_stored_often_is_in_a_file_once(storage):
    for _ in range(6):
        storage.store_simulation(small(1))
    table = open_segment(storage.path / RECENT_NAME).table()
    assert len(table["scenario"].combine_chunks().dictionary) == 1


def test_the_chart_shows_every_rate_with_its_interval(folder):
    storage = dw.SimulationStorage(folder)
    frame = storage.history
    for source in (storage, frame):
        (points,) = dw.charts.history(source).data
        assert list(points.x) == list(range(1, 8))
        assert list(points.y) == pytest.approx(list(100 * frame["win_rate"]))
        high = [y + up for y, up in zip(points.y, points.error_y.array, strict=True)]
        low = [y - down for y, down in zip(points.y, points.error_y.arrayminus, strict=True)]
        assert high == pytest.approx(list(100 * frame["win_rate_high"]))
        assert low == pytest.approx(list(100 * frame["win_rate_low"]))
    assert list(dw.charts.history(frame, last=2).data[0].x) == [6, 7]


def test_the_chart_of_nothing_is_empty_and_names_stay_text(storage):
    assert len(dw.charts.history(storage).data[0].x) == 0
    name = "<img src=x onerror=alert(1)>"
    scenario = dw.Scenario.from_dict(small(1).scenario.to_dict() | {"name": name})
    storage.store_simulation(dw.simulate(scenario))
    drawn = dw.charts.history(storage).to_json().replace("\\u003c", "<")
    assert "onerror" in drawn
    assert "<img" not in drawn
