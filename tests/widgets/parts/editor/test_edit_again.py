""" "Edit this" puts the scenario of a result on screen, as one step that can be undone."""

from __future__ import annotations

import pytest

from dualslot_widgets.errors import StorageError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.widgets.parts.jobs.job_monitor import JobMonitor
from dualslot_widgets.widgets.parts.slots.slot_browser import SlotBrowser
from tests.widgets.watched import SECONDS, Watched

ARMOR = "encounters[0].monsters[1].armor_class"


@pytest.fixture
def filled(bench, staged):
    """A bench with the ogre's armor 10 in slot 0 and 18 in slot 1; the starter is on screen."""
    staged.freely()
    for armor in (10, 18):
        assert bench.add_to_queue(starter_scenario().with_value(ARMOR, armor)).wait(SECONDS)
    return bench


def armor(bench) -> int:
    return bench.scenario.encounters[0].monsters[1].armor_class


@pytest.mark.parametrize("kind", ["dashboard", "browser"])
def test_a_slots_scenario_comes_on_screen_and_can_be_undone(filled, kind):
    widget = filled.display if kind == "dashboard" else SlotBrowser(filled)
    Watched(widget).tell(type="edit_slot", slot=0)
    assert armor(filled) == 10
    assert filled.undo()
    assert filled.scenario == starter_scenario()
    assert not filled.undo()
    widget.close()


@pytest.mark.parametrize("kind", ["dashboard", "monitor"])
def test_a_finished_jobs_scenario_comes_on_screen(filled, kind):
    widget = filled.display if kind == "dashboard" else JobMonitor(filled)
    Watched(widget).tell(type="edit_job", job=filled.jobs[0].id)
    assert armor(filled) == 10
    widget.close()


def test_a_failed_jobs_scenario_comes_on_screen(filled, staged):
    staged.fail = StorageError("the disk is full")
    job = filled.add_to_queue(starter_scenario().with_value(ARMOR, 5))
    assert job.wait(SECONDS)
    Watched(filled.display).tell(type="edit_job", job=job.id)
    assert armor(filled) == 5


def test_what_a_slot_holds_is_shown_and_not_played_again(filled):
    watched = Watched(filled.display)
    watched.tell(type="edit_slot", slot=0)
    watched.until(lambda d: d.shown_slot == 0)
    filled.live._queue(filled.scenario)  # as the preview does once it rests
    assert len(filled.jobs) == 2
    assert filled.queue == ()


def test_an_empty_slot_and_a_forgotten_job_are_refused_in_words(watched, bench):
    watched.tell(type="edit_slot", slot=1)
    watched.until(lambda d: "slot 1 holds no scenario" in d.error)
    watched.tell(type="edit_job", job=12345)
    watched.until(lambda d: "job 12345 is not known any more" in d.error)
    assert bench.scenario == starter_scenario()


def test_a_result_in_memory_is_drawn_with_its_reason(watched, bench, staged, monkeypatch):
    staged.freely()

    def refuse(_):
        raise StorageError("the disk is full")

    monkeypatch.setattr(bench.storage, "store_simulation", refuse)
    watched.tell(type="run")
    watched.until(lambda d: d.preview and d.preview["unsaved"])
    (job,) = bench.jobs
    assert watched.display.preview["unsaved"] == {"job": job.id, "reason": "the disk is full"}
    assert watched.display.preview_strip["place"] == "in memory"
    still = watched.display._draw_static()
    assert "Not stored (the disk is full)" in "\n".join(part.text for part in still)
    monkeypatch.undo()
    watched.tell(type="save_again", job=job.id)
    watched.until(lambda d: d.preview is None and d.slots[0]["analysis"])
