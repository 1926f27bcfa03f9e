"""A thousand jobs in one process leave nothing behind: no thread, no file handle, no memory.

Generations share at most ``MAX_OPEN_FILES`` handles, and how many of them are in use at a moment
depends on the collector; a single handle that stayed behind with each job would be more than
all of them.
"""

from __future__ import annotations

import gc
import logging
import threading

import psutil
import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.generation import MAX_OPEN_FILES

JOBS, WARM_UP = 1000, 100
MOST_BYTES = 10 << 20
SECONDS = 60


def left_behind() -> tuple[int, int, int]:
    """Threads, file handles, and resident bytes of this process."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    process = psutil.Process()
    handles = process.num_handles() if psutil.WINDOWS else process.num_fds()
    return threading.active_count(), handles, process.memory_info().rss


@pytest.mark.slow
def test_a_thousand_jobs_leave_nothing_behind(tmp_path, caplog):
    with dw.Workbench(tmp_path / "simulations") as bench:
        scenario = bench.scenario.with_value("settings.runs", 15)
        for number in range(1, JOBS + 1):
            job = bench.add_to_queue(scenario.with_value("settings.seed", number))
            assert job.result(SECONDS).metadata.metrics.simulation_seconds > 0
            if number == WARM_UP:
                threads, handles, memory = left_behind()
        del job
        now = left_behind()
        noted = bench.storage.history
    print(
        f"after job {WARM_UP} and {JOBS}: {threads}, {now[0]} threads, {handles}, {now[1]} handles"
    )
    print(f"memory grew by {(now[2] - memory) / 2**20:.1f} MiB")
    assert now[0] == threads
    assert now[1] - handles < MAX_OPEN_FILES
    assert now[2] - memory < MOST_BYTES
    assert list(noted["generation"]) == list(range(1, JOBS + 1))
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.slow
def test_jobs_that_fail_leave_nothing_behind(tmp_path, monkeypatch):
    def refused(*_):
        raise OSError("the disk refuses")

    with dw.Workbench(tmp_path / "simulations") as bench:
        scenario = bench.scenario.with_value("settings.runs", 105)
        monkeypatch.setattr("dualslot_widgets.storage.commit.replace_metadata", refused)
        for number in range(1, 201):
            job = bench.add_to_queue(scenario.with_value("settings.seed", number))
            assert job.wait(SECONDS)
            assert job.status is dw.JobStatus.FAILED
            if number == WARM_UP:
                threads, handles, memory = left_behind()
        del job
        now = left_behind()
    print(f"after {WARM_UP} and 200 failures: {handles}, {now[1]} handles")
    print(f"memory grew by {(now[2] - memory) / 2**20:.1f} MiB")
    assert now[0] == threads
    assert now[1] - handles < MAX_OPEN_FILES
    assert now[2] - memory < MOST_BYTES
