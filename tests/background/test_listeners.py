"""Who listens to the worker may do anything, even fail, and disturbs nobody."""

from __future__ import annotations

from dualslot_widgets.background.job import JobStatus, Priority
from dualslot_widgets.background.simulator import (
    BackgroundSimulator,
)
from tests.background.conftest import SECONDS, scenario

SCREEN, SCRIPTED = Priority.SCREEN, Priority.SCRIPTED


def test_a_listener_that_fails_is_written_down_and_disturbs_nobody(kept, staged, caplog):
    def fail() -> None:
        raise ValueError("of the listener")

    simulator = BackgroundSimulator(kept, play=staged)
    job = simulator.add(scenario(1), SCRIPTED)
    simulator._on_change = fail
    staged.freely()
    assert job.result(SECONDS)
    assert simulator.close(SECONDS)
    assert "a listener of job" in caplog.text


def test_a_listener_may_ask_add_and_cancel(simulator, staged):
    # All of it from within the worker, and none of it waits for a lock that is held.
    simulator.add(scenario(0), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    job = simulator.add(scenario(1), SCRIPTED)
    added, found = [], []

    def answer(job) -> None:
        if job.phase == "simulating" and not added:
            added.extend(simulator.add(scenario(seed), SCREEN) for seed in (2, 3))
            found.extend((simulator.current, simulator.queue.waiting, added[1].cancel()))

    job._on_change = answer
    staged.freely()
    assert job.result(SECONDS)
    assert found == [job, tuple(added), True]
    assert added[0].result(SECONDS)
    assert added[1].status is JobStatus.CANCELLED


def test_a_listener_may_close_the_worker_that_calls_it(kept, staged):
    simulator = BackgroundSimulator(kept, play=staged)
    job = simulator.add(scenario(1), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    simulator._on_change = simulator.close
    staged.freely()
    assert job.wait(SECONDS)
    simulator._worker.join(SECONDS)
    assert not simulator._worker.is_alive()
