"""The charts show the data set's own numbers, and names stay text."""

import pytest

import dualslot_widgets as dw


@pytest.fixture(scope="module")
def data() -> dw.SimulationDataSet:
    scenario = dw.starter_scenario().with_value("players[0].name", "<img src=x onerror=alert(1)>")
    return dw.simulate(scenario, runs=105)


def test_quintiles_draws_one_bar_per_combatant_and_timeline(data: dw.SimulationDataSet) -> None:
    figure = dw.charts.quintiles(data)
    assert [trace.name for trace in figure.data] == list(data.quintiles["quintile"])
    for trace, block in zip(figure.data, data.analysis.quintiles, strict=True):
        shares = [100 * c.final_hp / c.start_hp for c in block.combatants]
        assert list(trace.y) == pytest.approx(shares)


def test_outcomes_counts_every_run_once(data: dw.SimulationDataSet) -> None:
    figure = dw.charts.outcomes(data)
    assert sum(sum(trace.y) for trace in figure.data) == 105


def test_a_name_never_becomes_markup(data: dw.SimulationDataSet) -> None:
    for figure in (dw.charts.quintiles(data), dw.charts.outcomes(data)):
        assert "<img" not in figure.to_json().replace("\\u003c", "<")
