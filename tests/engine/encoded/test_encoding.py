"""Scenarios as flat arrays: who stands in which row, under which name."""

from __future__ import annotations

import pytest
from hypothesis import given

from dualslot_widgets.engine.encoded import codes, columns
from dualslot_widgets.engine.encoded.encoding import encode
from dualslot_widgets.engine.encoded.row_tables import RowTables
from dualslot_widgets.engine.encoded.world import new_world
from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.tables_of import attack, creature
from tests.scenario.strategies import scenarios


def encoded(players: list[dict], *encounters: list[dict]):
    fights = [{"monsters": monsters} for monsters in encounters]
    return encode(Scenario.from_dict({"name": "x", "players": players, "encounters": fights}))


def test_several_of_a_kind_are_numbered_and_one_is_not():
    found = encoded(
        [creature("Hero")],
        [creature("Goblin", count=3), creature("Ogre")],
        [creature("Goblin", count=2)],
    )
    goblins = tuple(f"Goblin {number}" for number in range(1, 6))
    assert found.names == ("Hero", *goblins[:3], "Ogre", *goblins[3:])
    assert list(found.sides) == [0, 1, 1, 1, 1, 1, 1]
    assert found.encounters == 2


def test_a_number_that_is_taken_is_passed_over():
    found = encoded([creature("Orc 2")], [creature("Orc", count=2)])
    assert found.names == ("Orc 2", "Orc 1", "Orc 3")


def test_all_of_a_kind_share_their_actions():
    found = encoded([creature("Hero", attack("1"))], [creature("Orc", attack("2"), count=30)])
    assert len(found.arrays["a_kind"]) == 2
    assert len(found.arrays["c_side"]) == 31


@given(scenario=scenarios())
def test_names_are_unique_and_every_array_fits_the_world(scenario):
    found = encode(scenario)
    count = sum(creature.count for creature in scenario.players) + sum(
        monster.count for encounter in scenario.encounters for monster in encounter.monsters
    )
    assert len(set(found.names)) == len(found.names) == count
    world = new_world(found)[0]
    assert world["count"][codes.SIZE] == count
    for name, values in found.arrays.items():
        assert (world[name][: len(values)] == values).all()
    first, end = found.arrays["c_first_action"], found.arrays["c_end_action"]
    assert (first <= end).all()
    assert end.max(initial=0) <= len(found.arrays["a_kind"])


def test_an_attack_that_cannot_hurt_is_no_danger_but_no_less_than_none():
    found = encoded([creature("Kitten", attack("1d6-6"))], [creature("Foe")])
    assert found.arrays["output"][0] == 0


def test_a_misspelt_column_is_an_error_and_no_silent_zero(monkeypatch):
    row = columns.ACTION_ROW | {"bonus": 5}
    with pytest.raises(KeyError, match="bonnus"):
        row["bonnus"]
    row["bonnus"] = 5
    with pytest.raises(KeyError, match=r"no columns of a_: \['bonnus'\]"):
        columns.column_arrays("a", columns.ACTION_ROW, [row])
    # As `encode` uses them: with a key that somebody gets wrong where terms are made.
    add = RowTables.add_terms

    def misspelt(tables, terms):
        found = add(tables, terms)
        for term in tables.terms:
            term["bonnus"] = term["bonus"]
        return found

    monkeypatch.setattr(RowTables, "add_terms", misspelt)
    with pytest.raises(KeyError, match="no columns of t_"):
        encoded([creature("Hero", attack("1"))], [creature("Foe")])
