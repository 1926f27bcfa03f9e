"""A browser is given no text in which anything is unseen, and names that come back are the same."""

from __future__ import annotations

import json

import pytest

from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.parts.jobs.job_monitor import JobMonitor
from dualslot_widgets.words.visible import from_shown
from tests.widgets.data_sets import played
from tests.widgets.watched import SECONDS
from tests.words.test_visible import FORGED, SHOWN, forged_scenario, unseen

ARMOR = "encounters[0].monsters[1].armor_class"


@pytest.fixture
def forged(bench, staged):
    """A bench in which every name of the scenario is forged, and a slot holds it."""
    staged.freely()
    bench.scenario = forged_scenario()
    assert bench.add_to_queue().wait(SECONDS)
    bench.storage.store_simulation(played(forged_scenario().with_value(ARMOR, 3), runs=5, losses=1))
    bench.selected_run = 2
    return bench


def sent(widget) -> str:
    """Return all that a widget's traits say, as the browser reads it."""
    traits = {name: getattr(widget, name) for name in widget.keys if name[0] != "_"}
    return json.dumps(traits, ensure_ascii=False, default=str)


def test_no_trait_of_a_dashboard_hides_anything(forged):
    told = sent(forged.display)
    assert unseen(told) == []
    assert told.count(json.dumps(SHOWN)[1:-1]) > 10


def test_no_trait_of_a_job_monitor_hides_anything(forged):
    monitor = JobMonitor(forged)
    assert unseen(sent(monitor)) == []
    monitor.close()


def test_an_error_hides_nothing(watched, bench):
    watched.tell(type="edit", path="players[0].name", value=f"{FORGED}\n")
    watched.until(lambda d: d.error)
    assert unseen(watched.display.error) == []


def test_the_stored_form_hides_nothing(forged):
    bundle = forged.display._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    for kind in ("text/plain", "text/html"):
        assert unseen(data[kind]) == []
        assert SHOWN in data[kind]


def test_a_name_that_is_edited_as_it_is_shown_is_the_name_with_the_edit(watched, bench):
    bench.scenario = forged_scenario()
    watched.tell(type="edit", path="players[0].name", value=f"{SHOWN} the Wise")
    assert bench.scenario.players[0].name == f"{FORGED} the Wise"


def test_a_list_of_names_comes_back_as_it_was_shown(watched, bench):
    bench.scenario = forged_scenario()
    watched.tell(type="edit", path="players[0].multiattack", value=[SHOWN, SHOWN])
    assert bench.scenario.players[0].multiattack == (FORGED, FORGED)


def test_a_copied_scenario_is_visible_and_the_same(watched, bench):
    bench.scenario = forged_scenario()
    watched.tell(type="copy")
    watched.until(lambda d: d.scenario_json)
    text = watched.display.scenario_json
    assert unseen(text) == []
    assert Scenario.from_dict(json.loads(text)) == forged_scenario()


def test_an_escape_of_something_visible_is_text():
    assert from_shown(r"\u0041 \u002e \ud83d\ude00") == r"\u0041 \u002e \ud83d\ude00"
