"""A storm of interrupts: public calls of a workbench, a timer, and what must hold after each."""

from __future__ import annotations

import _thread
import gc
import os
import signal
import threading
import time
from contextlib import suppress
from functools import partial
from pathlib import Path

import psutil

import dualslot_widgets as dw
from tests.workbench.diary import SECONDS

#: How often each call is interrupted.
TIMES = int(os.environ.get("DUALSLOT_STORM", "4"))
OWN = ("dualslot-preview", "dualslot-worker", "dualslot-keeper", "dualslot-display")
STARTER = dw.starter_scenario().with_value("settings.runs", 15)
#: A timer takes longer than the shortest calls; they are made so often in a row.
IN_A_ROW = 30


#: Whether the timer's signal, which any thread may take and so comes late at times, interrupts.
armed = [False]
#: How often it did.
rung = [0]


def interrupted(call, delay: float) -> bool:
    """Call something and interrupt it after so many seconds; return whether it came to that."""
    before = rung[0]
    try:
        try:
            armed[0] = True
            signal.setitimer(signal.ITIMER_REAL, delay)
            call()
        finally:
            armed[0] = False
    except KeyboardInterrupt:
        pass
    except dw.DualSlotError:
        pass  # a job that was cancelled has no result
    armed[0] = False
    signal.setitimer(signal.ITIMER_REAL, 0)
    return rung[0] > before


def alarm(*_) -> None:
    """Handle the timer's signal."""
    if armed[0]:
        armed[0] = False
        rung[0] += 1
        raise KeyboardInterrupt


class Calls:
    """The public calls of a workbench and its jobs, each with what it needs."""

    def __init__(self, bench: dw.Workbench) -> None:
        self.bench = bench
        self.seed = 0

    def scenario(self) -> dw.Scenario:
        self.seed += 1
        return STARTER.with_value("settings.seed", self.seed)

    def job(self):
        return self.bench.add_to_queue(self.scenario())

    def of(self, name: str):
        """What is to be interrupted, made ready."""
        bench = self.bench
        if name in ("wait", "result"):
            return getattr(self.job(), name)
        if name == "cancel":
            return often(self.job().cancel)
        job, scenarios = self.job(), [self.scenario(), self.scenario()]
        for scenario in scenarios:
            bench.scenario = scenario
        return {
            "add_to_queue": partial(bench.add_to_queue, scenarios[0]),
            "edit": often(lambda: bench.edit(scenarios[0])),
            "undo and redo": often(lambda: (bench.undo(), bench.redo())),
            "scenario": often(lambda: [setattr(bench, "scenario", s) for s in scenarios]),
            "move": often(lambda: bench.move(job)),
            "clear_finished": often(bench.clear_finished),
            "subscribe": often(lambda: (bench.subscribe(_hear)(), bench.subscribe(_hear)())),
            "memory_usage": bench.memory_usage,
            "simulate": lambda: dw.simulate(scenarios[0], runs=500),
            "slots": often(lambda: (bench.storage.slots, bench.shown_slot, bench.storage.damage)),
            "stored": lambda: (bench.storage.history, bench.storage.newest.runs, repr(bench)),
            "pin": lambda: (bench.storage.pin(0), bench.storage.pin(None)),
            "message": partial(self.tell, "settings.seed", scenarios[0].settings.seed),
            "display": lambda: (bench.display.close(), bench.display),
        }[name]

    def tell(self, path: str, value: int) -> None:
        """Be the browser: edit something."""
        self.bench.display._handle_custom_msg({"type": "edit", "path": path, "value": value}, [])


def _hear() -> None:
    pass


def often(call):
    return lambda: [call() for _ in range(IN_A_ROW)]


def own_threads() -> list[str]:
    return sorted(t.name for t in threading.enumerate() if t.name in OWN)


def opened() -> list[str]:
    """What each descriptor of this process leads to."""
    found = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the one that lists them is closed by now
            found.append(str(descriptor.readlink()))
    return sorted(found)


def until(holds) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > end:  # patience has an end, and a verdict has none of the clock
            raise TimeoutError(f"after {SECONDS} s there are {own_threads()}; open: {opened()}")
        time.sleep(0.001)


def storm(bench, dice, name, settle) -> None:
    """Interrupt a call many times; after each all locks are free, and at the end nothing is left.

    `settle` is called before it is counted what there is, and waits for what takes a while.
    """
    calls = Calls(bench)
    assert calls.job().wait(SECONDS)
    began = time.perf_counter()
    calls.of(name)()
    usual = time.perf_counter() - began
    settle(calls)
    assert bench.add_to_queue(calls.scenario()).wait(SECONDS)  # so that both slots are held
    descriptors, threads = psutil.Process().num_fds(), _thread._count()
    count = tries = 0
    while count < TIMES and tries < 10 * TIMES:
        tries += 1
        call, began = calls.of(name), time.perf_counter()
        if interrupted(call, dice.uniform(1e-6, usual)):
            count += 1
        else:
            usual = time.perf_counter() - began  # of a machine that is faster or slower by now
        # All locks are free, and the worker plays what comes next.
        job = bench.add_to_queue(calls.scenario())
        assert job.wait(SECONDS)
        assert job.status is dw.JobStatus.COMPLETED
        bench.scenario = calls.scenario()
        assert bench.undo()
        assert bench.clear_finished()
        assert job not in bench.queue
        settle(calls)
    print(f"{name}: interrupted {count} times in {tries} calls")
    assert count
    del job, call
    settle(calls)
    until(lambda: _thread._count() <= threads)
    until(lambda: gc.collect() is not None and psutil.Process().num_fds() <= descriptors)
