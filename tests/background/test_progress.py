"""How far a job is, in numbers, and how often it is told."""

from __future__ import annotations

import time
import types
from datetime import UTC, datetime, timedelta

import pytest

from dualslot_widgets.background.job import Priority
from dualslot_widgets.background.progress import SimulationProgress, estimate_completion
from dualslot_widgets.background.simulator import PROGRESS_SECONDS, BackgroundSimulator
from tests.background.conftest import SECONDS, scenario

SCRIPTED = Priority.SCRIPTED


def test_percent_is_the_share_of_runs():
    assert SimulationProgress(completed_runs=67, total_runs=1005).percent == pytest.approx(
        6.6667, abs=1e-4
    )


def test_nothing_is_estimated_before_the_first_batch():
    assert estimate_completion(0, 1005, 3.0) is None
    assert SimulationProgress(completed_runs=0, total_runs=5).seconds_left is None


def test_the_rest_takes_as_long_as_what_was_played():
    expected = datetime.now(UTC) + timedelta(seconds=30)
    found = estimate_completion(250, 1000, 10.0)
    assert abs(found - expected) < timedelta(seconds=5)
    left = SimulationProgress(completed_runs=250, total_runs=1000, estimated_completion=found)
    assert 20 < left.seconds_left <= 30


def test_time_left_never_falls_below_zero():
    past = datetime.now(UTC) - timedelta(seconds=9)
    late = SimulationProgress(completed_runs=4, total_runs=5, estimated_completion=past)
    assert late.seconds_left == 0


def test_progress_only_grows_and_is_told_at_most_twenty_times_a_second(kept, staged):
    seen: list[tuple[float, int]] = []
    simulator = BackgroundSimulator(kept, play=staged)
    staged.batches = 2000
    staged.freely()
    job = simulator.add(scenario(1, runs=20_000), SCRIPTED)
    began = time.monotonic()
    job._on_change = lambda job: seen.append((time.monotonic(), job.progress.completed_runs))
    assert job.wait(SECONDS)
    took = time.monotonic() - began
    runs = [completed for _, completed in seen]
    assert runs == sorted(runs)
    assert runs[-1] == 20_000
    others = 6  # begun, preparing, simulating, storing, completed, the last batch
    assert len(seen) <= took / PROGRESS_SECONDS + others
    assert simulator.close(SECONDS)


def test_progress_is_told_by_the_clock(kept, staged, monkeypatch):
    # A clock that only batches move: a thousand of a millisecond each are one second.
    now = 0.0

    def play(scenario, tell):
        made = staged(scenario, tell)
        batch = made.play_batch

        def timed() -> int:
            nonlocal now
            now += 0.001
            return batch()

        made.play_batch = timed
        return made

    clock = types.SimpleNamespace(perf_counter=lambda: now)
    monkeypatch.setattr("dualslot_widgets.background.simulator.time", clock)
    staged.batches = 1000
    staged.freely()
    told = []
    simulator = BackgroundSimulator(kept, play=play)
    simulator._on_change = lambda: told.append(simulator.queue.jobs[0].progress)
    job = simulator.add(scenario(1, runs=1000), SCRIPTED)
    assert job.wait(SECONDS)
    assert simulator.close(SECONDS)
    distinct = sorted({progress.completed_runs for progress in told})
    assert distinct[:3] == [0, 50, 100]
    assert distinct[-1] == 1000
    assert len(distinct) == 21
    assert job.result(0).metadata.metrics.simulation_seconds == pytest.approx(1.0)
