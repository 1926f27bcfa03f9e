"""Runs are played again as far as it can be afforded; which ones, nobody can foretell."""

from __future__ import annotations

import random

import numpy as np
import pytest

import dualslot_widgets as dw
from dualslot_widgets.results.agreement import played_again
from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.results.agreement.played_again import (
    LEAST_RUNS,
    MOST_SAMPLED,
    TooDearError,
    _plan,
)
from dualslot_widgets.results.table_simulation import TableSimulation
from tests.engine.laws.test_laws import RICH, of_run, tables
from tests.results.agreement.tables_changed import by_other_rules, changed, checked, played


@pytest.fixture(scope="module")
def data():
    return played(105)


@pytest.fixture
def sampled(monkeypatch):
    """As if 105 runs were far too many to play all of them again."""
    monkeypatch.setattr(played_again, "MAX_TURNS", 2000)
    monkeypatch.setattr(played_again, "MOST_SAMPLED", 30)


def with_less_damage(data: dw.SimulationDataSet, run: int) -> dw.SimulationDataSet:
    """One run in which a character was hit a little less hard; every sum goes with it."""
    rows = range(11 * run, 11 * run + 11)
    people = {name: data.combatants[name].to_pylist() for name in data.combatants.column_names}
    row = next(
        row
        for row in rows
        if people["side"][row] == "party" and 0 < people["final_hp"][row] < people["start_hp"][row]
    )
    foe = next(
        row for row in rows if people["side"][row] == "monsters" and people["damage_dealt"][row]
    )
    result = data.runs.slice(run, 1).to_pylist()[0]
    cells = {
        "combatants": {
            ("final_hp", row): people["final_hp"][row] + 1,
            ("damage_taken", row): people["damage_taken"][row] - 1,
            ("damage_dealt", foe): people["damage_dealt"][foe] - 1,
        },
        "runs": {("party_hp", run): result["party_hp"] + 1, ("score", run): result["score"] + 1},
    }
    return changed(data, cells, logs=False)


def could_be_hurt_less(data: dw.SimulationDataSet) -> list[int]:
    found = []
    for run in range(data.runs.num_rows):
        try:
            with_less_damage(data, run)
        except StopIteration:
            continue
        found.append(run)
    return found


def test_one_run_of_all_that_was_forged_with_all_its_sums_is_noticed(data):
    for run in could_be_hurt_less(data)[:20]:
        with pytest.raises(DisagreementError, match=f"run {run} has the ") as caught:
            checked(with_less_damage(data, run))
        assert caught.value.table in ("runs", "combatants")


def test_the_form_alone_cannot_tell_such_a_run(data):
    forged = with_less_damage(data, could_be_hurt_less(data)[0])
    assert checked(by_other_rules(forged)).doubt == "made by other rules (version 1)"


def test_the_first_run_that_disagrees_is_named(data):
    rows = {run: data.events["run"].to_pylist().index(run) for run in (3, 50)}
    cells = {"events": {("total", row): 99 for row in rows.values()}}
    with pytest.raises(DisagreementError, match="table events: run 3 has the total 99, and"):
        checked(changed(data, cells))


def test_without_a_log_runs_and_combatants_are_compared(data):
    assert checked(changed(data, logs=False)).played_again == 105


@pytest.mark.usefixtures("sampled")
def test_a_sample_has_every_representative_and_at_least_30_more(data):
    for seed in range(20):
        assert LEAST_RUNS <= checked(data, seed).played_again <= LEAST_RUNS + 5
    wanted = {block.run for block in data.analysis.quintiles}
    claimed = data.runs["rounds"].to_numpy().astype(np.int64)
    blocks, needed = _plan(data.scenario, claimed, sorted(wanted), random.Random(1))
    assert wanted <= {run for run, count in blocks[:needed] if count == 1}


@pytest.mark.usefixtures("sampled")
def test_a_forged_representative_is_noticed_whatever_the_sample(data):
    wanted = {block.run for block in data.analysis.quintiles}
    run = next(run for run in could_be_hurt_less(data) if run in wanted)
    forged = with_less_damage(data, run)
    if run in {block.run for block in forged.analysis.quintiles}:
        for seed in range(10):
            with pytest.raises(DisagreementError):
                checked(forged, seed)


@pytest.mark.usefixtures("sampled")
def test_which_runs_are_sampled_depends_on_the_seed_alone_and_else_on_nothing_known(data):
    claimed = data.runs["rounds"].to_numpy().astype(np.int64)

    def plan(seed):
        return _plan(data.scenario, claimed, [0], random.Random(seed))[0]

    assert plan(1) == plan(1)
    assert len({tuple(plan(seed)) for seed in range(50)}) == 50
    assert {run for seed in range(200) for run, _ in plan(seed)} == set(range(105))


def test_all_runs_are_played_exactly_when_they_fit(data, monkeypatch):
    claimed = data.runs["rounds"].to_numpy().astype(np.int64)
    turns = int(claimed.sum()) * 11
    monkeypatch.setattr(played_again, "MAX_TURNS", turns)
    assert checked(data, 1).played_again == 105
    monkeypatch.setattr(played_again, "MAX_TURNS", turns - 1)
    monkeypatch.setattr(played_again, "MOST_SAMPLED", 30)
    assert checked(data, 1).played_again < 105


