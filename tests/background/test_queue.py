"""The queue by itself: who is next, who is the same, who is forgotten, and how it ends."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dualslot_widgets.background.job import BackgroundSimulation, JobStatus, Priority
from dualslot_widgets.background.queue import KNOWN_JOBS, JobQueue
from tests.background.conftest import SECONDS, scenario

SCREEN, SCRIPTED = Priority.SCREEN, Priority.SCRIPTED


def job_of(seed: int, priority: Priority = SCRIPTED) -> BackgroundSimulation:
    return BackgroundSimulation(scenario(seed), priority, lambda _: None)


@pytest.fixture
def queue():
    made = JobQueue()
    yield made
    made.close()


def filled(queue: JobQueue, *jobs: BackgroundSimulation) -> tuple[BackgroundSimulation, ...]:
    for job in jobs:
        queue.put(job)
    return jobs


def test_an_empty_queue_has_nothing(queue):
    assert queue.jobs == queue.waiting == ()
    assert queue.same(scenario(1)) is None


def test_next_hands_out_by_priority_then_arrival_and_marks_as_running(queue):
    a, b, c, d = filled(queue, job_of(1), job_of(2, SCREEN), job_of(3), job_of(4, SCREEN))
    assert queue.waiting == (b, d, a, c)
    handed = [queue.next() for _ in range(4)]
    assert handed == [b, d, a, c]
    assert {job.status for job in handed} == {JobStatus.RUNNING}
    assert queue.waiting == ()
    assert queue.jobs == (a, b, c, d)


def test_a_priority_raised_while_waiting_counts(queue):
    a, b = filled(queue, job_of(1), job_of(2))
    b._advance(priority=SCREEN)
    assert queue.waiting == (b, a)
    assert queue.next() is b


def test_next_passes_over_what_was_cancelled(queue):
    a, b, c = filled(queue, job_of(1), job_of(2), job_of(3))
    assert a.cancel()
    assert b.cancel()
    assert queue.next() is c
    assert a.started is None


def test_a_job_cancelled_by_who_hears_that_it_begins_is_begun_once(queue):
    # The listener stands for a thread that is just quick enough.
    hasty = BackgroundSimulation(scenario(1), SCRIPTED, lambda job: job.cancel())
    _, other = filled(queue, hasty, job_of(2))
    assert queue.next() is hasty
    assert hasty.cancel_asked
    assert queue.next() is other


def test_next_waits_for_a_job(queue):
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(queue.next)
        (job,) = filled(queue, job_of(1))
        assert found.result(SECONDS) is job


def test_each_job_is_handed_out_once_however_many_ask(queue):
    jobs = [job_of(seed) for seed in range(40)]
    with ThreadPoolExecutor(8) as pool:
        found = [pool.submit(queue.next) for _ in jobs]
        filled(queue, *jobs)
        assert {future.result(SECONDS) for future in found} == set(jobs)


def test_the_same_is_what_has_equal_parameters_and_is_still_to_come(queue):
    (job,) = filled(queue, job_of(1))
    renamed = scenario(1).with_value("name", "Another name")
    assert queue.same(scenario(1)) is queue.same(renamed) is job
    assert queue.same(scenario(2)) is None
    assert queue.next() is job
    assert queue.same(scenario(1)) is job  # being played
    job._advance(status=JobStatus.COMPLETED)
    assert queue.same(scenario(1)) is None


def test_what_was_asked_to_stop_is_not_the_same(queue):
    (job,) = filled(queue, job_of(1))
    assert queue.next() is job
    assert job.cancel()
    assert job.status is JobStatus.RUNNING
    assert queue.same(scenario(1)) is None


def test_only_finished_jobs_are_forgotten_oldest_first(queue):
    waiting = job_of(0)
    queue.put(waiting)
    finished = [job_of(seed) for seed in range(1, KNOWN_JOBS + 4)]
    for job in finished:
        job._advance(status=JobStatus.COMPLETED)
        queue.put(job)
    assert queue.jobs == (waiting, *finished[-KNOWN_JOBS:])
    assert queue.next() is waiting


def test_any_number_of_jobs_may_wait(queue):
    jobs = filled(queue, *(job_of(seed) for seed in range(2 * KNOWN_JOBS)))
    assert queue.waiting == jobs


def test_closing_cancels_what_waits_and_asks_what_runs(queue):
    running, waiting = filled(queue, job_of(1), job_of(2))
    assert queue.next() is running
    queue.close()
    assert waiting.status is JobStatus.CANCELLED
    assert running.status is JobStatus.RUNNING
    assert running.cancel_asked
    assert queue.next() is None
    queue.close()  # once more does no harm


def test_closing_lets_those_go_that_wait_for_a_job(queue):
    ready = threading.Barrier(4)

    def ask() -> BackgroundSimulation | None:
        ready.wait(SECONDS)
        return queue.next()

    with ThreadPoolExecutor(3) as pool:
        found = [pool.submit(ask) for _ in range(3)]
        ready.wait(SECONDS)
        queue.close()
        assert [future.result(SECONDS) for future in found] == [None, None, None]
