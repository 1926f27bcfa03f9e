"""Who lets go of a workbench, a simulator or a job keeps nothing of it, and no thread goes on."""

from __future__ import annotations

import gc
import threading
import traceback
import weakref

import pytest

import dualslot_widgets as dw
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.queue import KNOWN_JOBS, JobQueue
from dualslot_widgets.workbench.worker import BackgroundSimulator
from tests.widgets.data_sets import played
from tests.workbench.diary import SECONDS

SCRIPTED = dw.Priority.SCRIPTED
COMPLETED, FAILED = dw.JobStatus.COMPLETED, dw.JobStatus.FAILED


@pytest.fixture
def no_collector():
    """What is let go must go by itself; the garbage collector may come late or never."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def ends(worker: threading.Thread) -> bool:
    worker.join(SECONDS)
    return not worker.is_alive()


def test_a_dropped_simulator_lets_its_idle_thread_end(slots, staged, scenario, no_collector):
    staged.freely()
    simulator = BackgroundSimulator(slots, play=staged)
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.wait(SECONDS)
    worker = simulator._worker
    del simulator
    assert ends(worker)
    assert job.result().scenario == scenario(1)


def test_a_dropped_simulator_that_never_played_leaves_nothing(slots, no_collector):
    simulator = BackgroundSimulator(slots)
    gone = weakref.ref(simulator)
    del simulator
    assert gone() is None


def test_what_waits_in_a_dropped_simulator_is_still_played(slots, staged, scenario, no_collector):
    simulator = BackgroundSimulator(slots, play=staged)
    jobs = [simulator.add(scenario(seed), SCRIPTED) for seed in range(4)]
    assert staged.begun.wait(SECONDS)
    worker = simulator._worker
    del simulator
    assert worker.is_alive()
    staged.freely()
    assert ends(worker)
    assert [job.status for job in jobs] == [COMPLETED] * 4
    assert slots.seeds == [0, 1, 2, 3]


@pytest.mark.slow
def test_a_workbench_may_be_dropped_as_soon_as_it_has_a_job(tmp_path, no_collector):
    scenario = dw.starter_scenario().with_value("settings.runs", 15)
    job = dw.Workbench(tmp_path).add_to_queue(scenario)
    (worker,) = (t for t in threading.enumerate() if t.name == "dualslot-worker")
    assert job.result(SECONDS).metadata.slot == 0
    assert ends(worker)
    assert dw.SimulationStorage(tmp_path).newest.scenario == scenario


def test_a_dropped_workbench_still_tells_who_listens(tmp_path, staged, scenario):
    bench = dw.Workbench(tmp_path, scenario(1))
    bench.simulator._play = staged
    finished = threading.Event()
    job = bench.add_to_queue()
    bench.subscribe(lambda: job.status.finished and finished.set())
    del bench
    staged.freely()
    assert finished.wait(SECONDS)
    assert job.status is COMPLETED


def test_a_failed_job_in_hand_keeps_no_simulator_and_no_other_result(
    slots, staged, scenario, no_collector
):
    simulator = BackgroundSimulator(slots, play=staged)
    staged.fail = ValueError("no such die")
    staged.freely()
    failed = simulator.add(scenario(1), SCRIPTED)
    assert failed.wait(SECONDS)
    staged.fail = None
    other = simulator.add(scenario(2), SCRIPTED)
    gone = [weakref.ref(simulator), weakref.ref(other.result(SECONDS)), weakref.ref(other)]
    worker = simulator._worker
    slots.slots, slots.stored = (None, None), []
    del simulator, other
    assert ends(worker)
    gc.collect()  # a result and its tables may refer to one another
    assert [ref() for ref in gone] == [None] * 3
    assert "pass_gate" in "".join(traceback.format_exception(failed.error))


def test_an_error_forgets_its_frames_with_those_of_every_cause(slots, staged, scenario):
    class Big:
        pass

    held = []

    def refuse(error):
        big = Big()
        held.append(weakref.ref(big))
        raise error

    def store(data):
        big = Big()
        held.append(weakref.ref(big))
        try:
            refuse(OSError("the disk refuses"))
        except OSError as error:
            try:
                refuse(KeyError("on the way"))
            except KeyError:
                raise dw.StorageError("not stored") from error

    slots.store_simulation = store
    staged.freely()
    simulator = BackgroundSimulator(slots, play=staged)
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.wait(SECONDS)
    assert simulator.close(SECONDS)
    gc.collect()
    assert isinstance(job.error.__cause__, OSError)
    assert isinstance(job.error.__context__, KeyError)
    assert [ref() for ref in held] == [None] * 3


@pytest.mark.parametrize("end", [COMPLETED, dw.JobStatus.CANCELLED])
def test_a_finished_job_holds_neither_its_listener_nor_what_it_was_to_store(scenario, end):
    def listener():
        heard.append(1)

    heard, data = [], played(scenario(1), runs=15, losses=3)
    job = BackgroundSimulation(scenario(1), SCRIPTED, listener, played=data)
    gone = [weakref.ref(listener), weakref.ref(data)]
    del listener, data
    job.control.begin()()  # what it returns tells the listener
    job.control.advance(status=end)
    gc.collect()
    assert heard == [1, 1]
    assert [ref() for ref in gone] == [None, None]


def test_finished_jobs_are_forgotten_though_none_is_added_any_more(simulator, staged, scenario):
    jobs = [simulator.add(scenario(seed), SCRIPTED) for seed in range(KNOWN_JOBS + 10)]
    staged.freely()
    assert all(job.wait(SECONDS) for job in jobs)
    assert simulator.close(SECONDS)
    assert simulator.queue.jobs == tuple(jobs[10:])


def test_a_queue_is_abandoned_without_waiting_for_its_lock():
    queue = JobQueue()
    with queue._lock:
        thread = threading.Thread(target=queue.abandon, daemon=True)
        thread.start()
        assert ends(thread)
    assert queue.next() is None
