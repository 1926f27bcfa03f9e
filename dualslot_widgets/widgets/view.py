"""What the dashboard shows, as plain JSON values made from a workbench.

Room of the widgets floor, on `protocol`; reads the workbench and changes nothing. The slot cards
have their own room, `slot_view`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dualslot_widgets.background.job import BackgroundSimulation, JobStatus
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
    FieldView,
    FooterView,
    JobView,
    ScenarioView,
    SideName,
)

if TYPE_CHECKING:
    from dualslot_widgets.workbench import Workbench

#: Kinds of monsters that the summary names before it only counts.
NAMED_KINDS = 4
MEGABYTE = 1_000_000


def scenario_view(scenario: Scenario) -> ScenarioView:
    """Return the scenario with every number that can be edited on screen."""
    people = list(scenario.players)
    fights = [fight.monsters for fight in scenario.encounters]
    free = MAX_COMBATANTS - sum(c.count for c in [*people, *(m for f in fights for m in f)])
    creatures = [
        _creature_view(creature, f"players[{i}]", "party", 0, free)
        for i, creature in enumerate(people)
    ]
    for e, monsters in enumerate(fights):
        creatures += [
            _creature_view(creature, f"encounters[{e}].monsters[{i}]", "monsters", e + 1, free)
            for i, creature in enumerate(monsters)
        ]
    settings = scenario.settings
    return {
        "name": scenario.name,
        "summary": _summary(scenario),
        "fingerprint": scenario.parameters.fingerprint,
        "creatures": creatures,
        "settings": [
            _field("settings.runs", "runs", "Runs", settings.runs, 1, MAX_RUNS),
            _field("settings.seed", "seed", "Seed", settings.seed, 0, MAX_SEED),
        ],
    }


def editable_paths(scenario: Scenario) -> frozenset[str]:
    """Return the paths that an edit from the browser may name."""
    view = scenario_view(scenario)
    fields = [field for creature in view["creatures"] for field in creature["fields"]]
    return frozenset(field["path"] for field in [*fields, *view["settings"]])


def _creature_view(
    creature: Creature, path: str, side: SideName, encounter: int, free: int
) -> CreatureView:
    most = creature.count + free
    fields = [
        _field(f"{path}.count", "count", "Count", creature.count, 1, most),
        _field(f"{path}.max_hp", "max_hp", "Hit points", creature.max_hp, 1, MAX_HP),
        _field(
            f"{path}.armor_class",
            "armor_class",
            "Armor class",
            creature.armor_class,
            0,
            MAX_ARMOR_CLASS,
        ),
    ]
    fields += [
        _field(
            f"{path}.actions[{i}].attack_bonus",
            "attack_bonus",
            action.name,
            action.attack_bonus,
            -MAX_BONUS,
            MAX_BONUS,
        )
        for i, action in enumerate(creature.actions)
        if isinstance(action, Attack)
    ]
    return {
        "path": path,
        "side": side,
        "encounter": encounter,
        "name": creature.name,
        "fields": fields,
    }


def _field(path: str, key: str, label: str, value: int, low: int, high: int) -> FieldView:
    return {"path": path, "key": key, "label": label, "value": value, "min": low, "max": high}


def _summary(scenario: Scenario) -> str:
    heads = sum(player.count for player in scenario.players)
    levels = {player.level for player in scenario.players}
    level = f" of level {levels.pop()}" if len(levels) == 1 and None not in levels else ""
    kinds: dict[str, int] = {}
    for fight in scenario.encounters:
        for monster in fight.monsters:
            kinds[monster.name] = kinds.get(monster.name, 0) + monster.count
    words = [name if n == 1 else f"{n} × {name}" for name, n in kinds.items()]
    if len(words) > NAMED_KINDS:
        words = [*words[: NAMED_KINDS - 1], f"{len(words) - NAMED_KINDS + 1} other kinds"]
    foes = " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
    fights = len(scenario.encounters)
    where = f", in {fights} fights" if fights > 1 else ""
    return f"{heads} character{'s' * (heads != 1)}{level} against {foes}{where}"


def job_view(bench: Workbench, dismissed: int | None = None) -> JobView | None:
    """Return the job to show; `dismissed` is the failed job that the user has seen enough of."""
    job = shown_job(bench)
    if job is None or (job.id == dismissed and job.status is JobStatus.FAILED):
        return None
    progress = job.progress
    running = job.status is JobStatus.RUNNING
    return {
        "id": job.id,
        "name": job.scenario.name,
        "status": job.status.value,
        "phase": job.phase,
        "percent": progress.percent,
        "completed_runs": progress.completed_runs,
        "total_runs": progress.total_runs,
        "current_round": progress.current_round,
        "seconds_left": progress.seconds_left if running else None,
        "slot": job.slot,
        "error": None if job.error is None else (str(job.error) or repr(job.error))[:2000],
    }


def shown_job(bench: Workbench) -> BackgroundSimulation | None:
    """Return the job that plays, else the next one that waits, else the one finished last."""
    current = bench.current_job
    if current is not None:
        return current
    waiting = bench.queue
    if waiting:
        return waiting[0]
    long_ago = datetime.min.replace(tzinfo=UTC)
    return max(bench.jobs, key=lambda job: job.finished or long_ago, default=None)


def footer_view(bench: Workbench) -> FooterView:
    """Return what slots and process take; the process to the megabyte, for it never rests."""
    sizes = [data.metadata.compressed_size for data in bench.storage.slots if data is not None]
    usage = bench.memory_usage()
    return {
        "folder": str(bench.storage.path),
        "slots_bytes": sum(size or 0 for size in sizes),
        "process_bytes": round(usage.total / MEGABYTE) * MEGABYTE or None,
        "peak_bytes": round(usage.peak / MEGABYTE) * MEGABYTE or None,
    }
