"""Playing has a budget of memory and time: logs are dropped first, the rest is refused in words."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine import budgets, simulation as engine_simulation
from dualslot_widgets.engine.budgets import LogTooLarge
from dualslot_widgets.engine.encoded.codes import EVENT_WIDTH, FINAL_ROWS, ROUND_WIDTH
from dualslot_widgets.results.replay import Replay
from dualslot_widgets.results.table_simulation import TableSimulation
from tests.workbench.diary import SECONDS

STARTER = dw.starter_scenario()
TABLES = ("runs", "combatants", "rounds", "events")


@pytest.fixture
def asked(monkeypatch):
    """Width and length of each buffer of the engine that is asked for."""
    sizes: list[tuple[int, int]] = []
    grown, new = engine_simulation._grown, engine_simulation.new_log

    def note(buffer):
        sizes.append(buffer.shape)
        return buffer

    monkeypatch.setattr(engine_simulation, "_grown", lambda *given: note(grown(*given)))
    monkeypatch.setattr(engine_simulation, "new_log", lambda *given: note(new(*given)))
    return sizes


def log_size(data: dw.SimulationDataSet) -> int:
    return budgets.log_bytes(data.events.num_rows, data.rounds.num_rows)


def test_a_log_at_its_limit_is_kept_and_one_byte_beyond_it_is_dropped(monkeypatch):
    whole = dw.simulate(STARTER, runs=105)
    monkeypatch.setattr(budgets, "LOG_BYTES", log_size(whole))
    assert dw.simulate(STARTER, runs=105).events.equals(whole.events)
    monkeypatch.setattr(budgets, "LOG_BYTES", log_size(whole) - 1)
    short = dw.simulate(STARTER, runs=105)
    assert (short.events.num_rows, short.rounds.num_rows) == (0, 0)
    assert short.runs.equals(whole.runs)
    assert short.combatants.equals(whole.combatants)
    assert short.replay(7).events.equals(whole.replay(7).events)


def test_whether_a_log_is_kept_does_not_depend_on_batches(monkeypatch):
    whole = dw.simulate(STARTER, runs=105)
    for room, kept in ((log_size(whole), True), (log_size(whole) - 1, False)):
        monkeypatch.setattr(budgets, "LOG_BYTES", room)
        for batch in (1, 30, 105):
            simulation = TableSimulation(STARTER, runs=105)
            try:
                while simulation.play_batch(batch):
                    if batch < 105:
                        simulation.take_tables()
                assert kept
            except LogTooLarge:
                assert not kept


def test_a_job_whose_log_is_too_large_is_stored_without_it(tmp_path, monkeypatch):
    monkeypatch.setattr(budgets, "LOG_BYTES", 30_000)
    with dw.Workbench(tmp_path, STARTER) as bench:
        data = bench.add_to_queue().result(SECONDS)
        assert (data.runs.num_rows, data.events.num_rows, data.rounds.num_rows) == (1005, 0, 0)
        assert list((tmp_path / ".drafts").iterdir()) == []
    expected = dw.simulate(STARTER)
    assert data.runs.equals(expected.runs)
    assert data.analysis == expected.analysis


def test_the_engine_never_asks_for_more_than_its_room(monkeypatch, asked):
    whole = dw.simulate(STARTER, runs=300)
    asked.clear()
    room, whole_party = 400, whole.combatants.filter(whole.combatants["run"].to_numpy() == 0)

    assert max(np.unique(whole.events["run"].to_numpy(), return_counts=True)[1]) < room
    monkeypatch.setattr(engine_simulation, "ROOM_ROWS", room)
    monkeypatch.setattr(budgets, "ROOM_ROWS", room)
    monkeypatch.setattr(engine_simulation, "_EVENTS_A_RUN", 1)
    monkeypatch.setattr(engine_simulation, "_ROUNDS_A_RUN", 1)
    simulation = TableSimulation(STARTER, runs=300, room=room)
    parts = []
    while simulation.completed < simulation.runs:
        simulation.play_batch()
        parts.append(simulation.take_tables())
    assert max(rows for width, rows in asked if width in (EVENT_WIDTH, ROUND_WIDTH)) <= room
    assert max(rows for width, rows in asked if width == FINAL_ROWS) <= 67 * len(whole_party)
    assert len(parts) > 40
    for name in TABLES:
        rows = [row for part in parts for row in part[name].to_pylist()]
        assert rows == getattr(whole, name).to_pylist()


def test_a_batch_ends_early_when_too_much_waits_and_goes_on_when_that_is_taken():
    simulation = TableSimulation(STARTER, runs=670, room=10_000)
    assert simulation.play_batch(670) < 670
    assert simulation.play_batch(670) == 0
    while simulation.completed < 670:
        assert len(simulation.take_tables()["runs"]) > 0
        assert simulation.play_batch(670) > 0


def test_one_run_at_the_limit_is_told_and_one_event_beyond_it_is_refused(monkeypatch):
    events = Replay.from_scenario(STARTER, 3).events.num_rows
    monkeypatch.setattr(engine_simulation, "_EVENTS_A_RUN", 1)
    for limit in (events, events - 1):
        for module in (engine_simulation, budgets):
            monkeypatch.setattr(module, "ROOM_ROWS", limit)
        if limit == events:
            assert Replay.from_scenario(STARTER, 3).events.num_rows == events
    with pytest.raises(dw.SimulationTooLarge, match=r"run 3 has .* lower settings.max_rounds"):
        Replay.from_scenario(STARTER, 3)
    with pytest.raises(dw.SimulationTooLarge, match=r"lower settings.max_rounds"):
        _ = dw.simulate(STARTER, runs=15, seed=9).replay(4).choices


def test_a_result_at_the_limit_of_memory_is_played_and_one_run_more_is_refused(monkeypatch):
    combatants = dw.simulate(STARTER, runs=1).combatants.num_rows
    row = budgets.row_bytes(dw.simulate(STARTER, runs=1).runs.schema)
    run = row + combatants * budgets.row_bytes(dw.simulate(STARTER, runs=1).combatants.schema)
    monkeypatch.setattr(budgets, "RESULT_BYTES", 50 * run)
    assert dw.simulate(STARTER, runs=50).runs.num_rows == 50
    with pytest.raises(dw.SimulationTooLarge, match=r"lower settings.runs to 50, or add it to a"):
        dw.simulate(STARTER, runs=51)


def test_the_largest_scenario_with_the_most_runs_is_refused_before_anything_is_played(asked):
    side = [{"name": "A", "max_hp": 9, "armor_class": 10, "count": 30}]
    siege = {
        "players": side,
        "encounters": [{"monsters": side}],
        "settings": {"runs": 1_000_000},
    }
    with pytest.raises(
        dw.SimulationTooLarge, match="1,000,000 runs of 60 combatants take 1,794 MiB"
    ):
        dw.simulate(siege)
    assert asked == []


def test_what_would_take_too_long_is_refused_with_what_to_lower():
    budgets.check_time(completed=10, runs=1000, busy=1.0, seconds=100.0)
    with pytest.raises(dw.SimulationTooLarge, match=r"about 3 minutes .* settings.runs to 500 or"):
        budgets.check_time(completed=10, runs=1000, busy=2.0, seconds=100.0)
    with pytest.raises(dw.SimulationTooLarge, match=r"about 12 days .*; lower settings.max_rounds"):
        budgets.check_time(completed=0, runs=1_000_000, busy=1.0, seconds=0.5)
    budgets.check_time(completed=1, runs=1_000_000, busy=0.5, seconds=100.0)  # too early to say


def test_a_job_that_would_take_too_long_fails_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr("dualslot_widgets.workbench.play_job.JOB_SECONDS", 1e-6)
    with dw.Workbench(tmp_path, STARTER) as bench:
        job = bench.add_to_queue()
        assert job.wait(SECONDS)
        assert isinstance(job.error, dw.SimulationTooLarge)
        assert "lower settings.max_rounds" in str(job.error)
        assert bench.storage.slots == (None, None)


def test_a_run_that_takes_too_long_to_be_told_is_refused(monkeypatch):
    stopped = threading.Event()
    monkeypatch.setattr("dualslot_widgets.results.replay.REPLAY_SECONDS", 0.01)
    monkeypatch.setattr(TableSimulation, "stop", lambda _: stopped.set())
    monkeypatch.setattr(TableSimulation, "play_batch", lambda _: stopped.wait(SECONDS))
    with pytest.raises(dw.SimulationTooLarge, match=r"run 3 takes more than 0.01 s"):
        Replay.from_scenario(STARTER, 3)
