"""Laws that hold for every scenario: a run depends on (seed, run) alone, and hit points add up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings, strategies as st

from dualslot_widgets.engine import simulation as engine
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.scenario.scenario import Scenario
from tests.scenario.strategies import scenarios

STARTER = starter_scenario()
#: Two encounters, dragons' breath, healing, limited uses, all sorts of targeting.
RICH = Scenario.from_dict(
    {
        "name": "rich",
        "players": [
            *STARTER.to_dict()["players"],
            {
                "name": "Druid",
                "count": 2,
                "max_hp": 30,
                "armor_class": 14,
                "targeting": "random",
                "actions": [
                    {"type": "attack", "name": "Staff", "attack_bonus": 4, "damage": "1d8"},
                    {"type": "heal", "name": "Mend", "healing": "2d8+3", "uses": 3, "targets": 2},
                ],
            },
        ],
        "encounters": [
            {"monsters": [{"monster": "goblin", "count": 3, "targeting": "focus_fire"}]},
            {
                "monsters": [
                    {"monster": "young-red-dragon", "max_hp": 60, "targeting": "highest_damage"}
                ]
            },
        ],
        "settings": {"runs": 301, "seed": 7},
    }
)


def tables(scenario: Scenario, **options: object) -> dict[str, pa.Table]:
    simulation = TableSimulation(scenario, **options)
    while simulation.play_batch():
        pass
    return simulation.take_tables()


def of_run(table: pa.Table, run: int) -> pa.Table:
    return table.filter(pc.equal(table["run"], run)).combine_chunks()


@pytest.mark.parametrize("scenario", [STARTER, RICH], ids=["starter", "rich"])
def test_a_run_played_alone_is_the_same_run(scenario):
    whole = tables(scenario)
    for run in (0, 1, 66, 67, 299):
        alone = tables(scenario, first_run=run, runs=1)
        for name, table in alone.items():
            assert table.equals(of_run(whole[name], run)), (name, run)


@pytest.mark.parametrize("batch", [1, 13, 67, 1000])
def test_the_size_of_batches_changes_nothing(batch):
    simulation = TableSimulation(RICH)
    while simulation.play_batch(batch):
        pass
    assert simulation.take_tables() == tables(RICH)


def test_fewer_runs_are_the_first_of_more():
    few, many = tables(RICH, runs=100), tables(RICH, runs=301)
    for name in few:
        first = many[name].filter(pc.less(many[name]["run"], 100))
        assert first.equals(few[name]), name


def test_threads_at_once_change_nothing():
    expected = tables(RICH)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: tables(RICH), range(8)):
            assert found == expected


def test_seeds_differ():
    one, other = tables(RICH, seed=1)["runs"], tables(RICH, seed=2)["runs"]
    assert not one.equals(other)


def test_a_log_that_must_grow_changes_nothing(monkeypatch):
    expected = tables(RICH)
    monkeypatch.setattr(engine, "_EVENTS_A_RUN", 1)
    monkeypatch.setattr(engine, "_ROUNDS_A_RUN", 1)
    assert tables(RICH) == expected


def test_without_a_log_the_results_are_the_same():
    logged, unlogged = tables(RICH), tables(RICH, log=False)
    assert unlogged["runs"] == logged["runs"]
    assert unlogged["combatants"] == logged["combatants"]
    assert unlogged["events"].num_rows == unlogged["rounds"].num_rows == 0


@settings(max_examples=settings.default.max_examples // 2)
@given(scenario=scenarios(max_runs=40), first=st.integers(0, 10**6))
def test_hit_points_add_up_in_every_run_of_every_scenario(scenario, first):
    played = tables(scenario, first_run=first)
    people = by_run(played["combatants"])
    assert (people["start_hp"] - people["damage_taken"] + people["healing_received"]).tolist() == (
        people["final_hp"].tolist()
    )
    assert (people["final_hp"] >= 0).all()
    assert (people["final_hp"] <= people["start_hp"]).all()
    assert (people["damage_dealt"].sum(axis=1) == people["damage_taken"].sum(axis=1)).all()
    assert_runs_follow_from_combatants(played, people)
    assert_events_lead_to_the_final_hit_points(played, people, first)


def by_run(combatants: pa.Table) -> dict[str, np.ndarray]:
    """The columns as matrices [run, combatant]; names and words as text."""
    number = 1 + pc.max(combatants["combatant"]).as_py()
    return {
        name: np.array(combatants[name].to_pylist()).reshape(-1, number)
        for name in combatants.column_names
    }


def assert_runs_follow_from_combatants(
    played: dict[str, pa.Table], people: dict[str, np.ndarray]
) -> None:
    runs = {
        name: np.array(played["runs"][name].to_pylist()) for name in played["runs"].schema.names
    }
    party, hp = people["side"] == "party", people["final_hp"]
    standing = ((hp > 0) & party).sum(axis=1)
    assert (runs["survivors"] == standing).all()
    assert (runs["party_hp"] == (hp * party).sum(axis=1)).all()
    assert (runs["monster_hp"] == (hp * ~party).sum(axis=1)).all()
    assert (runs["score"] == 10_000 * standing + runs["party_hp"] - runs["monster_hp"]).all()
    assert ((hp > 0) == np.isin(people["state"], ("up", "waiting"))).all()
    assert ((runs["outcome"] == "loss") == (standing == 0)).all()
    # Who falls together with the last monster has not won.
    assert ((runs["outcome"] == "win") == ((runs["monster_hp"] == 0) & (standing > 0))).all()


def assert_events_lead_to_the_final_hit_points(
    played: dict[str, pa.Table], people: dict[str, np.ndarray], first: int
) -> None:
    hp = people["start_hp"].copy()
    healed = np.zeros(len(hp), np.int64)
    place = {name: at for at, name in enumerate(people["name"][0])}
    for event in played["events"].to_pylist():
        run, target = event["run"] - first, place[event["target"]]
        gained = event["kind"] in ("heal", "death_save")
        hp[run, target] += event["amount"] if gained else -event["amount"]
        healed[run] += event["amount"] if gained else 0
        assert hp[run, target] == event["target_hp"], event
    assert (hp == people["final_hp"]).all()
    assert (healed == people["healing_done"].sum(axis=1)).all()
