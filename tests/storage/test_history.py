"""The history tells every commit once, outlives slots, failures and kills, endangers nothing."""

from __future__ import annotations

import errno
import io
import json
import logging
import os
import random
import shutil
import statistics
import time
from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage import files, history, history_file
from dualslot_widgets.storage.history import OLDER_NAME, RECENT_NAME
from dualslot_widgets.storage.history_file import (
    LAYOUT,
    MAX_BYTES,
    open_segment,
    write_segment,
)
from dualslot_widgets.storage.history_rows import MAX_ROWS, SCHEMA, joined, row_of
from tests.crash.failing_os import MOST_OPERATIONS, FailingOs
from tests.crash.test_damage import DAMAGES, flip
from tests.crash.test_kills import WRITER, python
from tests.storage.small_data import assert_healthy, assert_whole, small

NAMES = (RECENT_NAME, OLDER_NAME)
SMALL = {"_RECENT_ROWS": 4, "_STAYING_ROWS": 2}  # so that a few commits fill both files
IN_A_CHILD = "from dualslot_widgets.storage import history\n" + "".join(
    f"history.{name} = {value}\n" for name, value in SMALL.items()
)


@pytest.fixture
def storage(tmp_path):
    return dw.SimulationStorage(tmp_path / "simulations")


@pytest.fixture
def small_files(monkeypatch):
    for name, value in SMALL.items():
        monkeypatch.setattr(history, name, value)


