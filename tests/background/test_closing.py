"""The worker stops when it is asked to, with the kernel too, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

import dualslot_widgets as dw
from dualslot_widgets.background.simulator import EXIT_SECONDS, BackgroundSimulator
from dualslot_widgets.engine.simulate import prepare_engine
from dualslot_widgets.storage.generation import MAX_OPEN_FILES
from tests.background.diary import SECONDS

SCRIPTED = dw.Priority.SCRIPTED
CANCELLED, COMPLETED = dw.JobStatus.CANCELLED, dw.JobStatus.COMPLETED
REPOSITORY = Path(__file__).parents[2]
#: The worker's second, and what the interpreter needs for its own end on a busy machine; measured
#: 0.4 to 1.5 s in all. Compiling would take 5 to 10 s, the million runs far longer.
KERNEL_SECONDS = EXIT_SECONDS + 3.0


def workers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "dualslot-worker"]


def test_closing_in_the_middle_of_a_million_runs_takes_less_than_a_second(slots, diary, scenario):
    prepare_engine()
    simulator = diary.simulator = BackgroundSimulator(slots, diary)
    job = simulator.add(scenario(1).with_value("settings.runs", 1_000_000), SCRIPTED)
    diary.until(lambda: job.progress.completed_runs > 0)
    assert simulator.memory[1] < 20 << 20  # what was played is not kept here
    began = time.perf_counter()
    assert simulator.close()
    assert time.perf_counter() - began < EXIT_SECONDS
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
    assert simulator.close()
    assert simulator.close()
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


KERNELS = {
    "playing": """
scenario = dw.starter_scenario().with_value("settings.runs", 1_000_000)
job = bench.add_to_queue(scenario)
until(lambda: job.progress.completed_runs)
""",
    "playing in three workbenches": """
benches = [bench, dw.Workbench(sys.argv[1] + " 2"), dw.Workbench(sys.argv[1] + " 3")]
scenario = dw.starter_scenario().with_value("settings.runs", 1_000_000)
jobs = [bench.add_to_queue(scenario) for bench in benches]
for one in benches:
    one.subscribe(tell)
until(lambda: all(job.progress.completed_runs for job in jobs))
""",
    "storing": """
bench.add_to_queue().result(60)
job = bench.add_to_queue(force=True)
until(lambda: job.phase == "storing")
""",
    "with jobs waiting": """
prepare_engine()
jobs = [bench.add_to_queue(bench.scenario.with_value("settings.seed", n)) for n in range(200)]
until(lambda: any(job.status == "completed" for job in jobs))
""",
    "after an error": """
job = bench.add_to_queue()
job.result(60)
bench.add_to_queue(force=True)
sys.excepthook = lambda *_: print(time.time(), flush=True)
raise RuntimeError
""",
}
PREPARING = """
job = bench.add_to_queue()
until(lambda: job.phase.startswith("preparing"))
"""
FRAME = """import sys, threading, time
import dualslot_widgets as dw
from dualslot_widgets.engine.simulate import prepare_engine
from dualslot_widgets.storage.generation import MAX_OPEN_FILES
bench = dw.Workbench(sys.argv[1])
changed = threading.Condition()
def tell():
    with changed:
        changed.notify_all()
def until(holds):
    with changed:
        assert changed.wait_for(holds, 60)
bench.subscribe(tell)
{}
print(time.time(), flush=True)
"""


def assert_ends_soon(folder: Path, script: str, status: int = 0, **environment: str) -> None:
    """A kernel that runs a script ends soon after it, in silence, and its slots are whole."""
    command = [sys.executable, "-W", "error", "-c", FRAME.format(script), str(folder)]
    variables = {**os.environ, **environment}
    done = subprocess.run(
        command,
        check=False,
        cwd=REPOSITORY,
        env=variables,
        capture_output=True,
        text=True,
        timeout=100,
    )
    seconds = time.time() - float(done.stdout)
    print(f"the kernel ended {seconds:.2f} s after its last line")
    assert (done.returncode, done.stderr) == (status, "")
    assert seconds < KERNEL_SECONDS
    storage = dw.SimulationStorage(folder)
    assert storage.damage == (None, None)
    assert [check for check in storage.verify() if check.problem] == []
    data = dw.simulate(dw.starter_scenario(), runs=15)
    slot = storage.store_simulation(data)
    names = {path.name for path in (folder / f"slot_{slot}").iterdir()}
    assert names == {"metadata.json", storage.slots[slot].metadata.file_path.name}


@pytest.mark.slow
@pytest.mark.parametrize("moment", KERNELS)
def test_a_kernel_that_ends_stops_the_worker_and_leaves_whole_slots(tmp_path, moment):
    assert_ends_soon(tmp_path, KERNELS[moment], status=1 if moment == "after an error" else 0)


@pytest.mark.slow
def test_a_kernel_that_ends_while_the_engine_is_compiled_does_not_wait_for_it(tmp_path):
    assert_ends_soon(tmp_path / "slots", PREPARING, NUMBA_CACHE_DIR=str(tmp_path / "kernels"))
