"""Which result is shown: the slot that holds what was asked for, the newest, or the memory."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import StorageError
from dualslot_widgets.widgets.kit.sources import WorkbenchSource
from tests.widgets.staged_play import StagedPlay

SECONDS = 30.0
ARMOR = "encounters[0].monsters[1].armor_class"
NEWEST, SIMILAR, CHOICE = (
    dw.DisplayMode.SHOW_NEWEST,
    dw.DisplayMode.SHOW_MOST_SIMILAR,
    dw.DisplayMode.LET_USER_CHOOSE,
)
FULL = "the disk is full; free space"


@pytest.fixture
def bench(tmp_path):
    play = StagedPlay()
    play.freely()
    scenario = dw.starter_scenario().with_value("settings.runs", 15)
    with dw.Workbench(tmp_path / "slots", scenario) as bench:
        bench.simulator._play = play
        for slot, armor in enumerate((10, 18)):
            job = bench.add_to_queue(with_armor(bench, armor))
            assert job.wait(SECONDS)
            assert job.slot == slot
        yield bench


def with_armor(bench: dw.Workbench, armor: int) -> dw.Scenario:
    return bench.scenario.with_value(ARMOR, armor)


ASK = {
    "run": lambda bench, scenario: bench.add_to_queue(scenario),
    "edit": lambda bench, scenario: bench.edit(scenario),
    "undo": lambda bench, scenario: (
        setattr(bench, "scenario", scenario),
        bench.edit(with_armor(bench, 3)),
        bench.undo(),
    ),
}


@pytest.mark.parametrize("ask", ASK.values(), ids=ASK)
def test_who_asks_for_what_a_slot_holds_is_shown_that_slot(bench, ask):
    assert bench.shown_slot == 1
    ask(bench, with_armor(bench, 10))
    assert bench.shown_slot == 0
    assert len(bench.jobs) == 2 + (ask is ASK["run"])


def test_something_newer_is_shown_once_it_is_stored(bench):
    bench.add_to_queue(with_armor(bench, 10))
    assert bench.shown_slot == 0
    job = bench.add_to_queue(with_armor(bench, 12))
    assert job.wait(SECONDS)
    assert bench.shown_slot == job.slot == bench.storage.newest_slot


def test_who_sets_the_mode_to_the_newest_is_shown_the_newest(bench):
    bench.add_to_queue(with_armor(bench, 10))
    bench.display_mode = NEWEST
    assert bench.shown_slot == 1


def test_the_users_choice_stays(bench):
    bench.chosen_slot = 1
    bench.display_mode = CHOICE
    bench.edit(with_armor(bench, 10))
    bench.add_to_queue(with_armor(bench, 10))
    assert bench.shown_slot == 1


def test_the_most_similar_is_the_one_that_holds_it(bench):
    bench.display_mode = SIMILAR
    bench.edit(with_armor(bench, 10))
    assert bench.shown_slot == 0


def test_what_no_slot_holds_leaves_the_newest(bench):
    bench.edit(with_armor(bench, 11))
    assert bench.shown_slot == 1


def fail_to_store(bench: dw.Workbench, monkeypatch, scenario: dw.Scenario):
    def refuse(_):
        raise StorageError(FULL)

    with monkeypatch.context() as failing:
        failing.setattr(bench.storage, "store_simulation", refuse)
        job = bench.add_to_queue(scenario)
        assert job.wait(SECONDS)
    assert job.unsaved is not None
    return job


def test_a_result_that_could_not_be_stored_is_shown_from_memory(bench, monkeypatch):
    bench.scenario = with_armor(bench, 12)
    job = fail_to_store(bench, monkeypatch, bench.scenario)
    scene = WorkbenchSource(bench).snapshot()
    assert bench.unsaved is job
    assert scene.unsaved is job
    assert scene.shown is job.unsaved
    assert scene.preview_place == "in memory"


def test_once_it_is_saved_the_slot_is_shown(bench, monkeypatch):
    bench.scenario = with_armor(bench, 12)
    saving = bench.save_again(fail_to_store(bench, monkeypatch, bench.scenario))
    assert saving.wait(SECONDS)
    scene = WorkbenchSource(bench).snapshot()
    assert (scene.unsaved, scene.preview) == (None, None)
    assert scene.shown_slot == saving.slot


def test_that_of_another_scenario_is_not_shown(bench, monkeypatch):
    fail_to_store(bench, monkeypatch, with_armor(bench, 12))
    assert bench.unsaved is None


def test_it_is_shown_again_once_its_scenario_is_on_screen(bench, monkeypatch):
    job = fail_to_store(bench, monkeypatch, with_armor(bench, 12))
    bench.edit(job.scenario)
    assert bench.unsaved is job


def test_who_chooses_a_slot_sees_it_in_the_place_of_the_memory(bench, monkeypatch):
    bench.scenario = with_armor(bench, 12)
    job = fail_to_store(bench, monkeypatch, bench.scenario)
    bench.result.leave_preview()
    assert WorkbenchSource(bench).snapshot().unsaved is None
    bench.edit(bench.scenario)
    assert WorkbenchSource(bench).snapshot().unsaved is job
