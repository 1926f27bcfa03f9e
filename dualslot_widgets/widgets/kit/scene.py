"""`Scene`: what a widget draws, at one moment; and where scenes come from.

Room of the widgets below the parts. A `Stage` is a workbench, or one or two data sets by
themselves; parts see no difference, so that each widget of the kit works with both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.pairs.comparison_cache import Comparisons
from dualslot_widgets.workbench.screen import Screen

if TYPE_CHECKING:
    from dualslot_widgets.scenario.scenario import Scenario
    from dualslot_widgets.workbench.job import BackgroundSimulation
    from dualslot_widgets.workbench.workbench import Workbench

#: Where a data set stands that is in no slot.
PREVIEW = "preview"
IN_MEMORY = "in memory"

Pair = tuple[SimulationDataSet | None, SimulationDataSet | None]


@dataclass(frozen=True, kw_only=True)
class Scene:
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


class Stage(Protocol):
    """Where scenes come from.

    Attributes
    ----------
    screen : Screen
    bench : Workbench or None
        For what needs one: jobs, slots to pin.
    comparisons : Comparisons
        Owned by the publisher of the widget that this is the stage of.
    """

    screen: Screen
    bench: Workbench | None
    comparisons: Comparisons

    def scene(self) -> Scene:
        """Return what is on screen now; a publisher's thread asks."""
        ...

    def glance(self) -> Scene:
        """Return what is on screen now, in any thread, without comparing anything."""
        ...


class BenchStage:
    """A workbench as a stage."""

    def __init__(self, bench: Workbench) -> None:
        self.bench: Workbench | None = bench
        self.screen = bench.screen
        self.comparisons = Comparisons()
        self._bench = bench

    def scene(self) -> Scene:
        """Return what is on screen now."""
        self.comparisons.versus(*self._bench.storage.slots)
        return self.glance()  # behind the comparison, which may have found a damaged file

    def glance(self) -> Scene:
        """Return what is on screen now, in any thread, without comparing anything."""
        bench = self._bench
        scenario, slots = bench.scenario, bench.storage.slots
        damage = bench.storage.damage
        preview, pending = bench.live.of(scenario)
        unsaved = bench.unsaved
        result = None if unsaved is None else unsaved.unsaved
        if unsaved is not None and result is not None:
            preview, pending = result, False
        if any(
            data is not None and problem is None and data.answers(scenario.parameters)
            for data, problem in zip(slots, damage, strict=True)
        ):
            preview, unsaved, pending = None, None, False
        return Scene(
            scenario=scenario,
            slots=slots,
            damage=damage,
            barred=bench.storage.barred,
            newest=bench.storage.newest_slot,
            shown_slot=bench.shown_slot,
            preview=preview,
            unsaved=unsaved,
            pending=pending,
            jobs=bench.jobs,
            queue=bench.queue,
            selected_run=bench.selected_run,
            error=bench.problem,
        )


class DataStage:
    """One or two data sets as a stage."""

    def __init__(self, first: SimulationDataSet, second: SimulationDataSet | None = None) -> None:
        self.bench: Workbench | None = None
        self.comparisons = Comparisons()
        self.screen = Screen(first.scenario)
        self.screen.chosen_slot = 0
        self._slots: Pair = (first, second)

    def scene(self) -> Scene:
        """Return what is on screen now."""
        return Scene(
            scenario=self.screen.scenario,
            slots=self._slots,
            shown_slot=self.screen.chosen_slot,
            selected_run=self.screen.selected_run,
        )

    def glance(self) -> Scene:
        """Return what is on screen now."""
        return self.scene()


class ScenarioStage:
    """A scenario that is edited, and nothing else, as a stage."""

    def __init__(self, scenario: Scenario | Mapping[str, Any]) -> None:
        self.bench: Workbench | None = None
        self.comparisons = Comparisons()
        self.screen = Screen(scenario)

    def scene(self) -> Scene:
        """Return what is on screen now."""
        return Scene(scenario=self.screen.scenario, slots=(None, None))

    def glance(self) -> Scene:
        """Return what is on screen now."""
        return self.scene()


def stage_of(source: object, *others: SimulationDataSet) -> Stage:
    """Return the stage of a workbench, of data sets, or of a scenario.

    Raises
    ------
    DualSlotError
        When the source is none of these.
    """
    from dualslot_widgets.scenario.scenario import Scenario
    from dualslot_widgets.workbench.workbench import Workbench

    if isinstance(source, Workbench):
        return BenchStage(source)
    if isinstance(source, SimulationDataSet):
        return DataStage(source, *others)
    if isinstance(source, Scenario | Mapping):
        return ScenarioStage(source)
    raise DualSlotError(
        f"a widget shows a Workbench, a SimulationDataSet or a Scenario, not "
        f"{type(source).__name__}"
    )
