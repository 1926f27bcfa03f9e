"""`Screen`: what all widgets of a workbench look at: scenario, its undo history, mode, picked run.

Stands beside the workbench, below the widgets. One lock guards all of it; the scenario and its
history are one value that is replaced in one step, so that an interrupt leaves no half of a change.
Listeners are called outside of the lock, from the thread that changed something.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
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
        return partial(self.unsubscribe, callback)

    def unsubscribe(self, callback: Callable[[], None]) -> None:
        """Call something no more, should it have been subscribed."""
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

    def __call__(self) -> None:
        """Call everybody; a listener that fails is logged and keeps nobody else from hearing.

        Ctrl-C ends the one that it comes in; the others hear all the same, then it goes on to the
        caller.
        """
        interrupt: BaseException | None = None
        with self._lock:
            now = tuple(self._callbacks)
        for callback in now:
            try:
                callback()
            except BaseException as error:
                if is_interrupt(error):
                    interrupt = error
                    continue
                _logger.exception("a listener of the workbench failed")
                self.failure = f"a listener of the workbench failed: {in_words(error)}"
        if interrupt is not None:
            try:
                raise interrupt
            finally:
                del interrupt  # whose frames would keep all that they saw

    def __len__(self) -> int:
        with self._lock:
            return len(self._callbacks)


@dataclass(frozen=True, slots=True)
class _Steps:
    """A scenario, what led to it, and what was taken back."""

    scenario: Scenario
    undo: tuple[Scenario, ...] = ()
    redo: tuple[Scenario, ...] = ()
    last: tuple[str, float] = ("", 0.0)  # what was changed, and when

    def changed(self, scenario: Scenario, step: str, now: float) -> _Steps:
        if scenario == self.scenario:
            return replace(self, last=(step, now))
        last, when = self.last
        undo = self.undo
        if not (step and step == last and now - when < DRAG_SECONDS):
            undo = (*undo, self.scenario)[-UNDO_STEPS:]
        return _Steps(scenario, undo, (), (step, now))

    def back(self) -> _Steps | None:
        if not self.undo:
            return None
        return _Steps(self.undo[-1], self.undo[:-1], (*self.redo, self.scenario))

    def forward(self) -> _Steps | None:
        if not self.redo:
            return None
        return _Steps(self.redo[-1], (*self.undo, self.scenario), self.redo[:-1])


class Screen:
    """A scenario that is edited step by step, and what of its results is looked at.

    Parameters
    ----------
    scenario : Scenario or its JSON as a dict

    Attributes
    ----------
    notify : Listeners
        Called after every change; `subscribe` adds to it.
    keep : callable
        Called with the scenario whenever another one is on screen, before the listeners.
    editing : threading.RLock
        Held by whoever makes a new scenario of the one on screen, so that no edit of somebody else
        is lost in between.
    """

    def __init__(self, scenario: Scenario | Mapping[str, Any]) -> None:
        self.notify = Listeners()
        self.subscribe = self.notify.subscribe
        self.keep: Callable[[Scenario], None] = _keep_nothing
        self.editing = threading.RLock()
        self._lock = threading.Lock()
        # Guarded by _lock:
        self._steps = _Steps(as_scenario(scenario))
        self._display_mode = DisplayMode.SHOW_NEWEST
        self._chosen_slot: int | None = None
        self._selected_run: int | None = None
        self._asked: Scenario | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario on screen."""
        with self._lock:
            return self._steps.scenario

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
            self._steps = self._steps.changed(checked, step, now)
        self._changed(checked)
        return checked

    def undo(self) -> bool:
        """Take back the last step; return whether there was one."""
        return self._travel(_Steps.back)

    def redo(self) -> bool:
        """Take the step again that was taken back last; return whether there was one."""
        return self._travel(_Steps.forward)

    def _travel(self, way: Callable[[_Steps], _Steps | None]) -> bool:
        with self._lock:
            found = way(self._steps)
            if found is None:
                return False
            self._steps = found
        self._changed(found.scenario)
        return True

    def _changed(self, now: Scenario) -> None:
        try:
            self.keep(now)
        finally:  # also when that is interrupted: what is drawn is what is there
            self.notify()

    @property
    def steps(self) -> tuple[int, int]:
        """How many steps can be undone, and redone."""
        with self._lock:
            return len(self._steps.undo), len(self._steps.redo)

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
        self.notify()

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
        self.notify()

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
            self.notify()


def _keep_nothing(_: Scenario) -> None:
    """Be the screen of data sets, or of a scenario by itself."""


def as_scenario(scenario: Scenario | Mapping[str, Any]) -> Scenario:
    """Return a scenario given as such or as its JSON; raises `ScenarioError`."""
    return scenario if isinstance(scenario, Scenario) else Scenario.from_dict(scenario)
