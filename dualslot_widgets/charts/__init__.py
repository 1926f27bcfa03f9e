"""plotly figures of results for cells: a figure a file, what they share in `labels`.

The live dashboard draws by itself; a figure here is a plain plotly figure that can be restyled,
exported, or embedded.
"""

from dualslot_widgets.charts.outcome_bars import outcomes
from dualslot_widgets.charts.quintile_bars import quintiles
from dualslot_widgets.charts.win_rate_history import history

__all__ = ["history", "outcomes", "quintiles"]
