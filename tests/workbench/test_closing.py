"""The worker stops when it is asked to, with the kernel too, and leaves nothing behind."""

from __future__ import annotations

import threading
from pathlib import Path

import psutil
import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine.simulation import prepare_engine
from dualslot_widgets.storage.generations.open_files import MAX_OPEN_FILES
from dualslot_widgets.workbench.worker import BackgroundSimulator
from tests.workbench.diary import SECONDS
from tests.workbench.ending_kernels import KERNELS, PREPARING, ended

SCRIPTED = dw.Priority.SCRIPTED
CANCELLED, COMPLETED = dw.JobStatus.CANCELLED, dw.JobStatus.COMPLETED
#: How many results may have been stored when a kernel ended.
STORED = {
    "playing": range(1),
    "playing in three workbenches": range(1),
    "storing": range(1, 3),
    "with jobs waiting": range(1, 200),
    "after an error": range(1, 3),
}


def workers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "dualslot-worker"]


def test_closing_in_the_middle_of_a_million_runs_cancels_them(slots, diary, scenario):
    prepare_engine()
    simulator = diary.simulator = BackgroundSimulator(slots, diary)
    job = simulator.add(scenario(1).with_value("settings.runs", 1_000_000), SCRIPTED)
    diary.until(lambda: job.progress.completed_runs > 0)
    assert simulator.memory[1] < 20 << 20  # what was played is not kept here
    assert simulator.close(SECONDS)
    assert job.status is CANCELLED
    assert 0 < job.progress.completed_runs < 1_000_000
    assert slots.stored == []
    assert workers() == []


def test_closing_cancels_what_waits_and_wakes_who_waits_for_it(simulator, staged, scenario):
    jobs = [simulator.add(scenario(seed), SCRIPTED) for seed in range(4)]
    assert staged.begun.wait(SECONDS)
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(jobs[3].wait(SECONDS)))
    waiting.start()
    staged.let()  # the batch that is being played
    assert simulator.close(SECONDS)
    waiting.join(SECONDS)
    assert answers == [True]
    assert [job.status for job in jobs] == [CANCELLED] * 4


def test_closing_lets_a_commit_come_to_its_end(simulator, staged, slots, scenario):
    storing, go_on = threading.Event(), threading.Event()
    slots.while_storing = lambda: storing.set() or go_on.wait(SECONDS)
    staged.freely()
    job = simulator.add(scenario(1), SCRIPTED)
    assert storing.wait(SECONDS)
    assert not simulator.close(timeout=0.01)
    go_on.set()
    assert simulator.close(SECONDS)
    assert job.status is COMPLETED
    assert slots.seeds == [1]


def test_a_closed_simulator_refuses_jobs_and_may_be_closed_again(simulator, scenario):
    assert simulator.close(SECONDS)
    assert simulator.close(SECONDS)
    with pytest.raises(dw.DualSlotError, match="closed; make a new one"):
        simulator.add(scenario(1), SCRIPTED)
    assert simulator.queue.jobs == ()


def test_a_listener_may_close_from_the_worker_itself(slots, staged, scenario):
    def listener():
        if threading.current_thread() in workers():
            simulator.close()

    simulator = BackgroundSimulator(slots, listener, staged)
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.wait(SECONDS)
    assert simulator.close(SECONDS)
    assert job.status is CANCELLED


def test_the_worker_starts_with_the_first_job(simulator, staged, scenario):
    assert workers() == []
    staged.freely()
    assert simulator.add(scenario(1), SCRIPTED).wait(SECONDS)
    assert len(workers()) == 1


def test_fifty_simulators_leave_no_thread_behind(slots, staged, scenario):
    staged.freely()
    before = threading.active_count()
    for seed in range(50):
        simulator = BackgroundSimulator(slots, play=staged)
        assert simulator.add(scenario(seed), SCRIPTED).wait(SECONDS)
        assert simulator.current is None
        assert simulator.close(SECONDS)
    assert threading.active_count() == before


@pytest.mark.slow
def test_sixty_jobs_leave_one_thread_and_few_open_files(tmp_path, staged, scenario):
    staged.freely()
    storage = dw.SimulationStorage(tmp_path)
    simulator = BackgroundSimulator(storage, play=staged)
    process = psutil.Process()
    threads, handles = threading.active_count(), process.num_fds()
    for seed in range(60):
        assert simulator.add(scenario(seed), SCRIPTED).wait(SECONDS)
    assert threading.active_count() == threads + 1
    opened = process.num_fds() - handles
    print(f"{opened} files open after 60 jobs")
    assert opened <= MAX_OPEN_FILES
    assert [check for check in storage.verify() if check.problem] == []
    assert simulator.close(SECONDS)


def assert_ends_in_silence(folder: Path, script: str, status: int = 0, **environment: str) -> int:
    """A kernel that runs a script ends in silence, and its slots are whole.

    Returns how many results were stored.
    """
    done = ended(folder, script, **environment)
    assert (done.status, done.errors) == (status, "")
    storage = dw.SimulationStorage(folder)
    assert storage.damage == (None, None)
    assert [check for check in storage.verify() if check.problem] == []
    stored = len(storage.history)
    data = dw.simulate(dw.starter_scenario(), runs=15)
    slot = storage.store_simulation(data)
    names = {path.name for path in (folder / f"slot_{slot}").iterdir()}
    assert names == {"metadata.json", storage.slots[slot].metadata.file_path.name}
    return stored


@pytest.mark.slow
@pytest.mark.parametrize("moment", KERNELS)
def test_a_kernel_that_ends_stops_the_worker_and_leaves_whole_slots(tmp_path, moment):
    status = 1 if moment == "after an error" else 0
    stored = assert_ends_in_silence(tmp_path, KERNELS[moment], status)
    # What was being played or waited is not stored; what had been stored stays.
    assert stored in STORED[moment]


@pytest.mark.slow
def test_a_kernel_that_ends_while_the_engine_is_compiled_stores_nothing(tmp_path):
    kernels = {"NUMBA_CACHE_DIR": str(tmp_path / "kernels")}
    assert assert_ends_in_silence(tmp_path / "slots", PREPARING, **kernels) == 0
