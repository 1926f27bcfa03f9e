"""Where the selected run parts from the same run of the other slot (`protocol.replay.PartingView`).

The selected run is drawn first: the other slot's log is read in a thread of its own a moment later,
which calls `notify` when more is known: of this run first, then which runs part at all.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable
from typing import NamedTuple

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.system.uninterrupted import start_thread
from dualslot_widgets.widgets.kit.snapshot import Snapshot, describe_place
from dualslot_widgets.widgets.protocol.replay import PartingView

_logger = logging.getLogger(__name__)

#: So many events are described of each side.
LISTED_EVENTS = 6
#: The run itself is drawn by then, and the thread takes no time from it.
DELAY_SECONDS = 0.15


class _Wanted(NamedTuple):
    here: weakref.ref[SimulationDataSet]
    there: weakref.ref[SimulationDataSet]
    run: int


class Partings:
    """Finds out where selected runs part; one publisher asks, one thread at a time looks.

    Parameters
    ----------
    notify : callable
        Called, by the thread that looked, when `get` has more to return.
    """

    def __init__(self, notify: Callable[[], None]) -> None:
        self._notify = notify
        self._lock = threading.Lock()
        # Guarded by _lock:
        self._wanted: _Wanted | None = None
        self._looking = False
        self._known: tuple[_Wanted, PartingView | None] | None = None
        # Of the thread that looks:
        self._runs: tuple[_Wanted, list[int]] | None = None

    def get(self, now: Snapshot) -> PartingView | None:
        """Return what is known; None while nothing is, or there is no other run to part from."""
        pair = _pair(now)
        if pair is None or now.selected_run is None:
            return None
        wanted = _Wanted(weakref.ref(pair[0]), weakref.ref(pair[1]), now.selected_run)
        with self._lock:
            if self._known is not None and self._known[0] == wanted:
                return self._known[1]
            self._wanted = wanted
            if not self._looking:
                timer = threading.Timer(DELAY_SECONDS, self._look)
                timer.name, timer.daemon = "dualslot-partings", True
                start_thread(timer)
                self._looking = True
        return None

    def _look(self) -> None:
        while True:
            with self._lock:
                wanted, self._wanted = self._wanted, None
                if wanted is None:
                    self._looking = False
                    return
            here, there = wanted.here(), wanted.there()
            if here is None or there is None:
                continue
            try:
                view = parting_view(here, there, wanted.run)
                self._found(wanted, view)
                if self._runs is None or self._runs[0][:2] != wanted[:2]:
                    self._runs = wanted, here.runs_that_part_from(there)
                self._found(wanted, with_runs(view, self._runs[1], wanted.run))
            except DualSlotError as error:
                _logger.debug("where a run parts is not known: %s", error)
                self._found(wanted, None)  # its slot's card and its replay say what is wrong
            except BaseException:  # in the log, and the thread lives on for the next run
                _logger.exception("where a run parts could not be found out")
                self._found(wanted, None)
            finally:
                del here, there

    def _found(self, wanted: _Wanted, view: PartingView | None) -> None:
        with self._lock:
            self._known = wanted, view
        self._notify()


def _pair(now: Snapshot) -> tuple[SimulationDataSet, SimulationDataSet] | None:
    """Return what is shown and the other slot's result, where both rolled the same dice."""
    if now.preview is not None or now.shown_slot is None or any(now.damage):
        return None
    here, there = now.shown, now.slots[1 - now.shown_slot]
    if here is None or there is None:
        return None
    try:
        return (here, there) if here.shares_dice_with(there) else None
    except DualSlotError:
        return None  # unreadable, as its slot's card says


def parting_view(here: SimulationDataSet, there: SimulationDataSet, run: int) -> PartingView:
    """Return where a run parts, before it is known which others do; raises `DualSlotError`."""
    found = here.parting_from(there, run)
    mine, its = found.sentences(LISTED_EVENTS)
    return {
        "run": run,
        "place": describe_place(there),
        "at": found.at,
        "here": mine,
        "there": its,
        "ending": found.there.ending,
        "runs": None,
        "first": None,
        "next": None,
    }


def with_runs(view: PartingView, parting: list[int], run: int) -> PartingView:
    """Return a view that also says how many runs part, which is the first, and which the next."""
    later = (other for other in parting if other > run)
    first = parting[0] if parting else None
    return {**view, "runs": len(parting), "first": first, "next": next(later, None)}
