"""Small data sets that are quick to store, and what a storage must say of them."""

from __future__ import annotations

from functools import cache

import dualslot_widgets as dw
from dualslot_widgets.tables import SCHEMAS

STARTER = dw.starter_scenario()


@cache
def small(seed: int) -> dw.SimulationDataSet:
    """Fifteen runs of the starter scenario; another seed means other parameters."""
    scenario = STARTER.with_value("settings.runs", 15).with_value("settings.seed", seed)
    return dw.simulate(scenario)


def seeds(storage: dw.SimulationStorage) -> list[int | None]:
    """The seed of each slot's data set, None for none."""
    return [None if data is None else data.scenario.settings.seed for data in storage.slots]


def assert_whole(data: dw.SimulationDataSet) -> None:
    """A stored data set equals the one in memory, byte by byte and in what it means."""
    original = small(data.scenario.settings.seed)
    for name in SCHEMAS:
        assert getattr(data, name).equals(getattr(original, name)), name
    assert data.analysis == original.analysis
    assert data.parameters == original.parameters
    assert data.scenario == original.scenario


def assert_healthy(storage: dw.SimulationStorage) -> None:
    """No byte of either slot is wrong, and every data set is whole."""
    checks = storage.verify()
    # A history that could not be appended to lacks a row until the next commit; see test_history.
    assert [check for check in checks if check.problem and check.slot is not None] == []
    assert storage.damage == (None, None)
    for data in storage.slots:
        if data is not None:
            assert_whole(data)
