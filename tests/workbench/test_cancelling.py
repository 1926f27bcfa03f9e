"""Cancelling stops in the middle of a batch, and closing and Ctrl-C do; nothing half is kept.

The time-outs only end a hang: a batch of the siege takes many seconds, a round of it microseconds.
"""

from __future__ import annotations

import threading

import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine.simulation import prepare_engine
from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.workbench import live_preview
from dualslot_widgets.workbench.preview_runs import LEAST_RUNS, play_preview
from dualslot_widgets.workbench.worker import BackgroundSimulator
from tests.workbench.diary import SECONDS
from tests.workbench.test_interrupts import endless

STARTER = dw.starter_scenario()
SIEGE = endless()
CANCELLED = dw.JobStatus.CANCELLED


@pytest.fixture(scope="module", autouse=True)
def engine():
    prepare_engine()


@pytest.fixture
def batches(monkeypatch):
    """What every batch of the engine returned, and an event for when one has begun."""
    found, begun, play = [], threading.Event(), TableSimulation.play_batch

    def play_batch(simulation, *runs):
        begun.set()
        found.append(play(simulation, *runs))
        return found[-1]

    monkeypatch.setattr(TableSimulation, "play_batch", play_batch)
    return found, begun


def test_a_job_is_cancelled_in_the_middle_of_its_batch(tmp_path, batches):
    found, begun = batches
    with dw.Workbench(tmp_path, SIEGE.with_value("settings.runs", 10_001)) as bench:
        job = bench.add_to_queue()
        assert begun.wait(SECONDS)
        assert job.cancel()
        assert job.wait(SECONDS)
        assert job.status is CANCELLED
        assert max(found) < 67  # it never came to the end of the batch
        assert list((tmp_path / ".drafts").iterdir()) == []
        assert bench.storage.slots == (None, None)
        small = STARTER.with_value("settings.runs", 15)
        assert bench.add_to_queue(small).result(SECONDS).runs.num_rows == 15


def test_closing_ends_a_batch(slots, batches):
    found, begun = batches
    simulator = BackgroundSimulator(slots)
    job = simulator.add(SIEGE.with_value("settings.runs", 10_001), dw.Priority.SCRIPTED)
    assert begun.wait(SECONDS)
    assert simulator.close(SECONDS)
    assert (job.status, slots.stored) == (CANCELLED, [])
    assert max(found) < 67


def test_a_job_that_waits_for_the_compiler_is_cancelled_when_it_is_asked_to(
    slots, staged, scenario
):
    from dualslot_widgets.workbench.job_control import PREPARING

    preparing, go_on = threading.Event(), threading.Event()

    def play(scenario, tell):
        tell(PREPARING)
        preparing.set()
        assert go_on.wait(SECONDS)
        return staged(scenario, tell)

    staged.freely()
    simulator = BackgroundSimulator(slots, play=play)
    job = simulator.add(scenario(1), dw.Priority.SCRIPTED)
    assert preparing.wait(SECONDS)
    assert job.cancel()
    assert job.status is CANCELLED
    go_on.set()
    assert simulator.add(scenario(2), dw.Priority.SCRIPTED).wait(SECONDS)
    assert slots.seeds == [2]
    assert simulator.close(SECONDS)


def test_a_stopped_simulation_keeps_whole_runs_alone_and_they_are_the_usual_ones():
    simulation = TableSimulation(SIEGE, runs=1005, log=False)
    timer = threading.Timer(0.5, simulation.stop)
    timer.start()
    played = simulation.play_batch(1005)
    timer.join()
    assert simulation.stopped
    assert played == simulation.completed < 1005
    assert simulation.play_batch() == 0
    tables = simulation.take_tables()
    assert tables["runs"].num_rows == played
    if played:
        again = TableSimulation(SIEGE, runs=played, log=False)
        again.play_batch(played)
        assert again.take_tables() == tables


def test_a_simulation_stopped_before_it_begins_plays_nothing():
    simulation = TableSimulation(STARTER)
    simulation.stop()
    assert (simulation.play_batch(), simulation.completed) == (0, 0)
    assert {table.num_rows for table in simulation.take_tables().values()} == {0}


def test_a_preview_without_time_shows_the_runs_that_it_has(monkeypatch):
    wait = {"stopped": 0}

    def begun(playing):
        take = playing.play_batch

        def play_batch():
            played = take()
            if playing.completed >= 2 * LEAST_RUNS:
                wait["stopped"] = playing.completed
                playing.stop()
            return played

        playing.play_batch = play_batch

    found = play_preview(STARTER, begun)
    assert found.analysis.runs == wait["stopped"] < 1005
    assert found.events.num_rows == 0
    whole = dw.simulate(STARTER, runs=found.analysis.runs)
    assert found.analysis == whole.analysis


def test_of_too_few_runs_there_is_no_preview_but_words(monkeypatch):
    monkeypatch.setattr("dualslot_widgets.workbench.preview_runs.PREVIEW_SECONDS", 0.05)
    queued, told = [], threading.Event()
    live = live_preview.LivePreview(queued.append, told.set)
    live.edit(SIEGE)
    thread = live._thread
    assert told.wait(SECONDS)
    thread.join(SECONDS)
    assert live.of(SIEGE) == (None, False)
    assert "when it rests it is played in the background" in live.error
    assert queued == [SIEGE]
    live.close()


def test_a_newer_edit_and_closing_abandon_the_preview_in_flight(monkeypatch):
    stopped = []
    flying = [threading.Event(), threading.Event()]
    play = live_preview.play_preview

    def noted(scenario, begun):
        def begin(playing):
            begun(playing)
            flying[len(stopped)].set()

        stopped.append(play(scenario, begin))

    monkeypatch.setattr(live_preview, "play_preview", noted)
    live = live_preview.LivePreview(lambda _: None, lambda: None)
    live.edit(SIEGE)
    assert flying[0].wait(SECONDS)
    live.edit(SIEGE.with_value("settings.seed", 2))
    assert flying[1].wait(SECONDS)
    thread = live._thread
    live.close()
    thread.join(SECONDS)
    assert stopped == [None, None]
