"""Every read of a commit, a pin or a look fails once, or from then on: nothing is overwritten."""

from __future__ import annotations

import errno
import os
import random
import shutil
from contextlib import suppress

import pytest

import dualslot_widgets as dw
from tests.crash.failing_reads import FailingReads, reads_failing
from tests.crash.promise import problems
from tests.crash.summary import report
from tests.storage.small_data import assert_healthy, seeds, small

CODES = ("EIO", "ESTALE", "EACCES", "ETIMEDOUT", "EINTR", "EBUSY", "EMFILE", "EPERM", "ENOMEM")
#: What systems say of links and sockets, and a file server may say of a file.
LIKE_LINKS = ("ELOOP", "EMLINK", "ENXIO")
MOST_READS = 2000
#: How many reads each test tries; all of them, with each errno, when the environment says so.
TRIES = int(os.environ.get("DUALSLOT_READS", "24"))


def points(count: int, seed: int) -> list[tuple[int, str, bool]]:
    """Which read fails, how, and whether all later ones do too."""
    every = [
        (n, code, lasting)
        for n in range(1, count + 1)
        for code in (*CODES, *LIKE_LINKS)
        for lasting in (0, 1)
    ]
    return sorted(random.Random(seed).sample(every, min(TRIES, len(every))))


def reads_of(folder, place, work) -> int:
    shutil.copytree(folder, place)
    counting = FailingReads(MOST_READS, errno.EIO, lasting=True)
    storage = dw.SimulationStorage(place)
    with reads_failing(counting):
        work(storage)
    shutil.rmtree(place)
    assert not counting.failed
    return counting.count


def reads_of_verify(storage) -> int:
    counting = FailingReads(MOST_READS, errno.EIO, lasting=True)
    with reads_failing(counting):
        storage.verify()
    return counting.count


@pytest.fixture(scope="module", params=[None, 0, 1], ids=lambda slot: f"pinned: {slot}")
def before(request, tmp_path_factory):
    """Seeds 0 and 1, of which 0 is the older; one of them may be pinned."""
    storage = dw.SimulationStorage(tmp_path_factory.mktemp("before") / "simulations")
    for seed in (0, 1):
        storage.store_simulation(small(seed))
    storage.pin(request.param)
    return storage.path, request.param


@pytest.mark.slow
def test_a_read_that_fails_in_a_commit_overwrites_nothing_but_the_older(before, tmp_path, seed):
    folder, pinned = before
    victim = 1 if pinned == 0 else 0
    place = tmp_path / "tried"
    small(9)
    count = reads_of(folder, place, lambda storage: storage.store_simulation(small(9)))
    assert count > 40
    stored = refused = 0
    for number, code, lasting in points(count, seed):
        shutil.copytree(folder, place)
        storage = dw.SimulationStorage(place)
        failing = FailingReads(number, getattr(errno, code), lasting=lasting)
        slot, message = None, ""
        with reads_failing(failing):
            try:
                slot = storage.store_simulation(small(9))
            except dw.StorageError as error:
                message = str(error)
        what = f"{failing.failed}: {code}, lasting {lasting}: {message}"
        for again in (dw.SimulationStorage(place), storage):  # and the disk is well again
            now = seeds(again)
            if slot is None and 9 not in now:
                assert now == [0, 1], what
            else:
                assert now == [9 if n == victim else n for n in (0, 1)], what
                assert slot == victim or "could not be made durable" in message, what
            assert again.pinned_slot == pinned, what
            assert_healthy(again)
        assert slot is not None or message
        stored, refused = stored + (slot is not None), refused + (slot is None)
        dw.SimulationStorage(place).store_simulation(small(10))
        assert problems(dw.SimulationStorage(place), committed=True) == [], what
        shutil.rmtree(place)
    print(f"{count} reads in a commit; {stored} stored and {refused} refused")
    report("reads that fail", [], in_commits=stored + refused)
    assert stored
    assert refused


