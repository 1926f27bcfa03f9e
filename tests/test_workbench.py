"""The workbench: what scripts and the dashboard do with storage and worker."""

from __future__ import annotations

import threading

import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine.simulate import prepare_engine
from tests.storage.small_data import STARTER, assert_healthy, assert_whole, small

SECONDS = 120.0
MODE = dw.DisplayMode


@pytest.fixture
def bench(tmp_path):
    with dw.Workbench(tmp_path / "simulations", STARTER) as made:
        yield made


def asked(seed: int) -> dw.Scenario:
    return small(seed).scenario


def test_a_scenario_is_played_stored_and_found_again(bench):
    job = bench.add_to_queue(asked(1))
    assert_whole(job.result(SECONDS))
    assert bench.storage.newest.parameters == asked(1).parameters
    assert bench.jobs == (job,)
    assert bench.queue == ()
    assert bench.current_job is None


def test_without_a_scenario_the_one_on_screen_is_played(bench):
    bench.scenario = asked(3)
    assert bench.add_to_queue().result(SECONDS).parameters == asked(3).parameters


def test_json_is_taken_wherever_a_scenario_is(bench, tmp_path):
    assert bench.add_to_queue(asked(2).to_dict()).scenario == asked(2)
    bench.scenario = asked(4).to_dict()
    assert bench.scenario == asked(4)
    with dw.Workbench(tmp_path / "other", asked(5).to_dict()) as other:
        assert other.scenario == asked(5)


def test_bad_input_names_its_place_and_changes_nothing(bench):
    bad = STARTER.to_dict()
    bad["players"][0]["max_hp"] = 0
    with pytest.raises(dw.ScenarioError, match=r"players\[0\].max_hp"):
        bench.add_to_queue(bad)
    with pytest.raises(dw.ScenarioError, match=r"players\[0\].max_hp"):
        bench.scenario = bad
    assert bench.scenario == STARTER
    assert bench.jobs == ()
    with pytest.raises(dw.DualSlotError, match="known: newest"):
        bench.display_mode = "oldest"
    for slot in (2, -1, True, 1.0, "0", [0]):
        with pytest.raises(dw.DualSlotError, match="slots are 0 and 1"):
            bench.chosen_slot = slot


@pytest.mark.parametrize("bad", [42, [], "ambush.json", {}, {"players": []}])
def test_what_is_no_scenario_is_refused_wherever_one_is_taken(bench, tmp_path, bad):
    def put() -> None:
        bench.scenario = bad

    for take in (put, lambda: bench.add_to_queue(bad), lambda: dw.Workbench(tmp_path / "new", bad)):
        with pytest.raises(dw.ScenarioError):
            take()
    assert bench.scenario == STARTER
    assert bench.jobs == ()
    assert not (tmp_path / "new").exists()


def test_a_stored_result_is_not_played_again_unless_it_must(bench):
    first = bench.add_to_queue(asked(1))
    first.result(SECONDS)
    again = bench.add_to_queue(asked(1))
    assert again.status == dw.JobStatus.COMPLETED
    assert again.slot == 0
    assert again.progress.percent == 100
    assert again.result().metadata.generation_count == 1
    forced = bench.add_to_queue(asked(1), force=True)
    assert forced.result(SECONDS).metadata.generation_count == 2


def test_a_damaged_result_is_played_again(bench):
    data = bench.add_to_queue(asked(1)).result(SECONDS)
    (data.metadata.file_path / "events.arrow").write_bytes(b"gone")
    bench.storage.close()
    assert bench.storage.damage[0]
    assert bench.add_to_queue(asked(1)).result(SECONDS).metadata.generation == 2
    assert bench.storage.damage == (None, None)


def test_which_slot_is_shown(bench):
    assert bench.shown_slot is None
    for seed in (1, 2):
        bench.storage.store_simulation(small(seed))
    assert bench.display_mode is MODE.SHOW_NEWEST
    assert bench.shown_slot == 1
    bench.scenario = asked(1)
    bench.display_mode = "most_similar"
    assert bench.display_mode is MODE.SHOW_MOST_SIMILAR
    assert bench.shown_slot == 0
    bench.scenario = asked(2)
    assert bench.shown_slot == 1
    bench.display_mode = MODE.LET_USER_CHOOSE
    assert bench.shown_slot == 1  # nothing chosen: the newest
    bench.chosen_slot = 0
    assert bench.shown_slot == 0
    bench.storage.store_simulation(small(3))
    assert bench.shown_slot == 0  # the choice is a slot, and stays
    bench.chosen_slot = None
    assert bench.shown_slot == 0


