"""`TableSimulation`: the engine's simulation, whose runs are taken as Arrow tables.

It imports numba, as the engine does: import it where something is played, and not before.
"""

from __future__ import annotations

import pyarrow as pa

from dualslot_widgets.engine.simulation import Simulation
from dualslot_widgets.results.played_tables import played_tables


class TableSimulation(Simulation):
    """A `Simulation` that hands out the tables of a data set."""

    def take_tables(self) -> dict[str, pa.Table]:
        """Return runs, combatants, rounds, events of the runs completed since the last call."""
        return played_tables(self.encoded, self.take())

    def tables_of(
        self, first_run: int, runs: int, *, max_rounds: int | None = None
    ) -> dict[str, pa.Table]:
        """Return the tables of some runs that are played by themselves, as `play_runs` does."""
        return played_tables(self.encoded, self.play_runs(first_run, runs, max_rounds=max_rounds))
