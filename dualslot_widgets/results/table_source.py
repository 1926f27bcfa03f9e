"""`TableSource`: where a data set has its tables from; memory is one, a slot another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from dualslot_widgets.tables import rows_of_run


class TableSource(Protocol):
    """Hands out the tables of a data set by name; a slot's source reads and verifies them."""

    def table(self, name: str) -> pa.Table:
        """Return a table by its name in `tables.SCHEMAS`."""

    def events_of_run(self, run: int) -> pa.Table:
        """Return the events of one run, without those of others where that is quicker."""
        return rows_of_run(self.table("events"), run)


@dataclass(frozen=True, slots=True)
class TablesInMemory(TableSource):
    """The source of a data set that was just simulated."""

    tables: Mapping[str, pa.Table]

    def table(self, name: str) -> pa.Table:
        """Return the table of this name."""
        return self.tables[name]
