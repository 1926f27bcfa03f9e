"""Dual-Slot Widgets: tabletop fights played 1005 times, kept in two slots, seen as five timelines.

The public names and nothing else. They are loaded when first used, so that importing the package
does not wait for Arrow, pandas, numba and the widgets.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import dualslot_widgets.library  # noqa: F401 - so that scenarios can name what is in it
from dualslot_widgets._version import __version__

if TYPE_CHECKING:
    from dualslot_widgets import charts
    from dualslot_widgets.errors import (
        DamagedSlotError,
        DualSlotError,
        ScenarioError,
        SimulationCancelled,
        SimulationFailed,
        SimulationTooLarge,
        StorageError,
    )
    from dualslot_widgets.importers.imported import Imported
    from dualslot_widgets.importers.importing import import_data, import_file
    from dualslot_widgets.library import bestiary, characters
    from dualslot_widgets.library.starter import starter_scenario
    from dualslot_widgets.results.analysis.quintiles import QuintileAnalysis
    from dualslot_widgets.results.dataset import SimulationDataSet
    from dualslot_widgets.results.pairs.comparison import Comparison
    from dualslot_widgets.results.simulating import simulate
    from dualslot_widgets.scenario.actions import (
        Attack,
        Counter,
        Defend,
        Enchant,
        Heal,
        Save,
        Surge,
    )
    from dualslot_widgets.scenario.creature import Creature
    from dualslot_widgets.scenario.effects import Effect
    from dualslot_widgets.scenario.encounter import Encounter
    from dualslot_widgets.scenario.identity.parameters import ScenarioParameters
    from dualslot_widgets.scenario.riders import Rider, Upcast
    from dualslot_widgets.scenario.scenario import Scenario
    from dualslot_widgets.scenario.settings import Settings
    from dualslot_widgets.storage.simulation_storage import SimulationStorage
    from dualslot_widgets.system.memory import MemoryUsage
    from dualslot_widgets.widgets.parts.compare.compare import Compare
    from dualslot_widgets.widgets.parts.editor.encounter_editor import EncounterEditor
    from dualslot_widgets.widgets.parts.jobs.job_monitor import JobMonitor
    from dualslot_widgets.widgets.parts.replay.run_replay import RunReplay
    from dualslot_widgets.widgets.parts.slots.slot_browser import SlotBrowser
    from dualslot_widgets.widgets.parts.timelines.quintile_timelines import QuintileTimelines
    from dualslot_widgets.widgets.simulation_display import SimulationDisplay
    from dualslot_widgets.workbench.job import BackgroundSimulation, JobStatus, Priority
    from dualslot_widgets.workbench.screen import DisplayMode
    from dualslot_widgets.workbench.workbench import Workbench

_HOMES = {
    "results.pairs.comparison": ("Comparison",),
    "results.analysis.quintiles": ("QuintileAnalysis",),
    "workbench.job": ("BackgroundSimulation", "JobStatus", "Priority"),
    "results.dataset": ("SimulationDataSet",),
    "errors": (
        "DamagedSlotError",
        "DualSlotError",
        "ScenarioError",
        "SimulationCancelled",
        "SimulationFailed",
        "SimulationTooLarge",
        "StorageError",
    ),
    "system.memory": ("MemoryUsage",),
    "scenario.actions": (
        *("Attack", "Counter", "Defend", "Enchant", "Heal", "Rider", "Save", "Surge", "Upcast"),
    ),
    "scenario.effects": ("Effect",),
    "scenario.creature": ("Creature",),
    "importers.imported": ("Imported",),
    "importers.importing": ("import_data", "import_file"),
    "scenario.identity.parameters": ("ScenarioParameters",),
    "scenario.encounter": ("Encounter",),
    "scenario.scenario": ("Scenario",),
    "scenario.settings": ("Settings",),
    "library.starter": ("starter_scenario",),
    "storage.simulation_storage": ("SimulationStorage",),
    "widgets.parts.compare.compare": ("Compare",),
    "widgets.parts.editor.encounter_editor": ("EncounterEditor",),
    "widgets.parts.jobs.job_monitor": ("JobMonitor",),
    "widgets.parts.timelines.quintile_timelines": ("QuintileTimelines",),
    "widgets.parts.replay.run_replay": ("RunReplay",),
    "widgets.simulation_display": ("SimulationDisplay",),
    "widgets.parts.slots.slot_browser": ("SlotBrowser",),
    "workbench.screen": ("DisplayMode",),
    "results.simulating": ("simulate",),
    "workbench.workbench": ("Workbench",),
}
_MODULES = {
    "bestiary": "library.bestiary",
    "characters": "library.characters",
    "charts": "charts",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "Attack",
    "BackgroundSimulation",
    "Compare",
    "Comparison",
    "Counter",
    "Creature",
    "DamagedSlotError",
    "Defend",
    "DisplayMode",
    "DualSlotError",
    "Effect",
    "Enchant",
    "Encounter",
    "EncounterEditor",
    "Heal",
    "Imported",
    "JobMonitor",
    "JobStatus",
    "MemoryUsage",
    "Priority",
    "QuintileAnalysis",
    "QuintileTimelines",
    "Rider",
    "RunReplay",
    "Save",
    "Scenario",
    "ScenarioError",
    "ScenarioParameters",
    "Settings",
    "SimulationCancelled",
    "SimulationDataSet",
    "SimulationDisplay",
    "SimulationFailed",
    "SimulationStorage",
    "SimulationTooLarge",
    "SlotBrowser",
    "StorageError",
    "Surge",
    "Upcast",
    "Workbench",
    "__version__",
    "bestiary",
    "characters",
    "charts",
    "import_data",
    "import_file",
    "simulate",
    "starter_scenario",
]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        value = importlib.import_module(f"{__name__}.{_MODULES[name]}")
    elif name in _HOME_OF:
        value = getattr(importlib.import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
