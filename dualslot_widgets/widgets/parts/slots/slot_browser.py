"""`SlotBrowser`: both slots side by side, and which of them is shown."""

from __future__ import annotations

from typing import ClassVar

from dualslot_widgets.widgets.kit.kit_widget import KitWidget, read_bundle
from dualslot_widgets.widgets.kit.sources import source_from
from dualslot_widgets.widgets.parts.slots.slot_part import SlotPart
from dualslot_widgets.workbench.workbench import Workbench


class SlotBrowser(KitWidget):
    """Shows the two slots of a workbench: what each holds, and how it stands to the other.

    Parameters
    ----------
    bench : Workbench
    """

    _esm = read_bundle("slot_browser.js")
    part_types: ClassVar = (SlotPart,)

    def __init__(self, bench: Workbench) -> None:
        super().__init__(source_from(bench))
