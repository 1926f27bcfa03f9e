"""Where a run goes differently is where the two logs first differ, and only there."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.results.pairs import where_runs_part
from dualslot_widgets.results.pairs.where_runs_part import Divergence, EventLog, first_differences
from tests.results.pairs.changed_fights import changed_pair

STARTER = dw.starter_scenario().with_value("settings.runs", 205)
OGRE = "encounters[0].monsters[1]"


def log_of(data: dw.SimulationDataSet) -> EventLog:
    return EventLog.from_tables(data.scenario, data.events, data.combatants)


def divergence(first: dw.SimulationDataSet, second: dw.SimulationDataSet) -> Divergence:
    return first_differences(log_of(first), log_of(second), first.runs.num_rows)


def of(scenario: dw.Scenario, changed: dw.Scenario) -> Divergence:
    return divergence(dw.simulate(scenario), dw.simulate(changed))


def logged(data: dw.SimulationDataSet, run: int) -> list[tuple[object, ...]]:
    """What happens in a run, plainly; combatants by their number."""
    number = {name: i for i, name in enumerate(log_of(data).names)}
    return [
        (
            *(e[name] for name in ("encounter", "round", "turn", "action", "kind", "roll")),
            *(number[e["actor"]], number[e["target"]]),
            "down" if e["target_hp"] == 0 else e["amount"],
        )
        for e in data.replay(run).events.to_pylist()
    ]


def by_hand(first: dw.SimulationDataSet, second: dw.SimulationDataSet, run: int) -> list[int]:
    """Index, encounter and round of the first difference, found event by event."""
    for index, pair in enumerate(itertools.zip_longest(logged(first, run), logged(second, run))):
        if pair[0] != pair[1]:
            return [index, *min(event[:2] for event in pair if event)]
    return [-1, 0, 0]


@pytest.mark.slow
def test_it_is_what_reading_both_logs_side_by_side_finds(seed):
    kinds = set()
    for number in range(seed, seed + 25):
        first, second = map(dw.simulate, changed_pair(number, 15))
        found = divergence(first, second)
        places = np.stack([found.at, found.encounter, found.round], axis=1).tolist()
        assert places == [by_hand(first, second, run) for run in range(15)]
        kinds |= {at < 0 for at in found.at.tolist()}
    assert kinds == {True, False}


def test_runs_that_never_diverge_have_the_same_outcome_survivors_and_last_encounter(seed):
    never = 0
    for number in range(seed, seed + 40):
        first, second = map(dw.simulate, changed_pair(number, 35))
        same = divergence(first, second).at < 0
        never += same.sum()
        for name in ("outcome", "survivors", "encounter"):
            mine, other = (
                data.runs[name].to_pandas().astype(str)[same] for data in (first, second)
            )
            assert list(mine) == list(other)
    assert never


def test_it_is_the_same_from_either_side(seed):
    for number in range(seed, seed + 10):
        first, second = map(dw.simulate, changed_pair(number, 35))
        here, there = divergence(first, second), divergence(second, first)
        for name in ("at", "encounter", "round"):
            assert np.array_equal(getattr(here, name), getattr(there, name))


@pytest.mark.parametrize("events", [1, 100, 2000])
def test_it_is_the_same_however_many_events_are_compared_at_a_time(seed, monkeypatch, events):
    sizes = []
    columns = where_runs_part._columns

    def seen(log, reference):
        sizes.append(log.events.num_rows)
        return columns(log, reference)

    for number in range(seed, seed + 5):
        first, second = map(dw.simulate, changed_pair(number, 35))
        whole = divergence(first, second)
        with monkeypatch.context() as patch:
            patch.setattr(where_runs_part, "BLOCK_EVENTS", events)
            patch.setattr(where_runs_part, "_columns", seen)
            parts = divergence(first, second)
        for name in ("at", "encounter", "round"):
            assert np.array_equal(getattr(whole, name), getattr(parts, name))
        runs = [np.bincount(data.events["run"]).max() for data in (first, second)]
        assert max(sizes) <= max(events, *runs)
        sizes.clear()


def test_one_point_of_armor_class_matters_first_where_a_total_just_hit():
    armor = STARTER.encounters[0].monsters[1].armor_class
    easier, harder = (
        dw.simulate(STARTER),
        dw.simulate(STARTER.with_value(f"{OGRE}.armor_class", armor + 1)),
    )
    found = divergence(easier, harder)
    diverged = np.flatnonzero(found.at >= 0)
    assert 0 < len(diverged) < 205
    for run in diverged:
        hit, miss = (
            data.replay(run).events.slice(int(found.at[run]), 1).to_pylist()[0]
            for data in (easier, harder)
        )
        assert (hit["kind"], miss["kind"], hit["target"]) == ("hit", "miss", "Ogre")
        assert hit["total"] == miss["total"] == armor
        assert (found.encounter[run], found.round[run]) == (hit["encounter"], hit["round"])


def test_one_more_hit_point_matters_only_where_the_monster_lives_on():
    # Of creatures that weigh nothing; others look at hit points before anybody falls.
    fighter, ogre = STARTER.to_dict()["players"][0], {"monster": "ogre", "max_hp": 30}
    ogre["actions"] = [STARTER.encounters[0].monsters[1].to_dict()["actions"][0]]
    duel = dw.Scenario.from_dict(
        {"players": [fighter | {"max_hp": 60}], "encounters": [{"monsters": [ogre]}]}
    )
    first = dw.simulate(duel)
    second = dw.simulate(duel.with_value("encounters[0].monsters[0].max_hp", 31))
    found = divergence(first, second)
    diverged = np.flatnonzero(found.at >= 0)
    assert 0 < len(diverged) < 205
    for run in diverged:
        events = second.replay(run).events.to_pylist()
        assert events[found.at[run]]["target"] == "Ogre"
        assert events[found.at[run]]["target_hp"] == 1


def test_names_make_no_difference():
    obj = STARTER.to_dict()
    for creature in (*obj["players"], *obj["encounters"][0]["monsters"]):
        creature["name"] = f"Dame {creature['name'][::-1]}"
        for action in creature.get("actions", ()):
            action["name"] = action["name"][::-1]
        if "multiattack" in creature:
            creature["multiattack"] = [name[::-1] for name in creature["multiattack"]]
    renamed = dw.Scenario.from_dict(obj)
    assert renamed.players[0].actions[0].name != STARTER.players[0].actions[0].name
    assert (of(STARTER, renamed).at == -1).all()


def test_an_action_is_known_by_its_name_or_renamed_by_its_place():
    def duel(used: str, *names: str) -> dw.Scenario:
        strike = {"type": "attack", "attack_bonus": 5, "damage": "1d6"}
        hero = {
            "name": "A",
            "max_hp": 9,
            "armor_class": 5,
            "actions": [{**strike, "name": name} for name in names],
            "multiattack": [used],
        }
        foe = {"name": "B", "max_hp": 9, "armor_class": 5}
        return dw.Scenario.from_dict({"players": [hero], "encounters": [{"monsters": [foe]}]})

    one = duel("x", "x")
    assert (of(one, duel("y", "y")).at == -1).all()
    assert (of(one, duel("x", "y", "x")).at == -1).all()
    # It rolls and does the same, but it is another action: the first event behind initiative.
    assert (of(one, duel("y", "y", "x")).at == 2).all()


def test_a_fight_that_goes_on_diverges_where_the_other_one_ends():
    short, long = (dw.simulate(STARTER.with_value("settings.max_rounds", n)) for n in (2, 3))
    found = divergence(short, long)
    cut = short.runs["outcome"].to_pandas().eq("unresolved").to_numpy()
    lengths = np.bincount(short.events["run"].to_numpy())
    assert cut.any()
    assert list(found.at[cut]) == list(lengths[cut])
    assert set(found.round[cut]) == {3}
    assert (found.at[~cut] == -1).all()


def test_the_same_log_with_its_words_in_another_order_is_the_same_log():
    data = dw.simulate(STARTER)
    log, half = log_of(data), data.events.num_rows // 2
    pieces = [data.events.slice(0, half), data.events.slice(half)]
    other = pa.concat_tables([reworded(piece) for piece in pieces])
    assert other["kind"].chunk(0).dictionary != data.events["kind"].chunk(0).dictionary
    found = first_differences(log, EventLog(other, log.names, log.actions), 205)
    assert (found.at == -1).all()


def reworded(events: pa.Table) -> pa.Table:
    """The same rows, with dictionaries of their own in alphabetical order."""
    for index, field in enumerate(events.schema):
        if pa.types.is_dictionary(field.type):
            values = events[field.name].cast(pa.string()).to_pylist()
            words = sorted({value for value in values if value is not None})
            keys = pa.array(
                [None if value is None else words.index(value) for value in values],
                field.type.index_type,
            )
            column = pa.DictionaryArray.from_arrays(keys, pa.array(words))
            events = events.set_column(index, field, column)
    return events
