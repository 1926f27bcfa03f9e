"""One job by itself: its states, who waits for it, and what its answers promise."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC

import pytest

import dualslot_widgets as dw
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import JobStatus, Priority
from tests.patience import SECONDS
from tests.storage.small_data import STARTER
from tests.widgets.data_sets import played

ENDS = (JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED)


def scenario(seed: int):
    return STARTER.with_value("settings.seed", seed).with_value("settings.runs", 30)


def begin(job: BackgroundSimulation) -> bool:
    """Begin a job as the queue does."""
    notify = job.control.begin()
    if notify is not None:
        notify()
    return notify is not None


@pytest.fixture
def heard():
    return []


@pytest.fixture
def job(heard):
    return BackgroundSimulation(scenario(1), Priority.SCRIPTED, lambda: heard.append(1))


def test_a_new_job_waits_and_knows_nothing_yet(job):
    assert (job.status, job.phase, job.priority) == ("queued", "waiting", Priority.SCRIPTED)
    assert (job.progress.completed_runs, job.progress.total_runs) == (0, 30)
    assert job.parameters == scenario(1).parameters
    assert [job.started, job.finished, job.error, job.slot, job.unsaved] == [None] * 5
    assert not job.cancel_asked
    assert (
        repr(job)
        == f"<BackgroundSimulation {job.id} of {job.scenario.name!r}: queued, 0 of 30 runs>"
    )


def test_every_job_has_its_own_number_from_whatever_thread():
    asked = scenario(1)

    def numbers(_: int) -> list[int]:
        made = (BackgroundSimulation(asked, Priority.SCREEN, lambda: None) for _ in range(100))
        return [job.id for job in made]

    with ThreadPoolExecutor(8) as pool:
        found = [number for some in pool.map(numbers, range(8)) for number in some]
    assert len(set(found)) == 800


@pytest.mark.parametrize("status", JobStatus)
def test_what_counts_as_finished(status):
    assert status.finished is (status in ENDS)


def test_a_job_begins_once(job, heard):
    assert begin(job)
    assert not begin(job)
    assert job.status is JobStatus.RUNNING
    assert job.started.tzinfo is UTC
    assert heard == [1]


@pytest.mark.parametrize("end", ENDS)
def test_nothing_happens_to_a_finished_job(job, heard, end):
    job.control.advance(status=end)
    known = (job.status, job.phase, job.finished, job.progress)
    heard.clear()
    for other in JobStatus:
        assert not job.control.advance(status=other, phase="again", slot=1)
    assert not begin(job)
    assert not job.cancel()
    assert (job.status, job.phase, job.finished, job.progress) == known
    assert known[:2] == (end, end.value)
    assert job.slot is None
    assert heard == []


def test_who_hears_of_a_change_sees_it_and_may_ask_everything(job):
    seen = []
    job.control._on_change = lambda: seen.append((job.status, job.phase, repr(job)))
    begin(job)
    job.control.advance(phase="simulating")
    job.control.advance(status=JobStatus.COMPLETED)
    assert [(status, phase) for status, phase, _ in seen] == [
        ("running", "waiting"),
        ("running", "simulating"),
        ("completed", "completed"),
    ]


def test_listeners_are_called_outside_of_the_lock(job):
    found = []

    def ask() -> None:
        # From another thread: the lock may be taken again by the one that holds it.
        with ThreadPoolExecutor(1) as pool:
            found.append(pool.submit(lambda: job.status).result(SECONDS))

    job.control._on_change = ask
    begin(job)
    assert found == [JobStatus.RUNNING]


def test_a_listener_that_fails_is_written_down(job, caplog):
    def fail() -> None:
        raise ValueError("of the listener")

    job.control._on_change = fail
    assert begin(job)
    assert f"a listener of job {job.id} failed" in caplog.text
    assert "of the listener" in caplog.text


@pytest.mark.parametrize("end", ENDS)
def test_all_who_wait_are_woken(job, end):
    ready = threading.Barrier(5)

    def wait() -> bool:
        ready.wait(SECONDS)
        return job.wait(SECONDS)

    with ThreadPoolExecutor(4) as pool:
        waits = [pool.submit(wait) for _ in range(4)]
        ready.wait(SECONDS)
        job.control.advance(status=end)
        assert all(found.result(SECONDS) for found in waits)


def test_waiting_for_a_job_in_vain_says_so(job):
    assert not job.wait(0)
    with pytest.raises(TimeoutError, match=f"job {job.id} is still queued after 0 s"):
        job.result(0)
    begin(job)
    with pytest.raises(TimeoutError, match="is still running"):
        job.result(0)


def test_the_result_of_each_end(job):
    data = played(job.scenario, runs=30)
    job.control.advance(data=data)
    assert job.unsaved is None  # it may still be stored
    job.control.advance(status=JobStatus.COMPLETED, slot=1)
    assert job.result(0) is data
    assert (job.slot, job.unsaved) == (1, None)


def test_a_failure_is_chained_and_keeps_what_was_played(job):
    data, error = played(job.scenario, runs=30), dw.StorageError("the disk is full; free space")
    job.control.advance(data=data)
    job.control.advance(status=JobStatus.FAILED, error=error)
    with pytest.raises(
        dw.SimulationFailed, match=f"job {job.id} failed: the disk is full"
    ) as caught:
        job.result(0)
    assert caught.value.__cause__ is error
    assert job.unsaved is data


def test_cancelling_before_it_begins(job, heard):
    assert job.cancel()
    assert (job.status, job.phase, job.cancel_asked) == ("cancelled", "cancelled", True)
    assert job.started is None
    assert job.finished.tzinfo is UTC
    assert heard == [1]
    assert not begin(job)
    with pytest.raises(dw.SimulationCancelled, match="add it to the queue again"):
        job.result(0)


def test_cancelling_a_running_job_only_asks(job):
    begin(job)
    assert job.cancel()
    assert job.cancel()  # there is still time
    assert (job.status, job.cancel_asked) == ("running", True)


def test_what_is_being_stored_is_not_cancelled(job):
    begin(job)
    job.control.advance(phase="storing")
    assert not job.cancel()
    assert not job.cancel_asked


def test_storing_does_not_begin_once_cancelling_was_granted(job):
    begin(job)
    assert job.cancel()
    assert not job.control.advance(unless_cancelled=True, phase="storing")
    assert (job.phase, job.cancel()) == ("waiting", True)
