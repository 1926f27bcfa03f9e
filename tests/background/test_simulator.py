"""One worker: order, cancelling, failures that do not vanish, and an end that leaves nothing."""

from __future__ import annotations

import importlib
import subprocess
import sys
import threading
import types

import pytest

import dualslot_widgets as dw
from dualslot_widgets.background.job import JobStatus, Priority
from dualslot_widgets.background.simulator import (
    BackgroundSimulator,
    play_with_engine,
)
from tests.background.conftest import SECONDS, Kept, scenario
from tests.widgets.data_sets import played
from tests.widgets.staged_play import StagedPlay

SCREEN, SCRIPTED = Priority.SCREEN, Priority.SCRIPTED


def test_the_screen_comes_first_then_who_came_first(simulator, staged, kept):
    first = simulator.add(scenario(0), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    order = [(1, SCRIPTED), (2, SCREEN), (3, SCRIPTED), (4, SCREEN)]
    jobs = [simulator.add(scenario(seed), priority) for seed, priority in order]
    assert [job.scenario.settings.seed for job in simulator.queue.waiting] == [2, 4, 1, 3]
    staged.freely()
    assert all(job.wait(SECONDS) for job in [first, *jobs])
    assert [data.scenario.settings.seed for data in kept.stored] == [0, 2, 4, 1, 3]


def test_an_identical_request_is_the_same_job_and_may_raise_its_priority(simulator, staged):
    simulator.add(scenario(0), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    one, other = (simulator.add(scenario(seed), SCRIPTED) for seed in (1, 2))
    assert simulator.add(scenario(2), SCREEN) is other
    assert other.priority is SCREEN
    assert simulator.queue.waiting == (other, one)
    assert simulator.add(scenario(2), SCRIPTED).priority is SCREEN


def test_many_threads_that_ask_for_the_same_get_one_job(simulator, staged, kept):
    start, found = threading.Barrier(8), []

    def ask() -> None:
        start.wait(SECONDS)
        found.append(simulator.add(scenario(1), SCRIPTED))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert len(set(found)) == 1
    staged.freely()
    assert found[0].wait(SECONDS)
    assert len(kept.stored) == 1


def test_a_job_from_waiting_to_stored(simulator, staged, kept, changes):
    job = simulator.add(scenario(1), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    changes.until(lambda: job.phase == "simulating")
    assert job.status is JobStatus.RUNNING
    assert simulator.current is job
    assert job.finished is None
    staged.freely()
    assert job.result(SECONDS) is kept.stored[0]
    assert (job.status, job.slot, job.error) == (JobStatus.COMPLETED, 0, None)
    assert job.progress.percent == 100
    assert job.started <= job.finished
    assert simulator.current is None
    assert kept.stored[0].metadata.metrics.simulation_seconds > 0


def test_a_waiting_job_is_cancelled_at_once(simulator, staged, kept):
    simulator.add(scenario(0), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.cancel()
    assert job.status is JobStatus.CANCELLED
    with pytest.raises(dw.SimulationCancelled, match="again"):
        job.result(0)
    assert not job.cancel()
    assert simulator.queue.waiting == ()


def test_a_running_job_is_cancelled_between_batches(simulator, staged, kept, changes):
    job = simulator.add(scenario(1), SCRIPTED)
    changes.until(lambda: job.phase == "simulating")
    staged.let(1)
    assert job.cancel()
    staged.let(1)
    assert job.wait(SECONDS)
    assert job.status is JobStatus.CANCELLED
    assert job.progress.completed_runs < job.progress.total_runs
    assert kept.stored == []
    staged.freely()
    again = simulator.add(scenario(1), SCRIPTED)
    assert again is not job
    assert again.result(SECONDS)


def test_who_is_told_that_there_was_time_to_cancel_finds_nothing_stored(simulator, staged, kept):
    staged.freely()
    staged.batches = 1
    granted = 0
    for seed in range(60):
        job = simulator.add(scenario(seed), SCRIPTED)
        # From before the first batch to after the last, as the switches of threads fall.
        job.wait(seed % 10 * 0.0005)
        cancelled = job.cancel()
        assert job.wait(SECONDS)
        assert job.status is (JobStatus.CANCELLED if cancelled else JobStatus.COMPLETED)
        granted += cancelled
    print(f"{granted} of 60 were cancelled in time")
    assert len(kept.stored) == 60 - granted


def test_a_job_that_fails_says_why_and_the_worker_lives_on(simulator, staged, kept):
    staged.fail = ZeroDivisionError("of the engine")
    job = simulator.add(scenario(1), SCRIPTED)
    staged.let(1)
    assert job.wait(SECONDS)
    assert job.status is JobStatus.FAILED
    with pytest.raises(dw.SimulationFailed, match="of the engine") as caught:
        job.result(0)
    assert caught.value.__cause__ is job.error is staged.fail
    staged.fail = None
    staged.freely()
    assert simulator.add(scenario(2), SCRIPTED).result(SECONDS)


def test_a_result_that_cannot_be_stored_is_kept_in_memory(simulator, staged, kept):
    kept.fail = dw.StorageError("the disk is full; free space")
    staged.freely()
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.wait(SECONDS)
    assert job.status is JobStatus.FAILED
    assert "free space" in str(job.error)
    assert job.unsaved.runs.num_rows == 30


def test_waiting_has_an_end(simulator, staged):
    job = simulator.add(scenario(1), SCRIPTED)
    assert not job.wait(0.01)
    with pytest.raises(TimeoutError, match="is still"):
        job.result(0.01)


@pytest.mark.parametrize("where", ["making", "playing", "tables"])
def test_wherever_a_job_fails_the_next_one_is_played(kept, where):
    staged = StagedPlay()
    staged.freely()
    failing = True

    def play(scenario, tell):
        made = staged(scenario, tell)
        if failing and where == "making":
            raise MemoryError("in making")
        if failing:
            name = {"playing": "play_batch", "tables": "tables"}[where]
            setattr(made, name, lambda: fail(f"in {where}"))
        return made

    def fail(message: str):
        raise MemoryError(message)

    simulator = BackgroundSimulator(kept, play=play)
    job = simulator.add(scenario(1), SCRIPTED)
    with pytest.raises(dw.SimulationFailed, match=f"in {where}"):
        job.result(SECONDS)
    assert job.unsaved is None
    failing = False
    assert simulator.add(scenario(1), SCRIPTED).result(SECONDS)
    assert simulator.close(SECONDS)


def test_the_engine_s_results_are_those_of_simulate():
    kept = Kept()
    simulator = BackgroundSimulator(kept)
    job = simulator.add(scenario(5, runs=201), SCRIPTED)
    data = job.result(120)
    expected = dw.simulate(scenario(5, runs=201))
    assert data.events.equals(expected.events)
    assert data.analysis == expected.analysis
    assert simulator.close(SECONDS)


def test_an_engine_that_another_thread_is_loading_is_not_taken_for_ready(monkeypatch):
    name = "dualslot_widgets.engine.simulate"
    complete = importlib.import_module(name)
    # What an import finds while another thread is at it; the real one waits for the other thread.
    monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    phases = []

    def tell(phase: str) -> None:
        phases.append(phase)
        monkeypatch.setitem(sys.modules, name, complete)

    assert play_with_engine(scenario(1), tell).completed == 0
    assert phases == ["preparing the engine (first time only)"]


@pytest.mark.slow
def test_the_engine_is_prepared_once_and_only_then_is_that_said():
    phases = {"first": [], "second": []}
    program = (
        "import sys\n"
        "from dualslot_widgets.background.simulator import play_with_engine\n"
        "from dualslot_widgets.scenario.starter import starter_scenario\n"
        "assert 'numba' not in sys.modules\n"
        "for job in ('first', 'second'):\n"
        "    play_with_engine(starter_scenario(), lambda phase: print(job, phase, sep=':'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=True, stdout=subprocess.PIPE, text=True
    )
    for line in done.stdout.splitlines():
        job, _, phase = line.partition(":")
        phases[job].append(phase)
    assert phases == {"first": ["preparing the engine (first time only)"], "second": []}


def test_a_slot_that_another_kernel_overwrote_at_once_is_not_taken_for_the_result(staged):
    class Overtaken(Kept):
        def store_simulation(self, data) -> int:
            super().store_simulation(data)
            return super().store_simulation(played(scenario(99), runs=30))

    kept = Overtaken()
    simulator = BackgroundSimulator(kept, play=staged)
    staged.freely()
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.result(SECONDS) is kept.stored[0]
    assert job.status is JobStatus.COMPLETED
    assert simulator.close(SECONDS)
