"""Which execution of which notebook cell is going on, and whether any is.

A re-run takes the place of the last execution: JupyterLab names the
cell in every request to execute; other hosts may not, and then nothing is known. While a cell runs
most kernels take no message from the browser: IPython announces each cell's beginning and end.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Execution:
    """One execution of a cell.

    Attributes
    ----------
    cell : str
        The cell's id in its notebook.
    request : str
        Id of the message that asked for this execution.
    """

    cell: str
    request: str

    def replaces(self, other: Execution | None) -> bool:
        """Return whether this is a later execution of the same cell."""
        return other is not None and other.cell == self.cell and other.request != self.request


def current_execution() -> Execution | None:
    """Return the execution that this thread is part of; None where the host does not say."""
    parent = _parent()
    cell = (parent.get("metadata") or {}).get("cellId")
    request = (parent.get("header") or {}).get("msg_id")
    if not (isinstance(cell, str) and isinstance(request, str)):
        return None
    return Execution(cell, request)


def watch_cells() -> None:
    """Begin to count cells, once for each shell; what calls this for the first time is a cell."""
    _cells.watch(_shell())


def cell_runs() -> bool:
    """Return whether a cell is being executed now; False where the host does not say."""
    return _cells.running > 0


class _Cells:
    """Counts the cells that run; a cell may run another one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Guarded by the lock:
        self._shell: Any = None
        self.running = 0

    def watch(self, shell: Any) -> None:
        with self._lock:
            if shell is None or shell is self._shell or not hasattr(shell, "events"):
                return
            self._shell = shell
            content = _parent().get("content") or {}
            self.running = int("code" in content and not content.get("silent"))
        shell.events.register("pre_run_cell", self._begin)
        shell.events.register("post_run_cell", self._end)

    def _begin(self, _info: object) -> None:
        with self._lock:
            self.running += 1

    def _end(self, _result: object) -> None:
        with self._lock:
            self.running = max(0, self.running - 1)


_cells = _Cells()


def _shell() -> Any:
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    return get_ipython()


def _parent() -> dict[str, Any]:
    get_parent = getattr(_shell(), "get_parent", None)
    return (get_parent() if get_parent else {}) or {}
