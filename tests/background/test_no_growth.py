"""A thousand jobs in one process leave nothing behind: no thread, no file handle, no memory.

Measured in a process of its own: in one that has run a thousand other tests, what the system counts
as its memory moves by more than the limit. Generations share at most `MAX_OPEN_FILES` handles, and
how many of them are in use at a moment depends on the collector; a single handle that stayed behind
with each job would be more than all of them.
"""

from __future__ import annotations

import json

import pytest

from dualslot_widgets.storage.generation import MAX_OPEN_FILES
from tests.benchmarks.fresh_process import run

MOST_BYTES = 10 << 20
SECONDS = 300

LEFT_BEHIND = """import gc, json, logging, tempfile, threading
import psutil
import pyarrow as pa
import dualslot_widgets as dw
import dualslot_widgets.storage.commit

warned = []
handler = logging.Handler(logging.WARNING)
handler.emit = lambda record: warned.append(record.getMessage())
logging.getLogger().addHandler(handler)

def left_behind():
    gc.collect()
    pa.default_memory_pool().release_unused()
    process = psutil.Process()
    handles = process.num_handles() if psutil.WINDOWS else process.num_fds()
    memory = process.memory_info().rss
    return {"threads": threading.active_count(), "handles": handles, "memory": memory}

def play(jobs, warm_up, runs, status):
    found = []
    with tempfile.TemporaryDirectory() as folder, dw.Workbench(folder) as bench:
        scenario = bench.scenario.with_value("settings.runs", runs)
        for number in range(1, jobs + 1):
            job = bench.add_to_queue(scenario.with_value("settings.seed", number))
            assert job.wait(60) and job.status is status, job
            if number in (warm_up, jobs):
                found.append(left_behind())
        generations = list(bench.storage.history["generation"])
    print(json.dumps({"found": found, "generations": generations, "warned": warned}))
"""
SUCCEED = """
play(1000, 100, 15, dw.JobStatus.COMPLETED)"""
FAIL = """
def refused(*_):
    raise OSError("the disk refuses")

dw.storage.commit.replace_metadata = refused
play(200, 100, 105, dw.JobStatus.FAILED)"""


def growth(what: str) -> dict:
    told = json.loads(run(LEFT_BEHIND + what, timeout=SECONDS)[1])
    first, last = told["found"]
    print(f"first {first}, last {last}")
    print(f"memory grew by {(last['memory'] - first['memory']) / 2**20:.1f} MiB")
    assert last["threads"] == first["threads"]
    assert last["handles"] - first["handles"] < MAX_OPEN_FILES
    assert last["memory"] - first["memory"] < MOST_BYTES
    return told


@pytest.mark.slow
def test_a_thousand_jobs_leave_nothing_behind():
    told = growth(SUCCEED)
    assert told["generations"] == list(range(1, 1001))
    assert told["warned"] == []


@pytest.mark.slow
def test_jobs_that_fail_leave_nothing_behind():
    assert growth(FAIL)["generations"] == []
