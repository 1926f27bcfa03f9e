"""`Workbench`: one object that ties storage and background together, and is shown as a dashboard.

Everything may be called from any thread, and nothing blocks: what takes time happens in the worker.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import Any, Self

from dualslot_widgets.errors import StorageError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.storage.simulation_storage import SimulationStorage
from dualslot_widgets.system.memory import MemoryUsage
from dualslot_widgets.words.visible import visible
from dualslot_widgets.workbench.displays import Display, make_display
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import Priority
from dualslot_widgets.workbench.live_preview import LivePreview
from dualslot_widgets.workbench.screen import DisplayMode, Screen, as_scenario
from dualslot_widgets.workbench.screen_keeper import ScreenKeeper
from dualslot_widgets.workbench.shown_result import ShownResult
from dualslot_widgets.workbench.worker import BackgroundSimulator


class Workbench:
    """A folder of two slots, a worker, and the scenario on screen.

    One that is dropped without `close` plays what still waits; then its worker ends.

    Parameters
    ----------
    path : path-like, default "simulations"
        Folder of the slots; made when it is first written.
    scenario : Scenario or its JSON as a dict, optional
        What the dashboard starts from. By default what was on screen last in this folder, which is
        kept beside the slots; else the newest slot's; else a party of four against goblins and an
        ogre.

    Attributes
    ----------
    storage : SimulationStorage
    simulator : BackgroundSimulator
    screen : Screen
        What all widgets of this workbench look at.
    live : LivePreview
    result : ShownResult
        Which result of all the dashboard shows.
    kept : ScreenKeeper
        Keeps the scenario on screen for the next workbench of this folder.

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
        self.kept = ScreenKeeper(self.storage.path)
        begin = scenario
        if begin is None:
            begin = self.kept.recall() or _newest(self.storage) or starter_scenario()
        self.screen = Screen(begin)
        self.kept.watch(self.screen, kept=scenario is None)
        # It holds the listeners, not the workbench: one that is dropped ends with its last job.
        self.simulator = BackgroundSimulator(self.storage, self.screen.notify)
        self.live = LivePreview(
            partial(_queue_at_rest, self.storage, self.simulator), self.screen.notify
        )
        self.result = ShownResult(self.storage, self.screen, self.simulator.queue, self.live)
        self._lock = threading.Lock()
        self._display: Any = None  # a `Display` or None; guarded by _lock

    @property
    def scenario(self) -> Scenario:
        """The scenario on screen; setting it does not play it."""
        return self.screen.scenario

    @scenario.setter
    def scenario(self, scenario: Scenario | Mapping[str, Any]) -> None:
        self.screen.change(scenario)

    def edit(self, scenario: Scenario | Mapping[str, Any], step: str = "") -> None:
        """Put a scenario on screen, preview it at once, and play and store it when it rests.

        As an input of the dashboard does; see `Screen.change` for `step`.

        Raises
        ------
        ScenarioError
            When the scenario cannot be played; nothing is changed.
        DualSlotError
            In a fork of the process that the workbench was made in.
        """
        checked = as_scenario(scenario)
        self.simulator.check_process()
        self.result.look_at(checked)  # first, so that no listener sees the new scenario without it
        self.screen.change(checked, step)

    def undo(self) -> bool:
        """Take back the last change of the scenario; return whether there was one."""
        return self._travelled(self.screen.undo())

    def redo(self) -> bool:
        """Take the change again that was taken back last; return whether there was one."""
        return self._travelled(self.screen.redo())

    def _travelled(self, moved: bool) -> bool:
        if moved:
            self.result.look_at(self.screen.scenario)
            self.screen.notify()
        return moved

    @property
    def preview(self) -> SimulationDataSet | None:
        """The scenario on screen played in memory while it is edited; None when a slot has it."""
        return self.live.of(self.screen.scenario)[0]

    @property
    def unsaved(self) -> BackgroundSimulation | None:
        """The last job whose result is that of the scenario on screen, and could not be stored.

        The dashboard shows it from memory; `save_again` stores it.
        """
        return self.result.unsaved

    @property
    def display_mode(self) -> DisplayMode:
        """Which slot the dashboard shows."""
        return self.screen.display_mode

    @display_mode.setter
    def display_mode(self, mode: DisplayMode | str) -> None:
        self.screen.display_mode = mode

    @property
    def chosen_slot(self) -> int | None:
        """The slot that the user chose, shown in the mode LET_USER_CHOOSE."""
        return self.screen.chosen_slot

    @chosen_slot.setter
    def chosen_slot(self, slot: int | None) -> None:
        self.screen.chosen_slot = slot

    @property
    def selected_run(self) -> int | None:
        """The run that the dashboard tells blow by blow; None for none."""
        return self.screen.selected_run

    @selected_run.setter
    def selected_run(self, run: int | None) -> None:
        self.screen.selected_run = run

    @property
    def shown_slot(self) -> int | None:
        """The slot that the display mode leads to; None while both are empty.

        Who asks for exactly what a slot holds (by an edit, or by `add_to_queue`) is shown that slot
        in the place of the newest, until something newer is stored or the mode is set.
        """
        return self.result.slot

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
        DualSlotError
            When the workbench is closed, or was made in a process of which this one is a fork.
        """
        self.simulator.check_process()
        wanted = self.scenario if scenario is None else as_scenario(scenario)
        if not force:
            slot = self.storage.exact_slot(wanted.parameters)
            stored = None if slot is None else self.storage.slots[slot]
            if stored is not None:
                self.screen.asked = wanted
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

    def move(self, job: BackgroundSimulation, position: int = 0, *, relative: bool = False) -> bool:
        """Move a waiting job to another place of the queue.

        What was moved forward is not overtaken by what comes later, however urgent; a job that was
        moved back may be. To take one out of the queue, cancel it: ``job.cancel()``.

        Parameters
        ----------
        job : BackgroundSimulation
        position : int
            Where it is to stand in `queue`: 0, the default, plays it next. Places beyond an end
            mean that end.
        relative : bool
            Whether that is counted from where it stands now: -1 is one place forward.

        Returns
        -------
        bool
            Whether it still waited; one that has begun is not moved.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Workbench(folder) as bench:
        ...     seeds = [bench.scenario.with_value("settings.seed", seed) for seed in (1, 2, 3)]
        ...     jobs = [bench.add_to_queue(scenario) for scenario in seeds]
        ...     moved = bench.move(jobs[2])  # False if the worker was faster
        """
        moved = self.simulator.queue.move(job, position, relative=relative)
        if moved:
            self.screen.notify()
        return moved

    def clear_finished(self) -> int:
        """Forget the finished jobs; return how many.

        One whose result could not be stored, and is in memory alone, is kept; see `save_again`.
        """
        cleared = self.simulator.queue.clear_finished()
        self.screen.notify()
        return cleared

    def memory_usage(self) -> MemoryUsage:
        """Return the memory that slots, queue, the running simulation and the process take."""
        queue, background = self.simulator.memory
        return replace(self.storage.memory_usage(), queue=queue, background=background)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have `callback()` called from any thread after every change; return what ends that."""
        return self.screen.subscribe(callback)

    @property
    def problem(self) -> str:
        """What went wrong last: a preview, a listener, keeping the scenario; empty when nothing."""
        return self.live.error or self.screen.notify.failure or self.kept.error

    def dismiss(self) -> None:
        """Forget the problem."""
        self.live.dismiss()
        self.kept.dismiss()
        self.screen.notify.failure = ""

    @property
    def display(self) -> Any:
        """The dashboard, a `dw.SimulationDisplay`; the same one until it is closed.

        Showing it again adds only a view.
        """
        with self._lock:
            display = self._display
        if display is not None and not display.closed:  # maybe by a clean-up of all widgets
            return display
        if display is not None:
            display.close()
        made: list[Display] = []
        try:
            # To make it and to know it are one step here, which no interrupt comes between.
            made.extend(map(make_display, (self,)))
            with self._lock:
                self._display = made[0]
            return made[0]
        except BaseException:
            for display in made:
                display.close()
            raise

    def close(self) -> None:
        """Cancel all jobs, stop the worker, close the dashboard.

        In a forked process nothing is done: all that is the other process's.
        """
        if not self.simulator.in_own_process:
            return
        with self._lock:
            display = self._display
        if display is not None:
            display.close()
        with self._lock:  # only now: what an interrupt left open is closed by the next call
            self._display = None
        self.kept.close()
        self.live.close()
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

    def _display_(self) -> Any:
        """Return what marimo shows of a workbench."""
        return self.display

    def _ipython_display_(self) -> None:
        self.display._ipython_display_()

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
        return visible(
            f"<Workbench {str(self.storage.path)!r}: {slots}; {len(self.queue)} waiting>"
        )


def _newest(storage: SimulationStorage) -> Scenario | None:
    """Return the scenario of the newest slot that can be read."""
    try:
        newest = storage.newest
        return None if newest is None else newest.scenario
    except StorageError:  # which is told where the slots are drawn
        return None


def _queue_at_rest(
    storage: SimulationStorage, simulator: BackgroundSimulator, scenario: Scenario
) -> None:
    """Have an edited scenario played, unless a slot holds it already."""
    if storage.exact_slot(scenario.parameters) is None:
        simulator.add(scenario, Priority.SCREEN)
