"""Slots and previews as plain JSON (`protocol.results`); pure functions."""

from __future__ import annotations

from typing import Literal

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.results.origin import Origin
from dualslot_widgets.results.pairs.comparison_cache import Versus
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.snapshot import IN_MEMORY
from dualslot_widgets.widgets.parts.compare.compare_words import describe_versus
from dualslot_widgets.widgets.parts.jobs.job_view import describe_failure
from dualslot_widgets.widgets.protocol.results import (
    OriginView,
    PreviewView,
    SlotView,
    UnsavedView,
)
from dualslot_widgets.workbench.job import BackgroundSimulation

#: Differences beyond this many are counted, not listed; the browser shows the first few of them.
LISTED_DIFFERENCES = 200


def slot_cards(
    slots: tuple[SimulationDataSet | None, SimulationDataSet | None],
    damage: tuple[str | None, str | None],
    newest: int | None,
    barred: tuple[bool, bool] = (False, False),
) -> list[SlotView]:
    """Return both slots without any comparison, which takes time.

    One whose analysis cannot be read is shown as damaged. `barred` says that a problem is no
    damage: the slot cannot be read now, or is not ours.
    """
    views = [
        _slot_view(number, data, damage[number], newest, barred=barred[number])
        for number, data in enumerate(slots)
    ]
    several = all(view["state"] == "damaged" for view in views)
    for view in views:
        view["problem"] = _describe_problem(view, several=several)
    return views


def slot_views(
    slots: tuple[SimulationDataSet | None, SimulationDataSet | None],
    damage: tuple[str | None, str | None],
    newest: int | None,
    scenario: Scenario,
    versus: tuple[Versus | None, Versus | None],
    barred: tuple[bool, bool] = (False, False),
) -> list[SlotView]:
    """Return both slots, each compared with the scenario on screen and with the other one.

    `versus` says of each how it stands to the other one.
    """
    views = slot_cards(slots, damage, newest, barred)
    for number, (view, data) in enumerate(zip(views, slots, strict=True)):
        view["versus"] = describe_versus(versus[number], f"slot {1 - number}")
        if data is not None and view["analysis"] is not None:
            _compare_to(view, data, scenario)
    return views


def preview_view(
    data: SimulationDataSet,
    shown: int | None,
    versus: Versus | None,
    *,
    pending: bool = False,
    unsaved: BackgroundSimulation | None = None,
) -> PreviewView:
    """Return a result that is not stored; `versus` is how it stands to the slot that is shown."""
    return {
        "runs": data.analysis.runs,
        "analysis": data.analysis.to_dict(),
        "versus": describe_versus(versus, f"slot {shown}"),
        "pending": pending,
        "unsaved": None if unsaved is None else _unsaved_view(unsaved),
    }


def _origin_view(origin: Origin | None) -> OriginView | None:
    if origin is None:
        return None
    return {
        "file": origin.file,
        "imported": origin.imported.isoformat(),
        "verified": origin.verified,
        "words": origin.words,
    }


def _unsaved_view(job: BackgroundSimulation) -> UnsavedView:
    return {"job": job.id, "reason": describe_failure(job)}


def _describe_problem(view: SlotView, *, several: bool) -> str:
    """Return what is wrong with a slot, and what becomes of it."""
    problem = view["problem"]
    match view["state"]:
        case "barred":
            return f"Cannot be used now: {problem}. No result takes its place."
        case "damaged" if several:
            return f"Damaged: {problem}. Both slots are; the next two results take their place."
        case "damaged":
            return f"Damaged: {problem}. The other slot is untouched; the next result goes here."
    return problem


def _slot_view(
    number: int,
    data: SimulationDataSet | None,
    problem: str | None,
    newest: int | None,
    *,
    barred: bool,
) -> SlotView:
    bad: Literal["damaged", "barred"] = "barred" if barred else "damaged"
    view: SlotView = {
        "slot": number,
        "place": f"slot {number}",
        "state": bad if problem else "empty",
        "problem": problem or "",
        "newest": number == newest,
        "pinned": False,
        "scenario": "",
        "timestamp": "",
        "origin": None,
        "generation": 0,
        "generation_count": 0,
        "compressed_size": 0,
        "metrics": None,
        "similarity": 0.0,
        "exact": False,
        "differences": [],
        "versus": "",
        "analysis": None,
    }
    if data is None:
        return view
    try:
        view["analysis"] = data.analysis.to_dict()
    except StorageError as error:
        damaged = isinstance(error, DamagedSlotError)
        view["state"], view["problem"] = "damaged" if damaged else "barred", str(error)
        return view
    metadata = data.metadata
    if metadata.slot is None:
        view["place"] = IN_MEMORY
    view["state"] = bad if problem else "ok"
    view["scenario"] = data.scenario.name
    view["timestamp"] = metadata.timestamp.isoformat()
    view["origin"] = _origin_view(metadata.origin)
    view["pinned"] = metadata.pinned
    view["generation"] = metadata.generation or 0
    view["generation_count"] = metadata.generation_count
    view["compressed_size"] = metadata.compressed_size or 0
    view["metrics"] = metadata.metrics.to_dict()
    return view


def _compare_to(view: SlotView, data: SimulationDataSet, scenario: Scenario) -> None:
    current = scenario.parameters
    changes = data.parameters.differences(current)
    more = len(changes) - LISTED_DIFFERENCES
    if more > 0:
        changes = [*changes[:LISTED_DIFFERENCES], f"{more} more"]
    view["similarity"] = data.parameters.similarity(current)
    view["exact"] = data.answers(current)
    view["differences"] = changes
