"""`JobControl`: the handle by which worker and queue move a job on.

The state is one value that is replaced in one step, under a lock: any thread may read it, and who
is interrupted while changing it has changed all of it or nothing. The listener is notified outside
of the lock.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dualslot_widgets.errors import is_interrupt
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.system.gate import Gate
from dualslot_widgets.workbench.job_state import JobState, JobStatus, Priority

_logger = logging.getLogger(__name__)

#: Phases in which a job cannot stop: it is cancelled at once, and not any more.
PREPARING, STORING = "preparing the engine (first time only)", "storing"


class JobControl:
    """What worker and queue do with a job; scripts have no use for it.

    Parameters
    ----------
    number : int
        The job's id.
    state : JobState
    on_change : callable
        Called without arguments, outside of all locks, after every change.
    played : SimulationDataSet, optional
        A result that is only to be stored.

    Attributes
    ----------
    state : JobState
        Replaced under the lock, read without.
    played : SimulationDataSet or None
        None again when the job is finished.
    """

    def __init__(
        self,
        number: int,
        state: JobState,
        on_change: Callable[[], None],
        played: SimulationDataSet | None = None,
    ) -> None:
        self._number = number
        self.state = state
        self.played = played
        self._gate = Gate()
        self._lock = threading.RLock()
        # Guarded by _lock:
        self._on_change = on_change
        self._stop: Callable[[], object] = _nothing  # ends what is being played

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing more will happen; return whether it is so (`timeout` in seconds)."""
        return self._gate.wait(lambda: self.state.status.finished, timeout)

    def begin(self) -> Callable[[], None] | None:
        """Take the job from waiting to running.

        Returns
        -------
        callable or None
            What notifies the listener, to be called outside of all locks; None when the job was
            cancelled meanwhile.
        """
        return self._change(status=JobStatus.RUNNING, only_from=JobStatus.QUEUED)

    def stop_by(self, stop: Callable[[], object]) -> None:
        """Have what is being played stopped by this; at once when somebody has asked already."""
        with self._lock:
            if self.state.status.finished or self.state.cancel_asked:
                stop()
            else:
                self._stop = stop

    def hurry(self, priority: Priority) -> None:
        """Make the job at least this urgent; the caller notifies whoever must know."""
        with self._lock:
            self.state = replace(self.state, priority=min(self.state.priority, priority))

    def cancel(self) -> bool:
        """Ask the job to stop, as `BackgroundSimulation.cancel` does."""
        with self._lock:
            if self.state.status.finished or self.state.phase == STORING:
                return False
            if self.state.status is JobStatus.RUNNING and self.state.phase != PREPARING:
                self.state = replace(self.state, cancel_asked=True)
                self._stop()
                return True
            notify = self._change(status=JobStatus.CANCELLED, cancel_asked=True)
        if notify is not None:
            notify()
        return True

    def advance(self, **change: Any) -> bool:
        """Change the state in one step, let through who waits, notify the listener.

        Parameters
        ----------
        only_from : JobStatus, optional
            Change nothing when the job has another status.
        unless_cancelled : bool
            Change nothing when somebody has asked it to stop.
        **change
            New values of `JobState`.

        Returns
        -------
        bool
            Whether it was changed; a finished job never is.
        """
        notify = self._change(**change)
        if notify is None:
            return False
        notify()
        return True

    def _change(
        self,
        *,
        only_from: JobStatus | None = None,
        unless_cancelled: bool = False,
        status: JobStatus | None = None,
        **change: Any,
    ) -> Callable[[], None] | None:
        """Change the state in one step; return what notifies the listener, None for no change."""
        with self._lock:
            old = self.state
            if old.status.finished or (only_from and old.status is not only_from):
                return None
            if unless_cancelled and old.cancel_asked:
                return None
            if status is not None:
                change["status"] = status
                if status is JobStatus.RUNNING:
                    change["started"] = datetime.now(UTC)
                if status.finished:
                    change.setdefault("phase", status.value)
                    change["finished"] = datetime.now(UTC)
            listener = self._on_change
            self.state = new = replace(old, **change)
            if new.status.finished:
                # Who keeps a finished job keeps its result, not its simulator and all of its jobs.
                self._on_change, self._stop, self.played = _nothing, _nothing, None
                self._gate.wake()

        def notify() -> None:
            try:
                listener()
            except BaseException as error:
                if is_interrupt(error):
                    raise
                _logger.exception("a listener of job %s failed", self._number)

        return notify


def _nothing(*_: object) -> None:
    """Listen to a finished job, which does not change, or stop what is not being played."""
