"""`Workbench`: one object that ties storage and background together, and is shown as a dashboard.

Stands on the background floor; the widgets stand on it. Everything may be called from any thread,
and nothing blocks: what takes time happens in the worker.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from dualslot_widgets.background.job import BackgroundSimulation, Priority
from dualslot_widgets.background.simulator import BackgroundSimulator
from dualslot_widgets.errors import DualSlotError, StorageError
from dualslot_widgets.memory import MemoryUsage
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.scenario.starter import starter_scenario
from dualslot_widgets.storage.simulation_storage import SimulationStorage

if TYPE_CHECKING:
    from dualslot_widgets.widgets.simulation_display import SimulationDisplay

_logger = logging.getLogger(__name__)


class DisplayMode(StrEnum):
    """Which slot the dashboard shows."""

    SHOW_NEWEST = "newest"
    SHOW_MOST_SIMILAR = "most_similar"
    LET_USER_CHOOSE = "let_user_choose"


class Workbench:
    """A folder of two slots, a worker, and the scenario on screen.

    One that is dropped without `close` plays what still waits; then its worker ends.

    Parameters
    ----------
    path : path-like, default "simulations"
        Folder of the slots; made when it is first written.
    scenario : Scenario or its JSON as a dict, optional
        What the dashboard starts from; by default a party of four against goblins and an ogre.

    Attributes
    ----------
    storage : SimulationStorage
    simulator : BackgroundSimulator

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, Workbench(folder) as bench:
    ...     job = bench.add_to_queue(bench.scenario.with_value("settings.runs", 105))
    ...     data = job.result(timeout=120)
    >>> data.analysis.runs
    105
    """

    def __init__(
        self,
        path: str | os.PathLike[str] = "simulations",
        scenario: Scenario | Mapping[str, Any] | None = None,
    ) -> None:
        self.storage = SimulationStorage(path)
        self._lock = threading.Lock()
        # Guarded by _lock:
        self._scenario = starter_scenario() if scenario is None else _as_scenario(scenario)
        self._display_mode = DisplayMode.SHOW_NEWEST
        self._chosen_slot: int | None = None
        self._listeners: list[Callable[[], None]] = []
        self._display: SimulationDisplay | None = None
        # It holds the listeners, not the workbench: one that is dropped ends with its last job.
        self.simulator = BackgroundSimulator(
            self.storage, partial(_tell_all, self._lock, self._listeners)
        )

    @property
    def scenario(self) -> Scenario:
        """The scenario on screen; setting it does not play it."""
        with self._lock:
            return self._scenario

    @scenario.setter
    def scenario(self, scenario: Scenario | Mapping[str, Any]) -> None:
        checked = _as_scenario(scenario)
        with self._lock:
            self._scenario = checked
        self._tell()

    @property
    def display_mode(self) -> DisplayMode:
        """Which slot the dashboard shows."""
        with self._lock:
            return self._display_mode

    @display_mode.setter
    def display_mode(self, mode: DisplayMode | str) -> None:
        try:
            checked = DisplayMode(mode)
        except ValueError:
            known = ", ".join(m.value for m in DisplayMode)
            raise DualSlotError(f"display_mode {mode!r} is unknown; known: {known}") from None
        with self._lock:
            self._display_mode = checked
        self._tell()

    @property
    def chosen_slot(self) -> int | None:
        """The slot that the user chose, shown in the mode LET_USER_CHOOSE."""
        with self._lock:
            return self._chosen_slot

    @chosen_slot.setter
    def chosen_slot(self, slot: int | None) -> None:
        if slot is not None and (type(slot) is not int or slot not in (0, 1)):
            raise DualSlotError(f"chosen_slot {slot!r} is no slot; slots are 0 and 1")
        with self._lock:
            self._chosen_slot = slot
        self._tell()

    @property
    def shown_slot(self) -> int | None:
        """The slot that the display mode leads to; None while both are empty."""
        with self._lock:
            mode, chosen, scenario = self._display_mode, self._chosen_slot, self._scenario
        if mode is DisplayMode.LET_USER_CHOOSE and chosen is not None:
            if self.storage.slots[chosen] is not None:
                return chosen
        elif mode is DisplayMode.SHOW_MOST_SIMILAR:
            found = self.storage.most_similar(scenario)
            return None if found is None else found[0]
        return self.storage.newest_slot

    def add_to_queue(
        self,
        scenario: Scenario | Mapping[str, Any] | None = None,
        *,
        priority: Priority = Priority.SCRIPTED,
        force: bool = False,
    ) -> BackgroundSimulation:
        """Have a scenario played in the background; return at once.

        Where a slot already holds exactly these parameters the job is completed with that data set
        and nothing is played. A request that already waits is not queued twice.

        Parameters
        ----------
        scenario : Scenario or its JSON as a dict, optional
            By default the one on screen.
        priority : Priority
            What is on screen comes before what is scripted; equal ones in order of arrival.
        force : bool
            Play it again even if a slot holds its result.

        Raises
        ------
        ScenarioError
            When the scenario cannot be played.
        """
        wanted = self.scenario if scenario is None else _as_scenario(scenario)
        if not force:
            slot = self.storage.exact_slot(wanted.parameters)
            stored = None if slot is None else self.storage.slots[slot]
            if stored is not None:
                return self.simulator.add_finished(stored, priority)
        return self.simulator.add(wanted, priority)

    def save_again(self, job: BackgroundSimulation) -> BackgroundSimulation:
        """Have the result of a job that could not be stored stored now; return at once.

        Raises
        ------
        DualSlotError
            When the job has no such result.
        """
        return self.simulator.add_unsaved(job)

    @property
    def jobs(self) -> tuple[BackgroundSimulation, ...]:
        """All known jobs, in order of arrival."""
        return self.simulator.queue.jobs

    @property
    def current_job(self) -> BackgroundSimulation | None:
        """The job that is being played."""
        return self.simulator.current

    @property
    def queue(self) -> tuple[BackgroundSimulation, ...]:
        """The jobs that wait, the next one first."""
        return self.simulator.queue.waiting

    def memory_usage(self) -> MemoryUsage:
        """Return the memory that slots, queue, the running simulation and the process take."""
        queue, background = self.simulator.memory
        return replace(self.storage.memory_usage(), queue=queue, background=background)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have `callback()` called from any thread after every change; return what ends that."""
        with self._lock:
            self._listeners.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._listeners:
                    self._listeners.remove(callback)

        return unsubscribe

    @property
    def display(self) -> SimulationDisplay:
        """The dashboard; the same one until it is closed: showing it again adds only a view."""
        from dualslot_widgets.widgets.simulation_display import SimulationDisplay

        with self._lock:
            display = self._display
        if display is None or display.comm is None:  # closed, maybe by a clean-up of all widgets
            display = SimulationDisplay(self)
            with self._lock:
                self._display = display
        return display

    def close(self) -> None:
        """Cancel all jobs, stop the worker, close the dashboard."""
        with self._lock:
            display, self._display = self._display, None
        if display is not None:
            display.close()
        self.simulator.close()
        self.storage.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _tell(self) -> None:
        _tell_all(self._lock, self._listeners)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return self.display._repr_mimebundle_(**options)

    def __repr__(self) -> str:
        try:
            slots = ", ".join(
                f"slot {number}: {'empty' if data is None else data.scenario.name}"
                for number, data in enumerate(self.storage.slots)
            )
        except StorageError as error:
            slots = str(error)
        return f"<Workbench {str(self.storage.path)!r}: {slots}; {len(self.queue)} waiting>"


def _as_scenario(scenario: Scenario | Mapping[str, Any]) -> Scenario:
    return scenario if isinstance(scenario, Scenario) else Scenario.from_dict(scenario)


def _tell_all(lock: threading.Lock, listeners: list[Callable[[], None]]) -> None:
    with lock:
        now = tuple(listeners)
    for listener in now:
        try:
            listener()
        except Exception:
            _logger.exception("a listener of the workbench failed")
