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

#: One after the other, while the parent's job is played.
LEAVES = {
    "exits": "sys.exit(0)",
    "collects its garbage": "job = bench = None; gc.collect(); os._exit(0)",
    "closes": "bench.close(); bench.simulator.close(); os._exit(0)",
}
REFUSED = {
    "adds a job": "bench.add_to_queue()",
    "edits": "bench.edit(bench.scenario)",
    "waits": "job.wait()",
    "asks for the result": "job.result()",
    "cancels": "job.cancel()",
}
OWN = """own = dw.Workbench(sys.argv[1] + " child")
print(own.add_to_queue(job.scenario.with_value("settings.runs", 15)).result(100).runs.num_rows)
own.close()"""
PARENT = """import gc, os, sys, threading, warnings
import dualslot_widgets as dw
warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads, from Python 3.12 on
changed = threading.Semaphore(0)
bench = dw.Workbench(sys.argv[1], dw.starter_scenario().with_value("settings.runs", 400_000))
bench.subscribe(changed.release)
job = bench.add_to_queue()
while job.progress.completed_runs < 5_000:
    assert changed.acquire(timeout=100)
for what in sys.argv[2:]:
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            exec(what)
        except dw.DualSlotError as error:
            print("refused", error)
        sys.stdout.flush()
        if what == "sys.exit(0)":
            sys.exit(0)
        os._exit(0)
    print("child", os.waitpid(child, 0)[1], job.status.value)
    assert len(os.listdir(bench.storage.path / ".drafts")) == 2
print("parent", job.result(100).runs.num_rows, bench.storage.damage)
bench.close()
"""


@pytest.mark.slow
def test_a_child_leaves_the_parents_job_to_the_parent_and_is_told_what_to_do(tmp_path):
    children = [*LEAVES.values(), *REFUSED.values(), OWN]
    command = [sys.executable, "-c", PARENT, str(tmp_path / "slots"), *children]
    done = subprocess.run(
        command, check=False, cwd=REPOSITORY, capture_output=True, text=True, timeout=250
    )
    print(done.stdout, done.stderr)
    assert done.returncode == 0
    told = done.stdout.splitlines()
    assert [line for line in told if line.startswith("child")] == ["child 0 running"] * len(
        children
    )
    refused = [line for line in told if line.startswith("refused")]
    assert len(refused) == len(REFUSED)
    assert all("make a new Workbench here" in r or "cancel it there" in r for r in refused)
    assert "15" in told
    assert told[-1] == "parent 400000 (None, None)"


def test_a_workbench_knows_whose_it_is_without_taking_a_lock(tmp_path, monkeypatch):
    with dw.Workbench(tmp_path) as bench:
        job = bench.add_to_queue(bench.scenario.with_value("settings.runs", 15))
        assert job.wait(100)
        with monkeypatch.context() as child:
            child.setattr(os, "getpid", lambda: -1)
            held = [bench._lock, bench.simulator._start_lock, bench.live._lock]
            held.append(job.control._lock)
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