@pytest.mark.slow
@pytest.mark.parametrize("code", ["EIO", "ESTALE", "EACCES"])
def test_a_read_that_fails_while_a_slot_is_looked_at_is_no_damage_for_long(before, tmp_path, code):
    folder, pinned = before
    count = reads_of(
        folder, tmp_path / "counted", lambda storage: (storage.slots, storage.verify())
    )
    place = shutil.copytree(folder, tmp_path / "tried")
    for number in range(1, count + 1, max(1, count // TRIES)):
        storage = dw.SimulationStorage(place)
        failing = FailingReads(number, getattr(errno, code), lasting=True)
        told: list[str | None] = []
        with reads_failing(failing), suppress(dw.StorageError):
            told += storage.damage
            told += [check.problem for check in storage.verify()]
            told += storage.damage
        what = f"{failing.failed}: {told}"
        assert not any(text and "cannot be read now" not in text for text in told[:2]), what
        assert storage.damage == (None, None), what
        assert seeds(storage) == [0, 1], what
        assert storage.pinned_slot == pinned, what
        assert_healthy(storage)
        assert problems(storage, committed=True) == [], what
    report("reads that fail", [], in_looks=TRIES)


@pytest.mark.slow
def test_a_read_that_fails_while_a_slot_is_pinned_changes_nothing(before, tmp_path, seed):
    folder, pinned = before
    wanted = 0 if pinned is None else None
    place = tmp_path / "tried"
    count = reads_of(folder, place, lambda storage: storage.pin(wanted))
    for number, code, lasting in points(count, seed):
        shutil.copytree(folder, place)
        storage = dw.SimulationStorage(place)
        with reads_failing(FailingReads(number, getattr(errno, code), lasting=lasting)):
            try:
                storage.pin(wanted)
                done = True
            except dw.StorageError:
                done = False
        again = dw.SimulationStorage(place)
        assert again.pinned_slot in ((wanted,) if done else (pinned, wanted))
        assert_healthy(again)
        shutil.rmtree(place)
    report("reads that fail", [], in_pins=min(TRIES, count * 2 * len((*CODES, *LIKE_LINKS))))


@pytest.mark.parametrize("call", ["lstat", "open", "fstat", "pread"])
def test_no_errno_of_a_read_of_metadata_is_taken_for_damage(before, call):
    folder, pinned = before
    storage = dw.SimulationStorage(folder)
    for code in sorted(set(errno.errorcode) - {errno.ENOENT}):  # which says that nothing is there
        failing = FailingReads(1, code, lasting=True, calls=(call,))
        with reads_failing(failing), suppress(dw.StorageError):
            told = storage.damage
            assert all("cannot be read now" in text for text in told), (failing.failed, told)
        assert failing.failed
    assert storage.damage == (None, None)
    assert storage.pinned_slot == pinned


def test_a_read_that_fails_in_an_export_leaves_the_slot_as_well_as_before(before, tmp_path):
    folder, pinned = before
    target = tmp_path / "archive"
    count = reads_of(folder, tmp_path / "counted", lambda storage: storage.export(0, target))
    target.unlink()
    refused = 0
    for number in range({None: 1, 0: 2, 1: 3}[pinned], count + 1, 3):  # the three try them all
        storage = dw.SimulationStorage(folder)
        with reads_failing(FailingReads(number, errno.EIO, lasting=True)):
            try:
                storage.export(0, target, overwrite=True)
            except dw.StorageError as error:
                refused += "cannot be read now" in str(error)
        assert_healthy(storage)
        assert storage.export(0, target, overwrite=True)
    assert refused > 3


def test_a_copy_of_a_record_that_cannot_be_read_is_told_by_a_verification(before):
    folder, _ = before
    storage = dw.SimulationStorage(folder)
    told = set()
    for number in range(1, reads_of_verify(storage) + 1):
        with reads_failing(FailingReads(number, errno.EIO, lasting=False)):
            told |= {(check.file, check.unread) for check in storage.verify() if check.problem}
    assert ("record.json", True) in told
    assert {unread for _, unread in told} == {True}
    assert_healthy(storage)


def test_an_unknown_slot_is_told_as_such_and_not_as_damaged(before, monkeypatch):
    folder, _ = before
    storage = dw.SimulationStorage(folder)
    assert storage.damage == (None, None)
    with reads_failing(FailingReads(1, errno.EIO, lasting=True)):
        assert "metadata.json cannot be read now: Input/output error" in storage.damage[0]
        assert storage.barred == (True, True)
        assert storage.slots == (None, None)
        assert "unknown" in repr(storage)
        with pytest.raises(dw.StorageError, match=r"slot 0 is not known.*EIO|Input/output"):
            storage.pin(1)
    assert storage.damage == (None, None)
    assert "unknown" not in repr(storage)
