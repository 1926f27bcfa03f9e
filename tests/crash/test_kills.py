"""Processes killed while they write, several that write at once, and folders that refuse."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.disk.lock import writer_lock
from tests.crash.promise import problems
from tests.crash.summary import report
from tests.patience import BATTERY, BATTERY_SECONDS, SECONDS
from tests.storage.small_data import assert_healthy, seeds, small

pytestmark = BATTERY
REPOSITORY = Path(__file__).parents[2]
WRITERS, STORES = 3, 12
KILLS = 40
WRITER = """import sys
import dualslot_widgets as dw
from tests.storage.small_data import assert_whole, small
storage = dw.SimulationStorage(sys.argv[1], lock_timeout=120)
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[3])):
    seed = 100 * int(sys.argv[2]) + number
    slot = storage.store_simulation(small(seed))
    for data in storage.slots:
        data is None or assert_whole(data)
    print(slot, flush=True)
"""


def python(*arguments: str, **options) -> subprocess.Popen:
    command = [sys.executable, *arguments]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=REPOSITORY, **pipes, **options)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("stored", [0, 2], ids=lambda number: f"{number} stored before")
def test_a_kill_before_any_operation_costs_nothing_old(tmp_path, stored):
    storage = dw.SimulationStorage(tmp_path / "before")
    storage.path.mkdir()
    for seed in range(stored):
        storage.store_simulation(small(seed))
    old = seeds(storage)
    process = python("-m", "tests.crash.kill_at_operation", str(tmp_path))
    printed, _ = process.communicate(timeout=BATTERY_SECONDS)
    assert process.returncode == 0
    operations = int(printed)
    print(f"killed before each of {operations} operations")
    assert operations > 30
    for number in range(1, operations + 2):
        left = dw.SimulationStorage(tmp_path / str(number))
        now = seeds(left)
        assert now in (old, [9, old[1]]), number
        assert_healthy(left)
        left.store_simulation(small(10))
        assert_healthy(left)
        assert problems(left, committed=True) == []
    assert now == [9, old[1]]  # nobody killed the last one
    report("kills", [], kills=operations)


@pytest.mark.slow
def test_several_writers_at_once_lose_nothing(tmp_path):
    folder = tmp_path / "simulations"
    writers = [
        python("-c", WRITER, str(folder), str(writer), str(STORES)) for writer in range(WRITERS)
    ]
    for writer in writers:
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        writer.stdin.write("\n")
        writer.stdin.flush()
    printed = [writer.communicate(timeout=BATTERY_SECONDS)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * WRITERS
    assert [len(slots) for slots in printed] == [STORES] * WRITERS
    storage = dw.SimulationStorage(folder)
    assert_healthy(storage)
    generations = [data.metadata.generation for data in storage.slots]
    assert sorted(generations) == [WRITERS * STORES - 1, WRITERS * STORES]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_kill_at_any_moment_loses_nothing_reported_and_holds_nobody_up(tmp_path, seed):
    arguments = (str(tmp_path / "simulations"), str(seed), str(KILLS))
    process = python("-m", "tests.crash.kill_at_random", *arguments, stderr=subprocess.PIPE)
    printed, errors = process.communicate(timeout=BATTERY_SECONDS)
    assert errors == ""
    assert process.returncode == 0
    kills = [json.loads(line) for line in printed.splitlines()]
    print(f"{len(kills)} kills after {sum(kill['reported'] for kill in kills)} reported stores")
    assert len(kills) == KILLS
    report("kills", [], kills=len(kills))


def test_a_lock_that_is_held_is_refused_with_the_holder_s_name(tmp_path):
    storage = dw.SimulationStorage(tmp_path, lock_timeout=0.05)
    holder = """import sys
import tempfile
from pathlib import Path
from dualslot_widgets.storage.disk.lock import writer_lock
with writer_lock(Path(sys.argv[1]), 5):
    print("held", flush=True)
    sys.stdin.readline()
"""
    process = python("-c", holder, str(tmp_path))
    assert process.stdout.readline() == "held\n"
    with pytest.raises(dw.StorageError, match=rf"written by process {process.pid} on "):
        storage.store_simulation(small(1))
    assert storage.slots == (None, None)
    process.communicate("\n", timeout=SECONDS)
    assert storage.store_simulation(small(1)) == 0


def test_a_damaged_note_of_the_holder_is_no_obstacle(tmp_path):
    (tmp_path / ".lock-holder.json").write_text(json.dumps({"pid": "nobody"}))
    with writer_lock(tmp_path, 1):
        pass


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs the permissions of POSIX")
def test_a_folder_that_may_only_be_read_is_read_and_says_so_when_written():
    reader = """import os, sys
import dualslot_widgets as dw
from tests.storage.small_data import assert_healthy, small
data = small(2)
data.analysis
storage = dw.SimulationStorage(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)  # whom permissions bind
assert_healthy(storage)
try:
    storage.store_simulation(data)
except dw.StorageError as error:
    print(error)
assert_healthy(storage)
"""
    # Not below pytest's folder, which only its owner may enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dw.SimulationStorage(folder).store_simulation(small(1))
        places = [folder, *(path for path in folder.rglob("*") if path.is_dir())]
        for place in places:
            place.chmod(0o555)
        try:
            process = python("-c", reader, name)
            printed, _ = process.communicate(timeout=SECONDS)
        finally:
            for place in places:
                place.chmod(0o755)
        assert process.returncode == 0
        assert name in printed
        assert "may write" in printed
        assert seeds(dw.SimulationStorage(folder)) == [1, None]


@pytest.mark.parametrize("path", ["file", "file/simulations"])
def test_a_file_where_the_folder_should_be_is_told_and_left_alone(tmp_path, path):
    (tmp_path / "file").write_text("mine")
    storage = dw.SimulationStorage(tmp_path / path)
    with pytest.raises(dw.StorageError, match=r"file.* cannot be made: .*move away"):
        storage.store_simulation(small(1))
    assert (tmp_path / "file").read_text() == "mine"
