"""A forked child takes nothing from its parent: no lock, no draft; and it may use the storage."""

from __future__ import annotations

import gc
import os
import signal
import threading

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.disk.lock import try_lock, writer_lock
from dualslot_widgets.tables import SCHEMAS
from tests.crash.own_process import forked, waited
from tests.storage.small_data import assert_healthy, assert_whole, seeds, small

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]
OK = 7


@pytest.fixture
def storage(tmp_path):
    made = dw.SimulationStorage(tmp_path / "simulations")
    for seed in (0, 1, 2, 3):
        assert small(seed).analysis
    for seed in (0, 1):
        made.store_simulation(small(seed))
    return made


def in_child(work) -> int:
    """Do some work in a forked child, which is ended after a while if it hangs."""

    def bounded():
        signal.alarm(30)
        work()
        return OK

    return waited(forked(bounded))


@pytest.mark.parametrize("end", ["discard", "collected", "finalizers"])
def test_a_child_never_deletes_its_parent_s_draft(storage, end):
    draft = [storage.begin()]
    draft[0].write({name: getattr(small(2), name) for name in SCHEMAS})
    lock = draft[0].folder.with_suffix(".lock")

    def work():
        if end == "discard":
            draft[0].discard()
        elif end == "collected":
            draft.clear()
            gc.collect()
        else:
            import weakref

            weakref.finalize._exitfunc()

    assert in_child(work) == OK
    assert draft[0].folder.is_dir()
    assert try_lock(lock) is None  # the parent still holds it
    sealed = draft[0].seal(small(2).scenario)
    assert storage.store_simulation(sealed) == 0
    assert_healthy(storage)


def test_a_child_may_not_write_its_parent_s_draft(storage):
    draft = storage.begin()

    def work():
        with pytest.raises(dw.StorageError, match="forked from; begin one here"):
            draft.seal(small(2).scenario)

    assert in_child(work) == OK
    draft.discard()


def test_a_child_that_stores_its_parent_s_sealed_draft_stores_a_copy(storage):
    draft = storage.begin()
    draft.write({name: getattr(small(2), name) for name in SCHEMAS})
    sealed = draft.seal(small(2).scenario)
    assert in_child(lambda: storage.store_simulation(sealed)) == OK
    assert seeds(storage) == [2, 1]
    assert draft.folder.is_dir()
    assert storage.store_simulation(sealed) == 0
    assert_whole(sealed)
    assert_healthy(storage)


def test_a_child_uses_the_storage_while_another_thread_of_its_parent_holds_every_lock(storage):
    held, over = threading.Event(), threading.Event()
    data = storage.slots[0]

    def hold():
        with storage._lock, data.source._lock:
            held.set()
            over.wait(60)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(60)

    def work():
        assert seeds(storage) == [0, 1]
        assert_whole(data)
        storage.store_simulation(small(2))
        storage.pin(1)

    try:
        assert in_child(work) == OK
    finally:
        over.set()
        thread.join()
    assert seeds(storage) == [2, 1]
    assert storage.pinned_slot == 1
    assert_healthy(storage)


def test_a_lock_that_a_child_inherited_is_free_once_its_parent_lets_go(storage):
    reads, writes = os.pipe()
    with writer_lock(storage.path, 1):
        child = forked(lambda: os.read(reads, 1) and OK)
        message = f"written by process {os.getpid()} "
        with pytest.raises(dw.StorageError, match=message), writer_lock(storage.path, 0):
            pass
    assert storage.store_simulation(small(2)) == 0  # the child is still there
    os.write(writes, b"!")
    assert waited(child) == OK
    os.close(reads)
    os.close(writes)


def test_a_lock_whose_file_was_deleted_meanwhile_is_not_held(tmp_path, monkeypatch):
    path = tmp_path / "lock"
    from dualslot_widgets.storage.disk import lock

    real = lock._lock

    def deleted(fd):
        path.unlink()
        return real(fd)

    with monkeypatch.context() as patched:
        patched.setattr(lock, "_lock", deleted)
        assert try_lock(path) is None
    first = try_lock(path)
    assert first is not None
    assert try_lock(path) is None
    first.release(delete=True)
    assert not path.exists()


def test_a_child_reads_what_its_parent_opened_without_moving_its_place(storage):
    data = storage.slots[0]
    children = [forked(lambda: assert_whole(data) or OK) for _ in range(4)]
    for _ in range(20):
        assert data.source.check()
    assert [waited(child) for child in children] == [OK] * 4
