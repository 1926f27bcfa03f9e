"""A thousand jobs are queued in a thousand steps, not in a million: counted, not timed."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.queue import JobQueue

STARTER = dw.starter_scenario().with_value("settings.runs", 15)
JOBS = 1000


@pytest.fixture(scope="module")
def scenarios():
    return [STARTER.with_value("settings.seed", seed) for seed in range(JOBS)]


@pytest.fixture
def looks(monkeypatch):
    """How often the state of any job was asked for, and fingerprints compared."""
    counted = {"status": 0, "equal": 0}
    status = BackgroundSimulation.status

    def count_status(job):
        counted["status"] += 1
        return status.fget(job)

    def count_equal(one, other):
        counted["equal"] += 1
        return one.fingerprint == other.fingerprint

    monkeypatch.setattr(BackgroundSimulation, "status", property(count_status))
    monkeypatch.setattr(dw.ScenarioParameters, "__eq__", count_equal)
    return counted


@pytest.mark.parametrize("priorities", [[1], [0, 1]], ids=["scripted", "mixed"])
def test_queueing_a_thousand_jobs_looks_at_few_others(scenarios, looks, priorities):
    queue = JobQueue()
    if len(priorities) > 1:  # whoever overtakes looks at those whom it overtakes
        scenarios = scenarios[:100]
    for number, scenario in enumerate(scenarios):
        assert queue.same(scenario) is None
        priority = dw.Priority(priorities[number % len(priorities)])
        queue.put(BackgroundSimulation(scenario, priority, lambda: None))
    assert len(queue.waiting) == len(scenarios)
    assert looks["status"] < 20 * len(scenarios) + (
        len(scenarios) ** 2 if len(priorities) > 1 else 0
    )
    assert looks["equal"] <= len(scenarios)


def test_a_view_of_a_thousand_jobs_looks_at_each_once_or_twice(scenarios, looks):
    queue = JobQueue()
    jobs = [BackgroundSimulation(s, dw.Priority.SCRIPTED, lambda: None) for s in scenarios]
    for job in jobs:
        queue.put(job)
    looks["status"] = 0
    assert queue.waiting == tuple(jobs)
    assert queue.jobs == tuple(jobs)
    assert looks["status"] <= 3 * JOBS


def test_asking_again_for_one_of_a_thousand_finds_it_at_once(scenarios, looks):
    queue = JobQueue()
    jobs = [BackgroundSimulation(s, dw.Priority.SCRIPTED, lambda: None) for s in scenarios]
    for job in jobs:
        queue.put(job)
    looks["status"] = looks["equal"] = 0
    assert [queue.same(scenario) for scenario in scenarios] == jobs
    assert looks["status"] == JOBS
    assert looks["equal"] <= JOBS
