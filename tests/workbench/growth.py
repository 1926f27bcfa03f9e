"""What many jobs leave behind in a process of their own: threads, handles, objects, memory.

In a process that has run a thousand other tests, what the system counts as its memory moves by more
than any limit. Allocators keep ten MiB of free pages more at one moment than at another: they are
asked to return them, and the lowest of `LOOKS` looks is compared.
"""

from __future__ import annotations

import json
from typing import Any

from tests.fresh_process import run

LOOKS = 10
SECONDS = 280

_PLAY = """import contextlib, ctypes, gc, json, logging, tempfile, threading
import psutil
import pyarrow as pa
import dualslot_widgets as dw
import dualslot_widgets.storage.slots.commit

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

def play(jobs, runs, looks, status):
    found = []
    step = jobs // (5 * looks)
    first = range(jobs // 5, 2 * jobs // 5, step)
    middle = range(jobs // 2, 7 * jobs // 10, step)
    last = range(4 * jobs // 5 + step, jobs + 1, step)
    with tempfile.TemporaryDirectory() as folder, dw.Workbench(folder) as bench:
        scenario = bench.scenario.with_value("settings.runs", runs)
        for number in range(1, jobs + 1):
            job = bench.add_to_queue(scenario.with_value("settings.seed", number))
            assert job.wait() and job.status is status, job
            if number in (*first, *middle, *last):
                found.append(left_behind())
        generations = list(bench.storage.history["generation"])
    print(json.dumps({"found": found, "generations": generations, "warned": warned}))
"""
_FAIL = """
def refused(*_):
    raise OSError("the disk refuses")

dw.storage.slots.commit.replace_metadata = refused"""


def grown(jobs: int, runs: int, *, failing: bool = False) -> dict[str, Any]:
    """Play jobs one after the other, a multiple of 50.

    Returns
    -------
    dict
        By how much `threads`, `handles`, `objects` and `memory` (bytes) grew with the jobs: the
        smaller step of two, from the second fifth to the middle and from there to the last fifth.
        What only comes once, such as a module that is imported late, is no growth. And the
        `generations` of the history, and what was `warned`.
    """
    status = "dw.JobStatus.FAILED" if failing else "dw.JobStatus.COMPLETED"
    code = f"{_PLAY}{_FAIL if failing else ''}\nplay({jobs}, {runs}, {LOOKS}, {status})"
    told = json.loads(run(code, timeout=SECONDS)[1])
    looks = told.pop("found")
    assert len(looks) == 3 * LOOKS
    first, middle, last = (
        {what: min(look[what] for look in part) for what in looks[0]}
        for part in (looks[:LOOKS], looks[LOOKS : 2 * LOOKS], looks[2 * LOOKS :])
    )
    print(f"\nafter {jobs} jobs: first {first}, middle {middle}, last {last}")
    return told | {w: min(middle[w] - first[w], last[w] - middle[w]) for w in first}
