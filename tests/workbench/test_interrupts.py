"""Ctrl-C at any moment of any public call leaves threads, locks and descriptors as they were.

A timer interrupts the main thread after a random time, as Ctrl-C does: with a signal whose handler
raises KeyboardInterrupt, in Python code between any two instructions and in C code that waits.
`DUALSLOT_STORM` says how often each call is interrupted; the seed is printed.
"""

from __future__ import annotations

import _thread
import faulthandler
import gc
import random
import signal

import psutil
import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine.simulation import prepare_engine
from dualslot_widgets.workbench import live_preview, screen_keeper
from tests.widgets.staged_play import StagedPlay
from tests.workbench.diary import SECONDS
from tests.workbench.memory_slots import MemorySlots
from tests.workbench.storms import (
    STARTER,
    TIMES,
    Calls,
    alarm,
    interrupted,
    own_threads,
    storm,
    until,
)

#: Ends a hang, in seconds.
PATIENCE = 250 + 5 * TIMES
pytestmark = [
    pytest.mark.timeout(PATIENCE + 50),
    pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timers on Windows"),
    # psutil's file objects that an interrupt leaves are closed as soon as nobody holds them.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def timer():
    before = signal.signal(signal.SIGALRM, alarm)
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


CALLS = [
    *("add_to_queue", "wait", "result", "cancel", "edit", "undo and redo", "scenario", "move"),
    *("clear_finished", "subscribe", "memory_usage", "simulate"),
]
SHOWN_CALLS = [
    *("add_to_queue", "cancel", "edit", "undo and redo", "scenario", "clear_finished"),
    *("slots", "stored", "pin", "message", "display"),
]


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
        assert len(shown.screen.notify) == 1
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
        assert slots == "memory" or display.comm is None
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
    assert not job.control._gate._waiting


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
