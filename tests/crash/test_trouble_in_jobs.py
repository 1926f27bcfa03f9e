"""A job whose result cannot be stored says what to do, keeps it, and can be saved again."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

import dualslot_widgets as dw
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import JobStatus
from tests.crash.mounts import tmpfs
from tests.crash.promise import broken_by
from tests.crash.summary import report
from tests.crash.trouble import CHANGES, ActingOs, bind_os, delete, full, read_only, refusing
from tests.patience import SECONDS
from tests.storage.small_data import STARTER, assert_whole, seeds, small

NEW = 9
PART = "trouble in background jobs"


def scenario(seed: int) -> dw.Scenario:
    return small(seed).scenario


@contextmanager
def bench_with_results(folder, count: int = 2) -> Iterator[dw.Workbench]:
    with dw.Workbench(folder, STARTER) as bench:
        for seed in range(count):
            bench.add_to_queue(scenario(seed)).result(SECONDS)
        yield bench


def finished(job: BackgroundSimulation) -> BackgroundSimulation:
    assert job.wait(SECONDS)
    return job


def not_as_promised(bench: dw.Workbench, trouble: AbstractContextManager, remedy: str) -> list[str]:
    """Play a job amid trouble, then save it again without; say what was not as promised."""
    folder, old = bench.storage.path, seeds(bench.storage)
    with trouble:
        job = finished(bench.add_to_queue(scenario(NEW)))
        wrong = [broken_by(folder, old, ())]
    if job.status is not JobStatus.FAILED or job.unsaved is None:
        return [f"{job!r} keeps {job.unsaved!r}"]
    if not isinstance(job.error, dw.StorageError) or not re.search(remedy, str(job.error)):
        wrong.append(f"no {remedy!r} in {job.error!r}")
    assert_whole(job.unsaved)
    again = finished(bench.save_again(job))
    if again.status is not JobStatus.COMPLETED:
        wrong.append(f"saved again: {again.error}")
    wrong.append(broken_by(folder, old, {NEW}, stored=NEW, thorough=True))
    return [one for one in wrong if one]


@pytest.mark.parametrize(
    ("trouble", "remedy"),
    [(full, "free space or choose a folder"), (read_only, "choose a folder on a disk that you")],
)
def test_a_disk_that_is_full_or_read_only(tmp_path, trouble, remedy):
    def wrong(disk):
        with bench_with_results(disk / "simulations") as bench:
            return not_as_promised(bench, trouble(disk), remedy)

    with tmpfs(tmp_path / "disk", size="2m") as disk:
        report(PART, wrong(disk), points=1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", CHANGES)
@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.EDQUOT, "quota"),
        (errno.EROFS, "choose a folder on a disk that you may write"),
        (errno.ENOSPC, "free space"),
        (errno.EIO, "the disk may be failing"),
    ],
    ids=["quota", "read-only", "full", "failing"],
)
def test_a_disk_that_refuses_one_kind_of_change(tmp_path, kind, code, remedy):
    with bench_with_results(tmp_path / "simulations") as bench:
        report(PART, not_as_promised(bench, refusing(kind, code), remedy), points=1)


def deep(tmp_path, length: int):
    """A path of so many characters, of names that are short enough by themselves."""
    path = tmp_path
    while len(str(path)) < length - 250:
        path /= "d" * 200
    return path / ("e" * (length - len(str(path)) - 1))


@pytest.mark.parametrize("length", [0, 4080, 4092, 5000])
def test_a_path_that_is_too_long(tmp_path, length):
    path = deep(tmp_path, length) if length else tmp_path / ("n" * 256)
    with dw.Workbench(path, STARTER) as bench:
        job = finished(bench.add_to_queue(scenario(NEW)))
        assert job.status is JobStatus.FAILED
        assert "choose a folder with a shorter path" in str(job.error)
        assert_whole(job.unsaved)
        elsewhere = dw.SimulationStorage(tmp_path / "short")
        assert elsewhere.store_simulation(job.unsaved) == 0
        report(PART, [one for one in [broken_by(elsewhere.path, [NEW, None], ())] if one], points=1)


def test_a_folder_that_is_deleted_between_jobs_is_made_anew(tmp_path):
    folder = tmp_path / "simulations"
    with bench_with_results(folder) as bench:
        in_hand = bench.storage.slots
        delete(folder)
        job = finished(bench.add_to_queue(scenario(NEW)))
        assert (job.status, job.slot) == (JobStatus.COMPLETED, 0)
        for data in in_hand:
            assert_whole(data)
    assert broken_by(folder, [NEW, None], (), stored=NEW, thorough=True) == ""


def deleted_before(folder, stored: int, number: int) -> tuple[bool, list[str]]:
    """Delete the folder before one change of a commit; say whether it came to that."""
    with bench_with_results(folder, stored) as bench:
        acting = ActingOs(number, lambda: delete(folder))
        with pytest.MonkeyPatch.context() as patched:
            bind_os(acting, patched.setattr)
            job = finished(bench.add_to_queue(scenario(NEW)))
        if acting.count < number:
            return False, []
        wrong = []
        if job.status is JobStatus.FAILED:
            if not re.search(
                r"store (it|the result)? ?again|made anew", str(job.error), re.IGNORECASE
            ):
                wrong.append(f"no remedy in {job.error}")
            assert_whole(job.unsaved)
            job = finished(bench.save_again(job))
        else:
            job = finished(bench.add_to_queue(scenario(NEW), force=True))
        if job.status is not JobStatus.COMPLETED:
            wrong.append(f"saved again: {job.error}")
        wrong.append(broken_by(folder, [None, None], {NEW}, stored=NEW, thorough=True))
    return True, [f"before {number}: {one}" for one in wrong if one]


@pytest.mark.slow
@pytest.mark.parametrize("stored", [1, 2], ids=lambda number: f"{number} stored before")
def test_a_folder_that_is_deleted_in_the_middle_of_a_commit(tmp_path, stored):
    number, wrong, reached = 0, [], True
    while reached:
        number += 1
        reached, found = deleted_before(tmp_path / str(number), stored, number)
        wrong += found
    assert number > 20
    report(PART, wrong, points=number - 1)
