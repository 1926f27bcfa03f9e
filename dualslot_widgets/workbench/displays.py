"""How a workbench is shown: by what was registered here, so that it knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_factories: list[Callable[[Any], Any]] = []


def register_display(factory: Callable[[Any], Any]) -> None:
    """Have `Workbench.display` made by `factory(workbench)`; the last one registered counts."""
    _factories[:] = [factory]
