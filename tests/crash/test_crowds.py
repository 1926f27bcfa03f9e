"""Many processes write, read and are killed on one folder: nobody ever sees a wrong number."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from random import Random

import pytest

import dualslot_widgets as dw
from tests.crash.crowd import LEAST_TURNS, write_lies
from tests.crash.own_process import python
from tests.crash.promise import broken_afterwards, problems
from tests.crash.summary import report
from tests.patience import SECONDS as PATIENCE
from tests.storage.small_data import small

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL"),
]
CROWD = ("writer", "writer", "reader", "reader", "reader", "killed")
SECONDS, LYING_SECONDS = 30.0, 2.0


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
        told = [process.communicate(timeout=PATIENCE) for process in crowd]
        assert [errors for _, errors in told if errors] == []
    finally:
        for process in crowd:
            process.kill()
    return [json.loads(printed) for printed, _ in told]


def test_nobody_sees_a_wrong_number(tmp_path, seed):
    folder = tmp_path / "simulations"
    dw.SimulationStorage(folder).store_simulation(small(0))  # so that a reader has what to read
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
    assert all(did[what] >= LEAST_TURNS for what in ("commits", "reads", "kills"))
    report("crowds", wrong, commits=did["commits"], reads=did["reads"], kills=did["kills"])


def test_readers_would_notice_the_numbers_of_other_fights(tmp_path, seed):
    folder = tmp_path / "simulations"
    once = iter((False, True))
    write_lies(folder, Random(seed), Counter(), lambda: next(once))
    told = crowded(folder, ("liar", "reader"), LYING_SECONDS, seed)
    assert told[0]["did"]["commits"] > 0
    assert told[1]["wrong"] != []
