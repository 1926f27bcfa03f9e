"""When a storage notes commits in the history: behind each, and before one that follows others'."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from dualslot_widgets.errors import StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.storage.disk.lock import writer_lock
from dualslot_widgets.storage.history import history

_log = logging.getLogger(__name__)


class HistoryNotes:
    """What one storage has noted; who calls it guards it, and holds the writer's lock to note.

    Parameters
    ----------
    root : Path
        The storage folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        # The history file as it was left, and the slots' generations that are in it.
        self._file: tuple[int, ...] = ()
        self._noted: set[int] = set()
        self._problem = ""  # why the last commit is not in it

    def lacks(self, generations: set[int]) -> bool:
        """Say whether nobody may have noted what the slots hold, as when a process was killed."""
        return self._file != history.stamp(self._root) or not generations <= self._noted

    def note(self, stored: Sequence[SimulationDataSet], committed: int | None) -> None:
        """Append what is lacking, see `history.append`; whatever goes wrong, the commit stands."""
        try:
            history.append(self._root, stored, committed)
        except Exception as error:  # noqa: BLE001 - the commit stands whatever the history does
            self.fail(str(error) or repr(error), error)
        else:
            self._problem = ""
            self._noted = {data.metadata.generation or 0 for data in stored}
            self._file = history.stamp(self._root)

    def fail(self, why: str, error: Exception | None = None) -> None:
        """Remember why what is lacking could not be appended; the next commit does it."""
        _log.warning("the history in %s lacks a commit: %s", self._root, why, exc_info=error)
        self._problem = why

    def check(self, newest: SimulationDataSet | None, timeout: float) -> dict[str, tuple[int, str]]:
        """Read every byte; return size and problem of each file, see `history.check`.

        `timeout` is for the writer's lock, in seconds.
        """
        found = history.check(self._root, newest, self._problem)
        if any(problem for _, problem in found.values()):
            try:
                # Another kernel may stand between its commit and its row: wait for it.
                with writer_lock(self._root, timeout):
                    found = history.check(self._root, newest, self._problem)
            except StorageError as error:
                _log.debug("the history was not looked at again: %s", error)
        return found
