"""Plays a simulation to its end; its tables are handed on as they come, within a budget of time.

It knows the simulation by a protocol only, so that it imports no numba.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Protocol

import pyarrow as pa

from dualslot_widgets.engine.budgets import ROOM_ROWS, check_time


class Playing(Protocol):
    """What of a simulation is needed to play it; `TableSimulation` has it."""

    runs: int
    completed: int

    @property
    def last_rounds(self) -> int:
        """Rounds of the run completed last."""

    def play_batch(self) -> int:
        """Play the next batch; return how many runs were completed."""

    def stop(self) -> None:
        """Play no further round, for good; from any thread."""

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""

    @property
    def waiting_rows(self) -> int:
        """Rows of the largest table of what was played and not taken."""

    def take_tables(self) -> dict[str, pa.Table]:
        """Return the tables of what was played since the last call."""


def play_out(
    simulation: Playing,
    hand_on: Callable[[Mapping[str, pa.Table]], object],
    *,
    seconds: float,
    rows: int = ROOM_ROWS // 2,
    after_batch: Callable[[], object] = lambda: None,
) -> bool:
    """Play all runs; return False when it was stopped, which leaves the last batch where it is.

    Parameters
    ----------
    simulation : Playing
        The engine must be ready for it: what preparing takes would be counted as playing.
    hand_on : callable
        Takes the tables of some whole runs, which come after those taken before.
    seconds : float
        Processor time of this thread that all runs may take.
    rows : int
        Tables are handed on when one has so many rows.
    after_batch : callable
        Called after every batch.

    Raises
    ------
    SimulationTooLarge
        When all runs would take longer, or write more, than they may; see `budgets`.
    """
    before = time.thread_time()
    while simulation.completed < simulation.runs:
        played = 0 if simulation.stopped else simulation.play_batch()
        after_batch()
        if simulation.stopped:
            return False
        finished = simulation.completed == simulation.runs
        if finished or not played or simulation.waiting_rows >= rows:
            hand_on(simulation.take_tables())
        busy = time.thread_time() - before
        check_time(simulation.completed, simulation.runs, busy, seconds)
    return True
