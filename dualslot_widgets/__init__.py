"""Dual-Slot Widgets: tabletop fights played 1005 times, kept in two slots, seen as five timelines.

The public names and nothing else. They are loaded when first used, so that importing the package
does not wait for Arrow, pandas, numba and the widgets.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from dualslot_widgets._version import __version__

if TYPE_CHECKING:
    from dualslot_widgets import charts
    from dualslot_widgets.analysis.comparison import Comparison
    from dualslot_widgets.analysis.quintiles import QuintileAnalysis
    from dualslot_widgets.background.job import BackgroundSimulation, JobStatus, Priority
    from dualslot_widgets.dataset import SimulationDataSet
    from dualslot_widgets.errors import (
        DamagedSlotError,
        DualSlotError,
        ScenarioError,
        SimulationCancelled,
        SimulationFailed,
        SimulationTooLarge,
        StorageError,
    )
    from dualslot_widgets.memory import MemoryUsage
    from dualslot_widgets.scenario import bestiary, characters
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
    from dualslot_widgets.scenario.importers.imported import Imported
    from dualslot_widgets.scenario.importers.importing import import_data, import_file
    from dualslot_widgets.scenario.parameters import ScenarioParameters
    from dualslot_widgets.scenario.riders import Rider, Upcast
    from dualslot_widgets.scenario.scenario import Encounter, Scenario, Settings
    from dualslot_widgets.scenario.starter import starter_scenario
    from dualslot_widgets.screen import DisplayMode
    from dualslot_widgets.simulating import simulate
    from dualslot_widgets.storage.simulation_storage import SimulationStorage
    from dualslot_widgets.widgets.compare import Compare
    from dualslot_widgets.widgets.encounter_editor import EncounterEditor
    from dualslot_widgets.widgets.job_monitor import JobMonitor
    from dualslot_widgets.widgets.quintile_timelines import QuintileTimelines
    from dualslot_widgets.widgets.run_replay import RunReplay
    from dualslot_widgets.widgets.simulation_display import SimulationDisplay
    from dualslot_widgets.widgets.slot_browser import SlotBrowser
    from dualslot_widgets.workbench import Workbench

_HOMES = {
    "analysis.comparison": ("Comparison",),
    "analysis.quintiles": ("QuintileAnalysis",),
    "background.job": ("BackgroundSimulation", "JobStatus", "Priority"),
    "dataset": ("SimulationDataSet",),
    "errors": (
        "DamagedSlotError",
        "DualSlotError",
        "ScenarioError",
        "SimulationCancelled",
        "SimulationFailed",
        "SimulationTooLarge",
        "StorageError",
    ),
    "memory": ("MemoryUsage",),
    "scenario.actions": (
        *("Attack", "Counter", "Defend", "Enchant", "Heal", "Rider", "Save", "Surge", "Upcast"),
    ),
    "scenario.effects": ("Effect",),
    "scenario.creature": ("Creature",),
    "scenario.importers.imported": ("Imported",),
    "scenario.importers.importing": ("import_data", "import_file"),
    "scenario.parameters": ("ScenarioParameters",),
    "scenario.scenario": ("Encounter", "Scenario", "Settings"),
    "scenario.starter": ("starter_scenario",),
    "storage.simulation_storage": ("SimulationStorage",),
    "widgets.compare": ("Compare",),
    "widgets.encounter_editor": ("EncounterEditor",),
    "widgets.job_monitor": ("JobMonitor",),
    "widgets.quintile_timelines": ("QuintileTimelines",),
    "widgets.run_replay": ("RunReplay",),
    "widgets.simulation_display": ("SimulationDisplay",),
    "widgets.slot_browser": ("SlotBrowser",),
    "screen": ("DisplayMode",),
    "simulating": ("simulate",),
    "workbench": ("Workbench",),
}
_MODULES = {
    "bestiary": "scenario.bestiary",
    "characters": "scenario.characters",
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
