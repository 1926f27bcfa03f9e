"""Data sets of which somebody changed cells, rows or claims; and checking them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

import dualslot_widgets as dw
from dualslot_widgets.results.agreement.check import Agreement, check
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.table_source import TablesInMemory
from dualslot_widgets.tables import SCHEMAS

Cells = Mapping[str, Mapping[tuple[str, int], Any]]


def changed(
    data: SimulationDataSet, cells: Cells | None = None, *, logs: bool = True
) -> SimulationDataSet:
    """A data set with other values in some cells, named by column and row; or without its logs."""
    tables = {name: getattr(data, name) for name in SCHEMAS}
    for name, found in (cells or {}).items():
        values = {column: tables[name][column].to_pylist() for column in tables[name].schema.names}
        for (column, row), value in found.items():
            values[column][row] = value
        tables[name] = of_values(name, values)
    if not logs:
        tables |= {name: SCHEMAS[name].empty_table() for name in ("rounds", "events")}
    return SimulationDataSet(
        data.scenario, TablesInMemory(tables), parameters=data.parameters, metadata=data.metadata
    )


def of_values(name: str, values: Mapping[str, list[Any]]) -> pa.Table:
    """A table of values; words become a dictionary."""
    return pa.table(
        {
            field.name: pa.array(
                values[field.name],
                pa.string() if pa.types.is_dictionary(field.type) else field.type,
            ).cast(field.type)
            for field in SCHEMAS[name]
        },
        schema=SCHEMAS[name],
    )


def by_other_rules(data: SimulationDataSet, version: int = 1) -> SimulationDataSet:
    """The same data set, as if older rules had made it."""
    parameters = data.parameters.in_rules(version)
    return SimulationDataSet(data.scenario, data.source, parameters=parameters)


def checked(data: SimulationDataSet, seed: int | None = None) -> Agreement:
    return check(data, data.parameters.to_dict(), seed=seed)


def played(runs: int = 15, seed: int = 1) -> dw.SimulationDataSet:
    """Some runs of the starter scenario, which has eleven combatants."""
    return dw.simulate(dw.starter_scenario(), runs=runs, seed=seed)
