"""The traits of each part of the kit as the front end sees them; a widget has its parts' traits."""

from __future__ import annotations

from typing import TypedDict

from dualslot_widgets.widgets.protocol.comparison import CompareView
from dualslot_widgets.widgets.protocol.footer import FooterView
from dualslot_widgets.widgets.protocol.jobs import JobView
from dualslot_widgets.widgets.protocol.message_checks import DisplayMode
from dualslot_widgets.widgets.protocol.replay import PartingView, ReplayView
from dualslot_widgets.widgets.protocol.results import PreviewView, SlotView, StripView
from dualslot_widgets.widgets.protocol.scenario import LibraryView, MonsterView, ScenarioView


class KitState(TypedDict):
    """The traits of every widget."""

    error: str


class EditorState(TypedDict):
    """The editor's traits; `scenario_json` is empty until it has been asked for."""

    scenario_view: ScenarioView
    scenario_json: str
    bestiary: list[MonsterView]
    library: LibraryView


class JobState(TypedDict):
    """The traits of jobs: the first that wait, the next one first; the last ones, newest first."""

    job: JobView | None
    queue_length: int
    queue: list[JobView]
    history: list[JobView]


class SlotState(TypedDict):
    """The traits of the two slots."""

    slots: list[SlotView]
    display_mode: DisplayMode
    shown_slot: int | None


class RunState(TypedDict):
    """The traits of all that pick a run or show one."""

    selected_run: int | None


class TimelinesState(SlotState, RunState):
    """The traits of the five timelines; `ranking` says in words how runs are ranked."""

    preview: PreviewView | None
    slot_strips: list[StripView | None]
    preview_strip: StripView | None
    ranking: str


class ReplayState(RunState):
    """The traits of the replay."""

    replay: ReplayView | None
    parting: PartingView | None


class CompareState(TypedDict):
    """The traits of the comparison."""

    comparison: CompareView


class FooterState(TypedDict):
    """The traits of the footer."""

    footer: FooterView


class DashboardState(
    KitState, EditorState, JobState, CompareState, TimelinesState, ReplayState, FooterState
):
    """The traits of the dashboard."""
