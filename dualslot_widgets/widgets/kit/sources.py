"""What a widget shows: a workbench, one or two data sets by themselves, or a scenario alone.

Parts see no difference, so that each widget of the kit works with whatever it can show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.pairs.comparison_cache import Comparisons
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.snapshot import Pair, Snapshot
from dualslot_widgets.workbench.screen import Screen
from dualslot_widgets.workbench.workbench import Workbench


class Source:
    """A scenario that is edited, and nothing else; the other sources are built on it.

    Parameters
    ----------
    screen : Screen
    bench : Workbench, optional
        For what needs one: jobs, slots to pin.

    Attributes
    ----------
    edit, undo, redo : callable
        Those of the workbench, which also preview and play, else those of the screen.
    comparisons : Comparisons
        Owned by the publisher of the widget that shows this.
    """

    def __init__(self, screen: Screen, bench: Workbench | None = None) -> None:
        self.screen, self.bench = screen, bench
        self.comparisons = Comparisons()
        self.edit: Callable[..., object] = screen.change if bench is None else bench.edit
        steps = bench or screen
        self.undo, self.redo = steps.undo, steps.redo

    def snapshot(self) -> Snapshot:
        """Return what is on screen now; a publisher's thread asks."""
        return self.glance()

    def glance(self) -> Snapshot:
        """Return what is on screen now, in any thread, without comparing anything."""
        return Snapshot(scenario=self.screen.scenario, slots=(None, None))


class WorkbenchSource(Source):
    """A workbench."""

    bench: Workbench

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench.screen, bench)

    def snapshot(self) -> Snapshot:
        """Return what is on screen now."""
        self.comparisons.versus(*self.bench.storage.slots)
        return self.glance()  # behind the comparison, which may have found a damaged file

    def glance(self) -> Snapshot:
        """Return what is on screen now, in any thread, without comparing anything."""
        bench = self.bench
        # Before the slots: a slot that is shown holds what it is shown for.
        newest, shown = bench.storage.newest_slot, bench.shown_slot
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
        return Snapshot(
            scenario=scenario,
            slots=slots,
            damage=damage,
            barred=bench.storage.barred,
            newest=newest,
            shown_slot=shown,
            preview=preview,
            unsaved=unsaved,
            pending=pending,
            jobs=bench.jobs,
            queue=bench.queue,
            selected_run=bench.selected_run,
            error=bench.problem,
        )


class ResultsSource(Source):
    """One or two data sets in the places of the slots."""

    def __init__(self, first: SimulationDataSet, second: SimulationDataSet | None = None) -> None:
        super().__init__(Screen(first.scenario))
        self.screen.chosen_slot = 0
        self._slots: Pair = (first, second)

    def glance(self) -> Snapshot:
        """Return what is on screen now."""
        return Snapshot(
            scenario=self.screen.scenario,
            slots=self._slots,
            shown_slot=self.screen.chosen_slot,
            selected_run=self.screen.selected_run,
        )


def source_from(shown: object, *others: SimulationDataSet) -> Source:
    """Return a workbench, data sets, or a scenario as a source.

    Raises
    ------
    DualSlotError
        When it is none of these.
    """
    if isinstance(shown, Workbench):
        return WorkbenchSource(shown)
    if isinstance(shown, SimulationDataSet):
        return ResultsSource(shown, *others)
    if isinstance(shown, Scenario | Mapping):
        return Source(Screen(shown))
    raise DualSlotError(
        f"a widget shows a Workbench, a SimulationDataSet or a Scenario, not {type(shown).__name__}"
    )
