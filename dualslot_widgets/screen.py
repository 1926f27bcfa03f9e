"""`Screen`: what all widgets of a workbench look at: scenario, its undo history, mode, picked run.

Stands beside the workbench, below the widgets. One lock guards all of it; listeners are told
outside of the lock, from the thread that changed something.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from dualslot_widgets.errors import DualSlotError, in_words, is_interrupt
from dualslot_widgets.scenario.reading import whole
from dualslot_widgets.scenario.scenario import Scenario

_logger = logging.getLogger(__name__)

#: How many steps can be taken back.
UNDO_STEPS = 100
#: Changes of one number within this time of each other, as of a dragged slider, are one step.
DRAG_SECONDS = 1.0


class DisplayMode(StrEnum):
    """Which slot the dashboard shows."""

    SHOW_NEWEST = "newest"
    SHOW_MOST_SIMILAR = "most_similar"
    LET_USER_CHOOSE = "let_user_choose"


class Listeners:
    """Who wants to know of changes; callable, and holding nothing but the callbacks."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []  # guarded by _lock
        #: How a listener failed last, in words; empty when none did, or who read it emptied it.
        self.failure = ""

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have `callback()` called from any thread after every change; return what ends that."""
        with self._lock:
            self._callbacks.append(callback)

        def unsubscribe() -> None:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)

        return unsubscribe

    def __call__(self) -> None:
        """Tell everybody; a listener that fails is logged and keeps nobody else from hearing.

        Only Ctrl-C in the middle of it goes on to the caller.
        """
        with self._lock:
            now = tuple(self._callbacks)
        for callback in now:
            try:
                callback()
            except BaseException as error:
                if is_interrupt(error):
                    raise
                _logger.exception("a listener of the workbench failed")
                self.failure = f"a listener of the workbench failed: {in_words(error)}"

    def __len__(self) -> int:
        with self._lock:
            return len(self._callbacks)


class Screen:
    """A scenario that is edited step by step, and what of its results is looked at.

    Parameters
    ----------
    scenario : Scenario or its JSON as a dict

    Attributes
    ----------
    tell : Listeners
        Called after every change; `subscribe` adds to it.
    keep : callable
        Called with the scenario whenever another one is on screen, before the listeners.
    editing : threading.RLock
        Held by whoever makes a new scenario of the one on screen, so that no edit of somebody else
        is lost in between.
    """

    def __init__(self, scenario: Scenario | Mapping[str, Any]) -> None:
        self.tell = Listeners()
        self.subscribe = self.tell.subscribe
        self.keep: Callable[[Scenario], None] = _keep_nothing
        self.editing = threading.RLock()
        self._lock = threading.Lock()
        # Guarded by _lock:
        self._scenario = as_scenario(scenario)
        self._undo: list[Scenario] = []
        self._redo: list[Scenario] = []
        self._last_step = ("", 0.0)  # what was changed, and when
        self._display_mode = DisplayMode.SHOW_NEWEST
        self._chosen_slot: int | None = None
        self._selected_run: int | None = None
        self._asked: Scenario | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario on screen."""
        with self._lock:
            return self._scenario

    @scenario.setter
    def scenario(self, scenario: Scenario | Mapping[str, Any]) -> None:
        self.change(scenario)

    def change(self, scenario: Scenario | Mapping[str, Any], step: str = "") -> Scenario:
        """Put a scenario on screen, as one step that can be undone.

        Parameters
        ----------
        scenario : Scenario or its JSON as a dict
        step : str
            What is changed; several changes of the same within `DRAG_SECONDS` are one step.

        Raises
        ------
        ScenarioError
            When the scenario cannot be played; nothing is changed.
        """
        checked, now = as_scenario(scenario), time.monotonic()
        with self._lock:
            if checked != self._scenario:
                last, when = self._last_step
                if not (step and step == last and now - when < DRAG_SECONDS):
                    self._undo = [*self._undo, self._scenario][-UNDO_STEPS:]
                self._redo = []
                self._scenario = checked
            self._last_step = (step, now)
        self.keep(checked)
        self.tell()
        return checked

    def undo(self) -> bool:
        """Take back the last step; return whether there was one."""
        return self._travel(back=True)

    def redo(self) -> bool:
        """Take the step again that was taken back last; return whether there was one."""
        return self._travel(back=False)

    def _travel(self, *, back: bool) -> bool:
        with self._lock:
            source, target = (self._undo, self._redo) if back else (self._redo, self._undo)
            if not source:
                return False
            target.append(self._scenario)
            self._scenario = now = source.pop()
            self._last_step = ("", 0.0)
        self.keep(now)
        self.tell()
        return True

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps can be undone, and redone."""
        with self._lock:
            return len(self._undo), len(self._redo)

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
            self._asked = None
        self.tell()

    @property
    def asked(self) -> Scenario | None:
        """What was asked for since the display mode was set; a slot may hold it already."""
        with self._lock:
            return self._asked

    @asked.setter
    def asked(self, scenario: Scenario) -> None:
        with self._lock:
            self._asked = scenario

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
        self.tell()

    @property
    def selected_run(self) -> int | None:
        """The run that is told blow by blow; None for none."""
        with self._lock:
            return self._selected_run

    @selected_run.setter
    def selected_run(self, run: int | None) -> None:
        number = whole(run)
        if run is not None and (number is None or number < 0):
            raise DualSlotError(f"selected_run {run!r} is no run; runs are numbered from 0")
        with self._lock:
            changed, self._selected_run = self._selected_run != number, number
        if changed:
            self.tell()


def _keep_nothing(_: Scenario) -> None:
    """Be the screen of data sets, or of a scenario by itself."""


def as_scenario(scenario: Scenario | Mapping[str, Any]) -> Scenario:
    """Return a scenario given as such or as its JSON; raises `ScenarioError`."""
    return scenario if isinstance(scenario, Scenario) else Scenario.from_dict(scenario)
