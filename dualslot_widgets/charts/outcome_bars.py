"""How the fights ended: a histogram of scores, coloured by outcome."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa

from dualslot_widgets.charts.labels import figure_title
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.tables import OUTCOMES


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
        title=figure_title(data),
        barmode="stack",
        bargap=0,
        xaxis={"title": "party hit points left minus monsters' hit points left"},
        yaxis={"title": "runs"},
    )
    return figure
