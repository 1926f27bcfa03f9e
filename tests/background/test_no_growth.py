"""A thousand jobs in one process leave nothing behind: no thread, no file handle, no memory.

Measured in a process of its own: in one that has run a thousand other tests, what the system counts
as its memory moves by more than the limit. Allocators keep ten MiB of free pages more at one moment
than at another: they are asked to return them, and the lowest of `LOOKS` looks is compared. The
objects of Python are counted, of which no job may leave one. Generations share at most
`MAX_OPEN_FILES` handles, and how many of them are in use at a moment depends on the collector; a
single handle that stayed behind with each job would be more than all of them.
"""

from __future__ import annotations

import json

import pytest

from dualslot_widgets.storage.generation import MAX_OPEN_FILES
from tests.fresh_process import run

MOST_BYTES = 10 << 20
MOST_OBJECTS = 50
LOOKS = 10
SECONDS = 300

LEFT_BEHIND = """import contextlib, ctypes, gc, json, logging, tempfile, threading
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
    with contextlib.suppress(AttributeError, OSError, TypeError):  # only glibc has it
        ctypes.CDLL(None).malloc_trim(0)
    process = psutil.Process()
    handles = process.num_handles() if psutil.WINDOWS else process.num_fds()
    memory = process.memory_info().rss
    objects = len(gc.get_objects())
    return {
        "threads": threading.active_count(),
        "handles": handles, "memory": memory, "objects": objects,
    }

def play(jobs, first, last, runs, status):
    found = []
    with tempfile.TemporaryDirectory() as folder, dw.Workbench(folder) as bench:
        scenario = bench.scenario.with_value("settings.runs", runs)
        for number in range(1, jobs + 1):
            job = bench.add_to_queue(scenario.with_value("settings.seed", number))
            assert job.wait(120) and job.status is status, job
            if number in (*first, *last):
                found.append(left_behind())
        generations = list(bench.storage.history["generation"])
    print(json.dumps({"found": found, "generations": generations, "warned": warned}))
"""
SUCCEED = f"""
play(1000, range(100, 200, {100 // LOOKS}), range(910, 1001, {100 // LOOKS}),
    15, dw.JobStatus.COMPLETED)"""
FAIL = f"""
def refused(*_):
    raise OSError("the disk refuses")

dw.storage.commit.replace_metadata = refused
play(200, range(50, 100, {50 // LOOKS}), range(155, 201, {50 // LOOKS}),
    105, dw.JobStatus.FAILED)"""


def growth(what: str) -> dict:
    told = json.loads(run(LEFT_BEHIND + what, timeout=SECONDS)[1])
    found = told["found"]
    first, last = (
        {what: min(look[what] for look in looks) for what in found[0]}
        for looks in (found[:LOOKS], found[LOOKS:])
    )
    print(f"first {first}, last {last}")
    print(f"memory grew by {(last['memory'] - first['memory']) / 2**20:.1f} MiB")
    assert len(found) == 2 * LOOKS
    assert last["threads"] == first["threads"]
    assert last["handles"] - first["handles"] < MAX_OPEN_FILES
    assert last["objects"] - first["objects"] < MOST_OBJECTS
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
