"""plotly figures for cells: the five timelines, how the fights ended, and the win rates so far.

Stands on top of the house beside the widgets. The live dashboard draws by itself; a figure here is
a plain plotly figure that can be restyled, exported, or embedded.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa

from dualslot_widgets.analysis.quintiles import QUINTILES, Quintile
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.storage.simulation_storage import SimulationStorage
from dualslot_widgets.tables import OUTCOMES
from dualslot_widgets.visible import visible

if TYPE_CHECKING:
    import pandas as pd

#: Worst to best; told apart by colour-blind readers and, in every chart, by their names too.
QUINTILE_COLORS = dict(
    zip(QUINTILES, ("#b2182b", "#e08214", "#7a7f87", "#4393c3", "#2166ac"), strict=True)
)
_DOWN = {"dying": "down", "stable": "down, stable", "dead": "dead", "waiting": "not met"}


def quintiles(data: SimulationDataSet) -> go.Figure:
    """Return the five timelines: hit points left of every combatant in each representative run.

    Parameters
    ----------
    data : SimulationDataSet

    Returns
    -------
    plotly.graph_objects.Figure
        One group of bars per combatant, one bar per quintile, in percent of its hit points.
    """
    figure = go.Figure()
    for block in data.analysis.quintiles:
        figure.add_bar(
            name=block.name,
            x=[_plain(c.name) for c in block.combatants],
            y=[100 * c.final_hp / c.start_hp for c in block.combatants],
            marker_color=QUINTILE_COLORS[block.name],
            customdata=[
                (c.final_hp, c.start_hp, _DOWN.get(c.state, "standing")) for c in block.combatants
            ],
            hovertemplate="%{x}: %{customdata[0]} of %{customdata[1]}, %{customdata[2]}"
            f"<extra>{_headline(block)}</extra>",
        )
    figure.update_layout(
        title=_title(data),
        barmode="group",
        yaxis={"title": "hit points left, %", "range": [0, 100]},
        legend={"title": "timeline"},
    )
    return figure


def outcomes(data: SimulationDataSet) -> go.Figure:
    """Return how the runs ended: a histogram of scores, coloured by outcome.

    Parameters
    ----------
    data : SimulationDataSet

    Returns
    -------
    plotly.graph_objects.Figure
        One trace per outcome that occurs; party hit points minus monster hit points left on x,
        number of runs on y.
    """
    colors = dict(zip(OUTCOMES, ("#2166ac", "#b2182b", "#7a7f87"), strict=True))
    margin = data.runs["party_hp"].to_numpy() - data.runs["monster_hp"].to_numpy()
    outcome = data.runs["outcome"].cast(pa.string()).to_numpy(zero_copy_only=False)
    edges = np.histogram_bin_edges(margin, bins=60)
    middles = (edges[:-1] + edges[1:]) / 2
    figure = go.Figure()
    for name in OUTCOMES:
        mine = outcome == name
        if mine.any():
            figure.add_bar(
                name=f"{name}, {mine.mean():.1%}",
                x=middles,
                y=np.histogram(margin[mine], edges)[0],
                width=np.diff(edges),
                marker_color=colors[name],
                hovertemplate="about %{x:.0f} hit points ahead: %{y} runs<extra></extra>",
            )
    figure.update_layout(
        title=_title(data),
        barmode="stack",
        bargap=0,
        xaxis={"title": "party hit points left minus monsters' hit points left"},
        yaxis={"title": "runs"},
    )
    return figure


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
        One point per commit, by generation; pointing at it tells the scenario.
    """
    frame = (source.history if isinstance(source, SimulationStorage) else source).tail(last)
    rate, low, high = (100 * frame[f"win_rate{end}"].to_numpy() for end in ("", "_low", "_high"))
    told = [
        (_plain(row.scenario_name), _plain(row.label), row.runs, f"{row.timestamp:%Y-%m-%d %H:%M}")
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
        customdata=told,
        hovertemplate="%{customdata[0]}: %{y:.1f} % of %{customdata[2]} runs won, "
        "%{customdata[1]}<br>generation %{x}, %{customdata[3]} UTC<extra></extra>",
    )
    figure.update_layout(
        title="Win rate of every result, with its 95 % interval",
        xaxis={"title": "generation"},
        yaxis={"title": "runs won, %", "range": [-2, 102]},
    )
    return figure


def _headline(block: Quintile) -> str:
    return f"{block.name}: {block.survivors} standing, {block.rounds} rounds"


def _title(data: SimulationDataSet) -> str:
    a = data.analysis
    return (
        f"{_plain(data.scenario.name)}: {a.win_rate:.1%} won "
        f"(95 % {100 * a.win_rate_low:.1f} to {100 * a.win_rate_high:.1f}), {a.label}"
    )


def _plain(name: str) -> str:
    """Return a name as plotly must be given it to show it as text: it reads some HTML."""
    return html.escape(visible(name), quote=False)
