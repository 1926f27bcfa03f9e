"""The workbench: what it plays, what it leaves alone, what it shows, whom it tells."""

from __future__ import annotations

import threading

import pytest

import dualslot_widgets as dw
from tests.patience import SECONDS
from tests.widgets.staged_play import StagedPlay

ARMOR = "encounters[0].monsters[1].armor_class"
NEWEST, SIMILAR, CHOICE = (
    dw.DisplayMode.SHOW_NEWEST,
    dw.DisplayMode.SHOW_MOST_SIMILAR,
    dw.DisplayMode.LET_USER_CHOOSE,
)


@pytest.fixture
def staged():
    play = StagedPlay()
    play.freely()
    return play


@pytest.fixture
def bench(tmp_path, staged):
    scenario = dw.starter_scenario().with_value("settings.runs", 15)
    with dw.Workbench(tmp_path / "slots", scenario) as bench:
        bench.simulator._play = staged
        yield bench


def with_armor(bench: dw.Workbench, armor: int) -> dw.Scenario:
    return bench.scenario.with_value(ARMOR, armor)


@pytest.fixture
def filled(bench):
    """A bench with the ogre's armor 10 in slot 0 and 18 in slot 1, the newest."""
    for slot, armor in enumerate((10, 18)):
        job = bench.add_to_queue(with_armor(bench, armor))
        assert job.wait(SECONDS)
        assert job.slot == slot
    return bench


def test_a_new_bench_has_the_starter_scenario_and_empty_slots(tmp_path):
    with dw.Workbench(tmp_path / "slots") as bench:
        assert bench.scenario == dw.starter_scenario()
        assert bench.display_mode is NEWEST
        assert bench.shown_slot is bench.chosen_slot is bench.current_job is None
        assert bench.jobs == bench.queue == ()
        assert "slot 0: empty, slot 1: empty; 0 waiting" in repr(bench)
    assert not (tmp_path / "slots").exists()


@pytest.mark.parametrize("kind", ["a scenario", "a dict", "nothing"])
def test_a_scenario_comes_as_an_object_as_json_or_from_the_screen(bench, kind):
    other = with_armor(bench, 13)
    given = {"a scenario": other, "a dict": other.to_dict(), "nothing": None}[kind]
    job = bench.add_to_queue(given)
    expected = bench.scenario if given is None else other
    assert job.result(SECONDS).scenario == job.scenario == expected
    assert bench.storage.slots[job.slot].parameters == expected.parameters
    assert bench.jobs == (job,)


def test_a_bench_takes_its_scenario_as_json_too(tmp_path, bench):
    with dw.Workbench(tmp_path, bench.scenario.to_dict()) as other:
        assert other.scenario == bench.scenario


def test_a_result_that_is_stored_is_not_played_again(filled, staged):
    staged.begun.clear()
    job = filled.add_to_queue(with_armor(filled, 10))
    assert job.status is dw.JobStatus.COMPLETED
    assert (job.slot, job.progress.percent) == (0, 100)
    assert job.result(0).metadata.generation == 1
    assert not staged.begun.is_set()
    assert filled.storage.newest_slot == 1
    assert filled.jobs[-1] is job


def test_unless_it_is_forced(filled, staged):
    job = filled.add_to_queue(with_armor(filled, 10), force=True)
    metadata = job.result(SECONDS).metadata
    assert (job.slot, metadata.generation, metadata.generation_count) == (0, 3, 2)


def test_a_stored_result_that_is_damaged_is_played_again(filled):
    (filled.storage.slots[0].metadata.file_path / "events.arrow").write_bytes(b"")
    other = dw.Workbench(filled.storage.path, filled.scenario)
    with other:
        other.simulator._play = filled.simulator._play
        job = other.add_to_queue(with_armor(filled, 10))
        assert job.result(SECONDS).metadata.generation == 3
        assert job.slot == 0
    assert filled.storage.damage == (None, None)


