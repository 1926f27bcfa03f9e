# The public names, stated once: `__init__.py` loads each when it is first used.

from . import charts as charts
from ._version import __version__ as __version__
from .errors import (
    DamagedSlotError as DamagedSlotError,
    DualSlotError as DualSlotError,
    ScenarioError as ScenarioError,
    SimulationCancelled as SimulationCancelled,
    SimulationFailed as SimulationFailed,
    SimulationTooLarge as SimulationTooLarge,
    StorageError as StorageError,
)
from .importers.imported import Imported as Imported
from .importers.importing import import_data as import_data, import_file as import_file
from .library import bestiary as bestiary, characters as characters
from .library.starter import starter_scenario as starter_scenario
from .results.analysis.quintiles import QuintileAnalysis as QuintileAnalysis
from .results.dataset import SimulationDataSet as SimulationDataSet
from .results.pairs.comparison import Comparison as Comparison
from .results.simulating import simulate as simulate
from .scenario.actions import (
    Attack as Attack,
    Counter as Counter,
    Defend as Defend,
    Enchant as Enchant,
    Heal as Heal,
    Save as Save,
    Surge as Surge,
)
from .scenario.creature import Creature as Creature
from .scenario.effects import Effect as Effect
from .scenario.identity.parameters import ScenarioParameters as ScenarioParameters
from .scenario.riders import Rider as Rider, Upcast as Upcast
from .scenario.scenario import Encounter as Encounter, Scenario as Scenario, Settings as Settings
from .storage.simulation_storage import SimulationStorage as SimulationStorage
from .system.memory import MemoryUsage as MemoryUsage
from .widgets.parts.compare.compare import Compare as Compare
from .widgets.parts.editor.encounter_editor import EncounterEditor as EncounterEditor
from .widgets.parts.jobs.job_monitor import JobMonitor as JobMonitor
from .widgets.parts.replay.run_replay import RunReplay as RunReplay
from .widgets.parts.slots.slot_browser import SlotBrowser as SlotBrowser
from .widgets.parts.timelines.quintile_timelines import QuintileTimelines as QuintileTimelines
from .widgets.simulation_display import SimulationDisplay as SimulationDisplay
from .workbench.job import BackgroundSimulation as BackgroundSimulation
from .workbench.job_state import JobStatus as JobStatus, Priority as Priority
from .workbench.screen import DisplayMode as DisplayMode
from .workbench.workbench import Workbench as Workbench
