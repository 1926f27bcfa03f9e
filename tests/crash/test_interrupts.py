"""Ctrl-C at any moment of any call leaves threads, locks, descriptors and slots as they were."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

import pytest

from tests.crash.own_process import python
from tests.crash.summary import report

#: Thousands when the environment says so.
COUNT = int(os.environ.get("DUALSLOT_INTERRUPTS", "100"))


@pytest.mark.slow
@pytest.mark.timeout(300 + COUNT)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts threads in /proc")
def test_an_interrupt_at_any_moment_leaves_everything_as_it_was(seed):
    memory = Path("/dev/shm")  # where no fsync is waited for
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as home:
        arguments = ("-m", "tests.crash.interrupted", f"{home}/simulations")
        process = python(*arguments, str(seed), str(COUNT))
        printed, errors = process.communicate(timeout=250 + COUNT)
    assert process.returncode == 0, errors[-3000:]
    found = json.loads(printed)
    print(found)
    assert found["left"] == ["simulations"]
    assert found["raised"] > COUNT // 5
    report("interrupts", [], sent=found["sent"], raised=found["raised"])
