"""How it is seen: each widget is made of parts (`parts`), on what all have in common (`kit`)."""

from typing import Any

from dualslot_widgets.workbench.displays import register_display


def _display(workbench: Any) -> Any:
    from dualslot_widgets.widgets.simulation_display import SimulationDisplay

    return SimulationDisplay(workbench)


register_display(_display)
