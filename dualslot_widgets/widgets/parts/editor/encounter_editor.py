"""`EncounterEditor`: the party, the monsters and the settings of a scenario, as inputs.

One widget of the kit, and the part of the dashboard that edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import traitlets

from dualslot_widgets.editing import edits, new_actions
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.importers.pasting import read_pasted
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, read_bundle
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.kit.sources import Source, source_from
from dualslot_widgets.widgets.kit.static_html import Static, static_titled
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

    verb: str
    before: Scenario
    after: Scenario

    def in_words(self) -> str:
        """Return what changed, in one line."""
        lines = self.before.parameters.differences(self.after.parameters)
        if self.before.name != self.after.name:
            lines.insert(0, f"named {self.after.name}")
        more = [f"{len(lines) - LISTED_CHANGES} more"] if len(lines) > LISTED_CHANGES else []
        return f"{self.verb}: " + "; ".join([*lines[:LISTED_CHANGES], *more])


class EditorPart(Part):
    """Draws the scenario that is edited, and changes it."""

    traits: ClassVar = {
        "scenario_view": traitlets.Dict(),  # protocol.scenario.ScenarioView
        #: The scenario as JSON once it has been asked for; empty again when it changes.
        "scenario_json": traitlets.Unicode(""),
        "bestiary": traitlets.List(),  # of protocol.scenario.MonsterView, sent once
        "library": traitlets.Dict(),  # protocol.scenario.LibraryView, sent once
    }
    takes: ClassVar = frozenset(
        {
            *("edit", "add_monster", "add_character", "add_encounter", "add_action", "add_rider"),
            *("remove", "duplicate", "undo", "redo", "paste", "copy"),
        }
    )

    def __init__(self, source: Source) -> None:
        super().__init__(source)
        self._change = source.edit
        # Owned by the publisher:
        self._revision = 0
        self._drawn: tuple[Scenario, int, _Travel | None] | None = None
        self._change_in_words = ""
        # Set whole by whoever handles a message:
        self._travelled: _Travel | None = None
        self._copied: Scenario | None = None
        self._pasted: PasteView | None = None

    def draw(self, scene: Snapshot) -> dict[str, Any]:
        """Return the scenario on screen, and what can be added to it."""
        # A new revision, so that inputs take the true value again: also when one was refused, or
        # when an edit was undone before it was ever drawn.
        scenario, travel = scene.scenario, self._travelled
        now = (scenario, scene.refusals, travel)
        if now != self._drawn:
            news = travel if self._drawn is None or self._drawn[2] is not travel else None
            self._change_in_words = news.in_words() if news and news.after == scenario else ""
            self._drawn = now
            self._revision += 1
        view = scenario_view(
            scenario,
            self._revision,
            steps=self.source.screen.steps,
            change=self._change_in_words,
            paste=self._pasted,
        )
        copied = scenario.to_json() if self._copied == scenario else ""
        drawn = {"scenario_view": view, "scenario_json": copied}
        once = {"bestiary": bestiary_view(), "library": library_view()}
        return drawn | once

    def take(self, message: Message) -> None:
        """Edit the scenario on screen."""
        with self.source.screen.editing:  # other widgets of the workbench edit the same scenario
            self._edit(message)

    def _edit(self, message: Message) -> None:
        now = self.source.screen.scenario
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
                self.source.screen.notify()

    def _travel(self, way: str) -> None:
        before = self.source.screen.scenario
        if self.source.undo() if way == "undo" else self.source.redo():
            verb = "Undone" if way == "undo" else "Redone"
            self._travelled = _Travel(verb, before, self.source.screen.scenario)
            self.source.screen.notify()

    def _paste(self, text: str) -> None:
        """Put on screen what was pasted, or tell its problems beside the text."""
        problems: tuple[str, ...] = ()
        note = ""
        try:
            pasted = read_pasted(text, self.source.screen.scenario)
            self._change(pasted.scenario)
            note = pasted.note
        except ScenarioError as error:
            problems = error.problems
        number = self._pasted["number"] + 1 if self._pasted else 1
        self._pasted = {"number": number, "problems": list(problems), "note": note}
        self.source.screen.notify()

    def draw_static(self, scene: Snapshot) -> list[Static]:
        """Return the scenario's name and what it is."""
        return [static_titled(scene.scenario.name, summary(scene.scenario))]


class EncounterEditor(KitWidget):
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

    _esm = read_bundle("encounter_editor.js")
    part_types: ClassVar = (EditorPart,)

    def __init__(self, source: Workbench | Scenario | Mapping[str, Any]) -> None:
        super().__init__(source_from(source))
