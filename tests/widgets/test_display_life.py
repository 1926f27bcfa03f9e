"""A dashboard's life: it leaves no thread, floods nobody, beats, and hears every thread."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import pytest

from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.widgets.kit import publisher
from dualslot_widgets.widgets.simulation_display import SimulationDisplay
from tests.every_step import interrupted_everywhere
from tests.widgets.watched import SECONDS, Watched

#: Where an interrupt may come.
FILES = ("kit_widget.py", "publisher.py")
CHANGES = 300


def publishers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "dualslot-display"]


def test_a_closed_display_leaves_no_thread_no_listener_and_no_widget(bench):
    display = SimulationDisplay(bench)
    publisher = display.publisher.thread
    assert publisher.is_alive()
    display.close()
    assert not publisher.is_alive()
    assert len(bench.screen.notify) == 0
    assert display.comm is None
    assert display.layout.comm is None
    display.close()  # once more does no harm


def test_fifty_displays_come_and_go(bench):
    before = len(publishers())
    gone = []
    for _ in range(50):
        display = SimulationDisplay(bench)
        display.close()
        gone.append(weakref.ref(display))
    del display
    gc.collect()
    assert len(publishers()) == before
    assert len(bench.screen.notify) == 0
    assert [ref for ref in gone if ref() is not None] == []


def test_a_display_closed_while_it_publishes_stops(bench, staged):
    display = bench.display
    staged.freely()
    bench.add_to_queue()
    display.close()
    assert not display.publisher.thread.is_alive()
    assert display.comm is None


def test_a_bench_shows_the_same_display_until_it_is_closed(bench):
    first = bench.display
    assert bench.display is first
    first.close()
    second = bench.display
    assert second is not first
    assert second.comm is not None


def test_closing_the_bench_closes_its_display(bench):
    display = bench.display
    bench.close()
    assert display.comm is None
    assert not display.publisher.thread.is_alive()


def test_after_closing_a_change_and_a_message_do_nothing(bench):
    watched = Watched(bench.display)
    watched.display.close()
    count = len(watched.sent)
    bench.scenario = starter_scenario().with_value("settings.seed", 5)
    watched.tell(type="display_mode", mode="newest")
    assert len(watched.sent) == count


@pytest.mark.parametrize("raised", [SystemExit, KeyboardInterrupt, GeneratorExit, OSError])
def test_a_publisher_goes_on_whatever_an_observer_raises_and_says_so(watched, bench, raised):
    def raises(_change):
        watched.display.unobserve(raises, "scenario_view")
        raise raised("of an observer")

    publisher = watched.display.publisher.thread
    watched.display.observe(raises, "scenario_view")
    bench.scenario = starter_scenario().with_value("settings.seed", 5)
    watched.until(lambda display: display.error == f"{raised.__name__}: of an observer")
    bench.scenario = starter_scenario().with_value("settings.seed", 6)
    watched.until(lambda display: display.scenario_view["settings"][1]["value"] == 6)
    assert watched.display.publisher.thread is publisher
    assert publisher.is_alive()


def test_a_publisher_goes_on_when_its_error_cannot_be_shown_either(watched, bench):
    def raises(_change):
        raise SystemExit("of an observer")

    watched.display.observe(raises, ["error", "scenario_view"])
    bench.scenario = starter_scenario().with_value("settings.seed", 5)
    watched.until(lambda display: display.error)
    watched.display.unobserve(raises, ["error", "scenario_view"])
    bench.scenario = starter_scenario().with_value("settings.seed", 6)
    watched.until(lambda display: display.scenario_view["settings"][1]["value"] == 6)


def test_a_display_whose_making_is_interrupted_anywhere_leaves_nothing(bench):
    before, made = len(publishers()), []
    making = interrupted_everywhere(
        lambda: made.append(SimulationDisplay(bench)), FILES, but="__init__"
    )
    count = 0
    for _ in making:
        count += 1
        bench.scenario = starter_scenario().with_value("settings.seed", count)
        assert made == []
        assert len(bench.screen.notify) == 0
        assert len(publishers()) == before
    print(f"{count} interrupts")
    assert count > 20
    assert len(made) == 1
    made[0].close()


def test_a_display_whose_closing_is_interrupted_anywhere_is_closed_and_made_anew(bench):
    def close():
        bench.display.close()

    count = 0
    for _ in interrupted_everywhere(close, FILES):
        count += 1
        display = bench.display
        assert not display.closed
        assert len(bench.screen.notify) == 1
    print(f"{count} interrupts")
    assert count > 5


#: The publisher that is ended on purpose.
ENDS = pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")


def kill_publisher(display: SimulationDisplay) -> threading.Thread:
    """End a publisher as nothing that it does can, and return what is left of it."""
    publisher, pause = display.publisher.thread, display.publisher._pause

    def ends() -> None:
        display.publisher._pause = pause
        sys.exit()

    display.publisher._pause = ends
    display._note_change()
    publisher.join(SECONDS)
    assert not publisher.is_alive()
    return publisher


@ENDS
def test_a_dead_publisher_is_noticed_by_the_next_change(watched, bench):
    dead = kill_publisher(watched.display)
    bench.scenario = starter_scenario().with_value("settings.seed", 5)
    watched.until(lambda display: display.scenario_view["settings"][1]["value"] == 5)
    assert watched.display.publisher.thread is not dead


@ENDS
def test_a_dead_publisher_is_noticed_by_the_next_message(watched):
    kill_publisher(watched.display)
    watched.tell(type="no such message")
    watched.until(lambda display: "no such message" in display.error)


def test_a_closed_display_gets_no_new_publisher(watched, bench):
    display = watched.display
    display.close()
    before = display.publisher.thread
    bench.scenario = starter_scenario().with_value("settings.seed", 5)
    watched.tell(type="dismiss")
    display._note_change()
    assert display.publisher.thread is before
    assert not before.is_alive()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_publishes_nothing_of_its_parents_and_waits_for_no_lock(watched):
    held, forked = threading.Event(), threading.Event()

    def hold() -> None:
        with watched.display.publisher._lock:
            held.set()
            forked.wait(SECONDS)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(SECONDS)
    child = os.fork()
    if child == 0:
        signal.alarm(int(SECONDS))  # ends a hang
        watched.display._note_change()
        os._exit(1 if watched.display.publisher.thread.is_alive() else 0)
    forked.set()
    holder.join(SECONDS)
    assert os.waitpid(child, 0)[1] == 0


def test_a_beat_says_whether_a_cell_is_being_executed(watched, monkeypatch):
    beats = []
    watched.display.publisher._send = beats.append
    watched.display.publisher.beat()
    monkeypatch.setattr(publisher, "cell_runs", lambda: True)
    watched.display.publisher.beat()
    assert {"type": "alive"} in beats
    assert beats[-1] == {"type": "alive", "busy": True}


def test_between_two_updates_of_a_storm_of_changes_the_browser_is_left_alone(
    watched, bench, staged
):
    watched.tell(type="run")
    assert staged.begun.wait(SECONDS)
    watched.sent.clear()
    for told in range(CHANGES):
        bench.scenario = starter_scenario().with_value("settings.seed", told)
    watched.until(lambda d: d.scenario_view["settings"][1]["value"] == CHANGES - 1)
    print(f"{CHANGES} changes became {len(watched.sent)} messages")
    assert watched.most_unpaced == 1


def test_an_idle_dashboard_beats_and_sends_nothing_else(watched, monkeypatch):
    monkeypatch.setattr(publisher, "BEAT_SECONDS", 0.1)
    beat = {"method": "custom", "content": {"type": "alive"}}
    watched.until(lambda _: beat in watched.sent)
    watched.sent.clear()
    watched.until(lambda _: watched.sent[2:])
    assert watched.sent[:3] == [beat] * 3


def test_edits_from_many_threads_at_once_are_all_kept(watched, bench):
    paths = [f"players[{n}].{what}" for n in range(4) for what in ("max_hp", "armor_class")]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(len(paths)) as threads:
            list(
                threads.map(lambda path: watched.tell(type="edit", path=path, value=77), paths * 3)
            )
    finally:
        sys.setswitchinterval(interval)
    players = bench.scenario.players
    assert [(p.max_hp, p.armor_class) for p in players] == [(77, 77)] * 4
