"""The win rates of the last commits with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from dualslot_widgets.charts.labels import QUINTILE_COLORS, plain
from dualslot_widgets.storage.simulation_storage import SimulationStorage

if TYPE_CHECKING:
    import pandas as pd


def history(source: SimulationStorage | pd.DataFrame, *, last: int = 500) -> go.Figure:
    """Return the win rates of the last commits with their 95 % intervals.

    Parameters
    ----------
    source : SimulationStorage or pandas.DataFrame
        A storage, or its `history` or some rows of it.
    last : int
        How many of the newest rows are drawn; browsers are slow with thousands.

    Returns
    -------
    plotly.graph_objects.Figure
        One point per commit, by generation; pointing at it shows the scenario.
    """
    frame = (source.history if isinstance(source, SimulationStorage) else source).tail(last)
    rate, low, high = (100 * frame[f"win_rate{end}"].to_numpy() for end in ("", "_low", "_high"))
    shown = [
        (plain(row.scenario_name), plain(row.label), row.runs, f"{row.timestamp:%Y-%m-%d %H:%M}")
        for row in frame.itertuples()
    ]
    figure = go.Figure()
    figure.add_scatter(
        name="win rate",
        x=frame["generation"].to_numpy(),
        y=rate,
        error_y={
            "type": "data",
            "symmetric": False,
            "array": high - rate,
            "arrayminus": rate - low,
        },
        mode="markers",
        marker_color=QUINTILE_COLORS["Legend"],
        customdata=shown,
        hovertemplate="%{customdata[0]}: %{y:.1f} % of %{customdata[2]} runs won, "
        "%{customdata[1]}<br>generation %{x}, %{customdata[3]} UTC<extra></extra>",
    )
    figure.update_layout(
        title="Win rate of every result, with its 95 % interval",
        xaxis={"title": "generation"},
        yaxis={"title": "runs won, %", "range": [-2, 102]},
    )
    return figure
