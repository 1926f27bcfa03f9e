"""The dashboard without a browser: messages in, traits out, and no error vanishes."""

from __future__ import annotations

import json

import pytest

from dualslot_widgets.errors import StorageError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.workbench import live_preview
from dualslot_widgets.workbench.job_state import Priority
from tests.widgets.data_sets import hostile_scenario
from tests.widgets.protocol.message_examples import invalid_messages
from tests.widgets.watched import SECONDS

OGRE_ARMOR = "encounters[0].monsters[1].armor_class"
GOBLINS = "encounters[0].monsters[0].count"


def status(display):
    return display.job and display.job["status"]


def stored(bench, **numbers):
    """Have the starter scenario stored, with other numbers (dots as double underscores)."""
    scenario = starter_scenario()
    for name, value in numbers.items():
        scenario = scenario.with_value(name.replace("__", "."), value)
    return bench.add_to_queue(scenario).result(SECONDS)


def test_an_empty_bench_shows_its_scenario_and_two_empty_slots(bench):
    display = bench.display
    assert display.scenario_view["name"] == "Ogre at the bridge"
    assert [slot["state"] for slot in display.slots] == ["empty", "empty"]
    assert (display.job, display.queue_length, display.error) == (None, 0, "")
    assert (display.shown_slot, display.display_mode) == (None, "newest")


def test_run_plays_the_scenario_and_fills_a_slot(watched, staged):
    watched.tell(type="run")
    watched.until(lambda d: status(d) == "running")
    staged.let(1)
    watched.until(lambda d: d.job["completed_runs"] == 67)
    assert watched.display.job["percent"] == pytest.approx(100 / 15)
    staged.freely()
    watched.until(lambda d: status(d) == "completed" and d.shown_slot == 0)
    slot = watched.display.slots[0]
    assert (slot["state"], slot["newest"], slot["exact"]) == ("ok", True, True)
    assert slot["analysis"]["runs"] == 1005


def test_run_again_plays_what_is_stored_already_once_more(watched, bench, staged):
    staged.freely()
    for times in (1, 2):
        watched.tell(type="run")
        watched.until(lambda d: d.slots[0]["generation_count"] == times)  # noqa: B023
    assert [slot["state"] for slot in watched.display.slots] == ["ok", "empty"]


def test_an_edit_changes_the_scenario_and_is_played_and_stored_once_it_rests(
    watched, bench, staged, monkeypatch
):
    staged.freely()
    with monkeypatch.context() as patch:
        patch.setattr(live_preview, "REST_SECONDS", 3600)  # a hand that never rests
        for value in (12, 13):
            watched.tell(type="edit", path=OGRE_ARMOR, value=value)
    watched.tell(type="edit", path=OGRE_ARMOR, value=14)
    assert bench.scenario.encounters[0].monsters[1].armor_class == 14
    watched.until(lambda d: d.slots[0]["exact"])
    assert bench.storage.slots[0].scenario == bench.scenario
    assert len(bench.jobs) == 1


def test_an_edit_is_previewed_before_it_is_stored(watched, staged, engine):
    watched.tell(type="edit", path=OGRE_ARMOR, value=19)
    watched.until(lambda d: d.preview is not None)
    assert watched.display.preview["analysis"]["runs"] == 1005
    assert watched.display.slots[0]["state"] == "empty"
    staged.freely()
    watched.until(lambda d: d.slots[0]["exact"])
    assert watched.display.preview is None


def test_a_preview_plays_no_more_than_1005_runs(watched, engine):
    watched.tell(type="edit", path="settings.runs", value=1_000_000)
    watched.until(lambda d: d.preview is not None)
    assert watched.display.preview["runs"] == 1005


def test_a_preview_is_of_the_scenario_on_screen_or_gone(watched, bench, engine):
    watched.tell(type="edit", path=OGRE_ARMOR, value=19)
    watched.until(lambda d: d.preview is not None)
    bench.scenario = hostile_scenario()
    watched.until(lambda d: d.scenario_view["name"] == bench.scenario.name)
    assert watched.display.preview is None


def test_a_slot_that_is_chosen_takes_the_place_of_a_preview(watched, bench, staged, engine):
    staged.let(staged.batches)
    stored(bench)
    watched.tell(type="edit", path="settings.runs", value=5025)
    watched.until(lambda d: d.preview is not None)
    watched.tell(type="choose_slot", slot=0)
    watched.until(lambda d: d.preview is None)
    assert watched.display.shown_slot == 0


def test_a_slot_is_pinned_and_let_go(watched, bench, staged):
    staged.let(staged.batches)
    stored(bench)
    watched.tell(type="pin", slot=0)
    watched.until(lambda d: d.slots[0]["pinned"])
    assert bench.storage.pinned_slot == 0
    watched.tell(type="pin", slot=1)
    watched.until(lambda d: "slot 0 is pinned" in d.error)
    watched.tell(type="pin", slot=None)
    watched.until(lambda d: not d.slots[0]["pinned"])
    assert bench.storage.pinned_slot is None


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (GOBLINS, 60, "more than 60"),
        (OGRE_ARMOR, 101, "outside 0 to 100"),
        ("players[9].count", 1, "no such value"),
        ("settings.seed", 10**100, "outside"),
    ],
)
def test_a_number_that_cannot_be_played_is_told_and_changes_nothing(
    watched, bench, path, value, words
):
    before, revision = bench.scenario, watched.display.scenario_view["revision"]
    watched.tell(type="edit", path=path, value=value)
    watched.until(lambda d: words in d.error)
    assert bench.scenario == before
    assert watched.display.scenario_view["revision"] > revision  # inputs take the true value again
    assert not bench.jobs
    watched.tell(type="dismiss")
    watched.until(lambda d: d.error == "")


