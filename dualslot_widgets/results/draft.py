"""A draft: a data set in the making, of tables that come one after the other.

`DraftInMemory` keeps them in memory, `storage.drafts.draft_on_disk.DraftOnDisk` on the disk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import pyarrow as pa

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.metadata import Metadata, PerformanceMetrics
from dualslot_widgets.results.table_source import TablesInMemory
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import SCHEMAS


class Draft(Protocol):
    """Takes the tables of a data set as they come.

    Attributes
    ----------
    seconds : float
        How long taking them took.
    """

    seconds: float

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Take the tables of some whole runs, which come after those taken before."""
        ...

    def seal(self, scenario: Scenario, *, metrics: PerformanceMetrics) -> SimulationDataSet:
        """Return the data set of all that was taken."""
        ...

    def discard(self) -> None:
        """Forget all that was taken."""
        ...


class DraftInMemory(Draft):
    """Takes the tables of a data set as they come, and keeps them in memory."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._taken: list[Mapping[str, pa.Table]] = []

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """See `Draft`."""
        self._taken.append(tables)

    def seal(self, scenario: Scenario, *, metrics: PerformanceMetrics) -> SimulationDataSet:
        """See `Draft`."""
        tables = {name: pa.concat_tables([t[name] for t in self._taken]) for name in SCHEMAS}
        metadata = Metadata(metrics=metrics)
        return SimulationDataSet(scenario, TablesInMemory(tables), metadata=metadata)

    def discard(self) -> None:
        """See `Draft`."""
        self._taken.clear()