@pytest.fixture(scope="module")
def seven(tmp_path_factory):
    """A folder with seven commits, five of them in the older file; never changed."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in SMALL.items():
            patched.setattr(history, name, value)
        storage = dw.SimulationStorage(tmp_path_factory.mktemp("seven"))
        for number in range(7):
            storage.store_simulation(small(number))
    assert [open_segment(storage.path / name).last for name in NAMES] == [7, 3]
    return storage.path


@pytest.fixture
def folder(seven, tmp_path):
    return shutil.copytree(seven, tmp_path / "simulations")


def generations(storage) -> list[int]:
    return list(storage.history["generation"])


def problems(storage) -> dict[str, str]:
    return {check.file: check.problem for check in storage.verify() if check.problem}


def assert_clean(storage) -> None:
    assert_healthy(storage)
    assert problems(storage) == {}


def many(first: int, last: int, text: int = 0) -> pa.Table:
    """Rows of as many different scenarios, of which each has some `text` besides."""
    scenario = small(1).scenario.to_dict()
    rows = []
    for number in range(first, last + 1):
        scenario["settings"]["seed"] = number
        chance = random.Random(number)
        rate = chance.random()
        rows.append(
            {
                "generation": number,
                "slot": number % 2,
                "generation_count": 1,
                "timestamp": datetime.fromtimestamp(1_700_000_000 + number, UTC),
                "scenario_name": "Ogre at the bridge",
                "fingerprint": f"{chance.getrandbits(128):032x}",
                "scenario": json.dumps(scenario) + text * " ",
                "runs": 1005,
                "wins": number % 1006,
                "losses": 1005 - number % 1006,
                "unresolved": 0,
                "grade": "A",
                "tier": 1,
                "label": "Gamble",
                "win_rate": rate,
                "win_rate_low": rate / 2,
                "win_rate_high": 1.0,
                "simulation_seconds": chance.random(),
                "disk_seconds": chance.random(),
                "compressed_size": chance.randrange(10**6),
            }
        )
    return joined([pa.Table.from_pylist(rows, SCHEMA)])


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


def fill(folder, rows: int, in_recent: int) -> None:
    folder.mkdir(exist_ok=True)
    table = many(1, rows)
    write_segment(folder / OLDER_NAME, rows - in_recent, joined([table.slice(0, rows - in_recent)]))
    write_segment(folder / RECENT_NAME, rows, joined([table.slice(rows - in_recent)]))


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


def damage(path, kind: str) -> None:
    if kind == "removed":
        path.unlink()
    elif kind == "of the other slot":
        other = OLDER_NAME if path.name == RECENT_NAME else RECENT_NAME
        path.write_bytes(path.with_name(other).read_bytes())
    elif kind in ("folder", "link", "pipe"):
        path.rename(path.with_name("elsewhere"))
        {
            "folder": path.mkdir,
            "link": lambda: path.symlink_to(path.with_name("elsewhere")),
            "pipe": lambda: os.mkfifo(path),
        }[kind]()
    else:
        path.write_bytes(DAMAGES[kind](path.read_bytes()))


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*DAMAGES, "folder", "link", "pipe"])
@pytest.mark.parametrize("name", NAMES)
def test_damage_is_told_set_aside_and_a_new_history_begun(folder, small_files, name, kind, caplog):
    damage(folder / name, kind)
    storage = dw.SimulationStorage(folder)
    assert set(problems(storage)) == {name}
    assert generations(storage) == ([4, 5, 6, 7] if name == OLDER_NAME else [1, 2, 3])
    assert ("rows are missing" in caplog.text) == ((name, kind) != (RECENT_NAME, "removed"))
    assert_healthy(storage)
    is_file = kind not in ("removed", "folder", "link", "pipe")
    content = (folder / name).read_bytes() if is_file else None

    storage.store_simulation(small(9))
    # 6 and 7 are told by the slots
    left = [4, 5, 6, 7, 8] if name == OLDER_NAME else [1, 2, 3, 6, 7, 8]
    assert generations(storage) == left
    assert_clean(storage)
    aside = [path.name for path in folder.glob("history.damaged-*")]
    assert aside == ([] if kind == "removed" else ["history.damaged-1.arrow"])
    assert content is None or (folder / aside[0]).read_bytes() == content
    for number in range(10, 20):
        storage.store_simulation(small(number))
    assert generations(storage) == [*left, *range(9, 19)]
    assert_clean(storage)


def test_one_damaged_file_is_kept_at_most_and_nothing_outside_is_touched(folder, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("kept")
    storage = dw.SimulationStorage(folder)
    for number, kind in enumerate(["link", "folder", "cut", "zeroed", "one bit"], 1):
        if kind == "link":
            (folder / RECENT_NAME).unlink()
            (folder / RECENT_NAME).symlink_to(outside, target_is_directory=True)
        else:
            shutil.rmtree(folder / "elsewhere", ignore_errors=True)
            damage(folder / RECENT_NAME, kind)
        storage.store_simulation(small(20 + number))
        aside = [path.name for path in folder.glob("history.damaged-*")]
        assert aside == [f"history.damaged-{number}.arrow"]
        assert_clean(storage)
    assert (outside / "precious").read_text() == "kept"


@pytest.mark.parametrize("name", NAMES)
def test_any_flipped_bit_is_noticed(folder, name, seed):
    path = folder / name
    content = path.read_bytes()
    for number in range(200):
        path.write_bytes(flip(content, seed + 2 * number))
        with pytest.raises(DamagedSlotError):
            open_segment(path)


def test_files_of_another_time_do_not_fit_together(folder, small_files):
    old = (folder / OLDER_NAME).read_bytes()
    storage = dw.SimulationStorage(folder)
    for number in range(10, 16):
        storage.store_simulation(small(number))
    assert_clean(storage)
    (folder / OLDER_NAME).write_bytes(old)
    assert "lacks the rows" in problems(storage)[OLDER_NAME]
    storage.store_simulation(small(30))
    assert_clean(storage)


def test_a_row_that_is_missing_is_told_by_its_slot(folder):
    storage = dw.SimulationStorage(folder)
    old = (folder / RECENT_NAME).read_bytes()
    storage.store_simulation(small(9))
    (folder / RECENT_NAME).write_bytes(old)
    assert problems(storage) == {RECENT_NAME: "lacks generation 8"}
    storage.store_simulation(small(9))  # into the very slot that alone knows of it
    assert generations(storage) == list(range(1, 10))
    assert_clean(storage)


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
    for lie in ({"timestamp": datetime(1900, 1, 1, tzinfo=UTC)}, {"generation": 2**70}):
        values = {name: getattr(data.metadata, name) for name in data.metadata.__slots__}
        metadata = type(data.metadata)(**(values | lie))
        told = dw.SimulationDataSet(data.scenario, data.source, metadata=metadata)
        with pytest.raises(DamagedSlotError):
            row_of(told)
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
            for module in (files, history_file):
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
    printed, _ = process.communicate(timeout=200)
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
        writer.communicate(timeout=200)
        assert writer.returncode == 0
    assert counts == sorted(counts)
    print(f"{len(counts)} readings saw {len(set(counts))} states")
    assert generations(storage) == list(range(1, 25))
    found = [json.loads(text)["settings"]["seed"] for text in storage.history["scenario"]]
    assert sorted(found) == [*range(12), *range(100, 112)]
    assert_clean(storage)


def sealed(table: pa.Table, last: int, layout: int = LAYOUT, name: str = RECENT_NAME) -> bytes:
    """A file of the history whose hash is right, whatever is in it."""
    seal = f"{name} layout:{layout} rows:{last - table.num_rows + 1}-{last} blake2b:{'0' * 64}"
    sink = io.BytesIO()
    schema = table.schema.with_metadata({"seal": seal})
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_file(sink, schema, options=options) as writer:
        writer.write_table(table)
    return resealed(sink.getvalue())


def resealed(content: bytes) -> bytes:
    """The same with its hash made right."""
    seal = history_file._SEALED.search(content)
    digest = history_file._unsealed_hash(content, seal[0]).encode()
    return content.replace(seal[0], seal[0].replace(seal[5], digest))


def replaced(name: str, value: object) -> pa.Table:
    table = many(1, 3)
    at, field = SCHEMA.get_field_index(name), SCHEMA.field(name)
    values = [*table[name].to_pylist()[:2], value]
    return table.set_column(at, field, pa.array(values, field.type))


LIES = {
    "another table": lambda: (pa.table({"generation": [1, 2, 3]}), 3),
    "a column too many": lambda: (many(1, 3).append_column("html", [["a", "b", "c"]]), 3),
    "fewer rows than it says": lambda: (many(1, 3).slice(0, 2), 3),
    "a null": lambda: (replaced("scenario_name", None), 3),
    "a null number": lambda: (replaced("runs", None), 3),
    "no number": lambda: (replaced("win_rate", float("nan")), 3),
    "a rate above 1": lambda: (replaced("win_rate_high", 1.1), 3),
    "endless seconds": lambda: (replaced("disk_seconds", float("inf")), 3),
    "a negative count": lambda: (replaced("generation", -1), 3),
    "more wins than runs": lambda: (replaced("wins", 1006), 3),
    "a third slot": lambda: (replaced("slot", 2), 3),
    "a time beyond calendars": lambda: (
        replaced("timestamp", pa.scalar(2**62, pa.timestamp("us", "UTC"))),
        3,
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_with_a_right_hash_is_refused(tmp_path, lie):
    table, last = LIES[lie]()
    content = sealed(table, last)
    if lie == "fewer rows than it says":
        content = resealed(content.replace(b"rows:2-3", b"rows:1-3"))
    (tmp_path / RECENT_NAME).write_bytes(content)
    table, wrong = history.read(tmp_path)
    assert table.num_rows == 0
    assert set(wrong) == {RECENT_NAME}
    storage = dw.SimulationStorage(tmp_path)
    assert len(storage.history) == 0
    storage.store_simulation(small(1))
    assert generations(storage) == [1]
    assert (tmp_path / "history.damaged-1.arrow").read_bytes() == content


def test_a_lie_in_the_older_file_is_set_aside_when_rows_move(folder, small_files):
    (folder / OLDER_NAME).write_bytes(sealed(replaced("win_rate", 7.0), 3, name=OLDER_NAME))
    storage = dw.SimulationStorage(folder)
    assert set(problems(storage)) == {OLDER_NAME}
    for number in range(10, 14):
        storage.store_simulation(small(number))
    assert generations(storage) == list(range(4, 12))
    assert (folder / "history.damaged-1.arrow").exists()
    assert_clean(storage)


def test_a_file_beyond_bounds_is_not_read(tmp_path, monkeypatch):
    with (tmp_path / RECENT_NAME).open("wb") as stream:
        stream.truncate(MAX_BYTES * 1000)
    monkeypatch.setattr(files, "read_at_most", None)
    table, wrong = history.read(tmp_path)
    assert table.num_rows == 0
    assert "larger than" in wrong[RECENT_NAME]


def test_a_buffer_that_claims_to_be_huge_is_refused(tmp_path):
    honest = sealed(many(1, 3), 3)
    refused = 0
    for at in range(0, len(honest) - 8, 8):
        if 0 < int.from_bytes(honest[at : at + 8], "little") < 10_000:
            lie = honest[:at] + (2**50).to_bytes(8, "little") + honest[at + 8 :]
            if history_file._SEALED.search(lie) is None:
                continue
            (tmp_path / RECENT_NAME).write_bytes(resealed(lie))
            try:
                refused += set(history.read(tmp_path)[1]) == {RECENT_NAME}
            except dw.StorageError:  # it does not fit into memory
                refused += 1
    print(f"{refused} lengths beyond memory were refused")
    assert refused > 20


@given(content=st.binary(max_size=400))
def test_any_bytes_are_refused(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp()
    (folder / RECENT_NAME).write_bytes(content)
    assert set(history.read(folder)[1]) == {RECENT_NAME}


def test_a_newer_layout_is_named_and_left_alone(folder):
    newer = sealed(many(1, 3), 3, layout=LAYOUT + 1)
    (folder / RECENT_NAME).write_bytes(newer)
    storage = dw.SimulationStorage(folder)
    slot = storage.store_simulation(small(9))
    assert_whole(storage.slots[slot])
    assert (folder / RECENT_NAME).read_bytes() == newer
    assert "newer dualslot_widgets" in problems(storage)[RECENT_NAME]
    assert generations(storage) == [1, 2, 3]


def test_a_file_that_cannot_be_read_is_no_damage(folder, monkeypatch):
    storage = dw.SimulationStorage(folder)
    data = storage.newest
    really = files.open_regular

    def refused(path):
        if path.parent == folder:
            raise PermissionError(errno.EACCES, "Permission denied")
        return really(path)

    with monkeypatch.context() as patched:
        patched.setattr(files, "open_regular", refused)
        with pytest.raises(dw.StorageError, match="cannot be read: Permission denied"):
            _ = storage.history
        assert "cannot be read" in problems(storage)[RECENT_NAME]
        with pytest.raises(dw.StorageError, match="cannot be read"):
            history.append(folder, [data], data.metadata.slot)
        slot = storage.store_simulation(small(9))
    assert_whole(storage.slots[slot])
    storage.store_simulation(small(10))
    assert generations(storage) == list(range(1, 10))
    assert_clean(storage)


def test_a_text_that_looks_like_a_seal_comes_back(tmp_path):
    seal = f"{RECENT_NAME} layout:{LAYOUT} rows:1-3 blake2b:{'0' * 64}"
    table = replaced("label", seal)
    write_segment(tmp_path / RECENT_NAME, 3, table)
    assert open_segment(tmp_path / RECENT_NAME).table().equals(table)


@pytest.mark.slow
def test_an_append_to_ten_thousand_rows_is_cheap(storage, tmp_path):
    fill(storage.path, MAX_ROWS, 160)
    storage.store_simulation(small(1))
    data = storage.newest
    took, busy, floor = [], [], []
    for number in range(60):
        began, processor = time.perf_counter(), time.thread_time()
        history.append(storage.path, [data], data.metadata.slot)
        took.append(1000 * (time.perf_counter() - began))
        busy.append(1000 * (time.thread_time() - processor))
        began = time.perf_counter()
        files.write_bytes(tmp_path / str(number), bytes(30_000))
        floor.append(1000 * (time.perf_counter() - began))
    median, own, disk = map(statistics.median, (took, busy, floor))
    print(f"an append takes {median:.1f} ms, {own:.1f} of the processor; a write {disk:.1f} ms")
    assert own < 15  # a busy machine stretches the clock, not this


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