@pytest.mark.parametrize(
    "content", [content for contents in invalid_messages().values() for content in contents]
)
def test_an_invalid_message_is_told_on_screen_and_changes_nothing(watched, bench, content):
    before = bench.scenario
    watched.display._handle_custom_msg(content, [])
    watched.until(lambda d: d.error)
    assert bench.scenario == before
    assert not bench.jobs


def test_the_next_good_edit_takes_an_error_away(watched):
    watched.tell(type="edit", path=GOBLINS, value=60)
    watched.until(lambda d: d.error)
    watched.tell(type="edit", path=GOBLINS, value=5)
    watched.until(lambda d: not d.error)


def test_cancel_stops_the_job_that_is_played(watched, staged):
    watched.tell(type="run")
    staged.let(2)
    watched.until(lambda d: status(d) == "running" and d.job["completed_runs"] > 0)
    watched.tell(type="cancel", job=watched.display.job["id"])
    staged.freely()
    watched.until(lambda d: status(d) == "cancelled")
    assert [slot["state"] for slot in watched.display.slots] == ["empty", "empty"]


def test_cancelling_what_has_just_finished_is_no_error(watched, staged):
    watched.tell(type="run")
    staged.freely()
    watched.until(lambda d: status(d) == "completed")
    watched.tell(type="cancel", job=watched.display.job["id"])
    assert watched.display._error == ""
    assert status(watched.display) == "completed"


def test_what_waits_is_counted(watched, bench, staged):
    jobs = [bench.add_to_queue(starter_scenario().with_value("settings.seed", n)) for n in range(3)]
    watched.until(lambda d: d.queue_length == 2 and status(d) == "running")
    staged.freely()
    assert all(job.wait(SECONDS) for job in jobs)
    watched.until(lambda d: d.queue_length == 0)


def test_the_slots_are_switched_and_the_mode_follows(watched, bench, staged):
    staged.freely()
    stored(bench)
    stored(bench, settings__seed=2)
    watched.until(lambda d: d.shown_slot == 1)
    watched.tell(type="choose_slot", slot=0)
    watched.until(lambda d: (d.shown_slot, d.display_mode) == (0, "let_user_choose"))
    watched.tell(type="display_mode", mode="newest")
    watched.until(lambda d: (d.shown_slot, d.display_mode) == (1, "newest"))
    watched.tell(type="display_mode", mode="most_similar")
    watched.until(lambda d: (d.shown_slot, d.display_mode) == (0, "most_similar"))


@pytest.mark.parametrize("priority", Priority)
def test_a_failed_job_says_why_on_screen_however_fast_it_fails(watched, bench, staged, priority):
    staged.fail = OSError("the dice are gone")
    staged.freely()
    bench.add_to_queue(priority=priority)
    watched.until(lambda d: status(d) == "failed")
    assert watched.display.job["message"] == "OSError: the dice are gone"


def test_a_slot_damaged_on_disk_is_marked(watched, bench, staged):
    staged.freely()
    stored(bench)
    (bench.storage.path / "slot_0" / "metadata.json").write_text("{")
    watched.tell(type="display_mode", mode="newest")
    watched.until(lambda d: d.slots[0]["state"] == "damaged")
    assert "metadata.json" in watched.display.slots[0]["problem"]


def test_a_preview_that_fails_is_told_until_it_is_dismissed(watched, bench, monkeypatch, engine):
    def broken(*_args, **_options):
        raise StorageError("no preview today")

    monkeypatch.setattr("dualslot_widgets.workbench.live_preview.play_preview", broken)
    watched.tell(type="edit", path=OGRE_ARMOR, value=18)
    watched.until(lambda d: "no preview today" in d.error)
    bench.display_mode = "most_similar"
    watched.until(lambda d: d.display_mode == "most_similar")
    assert "no preview today" in watched.display.error
    fields = watched.display.scenario_view["creatures"][-1]["fields"]
    assert [f["value"] for f in fields if f["path"] == OGRE_ARMOR] == [18]
    watched.tell(type="dismiss")
    watched.until(lambda d: d.error == "")


def test_all_that_is_sent_is_json(watched, staged):
    staged.freely()
    watched.tell(type="run")
    watched.until(lambda d: status(d) == "completed")
    json.dumps(watched.sent, allow_nan=False)


def test_a_saved_notebook_keeps_the_result_as_words_and_as_a_table(bench, staged):
    staged.freely()
    stored(bench)
    with_result = bench._repr_mimebundle_()[0]
    assert with_result["application/vnd.jupyter.widget-view+json"]
    assert "1,005 runs, 90.0% won" in with_result["text/plain"]
    assert "<table>" in with_result["text/html"]
