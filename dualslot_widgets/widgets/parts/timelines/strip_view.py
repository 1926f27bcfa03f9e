"""All runs of a data set as a strip of columns, worst first (`protocol.results.StripView`).

Previews need one twenty times a second, so it is numpy alone; stored ones are made once.
"""

from __future__ import annotations

import logging
import weakref

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dualslot_widgets.errors import StorageError
from dualslot_widgets.results.analysis.quintiles import QUINTILES
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.tables import OUTCOMES, dictionary_codes
from dualslot_widgets.widgets.protocol.results import StripView

_logger = logging.getLogger(__name__)

#: As many columns as a screen has room for, and 1005 runs have.
STRIP_RUNS = 1005
_LETTERS = np.frombuffer(b"".join(word[:1].encode() for word in OUTCOMES), np.uint8)


class Strips:
    """The strips of data sets that are still in use, each made once; owned by one publisher."""

    def __init__(self) -> None:
        self._known: weakref.WeakKeyDictionary[SimulationDataSet, StripView | None] = (
            weakref.WeakKeyDictionary()
        )

    def get(self, data: SimulationDataSet, place: str) -> StripView | None:
        """Return the strip of a data set at a place; None where there is none to be read.

        The runs table is read, and not kept, so that a slot stays as small in memory as it was.
        """
        if data not in self._known:
            try:
                runs = data.source.table("runs")
                self._known[data] = strip_view(runs, place, data.metadata.generation or 0)
            except StorageError as error:
                # Its storage has noted the damage, which is drawn from there.
                _logger.debug("no strip of %s: %s", place, error)
                self._known[data] = None
        return self._known[data]


def strip_view(runs: pa.Table, place: str, generation: int) -> StripView:
    """Return at most `STRIP_RUNS` evenly spaced rows of a runs table (`tables.RUNS`), worst first.

    Sorted as the quintiles are: by score, then by run number.
    """
    total = runs.num_rows
    score = runs["score"].to_numpy()
    count = min(total, STRIP_RUNS)
    ranks = (2 * np.arange(count) + 1) * total // (2 * max(1, count))
    # Stable, and the table is sorted by run: equal scores stay in the order of their numbers.
    rows = np.argsort(score, kind="stable")[ranks]
    bounds = [k * total // len(QUINTILES) for k in range(len(QUINTILES))]
    picked = runs.take(pa.array(rows))

    def column(name: str) -> list[int]:
        values: npt.NDArray[np.integer] = picked[name].to_numpy()
        found: list[int] = values.tolist()
        return found

    letters = _LETTERS[dictionary_codes(picked["outcome"], OUTCOMES)]
    return {
        "place": place,
        "generation": generation,
        "total": total,
        "blocks": np.searchsorted(ranks, bounds).tolist(),
        "runs": column("run"),
        "outcomes": letters.tobytes().decode("ascii"),
        "survivors": column("survivors"),
        "rounds": column("rounds"),
        "party_hp": column("party_hp"),
        "monster_hp": column("monster_hp"),
    }
