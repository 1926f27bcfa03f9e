"""Small fights for tests of single rules: creatures in a line, events as dicts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from dualslot_widgets.results.table_simulation import TableSimulation
from dualslot_widgets.scenario.scenario import Scenario

#: Hits whatever it is rolled against, but for a natural 1.
SURE = 100
#: Takes all that tests deal.
ENDLESS = 30_000

Rows = list[dict[str, Any]]


def attack(damage: str, bonus: int = SURE, name: str = "Blow", **more: Any) -> dict[str, Any]:
    return {"type": "attack", "name": name, "attack_bonus": bonus, "damage": damage} | more


def save(damage: str, dc: int = 100, name: str = "Blast", **more: Any) -> dict[str, Any]:
    return {"type": "save", "name": name, "dc": dc, "ability": "dex", "damage": damage} | more


def heal(healing: str, name: str = "Mend", **more: Any) -> dict[str, Any]:
    return {"type": "heal", "name": name, "healing": healing} | more


def creature(name: str, *actions: dict, hp: int = ENDLESS, ac: int = 10, **more: Any) -> dict:
    return {"name": name, "max_hp": hp, "armor_class": ac, "actions": list(actions)} | more


def first(given: dict) -> dict:
    """The creature, with an initiative that nobody beats."""
    return given | {"initiative_bonus": 100}


def fight(
    players: list[dict], *encounters: list[dict], runs: int = 600, rounds: int = 1, seed: int = 1
) -> dict[str, Rows]:
    """The tables of a fight, with a full log, as lists of dicts."""
    scenario = Scenario.from_dict(
        {
            "name": "a rule",
            "players": players,
            "encounters": [{"monsters": monsters} for monsters in encounters],
            "settings": {"runs": runs, "seed": seed, "max_rounds": rounds},
        }
    )
    return played(scenario)


def played(scenario: Scenario) -> dict[str, Rows]:
    """The tables of a scenario, with a full log, as lists of dicts."""
    simulation = TableSimulation(scenario, log=True)
    simulation.play_batch(simulation.runs)
    return _RowsWhenAsked(simulation.take_tables())


class _RowsWhenAsked(dict[str, Rows]):
    """Tables that become rows one by one: a test seldom looks at more than one."""

    def __init__(self, tables: dict[str, pa.Table]) -> None:
        super().__init__()
        self._tables = tables

    def __missing__(self, name: str) -> Rows:
        self[name] = rows_of(self._tables[name])
        return self[name]


def rows_of(table: pa.Table) -> Rows:
    """What `table.to_pylist()` returns, ten times faster: half a million events are not rare."""
    columns = []
    for chunked in table.columns:
        column = chunked.unify_dictionaries().combine_chunks()
        if pa.types.is_dictionary(column.type):
            words = np.array([*column.dictionary.to_pylist(), None], object)
            values = words[column.indices.fill_null(-1).to_numpy()]
        else:
            values = column.fill_null(0).to_numpy().astype(object)
            values[column.is_null().to_numpy(zero_copy_only=False)] = None
        columns.append(values.tolist())
    names = table.column_names
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def by(rows: Rows, **values: Any) -> Rows:
    """The rows that have these values."""
    return [row for row in rows if all(row[key] == value for key, value in values.items())]


def z(count: int, trials: int, share: float) -> float:
    """How many standard deviations a count is from what is expected."""
    return (count - trials * share) / (trials * share * (1 - share)) ** 0.5
