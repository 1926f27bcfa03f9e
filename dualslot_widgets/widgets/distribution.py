"""All runs of a data set as one strip: how many hit points were left, in bins, by quintile.

Room of the widgets floor, beside `slot_view`, which caches what it makes.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from dualslot_widgets.analysis.quintiles import QUINTILES
from dualslot_widgets.widgets.protocol import DistributionView

MAX_BINS = 80


def distribution_view(runs: pa.Table) -> DistributionView:
    """Return the distribution of ``party_hp - monster_hp`` over the runs of a runs table.

    A run's quintile is that of `analysis.quintiles`: its rank by (score, run number), cut into five.
    """
    count = runs.num_rows
    margin = (runs["party_hp"].to_numpy() - runs["monster_hp"].to_numpy()).astype(np.int64)
    order = np.lexsort((runs["run"].to_numpy(), runs["score"].to_numpy()))
    kinds = len(QUINTILES)
    bounds = [k * count // kinds for k in range(1, kinds)]
    quintile = np.empty(count, np.int64)
    quintile[order] = np.searchsorted(bounds, np.arange(count), side="right")
    low = int(margin.min())
    width = max(1, -(-(int(margin.max()) - low + 1) // MAX_BINS))
    bins = (margin - low) // width
    counts = np.bincount(bins * kinds + quintile, minlength=(int(bins.max()) + 1) * kinds)
    return {"low": low, "width": width, "counts": counts.reshape(-1, kinds).tolist()}
