"""`Snapshot`: everything that a widget draws, as it is at one moment."""

from __future__ import annotations

from dataclasses import dataclass

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.workbench.job import BackgroundSimulation

#: Where a data set stands that is in no slot.
PREVIEW = "preview"
IN_MEMORY = "in memory"

Pair = tuple[SimulationDataSet | None, SimulationDataSet | None]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Everything on screen at one moment.

    Attributes
    ----------
    scenario : Scenario
        The one that is edited.
    slots : (SimulationDataSet or None, SimulationDataSet or None)
        Or data sets in memory in the places of slots.
    damage : (str or None, str or None)
        What is wrong with each slot.
    barred : (bool, bool)
        Whether that is no damage: no result takes the place of such a slot.
    newest, shown_slot : int or None
    preview : SimulationDataSet or None
        Of what is edited, when no slot holds exactly that; or the result of `unsaved`.
    unsaved : BackgroundSimulation or None
        The job whose result could not be stored and is shown from memory.
    pending : bool
        A newer preview is on its way.
    jobs, queue : tuple of BackgroundSimulation
        All that are known; those that wait, the next one first.
    selected_run : int or None
    error : str
        What went wrong last.
    refusals : int
        How often something was refused; inputs then take the true value again.
    """

    scenario: Scenario
    slots: Pair
    damage: tuple[str | None, str | None] = (None, None)
    barred: tuple[bool, bool] = (False, False)
    newest: int | None = None
    shown_slot: int | None = None
    preview: SimulationDataSet | None = None
    unsaved: BackgroundSimulation | None = None
    pending: bool = False
    jobs: tuple[BackgroundSimulation, ...] = ()
    queue: tuple[BackgroundSimulation, ...] = ()
    selected_run: int | None = None
    error: str = ""
    refusals: int = 0

    @property
    def preview_place(self) -> str:
        """Where the preview stands in words."""
        return PREVIEW if self.unsaved is None else IN_MEMORY

    @property
    def shown(self) -> SimulationDataSet | None:
        """The data set whose timelines are on screen: the preview, else that of the shown slot."""
        if self.preview is not None:
            return self.preview
        return None if self.shown_slot is None else self.slots[self.shown_slot]


def describe_place(data: SimulationDataSet) -> str:
    """Return where a data set stands in words."""
    slot = data.metadata.slot
    return IN_MEMORY if slot is None else f"slot {slot}"
