"""A slot whose files somebody changed and signed anew is noticed by `verify(replay=True)`.

The suite tries some; DUALSLOT_FORGE says how many instead.
"""

from __future__ import annotations

import os
import random
import shutil
import traceback
from collections import Counter

import pytest

import dualslot_widgets as dw
from tests.storage.forging.cases import SCENARIOS, Forgery, honest
from tests.storage.forging.mutations import forge
from tests.widgets.data_sets import views

COUNT = int(os.environ.get("DUALSLOT_FORGE", "120"))


def found_in_slot_0(storage: dw.SimulationStorage) -> list:
    return [check for check in storage.verify(replay=True) if check.slot == 0]


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_slot_that_nobody_changed_agrees_with_the_game(name, tmp_path):
    Forgery.of(name).write_slot(tmp_path)
    checks = found_in_slot_0(dw.SimulationStorage(tmp_path))
    assert not [check.problem for check in checks if check.problem]
    told = next(check.note for check in checks if check.file == "metadata.json")
    runs = honest(name).analysis.runs
    assert told == f"checked: {runs} runs were played again and agree"


def test_a_forged_slot_is_named_by_run_and_table_and_answers_nothing(tmp_path):
    forged = Forgery.of("duel")
    values = forged.tables["events"].to_pydict()
    row = values["run"].index(7) + 3
    values["roll"][row] = 21 - (values["roll"][row] or 1)
    forged.tables["events"] = type(forged.tables["events"]).from_pydict(
        values, forged.tables["events"].schema
    )
    forged.write_slot(tmp_path)
    storage = dw.SimulationStorage(tmp_path)
    scenario = honest("duel").scenario
    assert storage.exact_slot(scenario.parameters) == 0  # its bytes are right
    assert not [check for check in storage.verify() if check.problem and check.slot == 0]
    wrong = [check for check in found_in_slot_0(storage) if check.problem]
    assert [check.file for check in wrong] == ["events.arrow"]
    assert "run 7 has the roll" in wrong[0].problem
    assert storage.exact_slot(scenario.parameters) is None
    assert "run 7" in storage.damage[0]
    # Also when only its bytes are looked at again: they are the same.
    assert [c.file for c in storage.verify() if c.problem and c.slot == 0] == ["events.arrow"]


def test_a_forged_slot_that_is_overwritten_is_forgotten(tmp_path):
    forged = Forgery.of("duel")
    forged.tables["runs"] = honest("short").runs
    forged.write_slot(tmp_path)
    storage = dw.SimulationStorage(tmp_path)
    assert any(check.problem for check in found_in_slot_0(storage))
    assert storage.store_simulation(honest("duel")) == 0
    assert not any(check.problem for check in found_in_slot_0(storage))
    assert storage.damage == (None, None)


@pytest.mark.parametrize("runs", [0, 25])
def test_tables_that_cannot_be_analysed_are_shown_as_damage(tmp_path, runs):
    forged = Forgery.of("duel")
    forged.tables["runs"] = honest("day").runs.slice(0, runs)
    forged.analysis = {}
    forged.write_slot(tmp_path)
    storage = dw.SimulationStorage(tmp_path)
    found = storage.slots[0]
    if runs == 0:
        with pytest.raises(dw.DamagedSlotError, match="cannot be analysed"):
            _ = found.analysis
    look(storage)
    assert any(check.problem for check in found_in_slot_0(storage))


def look(storage: dw.SimulationStorage) -> None:
    """Whatever a slot holds, both can be looked at."""
    scenario = honest("duel").scenario
    assert repr(storage)
    storage.exact_slot(scenario.parameters)
    storage.most_similar(scenario)
    views(storage.slots, storage.damage, storage.newest_slot, scenario)


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_a_changed_slot_is_noticed_unless_it_says_what_the_game_gives(seed, tmp_path):
    noticed, passed, wrong = Counter(), Counter(), []
    for number in range(COUNT):
        dice = random.Random(f"{seed} {number}")
        forged, kinds = forge(dice, dice.choice(list(SCENARIOS)))
        root = tmp_path / "simulations"
        forged.write_slot(root)
        storage = dw.SimulationStorage(root)
        try:
            look(storage)
            checks = found_in_slot_0(storage)
            look(storage)
            problems = [check for check in checks if check.problem]
            doubts = [check for check in checks if check.note.startswith("not verified")]
            if not problems and not doubts:
                assert forged.is_the_game or forged.bytes
                data = storage.slots[0]
                truth = dw.simulate(data.scenario)
                assert data.runs.to_pylist() == truth.runs.to_pylist()
                assert data.analysis == truth.analysis
            (noticed if problems else passed)[kinds[0]] += 1
        except Exception:  # noqa: BLE001  # what the law is about
            wrong.append((number, kinds, traceback.format_exc()))
        storage.close()
        shutil.rmtree(root)
    print(f"{COUNT} forged slots from seed {seed}: {noticed.total()} noticed")
    print(f"  noticed: {dict(noticed)}\n  not, or not verified: {dict(passed)}")
    for number, kinds, told in wrong[:5]:
        print(number, kinds, told)
    assert not wrong
    assert noticed
