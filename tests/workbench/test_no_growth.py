"""Hundreds of jobs in one process leave nothing behind: no thread, no file handle, no object.

No job may leave one object of Python. Generations share at most `MAX_OPEN_FILES` handles, and how
many of them are in use at a moment depends on the collector; a single handle that stayed behind
with each job would be more than all of them. Memory is measured in tests/benchmarks.
"""

from __future__ import annotations

import pytest

from dualslot_widgets.storage.generations.open_files import MAX_OPEN_FILES
from tests.workbench.growth import grown

JOBS, FAILING_JOBS = 200, 150
#: One object a job would be 45 of them, and 60 of jobs that do not fail.
MOST_OBJECTS = 30


def assert_nothing_left(told: dict) -> None:
    assert told["threads"] == 0
    assert told["handles"] < MAX_OPEN_FILES
    assert told["objects"] < MOST_OBJECTS


@pytest.mark.slow
def test_hundreds_of_jobs_leave_nothing_behind():
    told = grown(JOBS, 15)
    assert_nothing_left(told)
    assert told["generations"] == list(range(1, JOBS + 1))
    assert told["warned"] == []


@pytest.mark.slow
def test_jobs_that_fail_leave_nothing_behind():
    told = grown(FAILING_JOBS, 105, failing=True)
    assert_nothing_left(told)
    assert told["generations"] == []
