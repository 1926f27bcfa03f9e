"""What a user gets from `dw.simulate`: tables, quintiles, replay, clear refusals."""

import dataclasses

import pyarrow as pa
import pytest

import dualslot_widgets as dw
from dualslot_widgets.results.replay import Replay
from dualslot_widgets.tables import SCHEMAS


@pytest.fixture(scope="module")
def data() -> dw.SimulationDataSet:
    return dw.simulate(dw.starter_scenario(), runs=105)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_table_has_its_schema_and_becomes_pandas_in_one_call(
    data: dw.SimulationDataSet, name: str
) -> None:
    table: pa.Table = getattr(data, name)
    assert table.schema.equals(SCHEMAS[name])
    assert len(table.to_pandas()) == table.num_rows > 0


def test_quintiles_are_five_rows_worst_first(data: dw.SimulationDataSet) -> None:
    frame = data.quintiles
    assert list(frame["quintile"]) == ["Disaster", "Struggle", "Typical", "Heroic", "Legend"]
    assert frame["score"].is_monotonic_increasing


def test_runs_and_seed_given_to_simulate_are_in_its_scenario(data: dw.SimulationDataSet) -> None:
    assert data.scenario.settings.runs == 105
    other = dw.simulate(data.scenario, seed=2)
    assert other.scenario.settings == dataclasses.replace(data.scenario.settings, seed=2)
    assert not other.runs.equals(data.runs)


@pytest.mark.parametrize("bad", [{"runs": 0}, {"seed": -1}, {"runs": 1_000_001}])
def test_what_cannot_be_played_is_refused_by_name(bad: dict[str, int]) -> None:
    with pytest.raises(dw.ScenarioError, match=f"settings.{next(iter(bad))}"):
        dw.simulate(dw.starter_scenario(), **bad)


def test_a_run_that_was_not_logged_replays_the_same(data: dw.SimulationDataSet) -> None:
    logged = data.replay(42)
    again = Replay.from_scenario(data.scenario, 42)
    for name in ("events", "combatants", "result"):
        assert getattr(logged, name).to_pylist() == getattr(again, name).to_pylist()
    assert str(logged).startswith("Run 42\nEncounter 1, initiative\n")


def test_the_last_events_of_a_replay_lead_to_the_final_hit_points(
    data: dw.SimulationDataSet,
) -> None:
    last = {e["target"]: e["target_hp"] for e in data.replay(7).events.to_pylist()}
    final = {c["name"]: c["final_hp"] for c in data.combatants.to_pylist() if c["run"] == 7}
    assert last == final


@pytest.mark.parametrize("run", [-1, 105])
def test_a_run_that_is_not_there_is_refused(data: dw.SimulationDataSet, run: int) -> None:
    with pytest.raises(dw.DualSlotError, match="numbered 0 to 104"):
        data.replay(run)
