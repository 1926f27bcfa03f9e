"""What makes the dashboard of a workbench: whoever knows widgets registers it here.

A workbench imports no widget; `dualslot_widgets.widgets` registers its dashboard when the package
is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from dualslot_widgets.errors import DualSlotError


class Display(Protocol):
    """A dashboard as its workbench sees it; `dw.SimulationDisplay` is one."""

    @property
    def closed(self) -> bool:
        """Whether it is closed."""
        ...

    def close(self) -> None:
        """Stop publishing, and take the widget from the front end."""
        ...


_registered: list[Callable[[Any], Any]] = []


def register_display(factory: Callable[[Any], Any]) -> None:
    """Have `factory(workbench)` make the dashboards from now on."""
    _registered[:] = [factory]


def make_display(workbench: object) -> Any:
    """Return a new dashboard of a workbench.

    Raises
    ------
    DualSlotError
        When nothing is registered that makes one.
    """
    if not _registered:
        raise DualSlotError("no dashboard is known here; import dualslot_widgets.widgets")
    return _registered[0](workbench)
