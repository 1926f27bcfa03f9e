"""Results as a saved notebook shows them: a line of figures, and a table of the five timelines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dualslot_widgets.results.dataset import SimulationDataSet
from dualslot_widgets.widgets.kit.static_html import Static, static_line, static_table
from dualslot_widgets.widgets.parts.jobs.job_view import describe_failure
from dualslot_widgets.words.plural import plural
from dualslot_widgets.workbench.job import BackgroundSimulation


def static_slot(slot: Mapping[str, Any]) -> Static:
    """Return a slot, given as its view."""
    return _static_result(f"{slot['place']}: {_headline(slot)}", slot["analysis"])


def static_unsaved(job: BackgroundSimulation, data: SimulationDataSet) -> Static:
    """Return a result that could not be stored, with the reason."""
    analysis = data.analysis.to_dict()
    line = _describe_result(data.scenario.name, analysis)
    return _static_result(f"not stored ({describe_failure(job)}): {line}", analysis)


def _static_result(line: str, analysis: Mapping[str, Any] | None) -> Static:
    first = static_line(line[0].upper() + line[1:])
    if not analysis:
        return first
    (table,) = static_table(
        ("timeline", "standing", "party hit points", "monster hit points", "rounds"),
        [
            (q["name"], q["survivors"], q["party_hp"], q["monster_hp"], q["rounds"])
            for q in analysis["quintiles"]
        ],
    )
    return Static(f"{first.text}\n{table.text}", first.html + table.html)


def _headline(slot: Mapping[str, Any]) -> str:
    analysis = slot["analysis"]
    if slot["state"] in ("damaged", "barred"):
        return str(slot["problem"])
    if not analysis:
        return "empty"
    origin = f" ({slot['origin']['words']})" if slot["origin"] else ""
    return _describe_result(slot["scenario"], analysis) + origin


def _describe_result(scenario: str, analysis: Mapping[str, Any]) -> str:
    """Return runs, win rate with its interval, grade, tier and label in a line."""
    low, high = 100 * analysis["win_rate_low"], 100 * analysis["win_rate_high"]
    return (
        f"{scenario}, {plural(analysis['runs'], 'run')}, {analysis['win_rate']:.1%} won "
        f"(95 % {low:.1f} to {high:.1f}), {analysis['grade_name']}, {analysis['tier_name']}: "
        f"{analysis['label']}"
    )
