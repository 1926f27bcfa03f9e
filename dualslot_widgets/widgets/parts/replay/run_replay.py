"""`RunReplay`: any run, told event by event.

One widget of the kit, and the part of the dashboard that tells the selected run.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import traitlets

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit.fallback import Still, still_lines
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, source
from dualslot_widgets.widgets.kit.scene import Scene, stage_of
from dualslot_widgets.widgets.parts.replay.parting_view import Partings
from dualslot_widgets.widgets.parts.replay.replay_view import Replays
from dualslot_widgets.widgets.parts.replay.selected_run import RunPart
from dualslot_widgets.workbench.workbench import Workbench


class ReplayPart(RunPart):
    """Draws the selected run of what is shown.

    Attributes
    ----------
    replay : JSON or None
        `protocol.replay.ReplayView`; None while no run is selected.
    parting : JSON or None
        `protocol.replay.PartingView`: where it parts from the same run of the other slot; None
        while that is not known, or there is none with the same dice.
    """

    replay: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    parting: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    @cached_property
    def _replays(self) -> Replays:
        return Replays(self._stage.screen.tell)

    @cached_property
    def _partings(self) -> Partings:
        return Partings(self._stage.screen.tell)

    def _draw(self, scene: Scene) -> dict[str, Any]:
        told = {"replay": self._replays.of(scene), "parting": self._partings.of(scene)}
        return super()._draw(scene) | told


class RunReplay(ReplayPart, KitWidget):
    """Tells one run of a data set, or of what a workbench shows, event by event.

    Parameters
    ----------
    source : SimulationDataSet or Workbench
    run : int, optional
        The run to begin with; by default the one that is selected already, if any. Set
        `selected_run` for another one.
    """

    _esm = source("run_replay.js")

    def __init__(self, source: SimulationDataSet | Workbench, run: int | None = None) -> None:
        stage = stage_of(source)
        if run is not None:
            stage.screen.selected_run = run
        super().__init__(stage)

    def _still(self, scene: Scene) -> list[Still]:
        view = self.replay
        if view is None:
            return [still_lines("No run is selected.", []), *super()._still(scene)]
        place = f" of {view['place']}" if view["place"] else ""
        title = f"Run {view['run']}{place}: {view['scenario']}"
        told = [view["problem"]] if view["problem"] else view["words"]
        return [still_lines(title, told), *super()._still(scene)]