def test_at_most_a_thousand_are_sampled():
    scenario = dw.starter_scenario().with_value("settings.runs", 10**6)
    claimed = np.full(10**6, 5)
    blocks, needed = _plan(scenario, claimed, [1, 2], random.Random(1))
    assert {count for _, count in blocks} == {1}
    assert MOST_SAMPLED <= len(blocks) <= MOST_SAMPLED + 2
    assert LEAST_RUNS <= needed <= LEAST_RUNS + 2


def test_a_run_longer_than_can_be_played_at_once_is_not_played(data, monkeypatch):
    claimed = data.runs["rounds"].to_numpy().astype(np.int64)
    longest = int(claimed.max() + 1) * 11
    monkeypatch.setattr(played_again, "MAX_TURNS_AT_ONCE", longest)
    assert checked(data).played_again == 105
    monkeypatch.setattr(played_again, "MAX_TURNS_AT_ONCE", longest - 1)
    found = checked(data)
    assert found.played_again == 0
    assert f"run {claimed.argmax()} may take {longest} turns, and at most {longest - 1}" in (
        found.doubt
    )


def test_no_more_turns_are_played_at_once_than_may_be(data):
    claimed = data.runs["rounds"].to_numpy().astype(np.int64)
    most = (claimed + 1) * 11
    for bound in (70, 200, 1000, 10**6):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(played_again, "MAX_TURNS_AT_ONCE", bound)
            blocks = list(played_again._blocks(most))
        assert [run for first, count in blocks for run in range(first, first + count)] == (
            list(range(105))
        )
        for first, count in blocks:
            together = int(most[first : first + count].max()) * count
            assert together <= bound or count == 1


def test_what_takes_too_long_is_not_verified_and_says_so(data, monkeypatch):
    monkeypatch.setattr(played_again, "MAX_SECONDS", -1.0)
    found = checked(data)
    assert found.played_again == 0
    assert found.doubt == "its runs take more than -1 s to play again"


def test_time_that_is_up_behind_the_sample_leaves_the_sample(data, monkeypatch):
    monkeypatch.setattr(played_again, "MAX_TURNS_AT_ONCE", 1000)
    wanted = [block.run for block in data.analysis.quintiles]
    claimed = data.runs["rounds"].to_numpy().astype(np.int64)
    blocks, needed = _plan(data.scenario, claimed, wanted, random.Random(3))
    clock = iter([0.0, *[1.0] * needed, *[99.0] * len(blocks)])
    monkeypatch.setattr(played_again.time, "thread_time", lambda: next(clock))
    monkeypatch.setattr(played_again, "MAX_SECONDS", 5.0)
    assert checked(data, 3).played_again == needed
    clock = iter([0.0, *[1.0] * (needed - 1), *[99.0] * len(blocks)])
    assert checked(data, 3).played_again == 0


def test_a_run_is_stopped_one_round_behind_what_is_claimed(data, monkeypatch):
    """A file that says that long fights are short costs no more than the short ones."""
    cuts = []
    whole = TableSimulation.tables_of

    def noted(self, first, count, *, max_rounds=None):
        cuts.append((first, count, max_rounds))
        return whole(self, first, count, max_rounds=max_rounds)

    monkeypatch.setattr(TableSimulation, "tables_of", noted)
    checked(data)
    most = int(data.runs["rounds"].to_numpy().max())
    assert cuts == [(0, 1, 1), (0, 105, most + 1)]


def test_a_fight_that_claims_to_stop_before_its_last_round_is_noticed():
    scenario = dw.Scenario.from_dict(
        {
            "players": [{"name": "A", "max_hp": 5, "armor_class": 30}],
            "encounters": [{"monsters": [{"name": "B", "max_hp": 5, "armor_class": 30}]}],
            "settings": {"runs": 5, "max_rounds": 9},
        }
    )
    forged = changed(
        dw.simulate(scenario), {"runs": {("rounds", n): 4 for n in range(5)}}, logs=False
    )
    with pytest.raises(DisagreementError, match="unresolved before the last round"):
        checked(forged)
    with pytest.raises(DisagreementError, match="run 0 has the rounds 4, and 5"):
        played_again.play_again(
            scenario,
            TableSimulation(scenario, runs=1, log=False),
            {
                name: forged.source.table(name)
                for name in ("runs", "combatants", "rounds", "events")
            },
            [0],
        )


@pytest.mark.parametrize("scenario", [dw.starter_scenario(), RICH], ids=["starter", "rich"])
def test_a_simulation_plays_any_runs_by_themselves(scenario):
    whole = tables(scenario)
    again = TableSimulation(scenario, runs=1, log=True)
    for first, count in ((100, 3), (0, 1), (299, 2), (5, 67)):
        found = again.tables_of(first, count)
        for name, table in found.items():
            parts = [of_run(whole[name], run) for run in range(first, first + count)]
            assert table.to_pylist() == [row for part in parts for row in part.to_pylist()], name


def test_runs_that_wait_to_be_taken_are_not_mixed_with_others():
    simulation = TableSimulation(dw.starter_scenario(), runs=10)
    simulation.play_batch(5)
    with pytest.raises(ValueError, match="not taken"):
        simulation.tables_of(0, 1)


def test_too_dear_is_no_error_that_leaves_the_check():
    assert not issubclass(TooDearError, dw.DualSlotError)
