"""Ctrl-C at any moment of any public call leaves threads, locks and descriptors as they were.

A timer interrupts the main thread after a random time, as Ctrl-C does: with a signal whose handler
raises KeyboardInterrupt, in Python code between any two instructions and in C code that waits.
`DUALSLOT_STORM` says how often each call is interrupted; the seed is printed.
"""

from __future__ import annotations

import _thread
import faulthandler
import gc
import os
import random
import signal
import threading
import time
from functools import partial

import psutil
import pytest

import dualslot_widgets as dw
from dualslot_widgets.background import live_preview, screen_keeper
from dualslot_widgets.engine.simulate import prepare_engine
from tests.background.diary import SECONDS
from tests.background.memory_slots import MemorySlots
from tests.widgets.staged_play import StagedPlay

TIMES = int(os.environ.get("DUALSLOT_STORM", "4"))
OWN = ("dualslot-preview", "dualslot-worker", "dualslot-keeper", "dualslot-display")
STARTER = dw.starter_scenario().with_value("settings.runs", 15)

#: Ends a hang, in seconds.
PATIENCE = 250 + 5 * TIMES
pytestmark = [
    pytest.mark.timeout(PATIENCE + 50),
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers on Windows"),
    # psutil's file objects that an interrupt leaves are closed as soon as nobody holds them.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
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


@pytest.fixture
def timer():
    def interrupt(*_):
        if armed[0]:
            armed[0] = False
            rung[0] += 1
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    faulthandler.dump_traceback_later(PATIENCE)
    yield
    faulthandler.cancel_dump_traceback_later()
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def dice():
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def quickly(monkeypatch):
    monkeypatch.setattr(live_preview, "REST_SECONDS", 0.005)
    monkeypatch.setattr(screen_keeper, "REST_SECONDS", 0.005)
    prepare_engine()


@pytest.fixture
def bench(tmp_path, monkeypatch, quickly):
    bench = dw.Workbench(tmp_path, STARTER)
    bench.simulator._storage = MemorySlots()  # what reads and writes slots has tests of its own
    monkeypatch.setattr(bench.storage, "exact_slot", lambda _: None)
    bench.simulator._play = StagedPlay()
    bench.simulator._play.freely()
    yield bench
    bench.close()


@pytest.fixture
def shown(tmp_path, quickly):
    """A workbench with a dashboard, over real slots, both of them filled."""
    bench = dw.Workbench(tmp_path, STARTER)
    bench.simulator._play = StagedPlay()
    bench.simulator._play.freely()
    for seed in (1 << 20, 1 << 21):
        assert bench.add_to_queue(STARTER.with_value("settings.seed", seed)).wait(SECONDS)
    assert not bench.display.closed
    yield bench
    bench.close()


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


CALLS = [
    *("add_to_queue", "wait", "result", "cancel", "edit", "undo and redo", "scenario", "move"),
    *("clear_finished", "subscribe", "memory_usage", "simulate"),
]
SHOWN_CALLS = [
    *("add_to_queue", "cancel", "edit", "undo and redo", "scenario", "clear_finished"),
    *("slots", "stored", "pin", "message", "display"),
]


def own_threads() -> list[str]:
    return sorted(t.name for t in threading.enumerate() if t.name in OWN)


def until(holds) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        if time.monotonic() > end:  # patience has an end, and a verdict has none of the clock
            raise TimeoutError(f"after {SECONDS} s there are {own_threads()}")
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
    opened, threads = psutil.Process().num_fds(), _thread._count()
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
    until(lambda: gc.collect() is not None and psutil.Process().num_fds() <= opened)


@pytest.mark.parametrize("name", CALLS)
def test_an_interrupt_leaves_worker_locks_threads_and_descriptors(bench, timer, dice, name):
    storm(bench, dice, name, lambda _: None)
    until(lambda: own_threads() == ["dualslot-worker"])


@pytest.mark.parametrize("name", SHOWN_CALLS)
def test_an_interrupt_leaves_a_dashboard_over_real_slots_whole(shown, timer, dice, name):
    def settle(calls: Calls) -> None:
        """Wait until the dashboard shows what is on screen, and the disk keeps it."""
        shown.scenario = latest = calls.scenario()
        display = shown.display
        seed = latest.settings.seed
        until(lambda: display.scenario_view["settings"][1]["value"] == seed)
        until(lambda: own_threads() == ["dualslot-display", "dualslot-worker"])
        assert len(shown.screen.tell) == 1
        assert shown.kept.recall() == latest
        assert not shown.problem
        assert shown.storage.damage == (None, None)
        assert shown.clear_finished() >= 0

    storm(shown, dice, name, settle)


@pytest.mark.parametrize("slots", ["memory", "real"])
def test_an_interrupted_close_is_closed_by_the_next(tmp_path, timer, dice, slots):
    count = 0
    gc.collect()
    opened = psutil.Process().num_fds()
    for number in range(TIMES):
        bench = dw.Workbench(tmp_path / str(number), STARTER)
        bench.simulator._play = StagedPlay()
        bench.simulator._play.freely()
        if slots == "memory":
            bench.simulator._storage = MemorySlots()
        else:
            display = bench.display
        job = bench.add_to_queue()
        count += interrupted(bench.close, dice.uniform(1e-6, 0.0005 if slots == "memory" else 0.05))
        bench.close()
        assert slots == "memory" or display.closed
        assert job.wait(SECONDS)
        until(lambda: own_threads() == [])
    print(f"close: interrupted {count} times in {TIMES} calls")
    del bench, job
    if slots == "real":
        del display
    until(lambda: gc.collect() is not None and psutil.Process().num_fds() <= opened)


def test_a_job_goes_on_when_who_waits_for_it_is_interrupted(bench, timer):
    play = bench.simulator._play = StagedPlay()
    job = bench.add_to_queue(STARTER)
    assert interrupted(job.result, 0.01)
    assert interrupted(job.wait, 0.01)
    play.freely()
    assert job.result(SECONDS).scenario == STARTER
    assert not job._waiting


def endless(runs: int = 1005) -> dw.Scenario:
    """Thirty against thirty, who cannot hurt one another: a batch takes many seconds."""
    side = {
        "max_hp": 30_000,
        "armor_class": 30,
        "count": 30,
        "actions": [{"type": "attack", "name": "Hit", "attack_bonus": 0, "damage": "1 fire"}],
        "multiattack": ["Hit"] * 5,
        "immunities": ["fire"],
    }
    return dw.Scenario.from_dict(
        {
            "name": "siege",
            "players": [{"name": "P", **side}],
            "encounters": [{"monsters": [{"name": "M", **side}]}],
            "settings": {"runs": runs, "seed": 1, "max_rounds": 1000},
        }
    )


def test_simulate_is_interrupted_whatever_is_played(timer):
    prepare_engine()
    before = _thread._count()
    assert interrupted(lambda: dw.simulate(endless()), 0.3)
    until(lambda: _thread._count() <= before)
