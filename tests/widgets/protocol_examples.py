"""What crosses the line between kernel and browser, by example, made by the real views.

Both sides are tested against these examples as they lie in `tests/fixtures/protocol/`. After the
protocol has changed on purpose: ``python -m tests.widgets.protocol_examples --write``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anywidget

from dualslot_widgets.background.job import BackgroundSimulation, JobStatus, Priority
from dualslot_widgets.background.progress import SimulationProgress
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.errors import StorageError
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.scenario.starter import starter_scenario
from dualslot_widgets.widgets.compare import Compare
from dualslot_widgets.widgets.compare_view import compare_view, nothing_to_compare
from dualslot_widgets.widgets.encounter_editor import EncounterEditor
from dualslot_widgets.widgets.job_monitor import JobMonitor
from dualslot_widgets.widgets.job_view import job_view
from dualslot_widgets.widgets.kit_widget import KitWidget
from dualslot_widgets.widgets.parting_view import parting_view, with_runs
from dualslot_widgets.widgets.protocol.comparison import CompareView
from dualslot_widgets.widgets.protocol.messages import MODES, MOVES
from dualslot_widgets.widgets.protocol.results import SlotView
from dualslot_widgets.widgets.quintile_timelines import QuintileTimelines
from dualslot_widgets.widgets.replay_view import Replays, place_of
from dualslot_widgets.widgets.run_replay import RunReplay
from dualslot_widgets.widgets.scene import Scene
from dualslot_widgets.widgets.simulation_display import SimulationDisplay
from dualslot_widgets.widgets.slot_browser import SlotBrowser
from dualslot_widgets.widgets.slot_view import preview_view
from dualslot_widgets.widgets.strip_view import strip_view
from dualslot_widgets.widgets.versus import Comparisons
from tests.scenario.dice_examples import dice
from tests.widgets.chosen_run import rich_run
from tests.widgets.data_sets import (
    HOSTILE,
    STORED_AT,
    hostile_scenario,
    played,
    stored,
    unreadable,
    views,
)
from tests.widgets.editor_examples import monsters, scenario_views, some_library, vocabulary

KIT = (
    Compare,
    EncounterEditor,
    JobMonitor,
    QuintileTimelines,
    RunReplay,
    SimulationDisplay,
    SlotBrowser,
)
FOLDER = Path(__file__).parents[1] / "fixtures" / "protocol"
NO_DAMAGE = (None, None)
DAMAGE = "events.arrow does not have the bytes that were written: its hash is wrong"


class Halted(SimulationProgress):
    """Progress whose clock stands still."""

    @property
    def seconds_left(self) -> float | None:
        return None if self.estimated_completion is None else 12.5


def job(
    scenario: Scenario,
    status: JobStatus,
    phase: str,
    completed: int,
    error: Exception | None = None,
) -> BackgroundSimulation:
    """Return a job as it stands at some moment; its number is always the same."""
    found = BackgroundSimulation(scenario, Priority.SCREEN, lambda _: None)
    found.id = 7
    found._progress = Halted(
        completed_runs=completed,
        total_runs=scenario.settings.runs,
        current_round=6 if completed else 0,
        estimated_completion=datetime(2026, 1, 2, tzinfo=UTC) if completed else None,
        runs_per_second=4020.0 if completed else None,
    )
    found._status, found._phase, found._error = status, phase, error
    if status is not JobStatus.QUEUED:
        found._started = STORED_AT
    if status.finished:
        found._finished = STORED_AT + timedelta(seconds=0.25)
    found._slot = 1 if status is JobStatus.COMPLETED else None
    return found


def jobs() -> dict[str, Any]:
    starter, hostile = starter_scenario(), hostile_scenario()
    full = StorageError(f"/{HOSTILE} cannot be written: No space left on device")
    found = {
        "queued": job(starter, JobStatus.QUEUED, "waiting", 0),
        "preparing": job(starter, JobStatus.RUNNING, "preparing the engine (first time only)", 0),
        "running": job(starter, JobStatus.RUNNING, "simulating", 402),
        "storing": job(starter, JobStatus.RUNNING, "storing", 1005),
        "completed": job(starter, JobStatus.COMPLETED, "completed", 1005),
        "cancelled": job(starter, JobStatus.CANCELLED, "cancelled", 67),
        "failed": job(hostile, JobStatus.FAILED, "failed", 67, ZeroDivisionError(HOSTILE)),
        "unsaved": job(hostile, JobStatus.FAILED, "failed", 1005, full),
    }
    found["unsaved"]._data = played(hostile)
    return {"none": None} | {name: job_view(each) for name, each in found.items()}


def slots() -> dict[str, list[SlotView]]:
    starter, hostile = starter_scenario(), hostile_scenario()
    harder = starter.with_value("encounters[0].monsters[1].armor_class", 17)
    changed = hostile.with_value("encounters[1].monsters[0].max_hp", 100)
    changed = changed.with_value("players[0].actions[0].attack_bonus", 6)
    first, second = stored(0, 7, starter), stored(1, 8, harder, losses=159, unresolved=2)
    strange = stored(1, 2, changed, losses=480)
    other_dice = stored(1, 2, changed.with_value("settings.seed", 2), losses=480)
    kept = stored(0, 7, starter)
    kept.metadata = replace(kept.metadata, pinned=True)
    return {
        "empty": views((None, None), NO_DAMAGE, None, starter),
        "one": views((first, None), NO_DAMAGE, 0, starter),
        "both": views((first, second), NO_DAMAGE, 1, starter),
        "pinned": views((kept, second), NO_DAMAGE, 1, starter),
        "damaged": views((unreadable(0, 7), strange), (DAMAGE, None), 1, changed),
        "lost": views((None, strange), (f"metadata.json {HOSTILE}", DAMAGE), 1, starter),
        "hostile": views((stored(0, 1, hostile), other_dice), NO_DAMAGE, 1, hostile),
    }


def previews() -> dict[str, Any]:
    seen, shown = played(losses=120), stored(1, 8, losses=159, unresolved=2)
    return {
        "none": None,
        "alone": preview_view(seen, None, None),
        "compared": preview_view(seen, 1, Comparisons().versus(seen, shown)),
    }


def strips() -> dict[str, Any]:
    found = {
        "usual": stored(0, 7),
        "harder": stored(1, 8, losses=159, unresolved=2),
        "many": stored(1, 8, losses=400, unresolved=100, runs=10_050),
        "few": played(losses=1, runs=3),
    }
    return {
        name: strip_view(data.runs, place_of(data), data.metadata.generation or 0)
        for name, data in found.items()
    }


def replays() -> dict[str, Any]:
    damaged, duel = unreadable(0, 7), rich_run()

    def view(data: SimulationDataSet, run: int | None) -> Any:
        scene = Scene(scenario=data.scenario, slots=(data, None), shown_slot=0, selected_run=run)
        return Replays(lambda: None).of(scene)

    return {
        "none": view(duel, None),
        "told": view(duel, 0),
        "missing": view(duel, 1005),
        "damaged": view(damaged, 3),
        "early": Replays(lambda: None).of(
            Scene(scenario=starter_scenario(), slots=(None, None), selected_run=3)
        ),
    }


def partings() -> dict[str, Any]:
    duel = rich_run()
    parted, same = (parting_view(duel, rich_run(parts_at=at), 0) for at in (5, None))
    return {
        "none": None,
        "looking": parted,
        "parted": with_runs(parted, [0, 17, 30], 0),
        "last": with_runs(parted, [0], 0),
        "same": with_runs(same, [17, 30], 0),
        "never": with_runs(same, [], 0),
    }


def comparisons() -> dict[str, Any]:
    starter, hostile = starter_scenario(), hostile_scenario()
    harder = starter.with_value("encounters[0].monsters[1].armor_class", 17)
    other_dice = hostile.with_value("settings.seed", 2)

    def view(first: SimulationDataSet, second: SimulationDataSet) -> CompareView:
        found = Comparisons().comparison(first, second)
        return compare_view(first, second, found, ("slot 1", "slot 0"))

    easy = stored(0, 7, starter)
    return {
        "missing": nothing_to_compare("There is only one result."),
        "paired": view(stored(1, 8, harder, losses=159, unresolved=2), easy),
        "unclear": view(stored(1, 8, harder, losses=85), easy),
        "same": view(stored(1, 8, starter), easy),
        "hostile": view(stored(1, 2, other_dice, losses=480), stored(0, 1, hostile)),
        "single": view(played(starter, runs=1, losses=1), played(starter, runs=1, losses=0)),
    }


def valid_messages() -> dict[str, dict[str, Any]]:
    ogre = "encounters[0].monsters[1]"
    edits = {
        "edit_armor_class": (f"{ogre}.armor_class", 17),
        "edit_hit_points": (f"{ogre}.max_hp", 30_000),
        "edit_count": ("players[12].count", 1),
        "edit_attack_bonus": ("players[0].actions[0].attack_bonus", -3),
        "edit_runs": ("settings.runs", 105),
        "edit_seed": ("settings.seed", 2**53 - 1),
        "edit_save": (f"{ogre}.saving_throws.dex", -1),
        "edit_level": ("players[0].level", 9),
        "edit_no_level": ("players[0].level", None),
        "edit_name": ("players[0].name", HOSTILE),
        "edit_damage": ("players[0].actions[0].damage", "2d6+3 fire"),
        "edit_recharge": (f"{ogre}.actions[1].recharge", 5),
        "edit_at_will": (f"{ogre}.actions[1].uses", None),
        "edit_targeting": (f"{ogre}.targeting", "focus_fire"),
        "edit_rest": ("encounters[1].rest", "short_rest"),
        "edit_no_rest": ("encounters[1].rest", None),
        "edit_resistances": (f"{ogre}.resistances", ["fire", "nonmagical slashing"]),
        "edit_multiattack": (f"{ogre}.multiattack", []),
        "edit_slots": (f"{ogre}.spell_slots[8]", 1),
        "edit_time": (f"{ogre}.actions[0].time", "legendary"),
        "edit_advantage": (f"{ogre}.actions[0].advantage", True),
        "edit_rider_dc": (f"{ogre}.actions[0].on_hit[0].dc", 15),
        "edit_no_rider_damage": ("players[3].riders[0].damage", None),
        "edit_conditions": (f"{ogre}.actions[0].on_hit[0].effect.conditions", ["prone"]),
        "edit_save_ends": (f"{ogre}.actions[1].effect.save_ends", False),
        "edit_no_effect": (f"{ogre}.actions[1].effect", None),
    }
    return {
        **{kind: {"type": kind} for kind in ("run", "dismiss", "clear_finished")},
        **{kind: {"type": kind, "job": 7} for kind in ("cancel", "save_again", "run_again")},
        **{f"move_{to}": {"type": "move_job", "job": 7, "to": to} for to in MOVES},
        **{k: {"type": "edit", "path": path, "value": v} for k, (path, v) in edits.items()},
        "add_monster": {"type": "add_monster", "encounter": 0, "key": "ogre"},
        "add_character": {"type": "add_character", "class_name": "wizard", "level": 9},
        "add_encounter": {"type": "add_encounter", "key": "ogre"},
        "add_action": {
            "type": "add_action",
            "path": ogre,
            "source": "adult-red-dragon",
            "name": "Fire Breath",
        },
        "add_rider": {"type": "add_rider", "path": f"{ogre}.actions[0]", "name": "condition"},
        "remove": {"type": "remove", "path": ogre},
        "remove_rider": {"type": "remove", "path": f"{ogre}.actions[0].on_hit[0]"},
        "duplicate": {"type": "duplicate", "path": "players[0].actions[0]"},
        "undo": {"type": "undo"},
        "redo": {"type": "redo"},
        "paste": {"type": "paste", "text": "{}"},
        "copy": {"type": "copy"},
        **{mode: {"type": "display_mode", "mode": mode} for mode in MODES},
        **{f"slot_{slot}": {"type": "choose_slot", "slot": slot} for slot in (0, 1)},
        **{f"pin_{slot}": {"type": "pin", "slot": slot} for slot in (0, 1, None)},
        **{f"select_{run}": {"type": "select_run", "run": run} for run in (0, 999_999, None)},
    }


def invalid_messages() -> dict[str, Any]:
    """Return messages that are refused, each under the words of the error that tells so."""
    edit = {"type": "edit", "path": "settings.seed", "value": 1}
    paths = (
        "players[0].actions[0].on_hit[0].cost",
        "players[0].actions[0].on_hit",
        "players[0].spell_slots[9]",
        "settings",
        "encounters[0].level",
        "",
        "settings.runs ",
        "settings.runs\n",
        "players[٣].count",
        "players[100].count",
    )
    odd = (*paths, "__proto__.polluted", "players[-1].count", f"players[0].{HOSTILE}", None, 3, [])
    return {
        "a message must be an object": [None, 1, "run", ["run"], True, [{"type": "run"}]],
        "message type": [{}, {"type": HOSTILE}, {"type": None}, {"type": ["run"]}, {"Type": "run"}],
        "is nothing that can be edited": [{**edit, "path": path} for path in odd],
        "is no whole number": [
            {**edit, "value": value} for value in ("5", 1.5, 1.0, True, None, [1], {"value": 1})
        ],
        "is neither true nor false": [
            {**edit, "path": "players[0].actions[0].area", "value": value}
            for value in (0, 1, "true", None, [])
        ],
        "is no list of at most 50 words": [
            {**edit, "path": "players[0].resistances", "value": value}
            for value in ("fire", None, {"fire": 1}, ["fire"] * 51)
        ],
        "is nothing that (action|rider)s are added to": [
            {"type": "add_action", "path": path, "source": "template", "name": "heal"}
            for path in ("players[0].actions[0]", "encounters[0]", None, HOSTILE)
        ]
        + [{"type": "add_rider", "path": "players[0]", "name": "damage"}],
        "is no text": [
            {**edit, "path": "players[0].resistances", "value": ["fire", 3]},
            {"type": "add_action", "path": "players[0]", "source": None, "name": "heal"},
            {"type": "add_action", "path": "players[0]", "source": "template"},
            *({**edit, "path": "name", "value": value} for value in (5, None, ["x"])),
            {"type": "edit", "path": "encounters[0].rest"},
            {"type": "add_monster", "encounter": 0, "key": None},
            {"type": "add_encounter"},
            {"type": "paste", "text": {"name": "x"}},
        ],
        "characters long": [
            {**edit, "path": "name", "value": "x" * 501},
            {"type": "add_encounter", "key": "x" * 101},
            {"type": "add_rider", "path": "players[0].actions[0]", "name": "x" * 101},
            {**edit, "path": "players[0].resistances", "value": ["x" * 501]},
        ],
        "is no number from 0 to 1000": [
            *({"type": "add_monster", "encounter": n, "key": "ogre"} for n in (-1, "0", 10**20)),
            {"type": "add_character", "class_name": "wizard", "level": None},
        ],
        "is nothing that can be (removed|duplicated)": [
            {"type": "remove", "path": path} for path in ("settings", "players", None, HOSTILE)
        ]
        + [{"type": "duplicate", "path": "players[0].name"}],
        "is no number of a job": [
            {"type": kind, "job": job}
            for kind in ("cancel", "save_again", "run_again")
            for job in (None, 0, -1, "7", 7.0, True, 2**53, [7])
        ]
        + [{"type": "cancel"}, {"type": "move_job", "to": "up"}],
        "a job is moved next, up or down": [
            {"type": "move_job", "job": 7, "to": to} for to in ("", "UP", 0, None, ["up"])
        ]
        + [{"type": "move_job", "job": 7}],
        "display mode": [
            {"type": "display_mode", "mode": mode} for mode in ("", "NEWEST", 0, None, ["newest"])
        ],
        "is no slot": [
            *(
                {"type": "choose_slot", "slot": slot}
                for slot in (2, -1, "0", 0.0, False, None, [0])
            ),
            *({"type": "pin", "slot": slot} for slot in (2, -1, "0", False, [None])),
            {"type": "pin"},
        ],
        "is no run": [
            *(
                {"type": "select_run", "run": run}
                for run in (-1, 1_000_000, 10**400, "0", 0.0, True, [0], {})
            ),
            {"type": "select_run"},
        ],
    }


def own_traits(kind: type[KitWidget]) -> list[str]:
    """Return the synced traits of a widget without those that every anywidget has."""
    common = anywidget.AnyWidget.class_trait_names(sync=True)
    return sorted(set(kind.class_trait_names(sync=True)) - set(common))


def examples() -> dict[str, Any]:
    """Return every fixture by its file's name, as JSON."""
    footer = {
        "slots_bytes": 1_358_024,
        "tables_bytes": 2_000_000,
        "queue_bytes": 3_000,
        "background_bytes": 0,
        "process_bytes": 350_000_000,
        "peak_bytes": 420_000_000,
    }
    found = {
        "traits": {kind.__name__: own_traits(kind) for kind in KIT},
        "scenario": scenario_views(),
        "bestiary": monsters(),
        "library": some_library(),
        "vocabulary": vocabulary(),
        "dice": dice(),
        "job": jobs(),
        "slots": slots(),
        "preview": previews(),
        "strip": strips(),
        "replay": replays(),
        "parting": partings(),
        "replay_text": {"told": str(rich_run().replay(0))},
        "comparison": comparisons(),
        "footer": {"usual": {**footer, "version": "9.8.7"}},
        "messages": valid_messages(),
        "kernel_messages": {"alive": {"type": "alive"}},
        "invalid_messages": invalid_messages(),
    }
    return {name: _rounded(json.loads(json.dumps(value))) for name, value in found.items()}


def _rounded(value: Any) -> Any:
    """Return JSON without the last digits of its numbers, which differ between machines."""
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    if isinstance(value, dict):
        return {key: _rounded(each) for key, each in value.items()}
    return value


def write() -> None:
    """Write the fixtures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, value in examples().items():
        text = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
        (FOLDER / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__" and "--write" in sys.argv:
    write()
