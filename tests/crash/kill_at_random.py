"""Kills processes that store one result after the other, each at a random moment.

    python -m tests.crash.kill_at_random FOLDER SEED KILLS

After each kill it checks that nothing reported as stored is lost. Prints one JSON line for each.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import dualslot_widgets as dw
from tests.patience import SECONDS
from tests.storage.small_data import assert_healthy, seeds, small

#: Longer than a few commits take.
LONGEST_SECONDS = 0.25
SEEDS = 7


def store_forever(folder: Path, report: int) -> None:
    """Store one data set after the other and write down each generation that is reported."""
    storage = dw.SimulationStorage(folder, lock_timeout=SECONDS)
    for number in itertools.count():
        slot = storage.store_simulation(small(number % SEEDS))
        metadata = storage.slots[slot].metadata
        os.write(report, f"{metadata.generation} {number % SEEDS}\n".encode())


def kill_one(folder: Path, seconds: float) -> list[tuple[int, int]]:
    """Kill a process after some seconds; return generation and seed of all that it reported."""
    reports, report = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            store_forever(folder, report)
        finally:
            os._exit(1)
    os.close(report)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL, "the process ended by itself"
    with os.fdopen(reports) as lines:
        return [(int(first), int(second)) for first, second in map(str.split, lines)]


def main() -> None:
    """Kill, check, and store from a second process, again and again."""
    folder, chance = Path(sys.argv[1]), random.Random(int(sys.argv[2]))
    for seed in range(SEEDS + 1):
        for name in ("runs", "combatants", "rounds", "events", "analysis"):
            getattr(small(seed), name)
    storage = dw.SimulationStorage(folder, lock_timeout=SECONDS)
    newest, held = 0, 0
    for _ in range(int(sys.argv[3])):
        seconds = chance.uniform(0, LONGEST_SECONDS)
        reported = kill_one(folder, seconds)
        assert_healthy(storage)
        found = seeds(storage)
        assert all(now is not None for now in found[:held]), "a slot became empty"
        held = 2 - found.count(None)
        now = 0 if storage.newest is None else storage.newest.metadata.generation
        if reported:
            # The last one, or one that was durable but not reported yet.
            last, seed = reported[-1]
            assert now in (last, last + 1)
            assert seed in found
            assert [generation for generation, _ in reported] == sorted({g for g, _ in reported})
        assert now >= newest
        storage.store_simulation(small(SEEDS))  # the dead process holds no lock
        newest = storage.newest.metadata.generation
        assert newest > now
        held = 2 - seeds(storage).count(None)
        print(json.dumps({"seconds": round(seconds, 3), "reported": len(reported)}), flush=True)


if __name__ == "__main__":
    main()
