"""A worker that was ended by force is noticed, replaced, and what it played fails in words."""

from __future__ import annotations

import ctypes
import threading

import pytest

import dualslot_widgets as dw
from dualslot_widgets.workbench import live_preview, worker as simulator_module
from dualslot_widgets.workbench.live_preview import LivePreview
from dualslot_widgets.workbench.queue import JobQueue
from tests.workbench.diary import SECONDS

SCRIPTED = dw.Priority.SCRIPTED
FAILED = dw.JobStatus.FAILED


def raise_in(thread: threading.Thread, error: type[BaseException]) -> None:
    """Raise an exception in another thread, as soon as that runs Python code."""
    number = ctypes.c_ulong(thread.ident)
    assert ctypes.pythonapi.PyThreadState_SetAsyncExc(number, ctypes.py_object(error)) == 1


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, MemoryError])
def test_a_worker_that_is_hit_while_it_plays_fails_the_job_and_goes_on(
    simulator, staged, slots, scenario, error
):
    job = simulator.add(scenario(1), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    raise_in(simulator._worker, error)
    staged.freely()
    assert job.wait(SECONDS)
    assert (job.status, type(job.error)) == (FAILED, error)
    assert simulator.add(scenario(2), SCRIPTED).wait(SECONDS)
    assert slots.seeds == [2]


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, MemoryError])
def test_a_worker_that_is_hit_while_it_waits_plays_the_next_job(
    simulator, staged, slots, scenario, error
):
    staged.freely()
    assert simulator.add(scenario(1), SCRIPTED).wait(SECONDS)
    for seed in (2, 3):
        raise_in(simulator._worker, error)
        job = simulator.add(scenario(seed), SCRIPTED)
        assert job.wait(SECONDS)
    after = simulator.add(scenario(4), SCRIPTED)
    assert after.wait(SECONDS)
    assert after.status is dw.JobStatus.COMPLETED


def test_a_dead_worker_is_replaced_by_the_next_job_and_what_it_played_fails(
    simulator, staged, slots, scenario, monkeypatch
):
    def die(*_):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(simulator_module, "_MAX_SURVIVED", 0)
        patch.setattr(type(simulator), "work_on", die)
        # The words for a failed job fail, too: nothing is left that could be caught.
        patch.setattr(simulator_module, "_forget_frames", die)
        left = simulator.add(scenario(1), SCRIPTED)
        dead = simulator._worker
        dead.join(SECONDS)
        assert not dead.is_alive()
    assert left.status is dw.JobStatus.RUNNING
    staged.freely()
    job = simulator.add(scenario(2), SCRIPTED)
    assert job.wait(SECONDS)
    assert left.wait(SECONDS)
    assert (left.status, slots.seeds) == (FAILED, [2])
    with pytest.raises(dw.SimulationFailed, match="ended in the middle of it; add it to the queue"):
        left.result(0)
    assert simulator._worker is not dead


def test_a_thread_that_was_replaced_takes_no_job(scenario):
    queue = JobQueue()
    queue.worker = threading.Thread()
    queue.put(dw.BackgroundSimulation(scenario(1), SCRIPTED, lambda: None))
    assert queue.next() is None
    assert len(queue.waiting) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dead_preview_thread_is_replaced_by_the_next_edit(monkeypatch, scenario):
    queued, rested = [], threading.Event()
    monkeypatch.setattr(live_preview, "REST_SECONDS", 0.01)
    live = LivePreview(lambda one: queued.append(one) or rested.set(), lambda: None)
    with monkeypatch.context() as patch:

        def die(*_):
            raise SystemExit

        patch.setattr(LivePreview, "_do", die)
        live.edit(scenario(1))
        thread = live._thread
        if thread is not None:
            thread.join(SECONDS)
    live.edit(scenario(2))
    assert rested.wait(SECONDS)
    assert queued == [scenario(2)]
    live.close()
