"""`JobMonitor` over a real queue: what waits, what is finished, and what its buttons do."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.widgets.parts.jobs.job_view import LISTED_FINISHED, LISTED_WAITING
from dualslot_widgets.workbench.play_job import play_with_engine
from tests.widgets.data_sets import HOSTILE
from tests.widgets.watched import SECONDS

STARTER = dw.starter_scenario()
#: Runs of a job that is really played while its messages are counted.
MANY_RUNS = 100_000


def fight(seed: int) -> dw.Scenario:
    return STARTER.with_value("settings.seed", seed).with_value("name", f"Fight {seed}")


@pytest.fixture
def three(watched, bench, staged):
    """One that is played and three that wait."""
    jobs = [bench.add_to_queue(fight(seed)) for seed in range(4)]
    watched.until(lambda d: d.queue_length == 3 and d.job["status"] == "running")
    return jobs[1:]


def names(jobs) -> list[str]:
    return [job["scenario"] for job in jobs]


def test_what_waits_is_listed_the_next_one_first_with_its_priority(three, watched, bench):
    urgent = bench.add_to_queue(fight(9), priority=dw.Priority.SCREEN)
    watched.until(lambda d: d.queue_length == 4)
    assert names(watched.display.queue) == ["Fight 9", "Fight 1", "Fight 2", "Fight 3"]
    assert [job["priority"] for job in watched.display.queue] == ["screen", *["scripted"] * 3]
    assert watched.display.queue[0]["id"] == urgent.id


def test_the_buttons_move_play_next_and_remove(three, watched):
    watched.tell(type="move_job", job=three[2].id, to="next")
    watched.until(lambda d: names(d.queue) == ["Fight 3", "Fight 1", "Fight 2"])
    watched.tell(type="move_job", job=three[2].id, to="down")
    watched.until(lambda d: names(d.queue) == ["Fight 1", "Fight 3", "Fight 2"])
    watched.tell(type="move_job", job=three[1].id, to="up")
    watched.until(lambda d: names(d.queue) == ["Fight 1", "Fight 2", "Fight 3"])
    watched.tell(type="cancel", job=three[0].id)
    watched.until(lambda d: names(d.queue) == ["Fight 2", "Fight 3"])
    assert names(watched.display.history) == ["Fight 1"]
    assert watched.display.history[0]["status"] == "cancelled"


def test_a_job_that_is_not_known_is_named_in_words(watched):
    watched.tell(type="cancel", job=10**6)
    watched.until(lambda d: "job 1000000 is not known any more" in d.error)


def test_moving_what_has_just_begun_is_no_error(three, watched, bench):
    watched.tell(type="move_job", job=bench.current_job.id, to="up")
    assert watched.display._error == ""


def test_a_cancelled_job_is_run_again_and_asked_twice_only_once(three, watched, staged):
    three[0].cancel()
    for _ in range(2):
        watched.tell(type="run_again", job=three[0].id)
    watched.until(lambda d: d.queue_length == 3)
    assert names(watched.display.queue) == ["Fight 1", "Fight 2", "Fight 3"]


def test_finished_jobs_are_listed_newest_first_and_cleared(watched, bench, staged):
    staged.freely()
    for seed in range(LISTED_FINISHED + 2):
        assert bench.add_to_queue(fight(seed)).wait(SECONDS)
    watched.until(lambda d: d.history and d.history[0]["scenario"] == f"Fight {seed}")
    history = watched.display.history
    assert names(history) == [f"Fight {s}" for s in range(LISTED_FINISHED + 1, 1, -1)]
    assert all(job["seconds"] >= 0 and job["slot"] in (0, 1) for job in history)
    watched.tell(type="clear_finished")
    watched.until(lambda d: d.history == [] and d.job is None)


def test_an_unsaved_result_is_saved_again_from_the_history_and_not_cleared(
    watched, bench, staged, monkeypatch
):
    def full(data):
        raise dw.StorageError(f"{HOSTILE} cannot be written: No space left on device")

    staged.freely()
    with monkeypatch.context() as patched:
        patched.setattr(bench.storage, "store_simulation", full)
        failed = bench.add_to_queue(fight(1))
        assert failed.wait(SECONDS)
    assert bench.add_to_queue(fight(2)).wait(SECONDS)
    watched.until(lambda d: len(d.history) == 2)  # no picture of before is still on its way
    watched.tell(type="clear_finished")
    watched.until(lambda d: len(d.history) == 1)
    assert watched.display.history[0]["unsaved"]
    watched.tell(type="save_again", job=failed.id)
    watched.until(lambda d: d.history[0]["status"] == "completed")
    assert [job["unsaved"] for job in watched.display.history] == [False, False]
    assert "stored after all" in watched.display.history[1]["message"]
    assert watched.display.error == ""


def test_a_very_long_queue_is_counted_and_its_beginning_listed(watched, bench, staged):
    jobs = [bench.add_to_queue(fight(seed)) for seed in range(LISTED_WAITING + 3)]
    watched.until(lambda d: d.queue_length == LISTED_WAITING + 2)
    assert len(watched.display.queue) == LISTED_WAITING
    for job in jobs:
        job.cancel()
    staged.freely()


def test_the_fallback_lists_the_jobs_as_text(bench, staged):
    staged.freely()
    for seed in (1, 2):
        job = bench.add_to_queue(fight(seed).with_value("name", HOSTILE))
        assert job.wait(SECONDS)
    monitor = dw.JobMonitor(bench)
    still = monitor._draw_static()
    monitor.close()
    assert f"{HOSTILE} | completed" in "\n".join(part.text for part in still)
    assert HOSTILE not in "".join(part.html for part in still)


@pytest.mark.slow
def test_the_progress_of_a_job_of_many_runs_leaves_the_browser_alone_between_two_updates(
    watched, bench, engine
):
    bench.simulator._play = play_with_engine
    watched.sent.clear()
    job = bench.add_to_queue(STARTER.with_value("settings.runs", MANY_RUNS))
    assert job.wait(SECONDS)
    print(f"{MANY_RUNS} runs: {len(watched.sent)} messages")
    assert job.status is dw.JobStatus.COMPLETED
    assert watched.most_unpaced == 1