BAD = {
    "no players": {"players": [], "encounters": []},
    "not a scenario": 7,
    "text": "ambush.json",
    "a wrong number": {"settings": {"runs": -1}},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_bad_input_is_refused_and_costs_nothing(filled, bad):
    before = (filled.scenario, filled.jobs, filled.storage.newest_slot)
    with pytest.raises(dw.ScenarioError):
        filled.add_to_queue(bad)
    with pytest.raises(dw.ScenarioError):
        filled.scenario = bad
    assert (filled.scenario, filled.jobs, filled.storage.newest_slot) == before
    assert [check for check in filled.storage.verify() if check.problem] == []


def test_setting_the_scenario_plays_nothing(bench):
    bench.scenario = with_armor(bench, 13).to_dict()
    assert bench.scenario.encounters[0].monsters[1].armor_class == 13
    assert bench.jobs == ()


def test_the_newest_is_shown_whatever_was_chosen(filled):
    assert filled.shown_slot == 1
    filled.chosen_slot = 0
    assert filled.shown_slot == 1
    assert filled.add_to_queue(with_armor(filled, 10), force=True).wait(SECONDS)
    assert filled.shown_slot == 0


def test_the_most_similar_follows_the_scenario_on_screen(filled):
    filled.display_mode = SIMILAR
    for armor, slot in ((10, 0), (11, 0), (17, 1), (18, 1)):
        filled.scenario = with_armor(filled, armor)
        assert filled.shown_slot == slot


def test_the_slot_that_the_user_chose_stays(filled):
    filled.display_mode = "let_user_choose"
    assert filled.display_mode is CHOICE
    assert filled.shown_slot == 1  # nothing chosen yet: the newest
    filled.chosen_slot = 0
    assert filled.shown_slot == 0
    filled.scenario = with_armor(filled, 18)
    assert filled.shown_slot == 0
    filled.chosen_slot = None
    assert filled.shown_slot == 1


@pytest.mark.parametrize("mode", list(dw.DisplayMode))
def test_an_empty_slot_is_never_shown(bench, mode):
    bench.display_mode = mode
    bench.chosen_slot = 1
    assert bench.shown_slot is None
    assert bench.add_to_queue().wait(SECONDS)
    assert bench.shown_slot == 0


@pytest.mark.parametrize("slot", [2, -1, True, 1.0, "1", [0]], ids=repr)
def test_what_is_no_slot_cannot_be_chosen(bench, slot):
    bench.chosen_slot = 1
    with pytest.raises(dw.DualSlotError, match="slots are 0 and 1"):
        bench.chosen_slot = slot
    assert bench.chosen_slot == 1


@pytest.mark.parametrize("mode", ["oldest", None, 1, []], ids=repr)
def test_an_unknown_display_mode_is_refused_with_the_known_ones(bench, mode):
    with pytest.raises(dw.DualSlotError, match="known: newest, most_similar, let_user_choose"):
        bench.display_mode = mode
    assert bench.display_mode is NEWEST


def test_subscribers_are_told_of_every_change_until_they_leave(bench):
    calls, other = [], []
    leave = bench.subscribe(lambda: calls.append(None))
    bench.subscribe(lambda: other.append(None))
    for change in (
        lambda: setattr(bench, "scenario", with_armor(bench, 13)),
        lambda: setattr(bench, "display_mode", CHOICE),
        lambda: setattr(bench, "chosen_slot", 1),
        lambda: bench.add_to_queue().wait(SECONDS),
    ):
        before = len(calls)
        change()
        assert len(calls) > before
    leave()
    leave()  # leaving twice is no error
    before, before_other = len(calls), len(other)
    bench.display_mode = NEWEST
    assert len(calls) == before
    assert len(other) > before_other


def test_a_subscriber_that_raises_harms_nobody(bench, caplog):
    told = threading.Event()

    def broken():
        raise RuntimeError("a subscriber's own mistake")

    bench.subscribe(broken)
    bench.subscribe(told.set)
    assert bench.add_to_queue().result(SECONDS) is not None
    assert told.is_set()
    assert "a subscriber's own mistake" in caplog.text


def test_leaving_the_context_closes_the_worker_and_keeps_the_results(tmp_path, staged):
    with dw.Workbench(tmp_path) as bench:
        bench.simulator._play = staged
        job = bench.add_to_queue()
        data = job.result(SECONDS)
    assert data.runs.num_rows == 1005
    with pytest.raises(dw.DualSlotError, match="closed"):
        bench.add_to_queue(force=True)
    bench.close()
    assert dw.SimulationStorage(tmp_path).newest.parameters == job.parameters


def test_a_folder_that_cannot_be_written_fails_the_job_and_keeps_the_result(tmp_path, staged):
    (tmp_path / "file").write_text("no folder")
    with dw.Workbench(tmp_path / "file" / "simulations") as bench:
        bench.simulator._play = staged
        job = bench.add_to_queue()
        with pytest.raises(dw.SimulationFailed, match="move away the file"):
            job.result(SECONDS)
        assert job.unsaved.runs.num_rows == 1005


def test_two_benches_on_one_folder_see_each_other(filled):
    with dw.Workbench(filled.storage.path, filled.scenario) as other:
        assert other.shown_slot == filled.shown_slot == 1
        other.simulator._play = filled.simulator._play
        assert other.add_to_queue(with_armor(other, 14)).wait(SECONDS)
        assert not filled.storage.needs_new_simulation(with_armor(filled, 14))
        assert filled.shown_slot == other.shown_slot == 0


def test_memory_usage_counts_what_waits_and_what_is_played(bench):
    assert (bench.memory_usage().queue, bench.memory_usage().background) == (0, 0)
    bench.simulator._play = play = StagedPlay()
    jobs = [bench.add_to_queue(with_armor(bench, armor)) for armor in (11, 12, 13)]
    assert play.begun.wait(SECONDS)
    assert jobs[0].cancel()  # or it would hold up the end of the test
    usage = bench.memory_usage()
    assert usage.queue == jobs[1].request_bytes + jobs[2].request_bytes > 1000
    play.freely()
    assert all(job.wait(SECONDS) for job in jobs)
    assert (bench.memory_usage().queue, bench.memory_usage().background) == (0, 0)


def test_a_result_that_could_not_be_stored_is_saved_again_without_playing(bench, monkeypatch):
    def full(_data):
        raise dw.StorageError("the disk is full; free space and store again")

    with monkeypatch.context() as patched:
        patched.setattr(bench.storage, "store_simulation", full)
        failed = bench.add_to_queue()
        assert failed.wait(SECONDS)
        assert "free space" in str(failed.error)
    monkeypatch.setattr(bench.simulator, "_play", None)  # playing again would fail
    played = failed.unsaved
    again = bench.save_again(failed)
    data = again.result(SECONDS)
    assert again.status == dw.JobStatus.COMPLETED
    assert data.metadata.slot == again.slot == 0
    assert again.progress.completed_runs == data.analysis.runs  # before, not now
    assert data.events.equals(played.events)
    assert failed.unsaved is None
    for done in (again, failed):
        with pytest.raises(dw.DualSlotError, match="has no result that was not stored"):
            bench.save_again(done)
