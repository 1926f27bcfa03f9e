"""A replay tells exactly the selected run of what is shown, or says in words why it cannot."""

from __future__ import annotations

import json
import threading

import pytest
import traitlets

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.table_source import TablesInMemory, TableSource
from dualslot_widgets.tables import SCHEMAS
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.parts.replay import replay_view
from dualslot_widgets.widgets.parts.replay.replay_view import Replays
from tests.widgets.data_sets import unreadable
from tests.widgets.parts.replay.chosen_run import rich_run
from tests.widgets.watched import SECONDS, Watched


@pytest.fixture(scope="module")
def data():
    return dw.simulate(starter_scenario(), runs=105)


def told(data, run, replays=None, **scene):
    shown = {"slots": (data, None), "shown_slot": 0} | scene
    scene = Snapshot(scenario=data.scenario, selected_run=run, **shown)
    return (replays or Replays(lambda: None)).get(scene)


def without(data, *names, error=None):
    """The data set with some of its tables empty, or damaged."""

    class Tables(TableSource):
        def table(self, name):
            if name in names and error is not None:
                raise error
            return SCHEMAS[name].empty_table() if name in names else data.source.table(name)

    return SimulationDataSet(data.scenario, Tables(), analysis=data.analysis)


@pytest.mark.parametrize("run", [0, 17, 104])
def test_a_run_is_told_event_by_event_as_its_log_says(data, run):
    view, replay = told(data, run), data.replay(run)
    names = [who["name"] for who in view["combatants"]]
    assert view["words"] == replay.sentences
    assert view["events"] == len(view["rows"]) == replay.events.num_rows
    for row, event in zip(view["rows"], replay.events.to_pylist(), strict=True):
        encounter, round_, actor, target, kind, action, roll, amount, target_hp = row
        assert (encounter, round_) == (event["encounter"], event["round"])
        assert (names[actor], names[target]) == (event["actor"], event["target"])
        assert (kind, action or None, roll) == (event["kind"], event["action"], event["roll"])
        assert (amount, target_hp) == (event["amount"], event["target_hp"])


def test_it_says_how_the_run_ended_as_the_tables_do(data):
    for run in range(0, 105, 8):
        view, row = told(data, run), data.runs.slice(run, 1).to_pylist()[0]
        assert view["run"] == row["run"]
        assert view["ending"].startswith({"win": "won", "loss": "lost"}[row["outcome"]])
        assert view["ending"].endswith(f" in {row['rounds']} rounds, {row['survivors']} standing")
        people = [c for c in data.combatants.to_pylist() if c["run"] == run]
        for who, person in zip(view["combatants"], people, strict=True):
            assert who.items() <= person.items()


def test_nothing_is_told_while_no_run_is_selected(data):
    assert told(data, None) is None


def test_a_run_that_is_selected_before_there_is_a_result_is_told_in_words(data):
    view = told(data, 3, shown_slot=None)
    assert view["problem"] == "there is no result yet that it could be a run of"
    assert (view["run"], view["rows"]) == (3, [])


def test_a_run_is_told_once_and_again_for_another_data_set(data):
    replays = Replays(lambda: None)
    first = told(data, 3, replays)
    assert told(data, 3, replays) is first
    assert told(data, 4, replays)["run"] == 4
    assert told(rich_run(), 0, replays)["scenario"] != first["scenario"]


def test_a_run_that_is_not_there_is_told_in_words(data):
    view = told(data, 105)
    assert view["problem"] == "there is no run 105; runs are numbered 0 to 104"
    assert (view["rows"], view["runs"]) == ([], 105)


def test_a_preview_has_no_log_and_is_played_again_without_a_word(data, engine):
    preview = without(data, "events", "rounds")
    view = told(preview, 17, preview=preview)
    assert (view["place"], view["note"], view["problem"]) == ("preview", "", "")
    assert view["words"] == data.replay(17).sentences


def test_a_stored_run_without_a_log_is_played_again_and_says_so(data, engine):
    view = told(without(data, "events", "rounds"), 17)
    assert view["note"] == "No log was kept of it; it was played again from its seed."
    assert view["words"] == data.replay(17).sentences


def test_a_run_whose_log_is_damaged_is_played_again_and_says_so(data, engine):
    error = DamagedSlotError("events.arrow does not have the bytes that were stored")
    view = told(without(data, "events", error=error), 17)
    assert view["note"].startswith("Its log cannot be read: events.arrow does not have the bytes")
    assert view["words"] == data.replay(17).sentences
    both = told(without(data, "events", "runs", error=error), 17)
    assert both["note"].endswith("Whether it comes out as stored cannot be checked.")


def test_a_run_that_comes_out_otherwise_than_stored_is_not_told(data, engine):
    other = dw.simulate(data.scenario, seed=2, runs=105)
    run = next(r for r in range(105) if data.runs["score"][r] != other.runs["score"][r])
    tables = {name: getattr(other, name) for name in ("runs", "combatants")}
    tables |= {name: SCHEMAS[name].empty_table() for name in ("rounds", "events")}
    mixed = SimulationDataSet(data.scenario, TablesInMemory(tables))
    view = told(mixed, run)
    assert "comes out in another way" in view["problem"]
    assert view["rows"] == []


