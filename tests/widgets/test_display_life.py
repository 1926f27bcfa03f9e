"""A dashboard's life: it leaves no thread, floods nobody, beats, and hears every thread."""

from __future__ import annotations

import gc
import sys
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

from dualslot_widgets.scenario.starter import starter_scenario
from dualslot_widgets.widgets import kit_widget
from dualslot_widgets.widgets.simulation_display import SimulationDisplay
from tests.widgets.watched import SECONDS, Watched

CHANGES = 300


def publishers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "dualslot-display"]


def test_a_closed_display_leaves_no_thread_no_listener_and_no_widget(bench):
    display = SimulationDisplay(bench)
    publisher = display._publisher
    assert publisher.is_alive()
    display.close()
    assert not publisher.is_alive()
    assert len(bench.screen.tell) == 0
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
    assert len(bench.screen.tell) == 0
    assert [ref for ref in gone if ref() is not None] == []


def test_a_display_closed_while_it_publishes_stops(bench, staged):
    display = bench.display
    staged.freely()
    bench.add_to_queue()
    display.close()
    assert not display._publisher.is_alive()
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
    assert not display._publisher.is_alive()


def test_after_closing_a_change_and_a_message_do_nothing(bench):
    watched = Watched(bench.display)
    watched.display.close()
    count = len(watched.sent)
    bench.scenario = starter_scenario().with_value("settings.seed", 5)
    watched.tell(type="display_mode", mode="newest")
    assert len(watched.sent) == count


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
    monkeypatch.setattr(kit_widget, "BEAT_SECONDS", 0.1)
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
