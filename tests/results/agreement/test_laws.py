"""The laws hold for whatever the engine plays, and each that is broken is named."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings

import dualslot_widgets as dw
from dualslot_widgets.results.agreement import laws
from dualslot_widgets.results.agreement.disagreement import DisagreementError
from dualslot_widgets.results.agreement.row_counts import check_rows, people_in
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.table_source import TablesInMemory
from dualslot_widgets.tables import SCHEMAS
from tests.engine.laws.test_laws_of_any_scenario import known_fights
from tests.results.agreement.tables_changed import by_other_rules, changed, checked, played
from tests.scenario.strategies import scenarios

FEW = settings(max_examples=max(settings.default.max_examples // 4, 5))


@FEW
@given(scenario=scenarios(max_runs=20))
def test_every_scenario_that_can_be_played_keeps_all_laws_and_agrees(scenario):
    data = dw.simulate(scenario)
    assert checked(data).played_again == scenario.settings.runs
    assert checked(by_other_rules(data)).doubt


@FEW
@given(scenario=known_fights())
def test_real_monsters_and_characters_keep_all_laws_and_agree(scenario):
    data = changed(dw.simulate(scenario), logs=False)
    assert checked(data).played_again == scenario.settings.runs


def test_laws_are_looked_at_in_pieces_of_any_size(monkeypatch):
    data = played(35)
    broken = {"combatants": {("damage_dealt", 11 * 34 + 2): -1}}
    for rows in (1, 12, 100, 10**6):
        monkeypatch.setattr(laws, "_PIECE_ROWS", rows)
        assert checked(data).played_again == 35
        with pytest.raises(DisagreementError, match="run 34 has damage or healing below 0"):
            checked(changed(data, broken))


# Run 3 is row 3 of runs, and rows 33 to 43 of combatants. Nothing here is played again: only
# the laws can find it.
BROKEN = {
    "a run twice": ("runs", {("run", 3): 2}, "at the place of another"),
    "an encounter too many": ("runs", {("encounter", 3): 2}, "encounter that there is not"),
    "no encounter": (
        "runs",
        {("encounter", 3): 0},
        "encounter that there is not|no encounter of it",
    ),
    "no rounds": ("runs", {("rounds", 3): 0}, "number of rounds"),
    "too many rounds": ("runs", {("rounds", 3): 51}, "number of rounds"),
    "no end": ("runs", {("outcome", 3): "unresolved"}, "unresolved before the last round"),
    "another score": ("runs", {("score", 3): 1}, "another score"),
    "another sum": ("runs", {("party_hp", 3): 1}, "sum of the party's"),
    "another sum of foes": ("runs", {("monster_hp", 3): 1}, "sum of monsters'"),
    "more survivors": ("runs", {("survivors", 3): 9}, "other survivors"),
    "nothing": ("runs", {("rounds", 3): None}, "nothing in some rows"),
    "a word of its own": ("runs", {("outcome", 3): "draw"}, "the word 'draw'"),
    "another place": ("combatants", {("run", 33): 2}, "not where it belongs"),
    "another number": ("combatants", {("combatant", 33): 7}, "combatants in their order"),
    "another name": ("combatants", {("name", 33): "Wizard"}, "combatants in their order"),
    "another side": ("combatants", {("side", 33): "monsters"}, "combatants in their order"),
    "other points": ("combatants", {("start_hp", 33): 7}, "starts somebody"),
    "too many points": ("combatants", {("final_hp", 33): 3000}, "impossible hit points"),
    "points below 0": ("combatants", {("final_hp", 33): -1}, "impossible hit points"),
    "damage for nothing": ("combatants", {("damage_taken", 33): 30000}, "do not come to"),
    "healing below 0": ("combatants", {("healing_done", 33): -1}, "below 0"),
    "more dealt": ("combatants", {("damage_dealt", 33): 30000}, "other damage than is taken"),
    "another state": ("combatants", {("state", 43): "up"}, "does not go with its hit points"),
    "half a fall": ("combatants", {("went_down_round", 43): None}, "half of when"),
    "a fall nowhere": ("combatants", {("went_down_encounter", 43): 2}, "in no encounter"),
    "a fall never": ("combatants", {("went_down_round", 43): 51}, "in no round"),
    "rounds in disorder": ("rounds", {("round", 1): 7}, "another order"),
    "a round elsewhere": ("rounds", {("encounter", 0): 2}, "another order"),
    "points in a round": ("rounds", {("party_hp", 0): -1}, "below 0"),
    "a crowd": ("rounds", {("party_up", 0): 12}, "more combatants up"),
    "an event of no run": ("events", {("run", 0): -1}, "none of the runs"),
    "events in disorder": ("events", {("run", 0): 5}, "behind those of later runs"),
    "an event nowhere": ("events", {("encounter", 5): 2}, "in no encounter"),
    "an event never": ("events", {("round", 5): 51}, "in no round"),
    "an event too early": ("events", {("round", 20): 0}, "goes back in time"),
    "a traced choice": ("events", {("kind", 5): "option"}, "which no log keeps"),
    "an amount below 0": ("events", {("amount", 5): -1}, "amount below 0"),
    "hit points below 0": ("events", {("target_hp", 5): -1}, "leaves hit points below 0"),
    "no die": ("events", {("roll", 0): None}, "without the die"),
    "no action": ("events", {("action", 20): None}, "without its action"),
    "somebody unknown": ("events", {("actor", 5): "Sauron"}, "the word 'Sauron'"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_law_that_is_broken_is_named_with_its_table(broken):
    table, cells, words = BROKEN[broken]
    data = by_other_rules(played())
    with pytest.raises(DisagreementError, match=words) as caught:
        checked(changed(data, {table: cells}))
    # Runs and combatants say the same of each other, and either may be the liar.
    assert {caught.value.table, table} in ({table}, {"runs", "combatants"})


def test_a_save_without_its_total_is_refused():
    scenario = dw.Scenario.from_dict(
        {
            "players": [{"name": "A", "max_hp": 90, "armor_class": 12}],
            "encounters": [{"monsters": [{"monster": "young-red-dragon"}]}],
            "settings": {"runs": 5},
        }
    )
    data = by_other_rules(dw.simulate(scenario))
    rows = enumerate(data.events.select(["kind", "roll"]).to_pylist())
    row = next(n for n, e in rows if e["kind"].startswith("save_") and e["roll"] is not None)
    with pytest.raises(DisagreementError, match="without its total"):
        checked(changed(data, {"events": {("total", row): None}}))


def test_a_run_without_events_beside_runs_with_some_is_refused():
    data = by_other_rules(played())
    rest = data.events.filter(pa.compute.not_equal(data.events["run"], 4))
    tables = {name: getattr(data, name) for name in SCHEMAS} | {"events": rest}
    with pytest.raises(DisagreementError, match="run 4 has no events"):
        checked(
            SimulationDataSet(data.scenario, TablesInMemory(tables), parameters=data.parameters)
        )


def test_rows_are_counted_before_they_are_read():
    scenario = dw.starter_scenario()
    runs, people = scenario.settings.runs, people_in(scenario)
    assert people == 11
    good = {"runs": runs, "combatants": runs * people, "rounds": 0, "events": 0}
    check_rows(scenario, good)
    for wrong in (
        {"runs": runs - 1},
        {"runs": runs + 1},
        {"combatants": runs * people - 1},
        {"combatants": runs * people + 1},
        {"rounds": 1},
        {"events": 1},
    ):
        with pytest.raises(DisagreementError):
            check_rows(scenario, good | wrong)


def test_words_in_another_order_are_the_same_words_and_twice_are_none():
    data = played()
    table = data.runs
    whole = table["outcome"].combine_chunks()
    known = whole.dictionary.to_pylist()

    def with_words(words: list[str], keys: list[int]) -> SimulationDataSet:
        column = pa.DictionaryArray.from_arrays(pa.array(keys, pa.int8()), pa.array(words))
        other = table.set_column(1, SCHEMAS["runs"].field("outcome"), column)
        tables = {name: getattr(data, name) for name in SCHEMAS} | {"runs": other}
        return SimulationDataSet(data.scenario, TablesInMemory(tables))

    keys = whole.indices.to_pylist()
    last = len(known) - 1
    found = checked(with_words(known[::-1], [last - key for key in keys]))
    assert found.tables.table("runs").equals(table)
    for words in ([*known, known[0]], [*known, "draw"]):
        with pytest.raises(DisagreementError, match=r"twice|'draw'"):
            checked(with_words(words, keys))