def test_an_empty_slot_that_was_chosen_is_not_shown(bench):
    bench.storage.store_simulation(small(1))
    bench.display_mode = MODE.LET_USER_CHOOSE
    bench.chosen_slot = 1
    assert bench.shown_slot == 0


def test_listeners_hear_of_every_change_until_they_leave(bench):
    heard = []
    leave = bench.subscribe(lambda: heard.append(threading.current_thread().name))
    bench.scenario = asked(1)
    bench.display_mode = MODE.SHOW_MOST_SIMILAR
    bench.chosen_slot = 0
    assert len(heard) == 3
    bench.add_to_queue().result(SECONDS)
    assert "dualslot-worker" in heard
    leave()
    leave()
    heard.clear()
    bench.scenario = asked(2)
    assert heard == []


def test_a_listener_that_fails_is_written_down_and_disturbs_nobody(bench, caplog):
    heard = []

    def fail() -> None:
        raise ValueError("of the listener")

    bench.subscribe(fail)
    bench.subscribe(lambda: heard.append(1))
    bench.scenario = asked(1)
    assert heard == [1]
    assert "a listener of the workbench failed" in caplog.text


def test_a_listener_that_fails_does_not_stop_the_worker(bench, caplog):
    def fail() -> None:
        raise ValueError("of the listener")

    bench.subscribe(fail)
    for seed in (1, 2):
        assert_whole(bench.add_to_queue(asked(seed)).result(SECONDS))


def test_a_listener_may_leave_while_it_is_told(bench):
    heard = []
    leave = bench.subscribe(lambda: (heard.append("first"), leave()))
    bench.subscribe(lambda: heard.append("second"))
    bench.chosen_slot = 0
    bench.chosen_slot = 1
    assert heard == ["first", "second", "second"]


def test_a_folder_that_cannot_be_written_fails_the_job_and_keeps_the_result(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with dw.Workbench(blocked / "simulations") as bench:
        job = bench.add_to_queue(asked(1))
        with pytest.raises(dw.SimulationFailed, match="choose a folder"):
            job.result(SECONDS)
        assert job.unsaved.runs.equals(small(1).runs)


def test_two_workbenches_on_one_folder_see_each_other(bench):
    with dw.Workbench(bench.storage.path) as other:
        bench.add_to_queue(asked(1)).result(SECONDS)
        other.add_to_queue(asked(2)).result(SECONDS)
        assert not bench.storage.needs_new_simulation(asked(2))
        assert not other.storage.needs_new_simulation(asked(1))
        assert bench.shown_slot == other.shown_slot == 1


def test_two_workbenches_that_play_at_once_lose_nothing(bench):
    with dw.Workbench(bench.storage.path) as other:
        jobs = [
            workbench.add_to_queue(asked(seed), force=True)
            for seed in range(1, 7)
            for workbench in (bench, other)
        ]
        for job in jobs:
            data = job.result(SECONDS)
            assert data.parameters == job.parameters
            assert_whole(data)  # a snapshot, though both slots were overwritten since
    assert_healthy(bench.storage)


def test_leaving_its_block_closes_it_whatever_happens(tmp_path):
    prepare_engine()  # so that the worker is between two batches soon
    benches = []

    def leave() -> None:
        with dw.Workbench(tmp_path) as bench:
            benches.append(bench)
            bench.add_to_queue(STARTER.with_value("settings.runs", 1_000_000))
            raise KeyError

    with pytest.raises(KeyError):
        leave()
    assert not benches[0].simulator._worker.is_alive()
    assert benches[0].jobs[0].status is dw.JobStatus.CANCELLED


def test_closing_twice_is_closing_once_and_the_results_stay(tmp_path):
    bench = dw.Workbench(tmp_path)
    bench.add_to_queue(asked(1)).result(SECONDS)
    bench.close()
    bench.close()
    with pytest.raises(dw.DualSlotError, match="closed"):
        bench.add_to_queue(asked(2))
    with dw.Workbench(tmp_path) as again:
        assert_whole(again.storage.newest)


def test_it_says_what_it_holds(bench):
    bench.add_to_queue(asked(1)).result(SECONDS)
    words = repr(bench)
    assert "slot 0: Ogre at the bridge, slot 1: empty" in words
    assert words.endswith("; 0 waiting>")
