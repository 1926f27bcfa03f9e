"""How far a job is, in numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from dualslot_widgets.workbench.progress import SimulationProgress, estimate_completion


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
