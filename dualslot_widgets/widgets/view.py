"""Pictures of the workbench's state as plain JSON, ready for the traits; nothing here has state.

Stands on `protocol.py`. Pure functions of scenario, jobs and data sets, so that they are tested
without a kernel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dualslot_widgets.background.job import BackgroundSimulation, JobStatus
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.errors import StorageError
from dualslot_widgets.scenario.actions import MAX_BONUS, Attack
from dualslot_widgets.scenario.creature import (
    MAX_ARMOR_CLASS,
    MAX_COMBATANTS,
    MAX_HP,
    Creature,
)
from dualslot_widgets.scenario.scenario import MAX_RUNS, MAX_SEED, Scenario
from dualslot_widgets.widgets.protocol import (
    CreatureView,
    Field,
    JobView,
    PreviewView,
    ScenarioView,
    SlotView,
    Versus,
)

#: Differences beyond this many are counted, not listed.
LISTED_DIFFERENCES = 6
#: Where sliders of hit points may end; the first with room above the value is taken.
_SLIDER_ENDS = (50, 100, 200, 400, 800, MAX_HP)


def scenario_view(scenario: Scenario, revision: int) -> ScenarioView:
    """Return the scenario on screen with its number fields."""
    settings = scenario.settings
    return {
        "name": scenario.name,
        "summary": summary(scenario),
        "revision": revision,
        "creatures": list(_creatures(scenario)),
        "settings": [
            _field("settings.runs", "runs", settings.runs, (1, MAX_RUNS), []),
            _field("settings.seed", "seed", settings.seed, (0, MAX_SEED), []),
        ],
    }


def summary(scenario: Scenario) -> str:
    """Return words such as "4 characters, level 2, against 6 × Goblin and Ogre"."""
    party = sum(player.count for player in scenario.players)
    levels = sorted({p.level for p in scenario.players if p.level is not None})
    level = ""
    if levels:
        span = str(levels[0]) if len(levels) == 1 else f"{levels[0]} to {levels[-1]}"
        level = f", level {span}"
    fights = [
        " and ".join(
            f"{monster.count} × {monster.name}" if monster.count > 1 else monster.name
            for monster in encounter.monsters
        )
        for encounter in scenario.encounters
    ]
    plural = "" if party == 1 else "s"
    return f"{party} character{plural}{level}, against {', then '.join(fights)}"


def job_on_screen(
    jobs: Sequence[BackgroundSimulation], waiting: Sequence[BackgroundSimulation]
) -> BackgroundSimulation | None:
    """Return the job that is played, else the next one, else the one that finished last."""
    active = [job for job in jobs if job.status is JobStatus.RUNNING] or waiting
    finished = [(job.finished, job.id, job) for job in jobs if job.finished is not None]
    return active[0] if active else max(finished)[-1] if finished else None


def job_view(job: BackgroundSimulation) -> JobView:
    """Return a job as the progress bar shows it."""
    progress = job.progress
    return {
        "id": job.id,
        "scenario": job.scenario.name,
        "status": job.status.value,
        "phase": job.phase,
        "percent": progress.percent,
        "completed_runs": progress.completed_runs,
        "total_runs": progress.total_runs,
        "current_round": progress.current_round,
        "seconds_left": progress.seconds_left,
        "unsaved": job.unsaved is not None,
        "message": "" if job.error is None else (str(job.error) or type(job.error).__name__),
    }


def slot_views(
    slots: tuple[SimulationDataSet | None, SimulationDataSet | None],
    damage: tuple[str | None, str | None],
    newest: int | None,
    scenario: Scenario,
    versus: tuple[Versus | None, Versus | None],
) -> list[SlotView]:
    """Return both slot cards; a slot whose analysis cannot be read is shown as damaged.

    `versus` says of each how it stands to the other one.
    """
    views = [
        _slot_view(number, data, damage[number], newest, scenario)
        for number, data in enumerate(slots)
    ]
    for view, found in zip(views, versus, strict=True):
        view["versus"] = found
    return views


def preview_view(data: SimulationDataSet, shown: int | None, versus: Versus | None) -> PreviewView:
    """Return a result that is not stored; `versus` is how it stands to the slot that is shown."""
    return {
        "runs": data.analysis.runs,
        "analysis": data.analysis.to_dict(),
        "against": None if versus is None else shown,
        "versus": versus,
    }


def _slot_view(
    number: int,
    data: SimulationDataSet | None,
    problem: str | None,
    newest: int | None,
    scenario: Scenario,
) -> SlotView:
    view: SlotView = {
        "slot": number,
        "state": "damaged" if problem else "empty",
        "problem": problem or "",
        "newest": number == newest,
        "pinned": False,
        "scenario": "",
        "timestamp": "",
        "generation": 0,
        "generation_count": 0,
        "compressed_size": 0,
        "metrics": None,
        "similarity": 0.0,
        "exact": False,
        "differences": [],
        "versus": None,
        "analysis": None,
    }
    if data is None:
        return view
    try:
        view["analysis"] = data.analysis.to_dict()
    except StorageError as error:
        view["state"], view["problem"] = "damaged", str(error)
        return view
    metadata, current = data.metadata, scenario.parameters
    changes = data.parameters.differences(current)
    more = len(changes) - LISTED_DIFFERENCES
    if more > 0:
        changes = [*changes[:LISTED_DIFFERENCES], f"{more} more"]
    view["state"] = "damaged" if problem else "ok"
    view["scenario"] = data.scenario.name
    view["timestamp"] = metadata.timestamp.isoformat()
    view["pinned"] = metadata.pinned
    view["generation"] = metadata.generation or 0
    view["generation_count"] = metadata.generation_count
    view["compressed_size"] = metadata.compressed_size or 0
    view["metrics"] = metadata.metrics.to_dict()
    view["similarity"] = data.parameters.similarity(current)
    view["exact"] = data.parameters == current
    view["differences"] = changes
    return view


def _creatures(scenario: Scenario) -> Iterator[CreatureView]:
    for index, player in enumerate(scenario.players):
        yield {
            "name": player.name,
            "side": "party",
            "encounter": 0,
            "fields": _fields(player, f"players[{index}]"),
        }
    for number, encounter in enumerate(scenario.encounters):
        for index, monster in enumerate(encounter.monsters):
            yield {
                "name": monster.name,
                "side": "monsters",
                "encounter": number + 1,
                "fields": _fields(monster, f"encounters[{number}].monsters[{index}]"),
            }


def _fields(creature: Creature, path: str) -> list[Field]:
    hp, armor = creature.max_hp, creature.armor_class
    end = next((end for end in _SLIDER_ENDS if 1.25 * hp <= end), MAX_HP)
    fields = [
        _field(f"{path}.count", "count", creature.count, (1, MAX_COMBATANTS), [1, 12]),
        _field(f"{path}.max_hp", "hit points", hp, (1, MAX_HP), [1, end]),
        _field(f"{path}.armor_class", "armor class", armor, (0, MAX_ARMOR_CLASS), [5, 30]),
    ]
    for index, action in enumerate(creature.actions):
        if isinstance(action, Attack):
            place = f"{path}.actions[{index}].attack_bonus"
            label = f"{action.name} to hit"
            bonus = action.attack_bonus
            fields.append(_field(place, label, bonus, (-MAX_BONUS, MAX_BONUS), [-2, 20]))
    return fields


def _field(path: str, label: str, value: int, bounds: tuple[int, int], slider: list[int]) -> Field:
    if slider:
        slider = [min(slider[0], value), max(slider[1], value)]
    return {
        "path": path,
        "label": label,
        "value": value,
        "min": bounds[0],
        "max": bounds[1],
        "slider": slider,
    }
