"""One of many processes on one folder: a writer, one that is killed, one that lies, or a reader.

    python -m tests.crash.crowd ROLE FOLDER SEED

Prints a line when it is ready, begins when a line comes in, ends when its input is closed and it
did enough, and then prints one JSON line of what it did and what was wrong.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import dualslot_widgets as dw
from dualslot_widgets.results.analysis.quintiles import analyse
from dualslot_widgets.tables import SCHEMAS
from tests.crash.own_process import forked, prepared, waited
from tests.patience import SECONDS
from tests.storage.small_data import assert_whole, small

#: Parameters that all writers take turns with, so that the same ones are stored again too.
SEEDS = 6
#: Longer than a few commits take in a crowd.
LONGEST_SECONDS = 0.5
#: Of what each does, however long that takes.
LEAST_TURNS = 21
#: What may happen to a reader while others write all the time.
DOCUMENTED = "changes all the time"


def over() -> bool:
    """Whether the input was closed."""
    return bool(select.select([sys.stdin], [], [], 0)[0]) and not sys.stdin.readline()


def own_numbers(data: dw.SimulationDataSet) -> None:
    """A data set's tables match its own analysis, its fingerprint its scenario."""
    assert data.parameters.fingerprint == data.scenario.parameters.fingerprint
    assert data.analysis == analyse(data.runs, data.combatants)
    assert data.runs.num_rows == data.scenario.settings.runs
    assert set(data.events["run"].to_pylist()) <= set(range(data.runs.num_rows))


def read(folder: Path, chance: random.Random, did: Counter, look: Callable[[], bool]) -> list[str]:
    """Read both slots again and again, now from one storage and now from a new one."""
    wrong: list[str] = []
    storage = dw.SimulationStorage(folder)
    in_hand: list[dw.SimulationDataSet] = []
    while not look():
        try:
            if chance.random() < 0.3:
                storage.close()
                storage = dw.SimulationStorage(folder)
            found = [data for data in storage.slots if data is not None]
            in_hand = [*in_hand[-1:], *found]  # one that was handed out earlier stays whole
            for data in in_hand:
                own_numbers(data)
                assert_whole(data)
            did["reads"] += len(in_hand)
            if storage.damage != (None, None):
                wrong.append(f"damage {storage.damage}")
        except dw.StorageError as error:
            did["refused"] += 1
            if DOCUMENTED not in str(error):
                wrong.append(repr(error))
        except Exception as error:  # noqa: BLE001 - the point is that there is none
            wrong.append(repr(error))
    return wrong


def write(folder: Path, chance: random.Random, did: Counter, look: Callable[[], bool]) -> list[str]:
    """Store one data set after the other."""
    wrong = []
    storage = dw.SimulationStorage(folder, lock_timeout=SECONDS)
    while not look():
        try:
            storage.store_simulation(small(chance.randrange(SEEDS)))
            did["commits"] += 1
        except Exception as error:  # noqa: BLE001 - the point is that there is none
            wrong.append(repr(error))
    return wrong


def write_lies(
    folder: Path, chance: random.Random, did: Counter, look: Callable[[], bool]
) -> list[str]:
    """Store the numbers of other fights, to see that readers notice."""
    storage = dw.SimulationStorage(folder, lock_timeout=SECONDS)
    while not look():
        asked, told = chance.sample(range(SEEDS), 2)
        tables = {name: getattr(small(told), name) for name in SCHEMAS}
        storage.store_simulation(dw.SimulationDataSet.in_memory(small(asked).scenario, tables))
        did["commits"] += 1
    return []


def be_killed(
    folder: Path, chance: random.Random, did: Counter, look: Callable[[], bool]
) -> list[str]:
    """Have forks that store, and kill each of them at a random moment."""
    wrong: list[str] = []
    while not look():
        own = random.Random(chance.random())
        child = forked(lambda own=own: len(write(folder, own, Counter(), lambda: False)))
        time.sleep(chance.uniform(0, LONGEST_SECONDS))
        os.kill(child, signal.SIGKILL)
        if waited(child) != -signal.SIGKILL:
            wrong.append("a writer ended by itself")
        did["kills"] += 1
    return wrong


ROLES = {"reader": read, "writer": write, "killed": be_killed, "liar": write_lies}


def main() -> None:
    """Do one role until the input is closed."""
    role, folder, seed = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    prepared(range(SEEDS))
    print("ready", flush=True)
    sys.stdin.readline()
    did: Counter[str] = Counter()

    def enough() -> bool:
        did["turns"] += 1
        return did["turns"] > LEAST_TURNS and over()

    wrong = ROLES[role](folder, random.Random(seed), did, enough)
    print(json.dumps({"did": did, "wrong": wrong[:20]}), flush=True)


if __name__ == "__main__":
    main()
