"""A run parts where its two logs first differ, and is put into words."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.tables import rows_of_run
from tests.widgets.parts.replay.chosen_run import EVENTS, rich_run

STARTER = dw.starter_scenario().with_value("settings.runs", 105)
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 13)


@pytest.fixture(scope="module")
def pair() -> tuple[dw.SimulationDataSet, dw.SimulationDataSet]:
    return dw.simulate(HARDER), dw.simulate(STARTER)


def events(data, run):
    return rows_of_run(data.events, run)


def test_a_run_parts_where_all_runs_compared_at_once_say(pair):
    here, there = pair
    for row in here.paired_with(there).to_pylist():
        assert here.parting_from(there, row["run"]).at == row["diverged_at"]


def test_up_to_there_both_tell_the_same_and_from_there_on_not(pair):
    here, there = pair
    for run in here.runs_that_part_from(there)[:10]:
        found = here.parting_from(there, run)
        mine, its = (events(data, run).select(["actor", "kind", "roll"]) for data in pair)
        assert mine.slice(0, found.at).equals(its.slice(0, found.at))
        first, second = found.sentences(3)
        assert first == here.replay(run).sentences[found.at : found.at + 3]
        assert second == there.replay(run).sentences[found.at : found.at + 3]


def test_the_runs_that_part_are_those_that_do(pair):
    here, there = pair
    diverged = here.paired_with(there)["diverged"].to_pylist()
    assert here.runs_that_part_from(there) == [run for run, went in enumerate(diverged) if went]
    assert there.runs_that_part_from(here) == here.runs_that_part_from(there)


def test_it_is_printed_as_two_events_and_two_endings(pair):
    here, there = pair
    run = here.runs_that_part_from(there)[0]
    found = here.parting_from(there, run)
    head, mine, its = str(found).splitlines()
    assert head.startswith(f"Run {run} parts at event {found.at}: Encounter 1, round")
    assert here.replay(run).sentences[found.at] in mine
    assert there.replay(run).sentences[found.at] in its
    assert all("standing" in line for line in (mine, its))


def test_a_run_that_goes_the_same_says_so(pair):
    here, there = pair
    run = next(r for r in range(105) if r not in here.runs_that_part_from(there))
    found = here.parting_from(there, run)
    assert (found.at, found.sentences(3)) == (None, ([], []))
    assert str(found).startswith(f"Run {run} goes the same in both; ")


def test_where_one_ends_earlier_the_other_s_next_event_is_told():
    whole, short = rich_run(), rich_run()
    short.__dict__["events"] = whole.events.slice(0, 30)
    found = short.parting_from(whole, 0)
    assert found.at == 30
    assert found.sentences(100) == ([], whole.replay(0).sentences[30:])
    assert len(found.sentences(100)[1]) == len(EVENTS) - 30
    assert "nothing more happens" in str(found)


def test_other_dice_no_such_run_and_no_log_are_refused_in_words(pair):
    here, there = pair
    other = dw.simulate(STARTER, seed=2)
    for ask in (lambda: here.parting_from(other, 0), lambda: here.runs_that_part_from(other)):
        with pytest.raises(DualSlotError, match="do not share their dice"):
            ask()
    with pytest.raises(DualSlotError, match="there is no run 105"):
        here.parting_from(there, 105)
    unlogged = dw.SimulationDataSet(STARTER, there.source, analysis=there.analysis)
    unlogged.__dict__["events"] = rows_of_run(there.events, -1)
    with pytest.raises(DualSlotError, match="every event is kept"):
        here.parting_from(unlogged, 0)


def test_a_million_runs_without_a_log_are_refused_in_words():
    many = STARTER.with_value("settings.runs", 10_005)
    here, there = dw.simulate(many), dw.simulate(many.with_value("settings.max_rounds", 1))
    with pytest.raises(DualSlotError, match="nor of a log above 512 MiB; play both with fewer"):
        here.runs_that_part_from(there)
