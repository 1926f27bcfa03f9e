"""The system kills a process, or refuses it, at any system call of a commit."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest

from tests.crash.cuts import filled
from tests.crash.own_process import python
from tests.crash.summary import report
from tests.patience import BATTERY, BATTERY_SECONDS

#: About 0.15 s each. A commit of today has 200 points, so that all of them are tried.
POINTS = 400
#: strace says so where a process may not be traced, as in many containers.
REFUSALS = ("Operation not permitted", "ptrace")

pytestmark = [pytest.mark.slow, BATTERY]
needs_strace = pytest.mark.skipif(
    shutil.which("strace") is None, reason="needs strace: apt install strace"
)


def inject(tmp_path, *arguments: object) -> tuple[dict, list[dict]]:
    """Try points of a commit in a folder with two results; return how many there are, and each."""
    filled(tmp_path / "before", 2)
    process = python("-m", "tests.crash.strace_points", str(tmp_path), *map(str, arguments))
    printed, errors = process.communicate(timeout=BATTERY_SECONDS)
    if "does not attach" in errors and any(refusal in errors for refusal in REFUSALS):
        pytest.skip(f"needs a system that lets strace attach: {errors.strip()[-200:]}")
    assert process.returncode == 0, errors
    first, *points = [json.loads(text) for text in printed.splitlines()]
    return first, points


@needs_strace
def test_a_fault_at_any_system_call_costs_nothing_old(tmp_path, seed):
    found, points = inject(tmp_path, seed, POINTS)
    assert found["calls"] > 30
    assert {"openat", "write", "fsync", "mkdir", "rename", "unlink"} <= {p["call"] for p in points}
    assert len(points) == min(POINTS, found["points"])
    faults = Counter(point["fault"] for point in points)
    assert all(faults[fault] > 20 for fault in ("SIGKILL", "EIO", "ENOSPC", "EACCES", "EMFILE"))
    report(
        "faults injected by the system",
        [point for point in points if point["wrong"]],
        points=len(points),
        kills=faults["SIGKILL"],
    )


@needs_strace
def test_a_replace_in_two_steps_would_be_found_out(tmp_path, seed):
    _, points = inject(tmp_path, seed, POINTS, "careless")
    assert any(point["wrong"] for point in points)
