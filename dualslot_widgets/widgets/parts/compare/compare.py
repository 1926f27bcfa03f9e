"""`Compare`: one result against another: the difference, how sure it is, and what changed."""

from __future__ import annotations

from typing import ClassVar

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, read_bundle
from dualslot_widgets.widgets.kit.sources import source_from
from dualslot_widgets.widgets.parts.compare.compare_part import ComparePart
from dualslot_widgets.workbench.workbench import Workbench


class Compare(KitWidget):
    """Shows how one result differs from another: slot against slot, or two data sets.

    Parameters
    ----------
    first : Workbench or SimulationDataSet
    second : SimulationDataSet, optional
        Beside a data set.
    """

    _esm = read_bundle("compare.js")
    part_types: ClassVar = (ComparePart,)

    def __init__(
        self, first: Workbench | SimulationDataSet, second: SimulationDataSet | None = None
    ) -> None:
        super().__init__(source_from(first, *(() if second is None else (second,))))
