"""Which execution of which notebook cell is going on, so that a re-run takes the place of the last.

Lowest room of the widgets. JupyterLab names the cell in every request to execute; other hosts may
not, and then nothing is known.
"""

from __future__ import annotations

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
        """Say whether this is a later execution of the same cell."""
        return other is not None and other.cell == self.cell and other.request != self.request


def current_execution() -> Execution | None:
    """Return the execution that this thread is part of; None where the host does not say."""
    try:
        from IPython import get_ipython
    except ImportError:
        return None
    get_parent = getattr(get_ipython(), "get_parent", None)
    parent: dict[str, Any] = get_parent() if get_parent else {}
    cell = (parent.get("metadata") or {}).get("cellId")
    request = (parent.get("header") or {}).get("msg_id")
    if not (isinstance(cell, str) and isinstance(request, str)):
        return None
    return Execution(cell, request)
