"""What a job tells while it is played, and that nothing it meets is lost."""

from __future__ import annotations

import errno
import gc
import threading
import traceback
import weakref
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.tables.table_writer import TableWriter
from dualslot_widgets.workbench import play_job
from dualslot_widgets.workbench.play_job import PROGRESS_SECONDS
from dualslot_widgets.workbench.worker import BackgroundSimulator
from tests.widgets.staged_play import StagedPlay
from tests.workbench.diary import SECONDS

SCRIPTED = dw.Priority.SCRIPTED
COMPLETED, FAILED = dw.JobStatus.COMPLETED, dw.JobStatus.FAILED
BATCH_SECONDS = 0.01


@pytest.fixture
def clock(monkeypatch, staged):
    """The worker's clock, which only goes on while a batch is played."""
    now = [1000.0]
    pass_gate = staged.pass_gate

    def batch():
        now[0] += BATCH_SECONDS
        pass_gate()

    staged.pass_gate = batch
    fake = SimpleNamespace(perf_counter=lambda: now[0])
    monkeypatch.setattr(play_job, "time", fake)
    return fake


def test_a_job_goes_through_its_states_in_order(simulator, staged, diary, scenario):
    before = datetime.now(UTC)
    simulator.add(scenario(0), SCRIPTED)
    assert staged.begun.wait(SECONDS)
    job = simulator.add(scenario(1), SCRIPTED)
    assert (job.started, job.slot, job.error, job.finished) == (None, None, None, None)
    assert "queued, 0 of 15 runs" in repr(job)
    staged.freely()
    diary.until(lambda: diary.of(job)[-1].status.finished)
    states = [(entry.status.value, entry.phase) for entry in diary.of(job)]
    assert list(dict.fromkeys(states)) == [
        ("queued", "waiting"),
        ("running", "waiting"),
        ("running", "simulating"),
        ("running", "storing"),
        ("completed", "completed"),
    ]
    assert before <= job.started <= job.finished <= datetime.now(UTC)
    assert job.slot == 1
    assert job.error is job.unsaved is None


def test_the_engine_is_prepared_and_plays_what_simulate_plays(slots, diary, scenario, monkeypatch):
    # As in a process that has not played yet.
    monkeypatch.setattr("dualslot_widgets.engine.simulation._compiled", set())
    simulator = diary.simulator = BackgroundSimulator(slots, diary)
    job = simulator.add(scenario(1), SCRIPTED)
    data, expected = job.result(SECONDS), dw.simulate(scenario(1))
    assert data.events.equals(expected.events)
    assert data.analysis == expected.analysis
    assert data.metadata.metrics.simulation_seconds > 0
    phases = list(dict.fromkeys(entry.phase for entry in diary.of(job)))
    assert phases.index("preparing the engine (first time only)") < phases.index("simulating")
    assert simulator.close(SECONDS)


def test_progress_only_grows_and_ends_complete(simulator, staged, diary, scenario):
    staged.freely()
    job = simulator.add(scenario(1).with_value("settings.runs", 1005), SCRIPTED)
    assert job.wait(SECONDS)
    seen = [entry.progress for entry in diary.of(job)]
    assert {progress.total_runs for progress in seen} == {1005}
    assert all(a.completed_runs <= b.completed_runs for a, b in pairwise(seen))
    assert seen[0].percent == 0
    assert (seen[-1].completed_runs, seen[-1].percent) == (1005, 100)
    assert seen[-1].current_round == 4


def test_progress_is_told_at_most_twenty_times_a_second(simulator, staged, diary, scenario, clock):
    staged.batches = 1000
    staged.freely()
    job = simulator.add(scenario(1).with_value("settings.runs", 1000), SCRIPTED)
    assert job.wait(SECONDS)
    told = {entry.progress.completed_runs for entry in diary.of(job)}
    seconds = 1000 * BATCH_SECONDS
    assert seconds / PROGRESS_SECONDS / 2 < len(told) <= seconds / PROGRESS_SECONDS + 2


def test_the_end_is_estimated_from_the_runs_so_far(simulator, staged, diary, scenario, clock):
    staged.batches = 100
    job = simulator.add(scenario(1).with_value("settings.runs", 100), SCRIPTED)
    staged.let()
    diary.until(lambda: job.progress.completed_runs == 1)
    left = job.progress.estimated_completion - datetime.now(UTC)
    assert left <= timedelta(seconds=99 * BATCH_SECONDS)
    assert 0 <= job.progress.seconds_left <= 99 * BATCH_SECONDS


def test_a_job_that_fails_carries_its_error_and_the_worker_goes_on(
    simulator, staged, slots, scenario
):
    cause = staged.fail = ZeroDivisionError("dice without sides")
    staged.freely()
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.wait(SECONDS)
    assert (job.status, job.error) == (FAILED, cause)
    assert job.unsaved is None
    with pytest.raises(dw.SimulationFailed, match="dice without sides") as raised:
        job.result()
    assert raised.value.__cause__ is cause
    staged.fail = None
    assert simulator.add(scenario(2), SCRIPTED).result(SECONDS) is slots.slots[0]


