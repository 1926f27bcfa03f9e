"""`EncounterEditor`: the party, the monsters and the settings of a scenario, as inputs.

One widget of the kit, and the part of the dashboard that edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import traitlets

from dualslot_widgets.editing import edits, new_actions
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.importers.pasting import read_pasted
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.fallback import Still, still_scenario
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, source
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.scene import Scene, stage_of
from dualslot_widgets.widgets.parts.editor.scenario_view import (
    bestiary_view,
    library_view,
    scenario_view,
    summary,
)
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.widgets.protocol.scenario import PasteView
from dualslot_widgets.workbench.workbench import Workbench

#: How many changes of one step are told.
LISTED_CHANGES = 3


@dataclass(frozen=True, eq=False)
class _Travel:
    """A step that was undone or redone; its words are found by whoever draws, as it takes time."""

    said: str
    before: Scenario
    after: Scenario

    def in_words(self) -> str:
        """Return what changed, in one line."""
        lines = self.before.parameters.differences(self.after.parameters)
        if self.before.name != self.after.name:
            lines.insert(0, f"named {self.after.name}")
        more = [f"{len(lines) - LISTED_CHANGES} more"] if len(lines) > LISTED_CHANGES else []
        return f"{self.said}: " + "; ".join([*lines[:LISTED_CHANGES], *more])


class EditorPart(Part):
    """Draws the scenario that is edited, and changes it.

    Attributes
    ----------
    scenario_view : JSON
        `protocol.scenario.ScenarioView`.
    scenario_json : str
        The scenario on screen as JSON once it has been asked for; empty again when it changes.
    bestiary : JSON
        A list of `protocol.scenario.MonsterView`, sent once.
    library : JSON
        `protocol.scenario.LibraryView`: the actions that can be added, sent once.
    """

    scenario_view: Any = traitlets.Dict().tag(sync=True)
    scenario_json = traitlets.Unicode("").tag(sync=True)
    bestiary: Any = traitlets.List().tag(sync=True)
    library: Any = traitlets.Dict().tag(sync=True)

    # Owned by the publisher:
    _revision = 0
    _drawn: tuple[Scenario, int, _Travel | None] | None = None
    _told = ""
    # Set whole by whoever handles a message:
    _travelled: _Travel | None = None
    _copied: Scenario | None = None
    _pasted: PasteView | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario on screen; setting it does not play it."""
        return self._stage.screen.scenario

    @scenario.setter
    def scenario(self, scenario: Scenario | Mapping[str, Any]) -> None:
        self._stage.screen.change(scenario)

    def _draw(self, scene: Scene) -> dict[str, Any]:
        # A new revision, so that inputs take the true value again: also when one was refused, or
        # when an edit was undone before it was ever drawn.
        scenario, travel = scene.scenario, self._travelled
        now = (scenario, scene.refusals, travel)
        if now != self._drawn:
            news = travel if self._drawn is None or self._drawn[2] is not travel else None
            self._told = news.in_words() if news and news.after == scenario else ""
            self._drawn = now
            self._revision += 1
        view = scenario_view(
            scenario,
            self._revision,
            steps=self._stage.screen.steps,
            change=self._told,
            paste=self._pasted,
        )
        copied = scenario.to_json() if self._copied == scenario else ""
        drawn = {"scenario_view": view, "scenario_json": copied}
        once = {"bestiary": bestiary_view(), "library": library_view()}
        return super()._draw(scene) | drawn | once

    def _take(self, message: Message) -> None:
        with self._stage.screen.editing:  # other widgets of the workbench edit the same scenario
            self._edit(message)

    def _edit(self, message: Message) -> None:
        now = self._stage.screen.scenario
        match message:
            case {"type": "edit", "path": path, "value": value}:
                self._change(edits.with_value(now, path, value), path)
            case {"type": "add_monster", "encounter": encounter, "key": key}:
                self._change(edits.add_monster(now, encounter, key))
            case {"type": "add_character", "class_name": class_name, "level": level}:
                self._change(edits.add_character(now, class_name, level))
            case {"type": "add_encounter", "key": key}:
                self._change(edits.add_encounter(now, key))
            case {"type": "add_action", "path": path, "source": source, "name": name}:
                self._change(new_actions.add_action(now, path, source, name))
            case {"type": "add_rider", "path": path, "name": name}:
                self._change(new_actions.add_rider(now, path, name))
            case {"type": "remove", "path": path}:
                self._change(edits.remove(now, path))
            case {"type": "duplicate", "path": path}:
                self._change(edits.duplicate(now, path))
            case {"type": "undo" | "redo" as way}:
                self._travel(way)
            case {"type": "paste", "text": text}:
                self._paste(text)
            case {"type": "copy"}:
                self._copied = now
                self._stage.screen.tell()
            case _:
                super()._take(message)

    def _travel(self, way: str) -> None:
        self._accepted()
        steps, before = self._stage.bench or self._stage.screen, self._stage.screen.scenario
        if steps.undo() if way == "undo" else steps.redo():
            said = "Undone" if way == "undo" else "Redone"
            self._travelled = _Travel(said, before, self._stage.screen.scenario)
            self._stage.screen.tell()

    def _paste(self, text: str) -> None:
        """Put on screen what was pasted, or tell its problems beside the text."""
        problems: tuple[str, ...] = ()
        note = ""
        try:
            pasted = read_pasted(text, self._stage.screen.scenario)
            self._change(pasted.scenario)
            note = pasted.note
        except ScenarioError as error:
            problems = error.problems
        number = self._pasted["number"] + 1 if self._pasted else 1
        self._pasted = {"number": number, "problems": list(problems), "note": note}
        self._stage.screen.tell()

    def _change(self, scenario: Scenario, step: str = "") -> None:
        self._accepted()
        if self._stage.bench is None:
            self._stage.screen.change(scenario, step)
        else:
            self._stage.bench.edit(scenario, step)

    def _still(self, scene: Scene) -> list[Still]:
        told = still_scenario(scene.scenario.name, summary(scene.scenario))
        return [told, *super()._still(scene)]


class EncounterEditor(EditorPart, KitWidget):
    """Edits the scenario of a workbench, which previews and plays it, or one by itself.

    Parameters
    ----------
    source : Workbench, Scenario or its JSON as a dict

    Examples
    --------
    >>> from dualslot_widgets.library.starter import starter_scenario
    >>> editor = EncounterEditor(starter_scenario())
    >>> editor.scenario = editor.scenario.with_value("players[0].armor_class", 19)
    >>> editor.scenario.players[0].armor_class
    19
    >>> editor.close()
    """

    _esm = source("encounter_editor.js")

    def __init__(self, source: Workbench | Scenario | Mapping[str, Any]) -> None:
        super().__init__(stage_of(source))
