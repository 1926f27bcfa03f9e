"""`DraftInMemory`: a data set that is being made, of tables that come one after the other.

Beside `dataset`; `storage.draft.Draft` is its like on the disk.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.metadata import Metadata, PerformanceMetrics
from dualslot_widgets.results.table_source import TablesInMemory
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import SCHEMAS


class DraftInMemory:
    """Takes the tables of a data set as they come, and keeps them in memory."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._taken: list[Mapping[str, pa.Table]] = []

    def write(self, tables: Mapping[str, pa.Table]) -> None:
        """Take the tables of some whole runs, which come after those taken before."""
        self._taken.append(tables)

    def seal(self, scenario: Scenario, *, metrics: PerformanceMetrics) -> SimulationDataSet:
        """Return the data set of all that was taken."""
        tables = {name: pa.concat_tables([t[name] for t in self._taken]) for name in SCHEMAS}
        metadata = Metadata(metrics=metrics)
        return SimulationDataSet(scenario, TablesInMemory(tables), metadata=metadata)

    def discard(self) -> None:
        """Forget all that was taken."""
        self._taken.clear()
