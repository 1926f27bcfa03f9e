"""How it is seen: each widget is made of parts (`parts`), on what all have in common (`kit`)."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.workbench.displays import register_display


def _make_display(workbench: Any) -> Any:
    """Return the dashboard of a workbench; anywidget is loaded only now."""
    from dualslot_widgets.widgets.simulation_display import SimulationDisplay

    return SimulationDisplay(workbench)


register_display(_make_display)
