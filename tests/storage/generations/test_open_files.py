"""Data sets that are kept stay readable snapshots, however many there are, with few open files."""

from __future__ import annotations

import gc
import itertools
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psutil
import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.generations import open_files
from dualslot_widgets.storage.generations.generation import Generation
from tests import fresh_process
from tests.storage.small_data import assert_whole, small

#: A commit needs up to 25: two slots, what they were before, the draft, and a look for damage.
FEW = 30
FILES_IN_A_SLOT = 5
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="counts file descriptors")


@pytest.fixture
def storage(tmp_path):
    return dw.SimulationStorage(tmp_path / "simulations")


@pytest.fixture
def opened(storage, monkeypatch):
    """A function that says how many files this test has open; its generations may have FEW."""
    monkeypatch.setattr(open_files, "_opening", open_files._Opening())
    monkeypatch.setattr(open_files, "MAX_OPEN_FILES", FEW)
    psutil.Process().num_fds()  # the first call opens a file for good
    gc.collect()
    before = psutil.Process().num_fds()
    return lambda: psutil.Process().num_fds() - before


def keep(storage: dw.SimulationStorage, count: int) -> list[dw.SimulationDataSet]:
    """Store so many results, one over the other, and hold on to each."""
    kept = []
    for seed in range(count):
        slot = storage.store_simulation(small(seed))
        kept.append(storage.slots[slot])
    return kept


@contextmanager
def handles_left(count: int):
    import resource

    usual = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = (number for number in itertools.count() if not is_open(number))
    limit = next(itertools.islice(free, count, None))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, usual)


def is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


@pytest.mark.slow
def test_twenty_snapshots_share_a_few_files_and_every_one_is_whole(storage, opened):
    kept = keep(storage, 20)
    assert opened() <= FEW
    for data in kept:
        assert_whole(data)
    assert opened() <= FEW


def test_the_two_slots_of_a_dashboard_take_no_memory(storage, opened):
    keep(storage, 2)
    storage.close()
    gc.collect()
    sources = [data.source for data in storage.slots]
    assert opened() == 2 * FILES_IN_A_SLOT
    assert [source._in_memory for source in sources] == [{}, {}]


def test_the_smallest_files_are_taken_into_memory_first(storage, opened, monkeypatch):
    monkeypatch.setattr(open_files, "MAX_OPEN_FILES", 3 * FILES_IN_A_SLOT - 3)
    storage.store_simulation(small(1))
    source = storage.slots[0].source
    storage.close()
    again = [Generation(source.folder, source.record) for _ in range(2)]
    assert opened() == 3 * FILES_IN_A_SLOT - 3
    by_size = sorted(source.record.files, key=lambda name: source.record.files[name].bytes)
    taken = [name for one in (source, *again) for name in one._in_memory]
    assert sorted(taken) == sorted([by_size[0], by_size[0], by_size[1]])
    assert not again[1]._in_memory


def test_snapshots_that_are_let_go_close_their_files(storage, opened):
    kept = keep(storage, 6)
    assert opened() > 0
    del kept
    storage.close()
    gc.collect()
    assert opened() == 0


def test_bytes_that_were_wrong_on_disk_are_wrong_in_memory_too(storage, opened):
    storage.store_simulation(small(1))
    data = storage.slots[0]
    path = data.metadata.file_path / "runs.arrow"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    for name in data.source.open_files:
        data.source.keep_in_memory(name)
    with pytest.raises(dw.DamagedSlotError, match=r"slot 0: runs\.arrow"):
        data.runs  # noqa: B018
    assert data.events.equals(small(1).events)


def test_a_slot_in_memory_is_still_verified_on_disk(storage, opened):
    storage.store_simulation(small(1))
    data = storage.slots[0]
    for name in data.source.open_files:
        data.source.keep_in_memory(name)
    (data.metadata.file_path / "runs.arrow").write_bytes(b"")
    assert [check.file for check in storage.verify() if check.problem] == ["runs.arrow"]


@pytest.mark.slow
def test_threads_that_open_at_once_stay_within_the_bound(storage, opened):
    kept = keep(storage, 2)
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    def look(number):
        again = [dw.SimulationStorage(storage.path).slots[number % 2] for _ in range(5)]
        for data in again:
            assert_whole(data)
        return again

    try:
        with ThreadPoolExecutor(4) as threads:
            found = [data for some in threads.map(look, range(16)) for data in some]
    finally:
        sys.setswitchinterval(usual)
    assert len(found) == 80
    assert opened() <= FEW
    for data in kept:
        assert_whole(data)


def test_a_process_without_handles_is_told_what_to_let_go(storage, opened):
    storage.store_simulation(small(1))
    with handles_left(3), pytest.raises(dw.StorageError, match="let go of data sets that you keep"):
        dw.SimulationStorage(storage.path).slots  # noqa: B018
    assert_whole(storage.slots[0])


def test_a_data_set_can_be_read_until_the_interpreter_has_ended(storage):
    storage.store_simulation(small(1))
    # Registered before any file is opened, so that it runs after what the storage does at exit.
    code = f"""
import atexit
kept = []
atexit.register(lambda: print(kept[0].runs.num_rows))
import dualslot_widgets as dw
kept.append(dw.SimulationStorage({str(storage.path)!r}).slots[0])
"""
    assert fresh_process.run(code)[1] == str(small(1).runs.num_rows)
