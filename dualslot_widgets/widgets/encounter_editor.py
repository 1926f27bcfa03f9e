"""`EncounterEditor`: the party, the monsters and the settings of a scenario, as inputs.

One widget of the kit, and the part of the dashboard that edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets

from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.fallback import Still, still_scenario
from dualslot_widgets.widgets.kit_widget import KitWidget, source
from dualslot_widgets.widgets.part import Part
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.widgets.scenario_view import scenario_view
from dualslot_widgets.widgets.scene import Scene, stage_of
from dualslot_widgets.workbench import Workbench


class EditorPart(Part):
    """Draws the scenario that is edited, and changes it.

    Attributes
    ----------
    scenario_view : JSON
        `protocol.scenario.ScenarioView`.
    """

    scenario_view: Any = traitlets.Dict().tag(sync=True)

    # Owned by the publisher:
    _revision = 0
    _drawn: tuple[Scenario, int] | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario on screen; setting it does not play it."""
        return self._stage.screen.scenario

    @scenario.setter
    def scenario(self, scenario: Scenario | Mapping[str, Any]) -> None:
        self._stage.screen.change(scenario)

    def _draw(self, scene: Scene) -> dict[str, Any]:
        # A new revision, so that inputs take the true value again: also when one was refused.
        now = (scene.scenario, scene.refusals)
        if now != self._drawn:
            self._drawn = now
            self._revision += 1
        view = scenario_view(scene.scenario, self._revision)
        return super()._draw(scene) | {"scenario_view": view}

    def _take(self, message: Message) -> None:
        match message["type"]:
            case "edit":
                path = message["path"]
                changed = self._stage.screen.scenario.with_value(path, message["value"])
                self._change(changed, path)
            case _:
                super()._take(message)

    def _change(self, scenario: Scenario, step: str = "") -> None:
        self._accepted()
        if self._stage.bench is None:
            self._stage.screen.change(scenario, step)
        else:
            self._stage.bench.edit(scenario, step)

    def _still(self) -> list[Still]:
        return [still_scenario(self.scenario_view), *super()._still()]


class EncounterEditor(EditorPart, KitWidget):
    """Edits the scenario of a workbench, which previews and plays it, or one by itself.

    Parameters
    ----------
    source : Workbench, Scenario or its JSON as a dict

    Examples
    --------
    >>> from dualslot_widgets.scenario.starter import starter_scenario
    >>> editor = EncounterEditor(starter_scenario())
    >>> editor.scenario = editor.scenario.with_value("players[0].armor_class", 19)
    >>> editor.scenario.players[0].armor_class
    19
    >>> editor.close()
    """

    _esm = source("encounter_editor.js")

    def __init__(self, source: Workbench | Scenario | Mapping[str, Any]) -> None:
        super().__init__(stage_of(source))
