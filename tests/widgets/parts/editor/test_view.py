"""What is on screen is what the data sets say: the same numbers, bounded, and JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.creature import MAX_ACTIONS, MAX_COMBATANTS
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.versus import Comparisons
from dualslot_widgets.widgets.parts.editor.scenario_view import scenario_view, summary
from dualslot_widgets.widgets.parts.jobs.job_view import job_view
from dualslot_widgets.widgets.parts.slots import slot_view
from dualslot_widgets.widgets.parts.slots.slot_static import static_slot
from dualslot_widgets.widgets.parts.slots.slot_view import preview_view
from dualslot_widgets.workbench.job import JobStatus
from tests.scenario.strategies import scenarios
from tests.widgets.data_sets import STORED_AT, hostile_scenario, played, stored, unreadable, views
from tests.widgets.protocol.protocol_examples import job

STARTER = starter_scenario()
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 17)
FIRST, SECOND = stored(0, 7, STARTER), stored(1, 8, HARDER, losses=300, unresolved=20)
BOTH = views((FIRST, SECOND), (None, None), 1, STARTER)


def test_a_slot_shows_the_numbers_of_its_data_set():
    for view, data in zip(BOTH, (FIRST, SECOND), strict=True):
        assert view["analysis"] == data.analysis.to_dict()
        assert view["generation"] == data.metadata.generation
        assert view["generation_count"] == data.metadata.generation_count
        assert view["compressed_size"] == data.metadata.compressed_size
        assert view["timestamp"] == STORED_AT.isoformat()
        assert view["similarity"] == data.parameters.similarity(STARTER.parameters)
        assert (view["state"], view["problem"]) == ("ok", "")


def test_one_slot_is_newest_and_the_one_with_equal_parameters_is_exact():
    assert [view["newest"] for view in BOTH] == [False, True]
    assert [view["exact"] for view in BOTH] == [True, False]
    assert [view["differences"] for view in BOTH] == [[], ["Ogre: armor class 17 -> 11"]]


def test_each_slot_is_compared_with_the_other_one():
    compare = Comparisons().versus
    assert BOTH[0]["versus"] == compare(FIRST, SECOND)
    assert BOTH[1]["versus"] == compare(SECOND, FIRST)


def test_a_slot_alone_is_compared_with_nothing():
    both = views((FIRST, None), (None, None), 0, STARTER)
    assert [view["versus"] for view in both] == [None, None]
    assert both[1]["state"] == "empty"


def test_very_many_differences_are_counted_and_not_listed(monkeypatch):
    monkeypatch.setattr(slot_view, "LISTED_DIFFERENCES", 6)
    changed = STARTER
    for index, player in enumerate(STARTER.players):
        changed = changed.with_value(f"players[{index}].max_hp", player.max_hp + 1)
        changed = changed.with_value(f"players[{index}].armor_class", player.armor_class + 1)
    view = views((stored(0, 1, changed), None), (None, None), 0, STARTER)[0]
    assert len(view["differences"]) == 7
    assert view["differences"][-1] == "2 more"


def test_a_damaged_slot_says_so_and_does_not_cost_the_other_one():
    both = views((unreadable(0, 7), SECOND), (None, None), 1, STARTER)
    assert both[0]["state"] == "damaged"
    assert "bytes that were written" in both[0]["problem"]
    assert both[0]["analysis"] is None
    assert (both[1]["state"], both[1]["versus"]) == ("ok", None)
    assert both[1]["analysis"] == SECOND.analysis.to_dict()


def test_a_slot_of_which_only_the_metadata_is_damaged_is_not_called_empty():
    view = views((None, None), (None, "metadata.json is not JSON"), None, STARTER)[1]
    assert (view["state"], view["problem"]) == ("damaged", "metadata.json is not JSON")


def test_a_slot_that_cannot_be_read_now_is_not_called_damaged():
    problem = "metadata.json cannot be read now: Input/output error"
    both = views((None, SECOND), (problem, None), 1, STARTER, (True, False))
    assert [view["state"] for view in both] == ["barred", "ok"]
    assert both[0]["problem"] == problem
    words = static_slot(both[0]).text
    assert "cannot be used now: metadata.json" in words
    assert "damaged" not in words


def test_a_preview_is_compared_with_the_slot_that_is_shown():
    seen = played(losses=500)
    versus = Comparisons().versus(seen, SECOND)
    view = preview_view(seen, 1, versus)
    assert (view["against"], view["runs"]) == (1, 1005)
    assert view["versus"] == versus
    assert view["analysis"] == seen.analysis.to_dict()


def test_a_preview_beside_a_slot_that_cannot_be_read_is_compared_with_nothing():
    seen = played()
    view = preview_view(seen, 0, Comparisons().versus(seen, unreadable(0, 7)))
    assert (view["against"], view["versus"]) == (None, None)


@pytest.mark.parametrize("status", JobStatus)
def test_a_job_shows_how_far_it_is(status):
    view = job_view(job(STARTER, status, "simulating", 402))
    assert (view["status"], view["completed_runs"], view["total_runs"]) == (status, 402, 1005)
    assert view["percent"] == pytest.approx(40)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError(), "ValueError"),
        (ValueError("no room"), "ValueError: no room"),
        (KeyError("x"), "KeyError: 'x'"),
        (DualSlotError("choose another folder"), "choose another folder"),
    ],
)
def test_a_failed_job_always_says_something(error, words):
    assert job_view(job(STARTER, JobStatus.FAILED, "failed", 0, error))["message"] == words


def test_the_summary_counts_characters_levels_and_monsters():
    assert summary(STARTER) == "4 characters, level 2, against 6 × Goblin and Ogre"
    assert summary(hostile_scenario()).startswith("2 characters, level 3, against 3 × <img")
    assert ", then " in summary(hostile_scenario())


def test_what_a_newcomer_sees_is_under_100_kilobytes():
    preview = preview_view(FIRST, 1, Comparisons().versus(FIRST, SECOND))
    text = json.dumps([scenario_view(STARTER, 1), BOTH, preview])
    print(f"{len(text)} bytes")
    assert len(text) < 100_000


@pytest.mark.slow
def test_the_largest_scenario_is_drawn_from_under_two_megabytes():
    strike = {"type": "attack", "attack_bonus": 1, "damage": "1d4"}
    crowd = [
        {
            "name": f"{index:02}".ljust(100, "w"),
            "max_hp": 30_000,
            "armor_class": 100,
            "actions": [{**strike, "name": f"{n:02}".ljust(100, "x")} for n in range(MAX_ACTIONS)],
        }
        for index in range(MAX_COMBATANTS)
    ]
    largest = Scenario.from_dict(
        {"name": "n" * 100, "players": crowd[:1], "encounters": [{"monsters": crowd[1:]}]}
    )
    view = scenario_view(largest, 1)
    both = views((stored(0, 1, largest), stored(1, 2)), (None, None), 1, STARTER)
    sizes = [len(json.dumps(each)) for each in (view, both)]
    print(f"{sizes} bytes")
    assert sum(sizes) < 2_000_000


@settings(max_examples=settings.default.max_examples // 3)
@given(scenarios())
def test_any_scenario_is_shown_as_json_without_nan(scenario):
    data = stored(0, 1, scenario, runs=7, losses=3, unresolved=1)
    both = views((data, FIRST), (None, None), 0, STARTER)
    shown = [scenario_view(scenario, 1), both, preview_view(data, 0, both[0]["versus"])]
    text = json.dumps(shown, allow_nan=False)
    assert json.loads(text)[0] == shown[0]
