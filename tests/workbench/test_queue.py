"""What is played first, what is not queued twice, and what cancelling does."""

from __future__ import annotations

import sys
import threading

import pytest

import dualslot_widgets as dw
from dualslot_widgets.workbench.queue import KNOWN_JOBS
from dualslot_widgets.workbench.worker import BackgroundSimulator
from tests.widgets.staged_play import StagedSimulation
from tests.workbench.diary import SECONDS

SCREEN, SCRIPTED = dw.Priority.SCREEN, dw.Priority.SCRIPTED
CANCELLED, COMPLETED, RUNNING = (
    dw.JobStatus.CANCELLED,
    dw.JobStatus.COMPLETED,
    dw.JobStatus.RUNNING,
)


@pytest.fixture
def busy(simulator, staged, scenario):
    """The worker, in the middle of a job that ends when the test says so."""
    job = simulator.add(scenario(0), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    return job


@pytest.fixture
def threads_switch_often():
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_equal_priorities_are_played_in_order_of_arrival(busy, simulator, staged, slots, scenario):
    jobs = [simulator.add(scenario(seed), SCRIPTED) for seed in (5, 3, 9, 1)]
    assert simulator.queue.waiting == tuple(jobs)
    staged.freely()
    assert all(job.wait(SECONDS) for job in jobs)
    assert slots.seeds == [0, 5, 3, 9, 1]


def test_what_is_on_screen_comes_before_what_is_scripted(busy, simulator, staged, slots, scenario):
    added = [(1, SCRIPTED), (2, SCREEN), (3, SCRIPTED), (4, SCREEN)]
    jobs = [simulator.add(scenario(seed), priority) for seed, priority in added]
    assert [job.scenario.settings.seed for job in simulator.queue.waiting] == [2, 4, 1, 3]
    staged.freely()
    assert all(job.wait(SECONDS) for job in jobs)
    assert slots.seeds == [0, 2, 4, 1, 3]


def test_a_running_job_is_not_interrupted_by_a_more_urgent_one(busy, simulator, staged, scenario):
    urgent = simulator.add(scenario(1), SCREEN)
    assert busy.status is RUNNING
    assert simulator.current is busy
    staged.freely()
    assert urgent.wait(SECONDS)
    assert busy.finished < urgent.finished


def test_an_identical_request_gets_the_job_that_is_there(busy, simulator, scenario):
    waiting = simulator.add(scenario(1), SCRIPTED)
    renamed = dw.Scenario.from_dict(scenario(1).to_dict() | {"name": "The same fight"})
    assert simulator.add(scenario(1), SCRIPTED) is waiting
    assert simulator.add(renamed, SCRIPTED) is waiting
    assert simulator.add(scenario(0), SCRIPTED) is busy
    assert simulator.queue.waiting == (waiting,)


def test_an_identical_request_from_the_screen_moves_the_job_forward(busy, simulator, scenario):
    first, second = (simulator.add(scenario(seed), SCRIPTED) for seed in (1, 2))
    assert simulator.add(scenario(2), SCREEN) is second
    assert second.priority is SCREEN
    assert simulator.queue.waiting == (second, first)
    assert simulator.add(scenario(2), SCRIPTED) is second
    assert second.priority is SCREEN


def test_many_threads_that_ask_for_the_same_get_one_job(
    busy, simulator, scenario, threads_switch_often
):
    for seed in range(1, 21):
        wanted, together, jobs = scenario(seed), threading.Barrier(4), []
        assert wanted.parameters  # worked out once, so that all threads arrive together

        def ask(wanted=wanted, together=together, jobs=jobs):
            together.wait(SECONDS)
            jobs.append(simulator.add(wanted, SCRIPTED))

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS)
        assert len(jobs) == 4
        assert len(set(jobs)) == 1
        assert len(simulator.queue.waiting) == seed


def test_a_listener_may_add_a_job_itself(slots, staged, scenario):
    added = []

    def listener():
        if not added:
            added.append(None)
            added[0] = simulator.add(scenario(2), SCRIPTED)

    simulator = BackgroundSimulator(slots, listener, staged)
    staged.freely()
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.wait(SECONDS)
    assert added[0].wait(SECONDS)
    assert sorted(slots.seeds) == [1, 2]
    assert simulator.close(SECONDS)


def test_a_finished_job_does_not_stand_in_for_a_new_one(simulator, staged, slots, scenario):
    staged.freely()
    first = simulator.add(scenario(1), SCRIPTED)
    assert first.wait(SECONDS)
    second = simulator.add(scenario(1), SCRIPTED)
    assert second is not first
    assert second.wait(SECONDS)
    assert slots.seeds == [1, 1]


def test_a_waiting_job_is_cancelled_at_once_and_never_played(
    busy, simulator, staged, slots, scenario
):
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.cancel()
    assert job.status is CANCELLED
    assert job.wait(0)
    assert job.started is None
    assert simulator.queue.waiting == ()
    staged.freely()
    assert busy.wait(SECONDS)
    assert slots.seeds == [0]
    with pytest.raises(dw.SimulationCancelled, match=f"job {job.id} was cancelled"):
        job.result()


def test_a_running_job_stops_after_its_batch_and_stores_nothing(
    busy, simulator, staged, slots, scenario
):
    after = simulator.add(scenario(1), SCRIPTED)
    assert busy.cancel()
    staged.let()
    assert busy.wait(SECONDS)
    assert busy.status is CANCELLED
    assert busy.progress.completed_runs == 1
    staged.freely()
    assert after.wait(SECONDS)
    assert slots.seeds == [1]
    with pytest.raises(dw.SimulationCancelled):
        busy.result()


def test_asking_again_for_what_is_being_cancelled_gets_a_new_job(
    busy, simulator, staged, slots, scenario
):
    assert busy.cancel()
    again = simulator.add(scenario(0), SCRIPTED)
    assert again is not busy
    staged.freely()
    assert again.wait(SECONDS)
    assert (busy.status, again.status) == (CANCELLED, COMPLETED)
    assert slots.seeds == [0]


def test_a_job_that_is_being_stored_or_is_finished_cannot_be_cancelled(
    simulator, staged, slots, scenario
):
    answers = []
    slots.while_storing = lambda: answers.append(job.cancel())
    job = simulator.add(scenario(1), SCRIPTED)
    staged.freely()
    assert job.wait(SECONDS)
    assert answers == [False]
    assert not job.cancel()
    assert job.status is COMPLETED


def test_cancelling_at_the_last_moment_means_that_nothing_is_stored(
    simulator, staged, slots, scenario, monkeypatch
):
    tables, answers = StagedSimulation.take_tables, []

    def tables_and_cancelled(simulation):
        answers.append(job.cancel())
        return tables(simulation)

    monkeypatch.setattr(StagedSimulation, "take_tables", tables_and_cancelled)
    job = simulator.add(scenario(1), SCRIPTED)
    staged.freely()
    assert job.wait(SECONDS)
    assert (answers, job.status, slots.seeds) == ([True], CANCELLED, [])


def test_finished_jobs_are_forgotten_oldest_first_and_waiting_ones_never(
    busy, simulator, staged, scenario
):
    waiting = [simulator.add(scenario(seed), SCRIPTED) for seed in range(1, 4)]
    others = [simulator.add(scenario(seed), SCRIPTED) for seed in range(4, KNOWN_JOBS + 14)]
    for job in others:
        job.cancel()
    last = simulator.add(scenario(10_000), SCRIPTED)
    known = simulator.queue.jobs
    assert known == (busy, *waiting, *others[-KNOWN_JOBS:], last)
