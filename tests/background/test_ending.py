"""How the worker ends: closed or with its interpreter, soon, and with nothing half-written."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

import dualslot_widgets as dw
from dualslot_widgets.background.job import JobStatus, Priority
from dualslot_widgets.background.simulator import (
    BackgroundSimulator,
)
from tests.background.conftest import SECONDS, scenario
from tests.storage.small_data import assert_healthy, seeds, small

SCREEN, SCRIPTED = Priority.SCREEN, Priority.SCRIPTED


def test_a_job_of_many_runs_lets_go_within_a_second(kept):
    simulator = BackgroundSimulator(kept)
    reached, seen = threading.Event(), []

    def look() -> None:
        job = simulator.queue.jobs[0]
        seen.append(job.phase)
        if job.progress.completed_runs:
            reached.set()

    simulator._on_change = look
    job = simulator.add(scenario(1, runs=1_000_000), SCRIPTED)
    assert reached.wait(120)  # may compile first
    began = time.monotonic()
    assert simulator.close(1.0)
    print(f"stopped after {time.monotonic() - began:.3f} s")
    assert job.status is JobStatus.CANCELLED
    assert job.progress.completed_runs < 1_000_000
    assert kept.stored == []


def test_closing_stops_the_worker_and_cancels_the_rest(kept, staged):
    simulator = BackgroundSimulator(kept, play=staged)
    running, waiting = (simulator.add(scenario(seed), SCRIPTED) for seed in (1, 2))
    assert staged.begun.wait(SECONDS)
    staged.let(1)
    staged.freely()
    assert simulator.close(SECONDS)
    assert waiting.status is JobStatus.CANCELLED
    assert running.status.finished
    assert "dualslot-worker" not in {thread.name for thread in threading.enumerate()}
    with pytest.raises(dw.DualSlotError, match="closed"):
        simulator.add(scenario(3), SCRIPTED)


def test_closing_does_not_wait_longer_than_it_was_told(kept, staged):
    simulator = BackgroundSimulator(kept, play=staged)
    job = simulator.add(scenario(1), SCRIPTED)
    assert staged.begun.wait(SECONDS)  # and now it waits for its first batch
    assert not simulator.close(0.01)
    assert job.cancel_asked
    staged.freely()
    assert simulator.close(SECONDS)
    assert job.status is JobStatus.CANCELLED


def test_fifty_workers_leave_no_thread_behind(kept, staged):
    staged.freely()
    before = threading.active_count()
    for seed in range(50):
        simulator = BackgroundSimulator(kept, play=staged)
        assert simulator.add(scenario(seed), SCRIPTED).wait(SECONDS)
        assert simulator.close(SECONDS)
    assert threading.active_count() == before


def workers() -> int:
    return sum(thread.name == "dualslot-worker" for thread in threading.enumerate())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts handles of all kinds")
def test_fifty_jobs_take_one_thread_and_few_open_files(tmp_path):
    process, threads = psutil.Process(), workers()
    bench = dw.Workbench(tmp_path)
    bench.add_to_queue(scenario(0)).result(120)
    files = process.num_fds()
    for seed in range(1, 51):
        bench.add_to_queue(scenario(seed)).result(SECONDS)
    assert workers() == threads + 1
    assert process.num_fds() - files < 150  # macOS grants 256 in all
    bench.close()
    assert workers() == threads


def left(program: str, folder: Path) -> float:
    """Run a program that says when it has nothing more to do; return how long it takes to end."""
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "nothing more\n"
    start = time.monotonic()
    assert process.wait(SECONDS) == 0
    seconds = time.monotonic() - start
    process.stdout.close()
    print(f"the interpreter left {seconds:.2f} s after its last line")
    return seconds


BEGIN = """import sys, threading
import dualslot_widgets as dw
bench = dw.Workbench(sys.argv[1])
first = bench.scenario.with_value("settings.runs", 15)
bench.add_to_queue(first).result(120)
reached = threading.Event()
"""
WHILE_PLAYING = f"""{BEGIN}
bench.subscribe(lambda: bench.jobs[-1].progress.completed_runs and reached.set())
bench.add_to_queue(bench.scenario.with_value("settings.runs", 1_000_000))
assert reached.wait(60)
print("nothing more", flush=True)"""
# The files of the new generation are written, and its metadata is not.
WHILE_STORING = f"""{BEGIN}
from dualslot_widgets.storage import commit
def stop(*_):
    reached.set()
    threading.Event().wait()
commit._record = stop
job = bench.add_to_queue(first.with_value("settings.seed", 2))
assert reached.wait(60)
assert job.phase == "storing"
print("nothing more", flush=True)"""


@pytest.mark.slow
@pytest.mark.parametrize("program", [WHILE_PLAYING, WHILE_STORING], ids=["playing", "storing"])
def test_an_interpreter_that_exits_takes_the_worker_with_it(tmp_path, program):
    # About two seconds, or the minutes that the job would take: measured 0.5 s and 1.5 s.
    assert left(program, tmp_path) < 10
    storage = dw.SimulationStorage(tmp_path)
    assert seeds(storage) == [1, None]
    assert_healthy(storage)
    storage.store_simulation(small(3))
    assert seeds(storage) == [1, 3]
    assert len(list(tmp_path.glob("slot_*/g*"))) == 2  # what was left half-written is gone
