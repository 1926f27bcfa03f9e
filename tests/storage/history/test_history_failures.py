"""Failures, kills and other writers leave the old history or the new one."""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil

import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.history import history, history_file
from dualslot_widgets.storage.history.history import RECENT_NAME
from dualslot_widgets.storage.history.history_rows import row_from_data_set
from dualslot_widgets.system import durable_files
from tests.crash.failing_os import MOST_OPERATIONS, FailingOs
from tests.crash.test_kills import WRITER, python
from tests.patience import BATTERY, BATTERY_SECONDS
from tests.storage.history.rows import IN_A_CHILD, NAMES, assert_clean, generations, problems
from tests.storage.small_data import assert_whole, small


def test_a_failure_to_append_is_logged_and_told_and_costs_nothing(folder, monkeypatch, caplog):
    storage = dw.SimulationStorage(folder)
    with monkeypatch.context() as patched:

        def full(*_):
            raise OSError(errno.ENOSPC, "No space left on device")

        patched.setattr(history, "write_segment", full)
        slot = storage.store_simulation(small(9))
    assert_whole(storage.slots[slot])
    assert storage.newest_slot == slot
    warning = [record for record in caplog.records if "lacks a commit" in record.message]
    assert [record.levelno for record in warning] == [logging.WARNING]
    assert "lacks generation 8: " in problems(storage)[RECENT_NAME]
    assert "No space left" in problems(storage)[RECENT_NAME]
    assert "lacks generation 8" in problems(dw.SimulationStorage(folder))[RECENT_NAME]
    storage.store_simulation(small(10))
    assert generations(storage) == list(range(1, 10))
    assert_clean(storage)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("no idea"), pa.ArrowInvalid("odd")])
def test_whatever_goes_wrong_the_commit_stands(folder, monkeypatch, error):
    storage = dw.SimulationStorage(folder)

    def wrong(*_):
        raise error

    monkeypatch.setattr(history, "append", wrong)
    slot = storage.store_simulation(small(9))
    assert_whole(storage.slots[slot])
    assert "lacks generation 8: " in problems(storage)[RECENT_NAME]


def test_a_slot_that_says_the_impossible_is_left_out(folder):
    storage = dw.SimulationStorage(folder)
    data = storage.newest
    for lie in ({"generation": -1}, {"generation": 2**53 + 1}, {"generation": 2**70}):
        values = {name: getattr(data.metadata, name) for name in data.metadata.__slots__}
        metadata = type(data.metadata)(**(values | lie))
        told = dw.SimulationDataSet(data.scenario, data.source, metadata=metadata)
        with pytest.raises(DamagedSlotError):
            row_from_data_set(told)
        history.append(folder, [told], told.metadata.slot)
    assert generations(storage) == list(range(1, 8))


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, None], ids=str)
@pytest.mark.parametrize("commits", [0, 1, 4], ids=["none before", "one before", "rows move"])
def test_an_append_that_fails_leaves_the_old_or_the_new(
    tmp_path, small_files, monkeypatch, commits, code
):
    storage = dw.SimulationStorage(tmp_path / "before")
    for number in range(commits):
        storage.store_simulation(small(number))
    shutil.copytree(storage.path, tmp_path / "history") if commits else (
        tmp_path / "history"
    ).mkdir()
    storage.store_simulation(small(9))
    data = storage.newest
    old, new = list(range(1, commits + 1)), list(range(1, commits + 2))
    tried = 0
    for fail_at in range(1, MOST_OPERATIONS):
        place = shutil.copytree(tmp_path / "history", tmp_path / "tried")
        failing = FailingOs(fail_at, code)
        with monkeypatch.context() as patched:
            for module in (durable_files, files, history_file):
                patched.setattr(module, "os", failing)
            failed = True
            try:
                history.append(place, [data], data.metadata.slot)
                failed = False
            except (OSError, dw.StorageError, KeyboardInterrupt):
                pass
        table, wrong = history.read(place)
        assert wrong == {}
        assert table["generation"].to_pylist() in ([old, new] if failed else [new])
        history.append(place, [data], None)
        assert history.read(place)[0]["generation"].to_pylist() == new
        assert {path.name for path in place.iterdir() if "history" in path.name} <= set(NAMES)
        shutil.rmtree(place)
        if not failing.failed:
            break
        tried += 1
    else:
        pytest.fail("an append takes more operations than expected")
    print(f"{tried} operations failed with {code}")
    assert tried > 5


@BATTERY
@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.parametrize("commits", [0, 4])
def test_a_kill_before_any_operation_leaves_the_old_or_the_new(tmp_path, small_files, commits):
    storage = dw.SimulationStorage(tmp_path / "before")
    storage.path.mkdir()
    for number in range(commits):
        storage.store_simulation(small(number))
    code = IN_A_CHILD + "from tests.crash.kill_at_operation import main\nmain()\n"
    process = python("-c", code, str(tmp_path))
    printed, _ = process.communicate(timeout=BATTERY_SECONDS)
    assert process.returncode == 0
    print(f"killed before each of {printed.strip()} operations")
    old, new = list(range(1, commits + 1)), list(range(1, commits + 2))
    seen = set()
    for number in range(1, int(printed) + 2):
        left = dw.SimulationStorage(tmp_path / str(number))
        committed = left.newest is not None and left.newest.metadata.generation == commits + 1
        now = generations(left)
        assert now in ([old, new] if committed else [old]), number
        lacks = {} if now == new or not committed else {RECENT_NAME: f"lacks generation {new[-1]}"}
        assert problems(left) == lacks
        seen.add((committed, now == new))
        left.store_simulation(small(9))  # where the killed one may have stood
        assert generations(left) == ([*new, commits + 2] if committed else new)
        assert_clean(left)
    assert seen == {(False, False), (True, False), (True, True)}


@BATTERY
@pytest.mark.slow
def test_two_writers_and_a_reader_see_every_commit_once(tmp_path):
    folder = tmp_path / "simulations"
    writers = [python("-c", IN_A_CHILD + WRITER, str(folder), str(n), "12") for n in (0, 1)]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    storage = dw.SimulationStorage(folder)
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    counts = [0]
    while any(writer.poll() is None for writer in writers):
        table, wrong = history.read(folder)
        assert wrong == {}
        now = table["generation"].to_pylist()
        assert now == list(range(1, len(now) + 1))
        counts.append(len(now))
        if len(counts) % 20 == 0:
            assert [check for check in storage.verify() if check.problem] == []
    for writer in writers:
        writer.communicate(timeout=BATTERY_SECONDS)
        assert writer.returncode == 0
    assert counts == sorted(counts)
    print(f"{len(counts)} readings saw {len(set(counts))} states")
    assert generations(storage) == list(range(1, 25))
    found = [json.loads(text)["settings"]["seed"] for text in storage.history["scenario"]]
    assert sorted(found) == [*range(12), *range(100, 112)]
    assert_clean(storage)