def test_a_damaged_slot_says_what_is_wrong():
    view = told(unreadable(0, 7), 3)
    assert "does not have the bytes that were written" in view["problem"]


def test_while_the_engine_is_prepared_a_replay_says_so_and_tells_when_it_is_ready(
    data, monkeypatch, engine
):
    ready, asked = threading.Event(), threading.Event()
    monkeypatch.setattr("dualslot_widgets.engine.simulation.engine_is_ready", ready.is_set)
    monkeypatch.setattr("dualslot_widgets.engine.simulation.prepare_engine", ready.set)
    replays = Replays(asked.set)
    unlogged = without(data, "events", "rounds")
    view = told(unlogged, 17, replays)
    assert (view["pending"], view["note"], view["rows"]) == (True, replay_view.PREPARING, [])
    assert asked.wait(SECONDS)
    assert told(unlogged, 17, replays)["words"] == data.replay(17).sentences


def test_a_run_of_twenty_thousand_events_is_told_up_to_a_limit(monkeypatch, data):
    monkeypatch.setattr(replay_view, "LISTED_EVENTS", 10)
    view = told(data, 3)
    assert (len(view["rows"]), len(view["words"])) == (10, 10)
    assert view["events"] == data.replay(3).events.num_rows > 10


def test_the_longest_that_is_told_is_under_a_megabyte(data):
    view = told(data, 3)
    each = len(json.dumps([view["rows"], view["words"]])) / len(view["rows"])
    print(f"{each:.0f} bytes an event")
    assert each * replay_view.LISTED_EVENTS < 1_000_000


def test_a_replay_of_a_data_set_follows_its_selected_run(data):
    replay = dw.RunReplay(data, 3)
    watched, seen = Watched(replay), []
    replay.observe(lambda change: seen.append(change["new"]), "selected_run")
    assert (replay.selected_run, replay.replay["run"]) == (3, 3)
    replay.selected_run = 17
    watched.until(lambda d: d.replay["run"] == 17)
    watched.tell(type="select_run", run=104)
    watched.until(lambda d: d.replay["run"] == 104)
    watched.tell(type="select_run", run=None)
    watched.until(lambda d: d.replay is None)
    assert seen == [17, 104, None]
    replay.close()


def test_a_run_is_selected_as_the_quintiles_name_it(data):
    replay = dw.RunReplay(data, data.quintiles["run"][0])
    replay.selected_run = data.quintiles["run"][4]
    assert type(replay.selected_run) is int
    assert replay.selected_run == data.analysis.quintiles[4].run
    replay.close()


@pytest.mark.parametrize("bad", [-1, 1_000_000, 1.5, "3", True])
def test_what_can_be_no_run_is_refused_in_python(data, bad):
    replay = dw.RunReplay(data)
    with pytest.raises(traitlets.TraitError):
        replay.selected_run = bad
    assert replay.selected_run is None
    replay.close()


def test_the_selected_run_is_one_for_all_widgets_of_a_bench(bench):
    timelines, replay = dw.QuintileTimelines(bench), dw.RunReplay(bench)
    both = [Watched(timelines), Watched(replay)]
    both[0].tell(type="select_run", run=17)
    both[1].until(lambda d: d.selected_run == 17)
    assert bench.selected_run == 17
    bench.selected_run = 4
    for watched in both:
        watched.until(lambda d: d.selected_run == 4)
    replay.selected_run = None
    both[0].until(lambda d: d.selected_run is None)
    assert bench.selected_run is None
    timelines.close()
    replay.close()


def test_what_is_set_while_a_widget_is_drawn_is_not_taken_back(data):
    replay = dw.RunReplay(data)
    watched, drawing, go_on = Watched(replay), threading.Event(), threading.Event()
    draw = replay.parts[1].replays.get

    def slow(scene):
        drawing.set()
        assert go_on.wait(SECONDS)
        return draw(scene)

    replay.parts[1].replays.get = slow
    seen = []
    replay.observe(lambda change: seen.append(change["new"]), "selected_run")
    replay.selected_run = 3
    assert drawing.wait(SECONDS)
    replay.selected_run = 17
    go_on.set()
    watched.until(lambda d: d.replay and d.replay["run"] == 17)
    assert seen == [3, 17]
    replay.close()


def test_a_saved_notebook_keeps_the_run_as_words(data):
    replay = dw.RunReplay(data, 3)
    still = replay._repr_mimebundle_()[0]
    assert data.replay(3).sentences[0] in still["text/plain"]
    assert "<pre>" in still["text/html"]
    replay.close()
    hostile = dw.RunReplay(rich_run(), 0)
    assert "<img" not in hostile._repr_mimebundle_()[0]["text/html"]
    hostile.close()
