"""A forked process touches nothing of its parent's jobs and drafts, and says so."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import dualslot_widgets as dw

REPOSITORY = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks on Windows")

FRAME = """import gc, os, sys, threading, warnings
import dualslot_widgets as dw
warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads, from Python 3.12 on
changed = threading.Semaphore(0)
bench = dw.Workbench(sys.argv[1], dw.starter_scenario().with_value("settings.runs", 200_000))
bench.subscribe(changed.release)
job = bench.add_to_queue()
while job.progress.completed_runs < 5_000:
    assert changed.acquire(timeout=100)
child = os.fork()
if child == 0:
    try:
        {}
    except BaseException as error:
        print(type(error).__name__, error, flush=True)
        {}
status = os.waitpid(child, 0)[1]
print("child", status, flush=True)
print("parent", job.result(100).runs.num_rows, bench.storage.damage, flush=True)
bench.close()
"""
LEAVES = {
    "exits": ("sys.exit(0)", "raise"),
    "collects its garbage": ("job = bench = None; gc.collect(); os._exit(0)", "os._exit(1)"),
    "closes": ("bench.close(); bench.simulator.close(); os._exit(0)", "os._exit(1)"),
}
REFUSED = {
    "adds a job": "bench.add_to_queue()",
    "edits": "bench.edit(bench.scenario)",
    "waits": "job.wait()",
    "asks for the result": "job.result()",
    "cancels": "job.cancel()",
}


def told(folder: Path, *child: str) -> list[str]:
    command = [sys.executable, "-c", FRAME.format(*child), str(folder)]
    done = subprocess.run(
        command, check=False, cwd=REPOSITORY, capture_output=True, text=True, timeout=200
    )
    print(done.stderr)
    assert done.returncode == 0
    return done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("what", LEAVES)
def test_a_child_that_ends_leaves_the_parents_job_to_the_parent(tmp_path, what):
    assert told(tmp_path, *LEAVES[what]) == ["child 0", "parent 200000 (None, None)"]


@pytest.mark.slow
@pytest.mark.parametrize("what", REFUSED)
def test_a_child_that_wants_something_of_the_parent_is_told_what_to_do(tmp_path, what):
    first, *others = told(tmp_path, REFUSED[what], "os._exit(0)")
    assert first.startswith("DualSlotError")
    assert "make a new Workbench here" in first or "cancel it there" in first
    assert others == ["child 0", "parent 200000 (None, None)"]


@pytest.mark.slow
def test_a_child_may_have_a_workbench_of_its_own(tmp_path):
    own = "print(dw.Workbench(sys.argv[1] + ' child').add_to_queue(job.scenario.with_value("
    own += "'settings.runs', 15)).result(100).runs.num_rows, flush=True); os._exit(0)"
    assert told(tmp_path / "slots", own, "os._exit(1)")[:2] == ["15", "child 0"]


def test_a_workbench_knows_whose_it_is_without_taking_a_lock(tmp_path, monkeypatch):
    with dw.Workbench(tmp_path) as bench:
        job = bench.add_to_queue(bench.scenario.with_value("settings.runs", 15))
        assert job.wait(100)
        with monkeypatch.context() as child:
            child.setattr(os, "getpid", lambda: -1)
            held = [bench._lock, bench.simulator._start_lock, bench.live._lock, job._lock]
            holding, over = threading.Event(), threading.Event()

            def hold():
                for lock in held:
                    lock.acquire()
                holding.set()
                over.wait(100)
                for lock in held:
                    lock.release()

            thread = threading.Thread(target=hold)
            thread.start()
            assert holding.wait(100)
            try:
                bench.close()
                for refused in (bench.add_to_queue, job.cancel, job.wait):
                    with pytest.raises(dw.DualSlotError, match="fork"):
                        refused()
                with pytest.raises(dw.DualSlotError, match="fork"):
                    bench.edit(bench.scenario)
            finally:
                over.set()
                thread.join()
        assert bench.add_to_queue(bench.scenario.with_value("settings.runs", 25)).wait(100)
