"""What the figures share: colors of the timelines, titles, and names as plotly shows text."""

from __future__ import annotations

import html

from dualslot_widgets.results.analysis.quintiles import QUINTILES
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.words.visible import visible

#: Worst to best; colour-blind readers know them apart, and every chart has their names too.
QUINTILE_COLORS = dict(
    zip(QUINTILES, ("#b2182b", "#e08214", "#7a7f87", "#4393c3", "#2166ac"), strict=True)
)


def figure_title(data: SimulationDataSet) -> str:
    """Return the scenario's name with its win rate and that one's interval."""
    a = data.analysis
    return (
        f"{plain(data.scenario.name)}: {a.win_rate:.1%} won "
        f"(95 % {100 * a.win_rate_low:.1f} to {100 * a.win_rate_high:.1f}), {a.label}"
    )


def plain(name: str) -> str:
    """Return a name as plotly must be given it to show it as text: it reads some HTML."""
    return html.escape(visible(name), quote=False)
