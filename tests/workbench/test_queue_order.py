"""The line of waiting jobs: moving within it, what overtakes whom, and what is forgotten."""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.queue import JobQueue
from tests.workbench.diary import SECONDS

SCREEN, SCRIPTED = dw.Priority.SCREEN, dw.Priority.SCRIPTED


@pytest.fixture
def busy(simulator, staged, scenario):
    """The worker, in the middle of a job that ends when the test says so."""
    job = simulator.add(scenario(0), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    return job


@pytest.fixture
def three(busy, simulator, scenario):
    return [simulator.add(scenario(seed), SCRIPTED) for seed in (1, 2, 3)]


def line(simulator) -> list[int]:
    return [job.scenario.settings.seed for job in simulator.queue.waiting]


@pytest.mark.parametrize(
    ("which", "position", "relative", "after"),
    [
        (2, 0, False, [3, 1, 2]),
        (0, 2, False, [2, 3, 1]),
        (0, 99, False, [2, 3, 1]),
        (2, -99, False, [3, 1, 2]),
        (2, -1, True, [1, 3, 2]),
        (0, 1, True, [2, 1, 3]),
        (0, -1, True, [1, 2, 3]),
        (2, 1, True, [1, 2, 3]),
    ],
)
def test_a_waiting_job_is_moved_and_played_in_its_new_place(
    three, simulator, staged, slots, which, position, relative, after
):
    assert simulator.queue.move(three[which], position, relative=relative)
    assert line(simulator) == after
    staged.freely()
    assert all(job.wait(SECONDS) for job in three)
    assert slots.seeds == [0, *after]


def test_a_job_that_no_longer_waits_is_not_moved(busy, three, simulator, scenario):
    assert not simulator.queue.move(busy, 0)
    three[0].cancel()
    assert not simulator.queue.move(three[0], 1)
    stranger = BackgroundSimulation(scenario(9), SCRIPTED, lambda: None)
    assert not simulator.queue.move(stranger, 0)
    assert line(simulator) == [2, 3]


def test_a_newcomer_overtakes_what_is_less_urgent_but_not_what_was_moved_forward(
    three, simulator, scenario
):
    simulator.queue.move(three[2], 1)
    simulator.add(scenario(4), SCREEN)
    assert line(simulator) == [1, 3, 4, 2]


def test_a_job_that_was_moved_back_again_may_be_overtaken(three, simulator, scenario):
    simulator.queue.move(three[2], 0)
    simulator.queue.move(three[2], 2)
    simulator.add(scenario(4), SCREEN)
    assert line(simulator) == [4, 1, 2, 3]


def test_asking_again_for_a_moved_job_does_not_queue_it_twice(three, simulator, scenario):
    simulator.queue.move(three[2], 0)
    assert simulator.add(scenario(3), SCRIPTED) is three[2]
    assert simulator.add(scenario(2), SCREEN) is three[1]
    assert line(simulator) == [3, 2, 1]


def test_finished_jobs_are_cleared_and_what_waits_or_is_played_stays(busy, three, simulator):
    three[0].cancel()
    assert simulator.queue.clear_finished() == 1
    assert simulator.queue.jobs == (busy, *three[1:])


def test_a_result_that_is_nowhere_else_is_not_cleared(simulator, staged, slots, scenario):
    slots.fail = dw.StorageError("the disk is full; free space")
    staged.freely()
    failed = simulator.add(scenario(1), SCRIPTED)
    assert failed.wait(SECONDS)
    assert simulator.queue.clear_finished() == 0
    slots.fail = None
    again = simulator.add_unsaved(failed)
    assert again.wait(SECONDS)
    assert failed.unsaved is None
    assert simulator.queue.clear_finished() == 2


def test_saving_again_twice_is_one_job_and_a_cancelled_one_loses_nothing(
    busy, simulator, slots, scenario
):
    failed = BackgroundSimulation(scenario(1), SCRIPTED, lambda: None)
    data = object()
    failed.control.advance(data=data)
    failed.control.advance(status=dw.JobStatus.FAILED)
    saving = simulator.add_unsaved(failed)
    assert simulator.add_unsaved(failed) is saving
    assert failed.unsaved is None
    saving.cancel()
    assert failed.unsaved is data
    assert simulator.add_unsaved(failed) is not saving


def test_what_many_threads_move_add_and_cancel_is_played_once_each(
    busy, simulator, staged, slots, scenario
):
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    together = threading.Barrier(4)

    def work(thread: int) -> list[BackgroundSimulation]:
        together.wait(SECONDS)
        mine = []
        for number in range(15):
            job = simulator.add(scenario(1 + 100 * thread + number), SCRIPTED)
            simulator.queue.move(job, (7 * number) % 5)
            if number % 5 == 4:
                job.cancel()
            mine.append(job)
            if number == 7:
                staged.freely()
        return mine

    try:
        with ThreadPoolExecutor(4) as pool:
            jobs = [job for mine in pool.map(work, range(4)) for job in mine]
    finally:
        sys.setswitchinterval(usual)
    assert all(job.wait(SECONDS) for job in jobs)
    completed = [j.scenario.settings.seed for j in jobs if j.status is dw.JobStatus.COMPLETED]
    assert sorted(slots.seeds) == sorted([0, *completed])
    assert simulator.queue.waiting == ()


@given(
    st.lists(st.sampled_from((SCREEN, SCRIPTED)), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(-9, 9), st.booleans()), max_size=8),
)
def test_moving_loses_nothing_doubles_nothing_and_keeps_the_order_of_the_others(priorities, moves):
    scenario, queue = dw.starter_scenario(), JobQueue()
    jobs = [BackgroundSimulation(scenario, priority, lambda: None) for priority in priorities]
    for job in jobs:
        queue.put(job)
    assert list(queue.waiting) == sorted(jobs, key=lambda job: (job.priority, job.id))
    for which, position, relative in moves:
        before = [job for job in queue.waiting if job is not jobs[which % len(jobs)]]
        assert queue.move(jobs[which % len(jobs)], position, relative=relative)
        after = [job for job in queue.waiting if job is not jobs[which % len(jobs)]]
        assert before == after
        assert len(queue.waiting) == len(jobs)