def test_a_result_that_could_not_be_stored_stays_in_memory(simulator, staged, slots, scenario):
    slots.fail = dw.StorageError("the disk is full; free space and store again")
    staged.freely()
    job = simulator.add(scenario(1), SCRIPTED)
    with pytest.raises(dw.SimulationFailed, match="the disk is full"):
        job.result(SECONDS)
    assert job.status is FAILED
    assert job.error is slots.fail
    assert job.slot is None
    assert job.unsaved.scenario == job.scenario
    assert job.unsaved.runs.num_rows == 15
    slots.fail = None
    assert slots.store_simulation(job.unsaved) == 0


def test_a_listener_that_raises_harms_neither_job_nor_worker(
    slots, staged, scenario, caplog, diary
):
    def listener():
        diary()
        if threading.current_thread().name == "dualslot-worker":
            raise RuntimeError("a listener's own mistake")

    simulator = diary.simulator = BackgroundSimulator(slots, listener, staged)
    job = simulator.add(scenario(1), SCRIPTED)
    staged.freely()
    assert job.result(SECONDS) is slots.slots[0]
    assert simulator.close(SECONDS)
    assert "a listener's own mistake" in caplog.text


def test_waiting_and_asking_for_a_result_time_out(simulator, scenario):
    job = simulator.add(scenario(1), SCRIPTED)
    assert not job.wait(0.01)
    with pytest.raises(TimeoutError, match=f"job {job.id} is still (queued|running) after 0.01 s"):
        job.result(0.01)


def test_a_slot_overwritten_meanwhile_does_not_give_another_jobs_result(
    simulator, staged, slots, scenario
):
    def store_and_lose(data):
        slots.slots = (other, other)
        return 0

    staged.freely()
    other = simulator.add(scenario(2), SCRIPTED).result(SECONDS)
    slots.store_simulation = store_and_lose
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.result(SECONDS).scenario == scenario(1)


def test_results_are_played_and_stored_by_the_one_worker(simulator, staged, slots, scenario):
    staged.freely()
    for job in [simulator.add(scenario(seed), SCRIPTED) for seed in range(5)]:
        assert job.wait(SECONDS)
        assert job.status is COMPLETED
    assert slots.threads == {"dualslot-worker"}


def test_a_job_is_played_into_memory_when_the_disk_refuses_and_stored_when_it_is_well(
    staged, diary, scenario, tmp_path, monkeypatch
):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    simulator = diary.simulator = BackgroundSimulator(storage, diary, staged)
    trouble = [OSError(errno.ENOSPC, "No space left on device")]
    write = TableWriter.write

    def refused(writer, table):
        if trouble:
            raise trouble.pop()
        write(writer, table)

    monkeypatch.setattr(TableWriter, "write", refused)
    staged.freely()
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.wait(SECONDS)
    assert (job.status, trouble) == (COMPLETED, [])
    assert [check for check in storage.verify() if check.problem] == []
    assert [len(job.result().runs), job.result().metadata.slot] == [15, 0]
    assert list((storage.path / ".drafts").iterdir()) == []
    assert simulator.close(SECONDS)


def test_a_result_on_the_disk_that_could_not_be_committed_is_saved_again(
    staged, diary, scenario, tmp_path, monkeypatch
):
    storage = dw.SimulationStorage(tmp_path / "simulations")
    simulator = diary.simulator = BackgroundSimulator(storage, diary, staged)
    staged.freely()

    def full(*_):
        raise OSError(errno.EDQUOT, "Disk quota exceeded")

    with monkeypatch.context() as patched:
        patched.setattr("dualslot_widgets.storage.slots.commit.replace_metadata", full)
        job = simulator.add(scenario(1), SCRIPTED)
        assert job.wait(SECONDS)
    assert job.status is FAILED
    assert "Disk quota exceeded" in str(job.error)
    assert "free space" in str(job.error)
    assert len(job.unsaved.runs) == 15
    again = simulator.add_unsaved(job)
    assert again.wait(SECONDS)
    assert again.status is COMPLETED
    assert storage.slots[again.slot].parameters == scenario(1).parameters
    assert simulator.close(SECONDS)


def test_a_failed_job_keeps_its_error_and_not_what_was_being_played(
    simulator, staged, slots, scenario
):
    held = []

    def play(scenario, tell):
        simulation = StagedPlay.__call__(staged, scenario, tell)
        held.append(weakref.ref(simulation))
        return simulation

    simulator._play = play
    staged.fail = ValueError("no such die")
    staged.freely()
    job = simulator.add(scenario(1), SCRIPTED)
    assert job.wait(SECONDS)
    assert "pass_gate" in "".join(traceback.format_exception(job.error))
    assert simulator.add(scenario(2), SCRIPTED).wait(SECONDS)  # the worker has gone on
    gc.collect()
    assert held[0]() is None
