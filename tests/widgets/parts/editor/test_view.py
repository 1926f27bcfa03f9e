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
from dualslot_widgets.widgets.parts.slots.slot_view import preview_view
from dualslot_widgets.workbench.job_state import JobStatus
from tests.scenario.strategies import scenarios
from tests.widgets.data_sets import hostile_scenario, stored, views
from tests.widgets.protocol.protocol_examples import job

STARTER = starter_scenario()
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 17)
FIRST, SECOND = stored(0, 7, STARTER), stored(1, 8, HARDER, losses=300, unresolved=20)
BOTH = views((FIRST, SECOND), (None, None), 1, STARTER)


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
    shown = [
        scenario_view(scenario, 1),
        both,
        preview_view(data, 0, Comparisons().versus(data, FIRST)),
    ]
    text = json.dumps(shown, allow_nan=False)
    assert json.loads(text)[0] == shown[0]
