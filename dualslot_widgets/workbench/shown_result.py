"""`ShownResult`: which of a workbench's results the dashboard shows: a slot, a preview, the memory.

Any thread may ask.
"""

from __future__ import annotations

import threading

from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage.simulation_storage import SimulationStorage
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import JobStatus
from dualslot_widgets.workbench.live_preview import LivePreview
from dualslot_widgets.workbench.queue import JobQueue
from dualslot_widgets.workbench.screen import DisplayMode, Screen


class ShownResult:
    """What is shown of the slots, the preview, and a result that could not be stored.

    Parameters
    ----------
    storage : SimulationStorage
    screen : Screen
    queue : JobQueue
    live : LivePreview
    """

    def __init__(
        self, storage: SimulationStorage, screen: Screen, queue: JobQueue, live: LivePreview
    ) -> None:
        self._storage, self._screen, self._queue, self._live = storage, screen, queue, live
        self._lock = threading.Lock()
        # Guarded by _lock:
        self._asked: tuple[Scenario, int | None] | None = None  # and the newest generation then
        self._put_aside: BackgroundSimulation | None = None  # unsaved, and not to be shown

    def look_at(self, scenario: Scenario) -> None:
        """Show a scenario's result: what a slot or the memory holds of it, else a preview."""
        self._live.edit(scenario)
        self._screen.asked = scenario
        with self._lock:
            self._put_aside = None

    def leave_preview(self) -> None:
        """Show what is stored, instead of a preview or of a result that could not be stored."""
        self._live.leave()
        unsaved = self.unsaved
        with self._lock:
            self._put_aside = unsaved or self._put_aside

    @property
    def slot(self) -> int | None:
        """The slot that the display mode leads to; None while both are empty."""
        mode, chosen = self._screen.display_mode, self._screen.chosen_slot
        if mode is DisplayMode.LET_USER_CHOOSE and chosen is not None:
            if self._storage.slots[chosen] is not None:
                return chosen
        elif mode is DisplayMode.SHOW_MOST_SIMILAR:
            found = self._storage.most_similar(self._screen.scenario)
            return None if found is None else found[0]
        asked = self._slot_asked_for()
        return self._storage.newest_slot if asked is None else asked

    @property
    def unsaved(self) -> BackgroundSimulation | None:
        """The last job whose result is that of the scenario on screen, and could not be stored."""
        wanted = self._screen.scenario.parameters
        for job in reversed(self._queue.jobs):
            failed = job.status is JobStatus.FAILED and job.parameters == wanted
            if failed and job.unsaved is not None:
                with self._lock:
                    return None if job is self._put_aside else job
        return None

    def _slot_asked_for(self) -> int | None:
        """Return the slot that held what was asked for, unless something newer is stored since."""
        asked, newest = self._screen.asked, self._storage.newest
        if asked is None or newest is None:
            return None
        generation = newest.metadata.generation
        with self._lock:
            if self._asked is None or self._asked[0] is not asked:
                self._asked = asked, generation
            if self._asked[1] != generation:
                return None
        return self._storage.exact_slot(asked.parameters)
