"""The five timelines as bars: hit points left of every combatant."""

from __future__ import annotations

import plotly.graph_objects as go

from dualslot_widgets.charts.labels import QUINTILE_COLORS, figure_title, plain
from dualslot_widgets.results.analysis.quintiles import Quintile
from dualslot_widgets.results.dataset import SimulationDataSet

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
            x=[plain(c.name) for c in block.combatants],
            y=[100 * c.final_hp / c.start_hp for c in block.combatants],
            marker_color=QUINTILE_COLORS[block.name],
            customdata=[
                (c.final_hp, c.start_hp, _DOWN.get(c.state, "standing")) for c in block.combatants
            ],
            hovertemplate="%{x}: %{customdata[0]} of %{customdata[1]}, %{customdata[2]}"
            f"<extra>{_headline(block)}</extra>",
        )
    figure.update_layout(
        title=figure_title(data),
        barmode="group",
        yaxis={"title": "hit points left, %", "range": [0, 100]},
        legend={"title": "timeline"},
    )
    return figure


def _headline(block: Quintile) -> str:
    return f"{block.name}: {block.survivors} standing, {block.rounds} rounds"
