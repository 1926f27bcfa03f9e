"""Work in a thread of its own is done once, as a whole, and ends when its caller is interrupted."""

from __future__ import annotations

import _thread
import logging
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.system import uninterrupted as room
from dualslot_widgets.system.uninterrupted import (
    join_thread,
    start_thread,
    stop_if_interrupted,
    uninterrupted,
)
from tests.patience import SECONDS

posix = pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="no such signals here")


@pytest.fixture(autouse=True)
def ctrl_c_is_heard():
    """Where tests run in the background of a shell, Python is born deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press_ctrl_c() -> None:
    """Interrupt the main thread, which is waiting for this one, or is about to."""
    signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)


def test_work_leaves_no_thread_behind_also_when_it_logs_or_fails(caplog):
    before = threading.enumerate()
    uninterrupted(lambda: logging.getLogger("x").warning("hello"))
    with pytest.raises(ZeroDivisionError):
        uninterrupted(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        uninterrupted(lambda: 1 / 0, stop=lambda: None)
    assert threading.enumerate() == before


def test_work_inside_of_work_runs_in_the_same_thread_unless_it_can_be_stopped():
    here = threading.get_ident
    assert uninterrupted(here) != here()
    assert uninterrupted(lambda: uninterrupted(here) == here())
    assert not uninterrupted(lambda: uninterrupted(here, stop=lambda: None) == here())


def test_work_whose_thread_never_begins_is_done_all_the_same_and_once(monkeypatch):
    done, late = [], []
    monkeypatch.setattr(room, "_START", 0.01)
    monkeypatch.setattr(_thread, "start_new_thread", lambda run, _: late.append(run) or 1)
    assert uninterrupted(lambda: done.append(1) or "done") == "done"
    assert len(late) == 1
    late[0]()  # a thread that comes too late
    assert done == [1]


def test_work_that_can_be_stopped_gets_another_thread_when_the_first_never_begins(monkeypatch):
    done, late, start = [], [], _thread.start_new_thread

    def begin(run, nothing):
        if late:
            return start(run, nothing)
        late.append(run)
        return 1

    monkeypatch.setattr(room, "_START", 0.01)
    monkeypatch.setattr(_thread, "start_new_thread", begin)
    found = uninterrupted(lambda: done.append(1) or threading.get_ident(), stop=lambda: None)
    assert found != threading.get_ident()
    late[0]()
    assert done == [1]


@pytest.mark.parametrize("stop", [None, lambda: None], ids=["whole", "stopped"])
def test_work_that_seems_never_to_begin_is_done_once_and_nobody_is_interrupted(monkeypatch, stop):
    monkeypatch.setattr(room, "_START", 0.0)  # as after SIGSTOP, or on a machine that is too busy
    done = []
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(4) as threads:
            found = list(
                threads.map(
                    lambda n: uninterrupted(lambda: done.append(n) or n, stop=stop), range(500)
                )
            )
    finally:
        sys.setswitchinterval(interval)
    assert found == list(range(500))
    assert sorted(done) == found


@posix
def test_a_process_that_is_stopped_and_goes_on_is_not_interrupted():
    script = (
        "from dualslot_widgets.system import uninterrupted as room\n"
        "room._START = 1e-4\n"
        "for number in range(200):\n"
        "    assert room.uninterrupted(lambda: number) == number\n"
        "    assert room.uninterrupted(lambda: number, stop=lambda: None) == number\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stderr=subprocess.PIPE, text=True
    ) as process:
        while process.poll() is None:
            process.send_signal(signal.SIGSTOP)
            process.send_signal(signal.SIGCONT)
            os.sched_yield()
        assert process.returncode == 0, process.stderr.read()


def no_more_threads(*_):
    raise RuntimeError("can't start new thread")


def test_without_a_thread_left_the_caller_does_the_work_unless_that_could_not_be_stopped(
    monkeypatch,
):
    monkeypatch.setattr(_thread, "start_new_thread", no_more_threads)
    assert uninterrupted(threading.get_ident) == threading.get_ident()
    with pytest.raises(DualSlotError, match="close other kernels"):
        uninterrupted(threading.get_ident, stop=lambda: None)


def test_a_thread_that_the_system_refuses_is_an_error_with_a_remedy(monkeypatch):
    monkeypatch.setattr(_thread, "start_new_thread", no_more_threads)
    monkeypatch.setattr(threading, "_start_new_thread", no_more_threads)
    with pytest.raises(DualSlotError, match="close other kernels"):
        start_thread(threading.Thread(target=print))


def test_work_that_takes_too_long_is_told_to_stop_and_waited_for():
    told = threading.Lock()
    told.acquire()
    assert uninterrupted(lambda: told.acquire(timeout=SECONDS), stop=told.release, seconds=0.01)


@posix
def test_an_interrupted_caller_waits_for_the_end_of_the_work():
    done = []

    def work():
        press_ctrl_c()
        while True:  # until the interrupt has come
            stop_if_interrupted()

    def whole():
        try:
            work()
        finally:
            done.append(1)

    with pytest.raises(KeyboardInterrupt):
        uninterrupted(whole)
    assert done == [1]


@posix
@pytest.mark.parametrize("inside", [False, True], ids=["by itself", "inside of work"])
def test_an_interrupted_caller_stops_the_work_and_waits_a_little_for_it(inside):
    told, ended = threading.Lock(), threading.Lock()
    told.acquire()
    ended.acquire()

    def work():
        press_ctrl_c()
        assert told.acquire(timeout=SECONDS)
        ended.release()

    def call():
        return uninterrupted(work, stop=told.release)

    with pytest.raises(KeyboardInterrupt):
        uninterrupted(call) if inside else call()
    assert ended.acquire(timeout=SECONDS)


@posix
def test_a_caller_does_not_wait_for_work_that_does_not_stop(monkeypatch):
    monkeypatch.setattr(room, "STOP_SECONDS", 0.01)
    over = threading.Lock()
    over.acquire()

    def work():
        press_ctrl_c()
        return over.acquire(timeout=SECONDS)

    with pytest.raises(KeyboardInterrupt):
        uninterrupted(work, stop=lambda: None)
    over.release()


@posix
def test_a_thread_whose_starter_is_interrupted_starts_all_the_same():
    began = threading.Event()
    thread = threading.Thread(target=began.set)
    start = thread.start

    def interrupt_and_start():
        press_ctrl_c()
        start()

    thread.start = interrupt_and_start
    with pytest.raises(KeyboardInterrupt):
        start_thread(thread)
    assert began.wait(SECONDS)


@posix
def test_a_thread_that_somebody_stopped_waiting_for_still_counts_as_alive():
    waiting, over = threading.Lock(), threading.Event()
    waiting.acquire()

    def run():
        waiting.acquire()
        press_ctrl_c()
        over.wait(SECONDS)

    thread = threading.Thread(target=run)
    start_thread(thread)
    with pytest.raises(KeyboardInterrupt):
        join_thread(thread, SECONDS if waiting.release() is None else 0)
    assert thread.is_alive()
    assert not join_thread(thread, 0.001)
    over.set()
    assert join_thread(thread, SECONDS)
    assert join_thread(None, 0)
    assert join_thread(threading.current_thread(), 0)
