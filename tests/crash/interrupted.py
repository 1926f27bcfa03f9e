"""Ctrl-C at random moments of one call after another, and what must be so after each.

    python -m tests.crash.interrupted FOLDER SEED COUNT

In a process of its own, whose threads and descriptors can be counted. Prints a line of JSON.
"""

from __future__ import annotations

import _thread
import ctypes
import gc
import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import dualslot_widgets as dw
from tests.crash.promise import problems
from tests.storage.small_data import STARTER, assert_whole, seeds, small

WAITS = 200
MOST = 40


def calls(folder: Path, home: Path) -> dict[str, Callable[[dw.SimulationStorage, int], object]]:
    """Every public call of a storage, and those that write files for users."""

    def draft(storage, seed):
        made = storage.begin()
        made.write({name: getattr(small(seed), name) for name in dw.tables.SCHEMAS})
        made.seal(small(seed).scenario)

    return {
        "store": lambda storage, seed: storage.store_simulation(small(seed)),
        "store what is open": lambda storage, seed: storage.store_simulation(
            next(data for data in storage.slots if data is not None)
        ),
        "draft": draft,
        "pin": lambda storage, seed: storage.pin((None, storage.newest_slot)[seed % 2]),
        "export": lambda storage, seed: storage.export(0, home / "out", overwrite=True),
        "import": lambda storage, seed: storage.import_archive(home / "in.dualslot"),
        "slots": lambda storage, seed: [data.runs for data in dw.SimulationStorage(folder).slots],
        "damage": lambda storage, seed: (storage.damage, storage.newest, storage.pinned_slot),
        "verify": lambda storage, seed: storage.verify(),
        "history": lambda storage, seed: storage.history,
        "recover": lambda storage, seed: storage.recover(),
        "close": lambda storage, seed: (storage.close(), storage.slots),
        "save": lambda storage, seed: STARTER.save(home / "scenario.json"),
        "load": lambda storage, seed: dw.Scenario.load(home / "scenario.json"),
    }


class Interrupts:
    """Sends one KeyboardInterrupt to the main thread, as Ctrl-C or as Python code does."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.count = 0
        signal.signal(signal.SIGALRM, self._ring)
        self._main = threading.main_thread().ident

    def _ring(self, *_: object) -> None:
        self.count += 1
        raise KeyboardInterrupt

    def during(self, work: Callable[[], object], seconds: float) -> BaseException | None:
        """Do some work that takes so long, and interrupt it at a random moment."""
        delay = max(1e-6, self._chance.random() * seconds)
        try:
            if self._chance.random() < 0.5:
                signal.setitimer(signal.ITIMER_REAL, delay)
                try:
                    work()
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
            else:
                self._from_another_thread(work, delay)
        except KeyboardInterrupt as error:
            return error
        return None

    def _from_another_thread(self, work: Callable[[], object], delay: float) -> None:
        over = threading.Event()
        interrupt = ctypes.pythonapi.PyThreadState_SetAsyncExc
        sent = []

        def send() -> None:
            if not over.wait(delay):
                sent.append(
                    interrupt(ctypes.c_ulong(self._main), ctypes.py_object(KeyboardInterrupt))
                )

        thread = threading.Thread(target=send)
        thread.start()
        try:
            work()
        finally:
            # One that was sent may come at any of these steps, too.
            for _ in range(3):
                try:
                    over.set()
                    thread.join()
                    break
                except KeyboardInterrupt:
                    continue
            self.count += len(sent)


def threads() -> int:
    """How many threads of Python's there are; Arrow's own pool grows when it likes."""
    return _thread._count()


def descriptors() -> list[str]:
    found = []
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            found.append(os.readlink(f"/proc/self/fd/{name}"))  # noqa: PTH115
        except OSError:
            continue
    return sorted(name for name in found if "/fd" not in name)


def settled(expected: int, open_before: list[str]) -> bool:
    """Wait for the threads that end by themselves, and what their last steps let go of."""
    for _ in range(WAITS):
        gc.collect()
        if threads() <= expected and descriptors() == open_before:
            return True
        time.sleep(0.01)
    return False


def assert_all_whole(storage: dw.SimulationStorage) -> None:
    for data in storage.slots:
        assert_whole(data)


def main() -> None:
    folder, seed, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    chance = random.Random(seed)
    home = folder.parent
    storage = dw.SimulationStorage(folder, lock_timeout=20)
    for number in range(4):
        small(number)
    for number in (0, 1):
        storage.store_simulation(small(number))
    storage.export(1, home / "in.dualslot")
    each = calls(folder, home)
    seconds = {}
    for name, call in each.items():
        for number in range(2):
            began = time.perf_counter()
            call(storage, number)
            seconds[name] = time.perf_counter() - began
    storage.close()
    gc.collect()
    usual = threads()
    open_before = descriptors()
    interrupts = Interrupts(chance)
    raised = 0
    for number in range(count):
        name = chance.choice(list(each))
        before, pinned = seeds(storage), storage.pinned_slot
        error = interrupts.during(
            lambda name=name, number=number: each[name](storage, number % 4), seconds[name] * 1.2
        )
        raised += error is not None
        del error
        what = f"{name}, number {number}"
        now = dw.SimulationStorage(folder, lock_timeout=20)
        after = seeds(now)
        assert None not in after, what
        assert sum(a != b for a, b in zip(before, after, strict=True)) <= 1, what
        assert pinned is None or after[pinned] == before[pinned], what
        assert now.damage == (None, None), what
        if number % 5 == 0:
            assert_all_whole(now)
            assert problems(now) == [], what
        now.pin(None)
        now.store_simulation(small(number % 4))
        now.close()
        storage.close()
        del now
        assert settled(usual, open_before), (what, threads(), usual, descriptors(), open_before)
        assert dw.Scenario.load(home / "scenario.json") == STARTER, what
    left = {path.name for path in home.iterdir()} - {"out", "in.dualslot", "scenario.json"}
    print(json.dumps({"sent": interrupts.count, "raised": raised, "left": sorted(left)}))


if __name__ == "__main__":
    main()
