"""Dual-Slot Widgets: tabletop fights played 1005 times, kept in two slots, seen as five timelines.

The public names are those of `__init__.pyi` and nothing else. Each is loaded when it is first used,
so that importing the package does not wait for Arrow, pandas, numba and the widgets.
"""

import lazy_loader

# Each registers what the folders below it call by name: creatures, and the dashboard.
from dualslot_widgets import library, widgets  # noqa: F401

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
