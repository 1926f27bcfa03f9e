"""How it is seen: the widgets of the front end, each made of parts, and the protocol they speak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dualslot_widgets.workbench.displays import register_display

if TYPE_CHECKING:
    from dualslot_widgets.widgets.simulation_display import SimulationDisplay
    from dualslot_widgets.workbench.workbench import Workbench


def _make_display(workbench: Workbench) -> SimulationDisplay:
    """Return the dashboard of a workbench; anywidget is loaded only now."""
    from dualslot_widgets.widgets.simulation_display import SimulationDisplay

    return SimulationDisplay(workbench)


register_display(_make_display)
