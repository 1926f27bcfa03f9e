"""What crosses the line between kernel and browser, by example, made by the real views.

Both sides are tested against these examples as they lie in `tests/fixtures/protocol/`. After the
protocol has changed on purpose: ``python -m tests.widgets.protocol.protocol_examples --write``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anywidget

from dualslot_widgets.errors import StorageError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.dataset_origin import Origin
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.kit_widget import KitWidget
from dualslot_widgets.widgets.kit.snapshot import Snapshot, describe_place
from dualslot_widgets.widgets.kit.versus import Comparisons
from dualslot_widgets.widgets.parts.compare.compare import Compare
from dualslot_widgets.widgets.parts.compare.compare_view import compare_view, nothing_to_compare
from dualslot_widgets.widgets.parts.editor.encounter_editor import EncounterEditor
from dualslot_widgets.widgets.parts.jobs.job_monitor import JobMonitor
from dualslot_widgets.widgets.parts.jobs.job_view import job_view
from dualslot_widgets.widgets.parts.replay.parting_view import parting_view, with_runs
from dualslot_widgets.widgets.parts.replay.replay_view import Replays
from dualslot_widgets.widgets.parts.replay.run_replay import RunReplay
from dualslot_widgets.widgets.parts.slots.slot_browser import SlotBrowser
from dualslot_widgets.widgets.parts.slots.slot_view import preview_view
from dualslot_widgets.widgets.parts.timelines.quintile_timelines import QuintileTimelines
from dualslot_widgets.widgets.parts.timelines.strip_view import strip_view
from dualslot_widgets.widgets.protocol.comparison import CompareView
from dualslot_widgets.widgets.protocol.results import SlotView
from dualslot_widgets.widgets.simulation_display import SimulationDisplay
from dualslot_widgets.workbench.job import BackgroundSimulation
from dualslot_widgets.workbench.job_state import JobState, JobStatus, Priority
from dualslot_widgets.workbench.progress import SimulationProgress
from tests.scenario.dice_examples import dice
from tests.widgets.data_sets import (
    HOSTILE,
    STORED_AT,
    hostile_scenario,
    played,
    stored,
    unreadable,
    views,
)
from tests.widgets.parts.editor.editor_examples import (
    monsters,
    scenario_views,
    some_library,
    vocabulary,
)
from tests.widgets.parts.replay.chosen_run import rich_run
from tests.widgets.protocol.envelope_examples import invalid_envelopes, valid_envelopes
from tests.widgets.protocol.message_examples import invalid_messages, valid_messages

KIT = (
    Compare,
    EncounterEditor,
    JobMonitor,
    QuintileTimelines,
    RunReplay,
    SimulationDisplay,
    SlotBrowser,
)
FOLDER = Path(__file__).parents[2] / "fixtures" / "protocol"
NO_DAMAGE = (None, None)
UNREAD = "metadata.json cannot be read now: Input/output error; check the disk"
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
    found = BackgroundSimulation(scenario, Priority.SCREEN, lambda: None)
    found.id = 7
    progress = Halted(
        completed_runs=completed,
        total_runs=scenario.settings.runs,
        current_round=6 if completed else 0,
        estimated_completion=datetime(2026, 1, 2, tzinfo=UTC) if completed else None,
        runs_per_second=4020.0 if completed else None,
    )
    found.control.state = JobState(
        priority=Priority.SCREEN,
        progress=progress,
        status=status,
        phase=phase,
        error=error,
        started=None if status is JobStatus.QUEUED else STORED_AT,
        finished=STORED_AT + timedelta(seconds=0.25) if status.finished else None,
        slot=1 if status is JobStatus.COMPLETED else None,
    )
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
    unsaved = found["unsaved"]
    unsaved.control.state = replace(unsaved.control.state, data=played(hostile))
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
    checked = Origin(file="ambush.dualslot", imported=STORED_AT, played_again=1005)
    doubted = Origin(file=HOSTILE, imported=STORED_AT, doubt="made by other rules (version 1)")
    sound, doubtful = stored(0, 7, starter), stored(1, 8, starter, losses=90)
    sound.metadata = replace(sound.metadata, origin=checked)
    doubtful.metadata = replace(doubtful.metadata, origin=doubted)
    return {
        "imported": views((sound, doubtful), NO_DAMAGE, 1, starter),
        "empty": views((None, None), NO_DAMAGE, None, starter),
        "one": views((first, None), NO_DAMAGE, 0, starter),
        "both": views((first, second), NO_DAMAGE, 1, starter),
        "pinned": views((kept, second), NO_DAMAGE, 1, starter),
        "damaged": views((unreadable(0, 7), strange), (DAMAGE, None), 1, changed),
        "barred": views((None, strange), (UNREAD, None), 1, changed, (True, False)),
        "lost": views((None, strange), (f"metadata.json {HOSTILE}", DAMAGE), 1, starter),
        "hostile": views((stored(0, 1, hostile), other_dice), NO_DAMAGE, 1, hostile),
    }


def previews() -> dict[str, Any]:
    full = StorageError(f"/{HOSTILE} cannot be written: No space left on device")
    failed = job(starter_scenario(), JobStatus.FAILED, "failed", 1005, full)
    seen, shown = played(losses=120), stored(1, 8, losses=159, unresolved=2)
    return {
        "none": None,
        "alone": preview_view(seen, None, None),
        "compared": preview_view(seen, 1, Comparisons().versus(seen, shown)),
        "unsaved": preview_view(seen, None, None, unsaved=failed),
    }


def strips() -> dict[str, Any]:
    found = {
        "usual": stored(0, 7),
        "harder": stored(1, 8, losses=159, unresolved=2),
        "many": stored(1, 8, losses=400, unresolved=100, runs=10_050),
        "few": played(losses=1, runs=3),
    }
    return {
        name: strip_view(data.runs, describe_place(data), data.metadata.generation or 0)
        for name, data in found.items()
    }


def replays() -> dict[str, Any]:
    damaged, duel = unreadable(0, 7), rich_run()

    def view(data: SimulationDataSet, run: int | None) -> Any:
        scene = Snapshot(scenario=data.scenario, slots=(data, None), shown_slot=0, selected_run=run)
        return Replays(lambda: None).get(scene)

    return {
        "none": view(duel, None),
        "told": view(duel, 0),
        "missing": view(duel, 1005),
        "damaged": view(damaged, 3),
        "early": Replays(lambda: None).get(
            Snapshot(scenario=starter_scenario(), slots=(None, None), selected_run=3)
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
        "envelopes": valid_envelopes(),
        "invalid_envelopes": invalid_envelopes(),
        "kernel_messages": {
            "alive": {"type": "alive"},
            "busy": {"type": "alive", "busy": True},
            "taken": {"type": "taken", "numbers": {"v8k2qj5d1x0a": 17}},
        },
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
