"""Many processes write, read and are killed on one folder: nobody ever sees a wrong number."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter

import pytest

import dualslot_widgets as dw
from tests.crash.own_process import python
from tests.crash.promise import broken_afterwards, problems
from tests.crash.summary import report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
]
CROWD = ("writer", "writer", "reader", "reader", "reader", "killed")
SECONDS, LYING_SECONDS = 30.0, 2.0
#: For the slowest of them to start and to end.
WAIT = 120


def crowded(folder, roles, seconds: float, seed: int) -> list[dict]:
    """Let processes run at the same time, and return what each of them did."""
    crowd = [
        python("-m", "tests.crash.crowd", role, str(folder), str(seed + number))
        for number, role in enumerate(roles)
    ]
    try:
        for process in crowd:
            assert process.stdout.readline() == "ready\n", process.stderr.read()
        for process in crowd:
            process.stdin.write("\n")
            process.stdin.flush()
        time.sleep(seconds)  # how long they are let loose is what is tested
        for process in crowd:
            process.stdin.close()
            process.stdin = None
        told = [process.communicate(timeout=WAIT) for process in crowd]
        assert [errors for _, errors in told if errors] == []
    finally:
        for process in crowd:
            process.kill()
    return [json.loads(printed) for printed, _ in told]


def test_nobody_sees_a_wrong_number(tmp_path, seed):
    folder = tmp_path / "simulations"
    told = crowded(folder, CROWD, SECONDS, seed)
    did = sum((Counter(one["did"]) for one in told), Counter())
    wrong = [
        f"{role}: {what}" for role, one in zip(CROWD, told, strict=True) for what in one["wrong"]
    ]
    storage = dw.SimulationStorage(folder)
    # The one that is killed may have been so between its commit and what it tells of it.
    wrong += problems(storage)
    wrong += [found] if (found := broken_afterwards(storage)) else []
    print(f"readers were refused {did['refused']} times")
    assert all(did[what] > 20 for what in ("commits", "reads", "kills"))
    report("crowds", wrong, commits=did["commits"], reads=did["reads"], kills=did["kills"])


def test_readers_would_notice_the_numbers_of_other_fights(tmp_path, seed):
    told = crowded(tmp_path / "simulations", ("liar", "reader"), LYING_SECONDS, seed)
    assert told[0]["did"]["commits"] > 0
    assert told[1]["wrong"] != []
