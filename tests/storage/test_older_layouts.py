"""Slots and archives that older versions wrote are read to the last cell.

`tests/fixtures/stored/` was written by the versions themselves, one folder a layout of the record;
`python -m tests.storage.test_older_layouts` writes down what they hold.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.archive.archive import read_archive
from dualslot_widgets.tables import rows_of_run
from tests.results.same_results import TABLES, digest, digest_table

STORED = Path(__file__).parents[1] / "fixtures" / "stored"
HELD = STORED / "held.json"
LAYOUTS = sorted(path.name for path in STORED.glob("layout_*"))


def held(data):
    return {
        **{name: digest_table(getattr(data, name)) for name in TABLES},
        "analysis": digest(data.analysis.to_dict()),
        "scenario": digest(data.scenario.to_dict()),
        "parameters": digest(data.parameters.to_dict()),
        "pinned": data.metadata.pinned,
        "rules_version": data.parameters.rules_version,
    }


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_ever_written_is_read(layout, tmp_path):
    shutil.copytree(STORED / layout, tmp_path / layout)
    right = json.loads(HELD.read_text(encoding="utf-8"))[layout]
    storage = dw.SimulationStorage(tmp_path / layout / "simulations")
    assert [held(data) for data in storage.slots] == right["slots"]
    assert [check.problem for check in storage.verify() if check.problem] == []
    assert held(read_archive(tmp_path / layout / "day.dualslot")) == right["archive"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_slot_of_an_older_layout_is_the_one_that_the_next_store_replaces(layout, tmp_path):
    shutil.copytree(STORED / layout, tmp_path / layout)
    storage = dw.SimulationStorage(tmp_path / layout / "simulations")
    victim = next(slot for slot in (1, 0) if not storage.slots[slot].metadata.pinned)
    if not any(data.metadata.pinned for data in storage.slots):
        victim = min((0, 1), key=lambda slot: storage.slots[slot].metadata.generation)
    kept = held(storage.slots[1 - victim])
    assert storage.store_simulation(dw.simulate(dw.starter_scenario(), runs=15)) == victim
    assert held(storage.slots[1 - victim]) == kept


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_an_older_layout_holds_is_replayed_exported_verified_and_recovered(layout, tmp_path):
    shutil.copytree(STORED / layout, tmp_path / layout)
    root = tmp_path / layout / "simulations"
    storage = dw.SimulationStorage(root)
    data = storage.slots[0]
    run = storage.slots[0].replay(3).events
    assert run.num_rows
    assert run.equals(rows_of_run(data.events, 3))
    again = held(read_archive(storage.export(0, tmp_path / "again.dualslot")))
    assert again == held(data) | {"pinned": False}
    assert [check.problem for check in storage.verify(replay=True) if check.problem] == []
    lost = held(data)
    (root / "slot_0" / "metadata.json").unlink()
    if any(root.glob("slot_0/g*/record.json")):  # layout 2 kept no copy of its record
        found = dw.SimulationStorage(root).recover()
        assert [held(one) for one in found] == [lost | {"pinned": False}]


if __name__ == "__main__":
    found = {}
    for layout in LAYOUTS:
        storage = dw.SimulationStorage(STORED / layout / "simulations")
        archive = held(read_archive(STORED / layout / "day.dualslot"))
        found[layout] = {"slots": [held(data) for data in storage.slots], "archive": archive}
    HELD.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
