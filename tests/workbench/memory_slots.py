"""Two slots in memory for the worker to store into, which fail when a test says so."""

from __future__ import annotations

import threading
from collections.abc import Callable

import dualslot_widgets as dw
from dualslot_widgets.results.draft import DraftInMemory


class MemorySlots:
    """Stands for `SimulationStorage`.

    Attributes
    ----------
    stored : list
        All data sets in the order of storing.
    fail : Exception or None
        What the next `store_simulation` raises.
    slots : tuple
        The two data sets stored last.
    while_storing : callable
        Called in the middle of every `store_simulation`.
    """

    def __init__(self) -> None:
        self.stored: list[dw.SimulationDataSet] = []
        self.fail: Exception | None = None
        self.while_storing: Callable[[], object] = lambda: None
        self.slots: tuple[dw.SimulationDataSet | None, ...] = (None, None)
        self.threads: set[str] = set()

    def begin(self) -> DraftInMemory:
        return DraftInMemory()

    def store_simulation(self, data: dw.SimulationDataSet) -> int:
        self.threads.add(threading.current_thread().name)
        self.while_storing()
        if self.fail is not None:
            raise self.fail
        slot = len(self.stored) % 2
        self.stored.append(data)
        self.slots = (data, self.slots[1]) if slot == 0 else (self.slots[0], data)
        return slot

    @property
    def seeds(self) -> list[int]:
        """What was stored, in order."""
        return [data.scenario.settings.seed for data in self.stored]
