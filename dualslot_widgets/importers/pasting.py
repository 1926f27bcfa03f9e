"""Reads a text that somebody pasted: the scenario JSON, or a file that `importers` understands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.importers.bounded import which_export
from dualslot_widgets.importers.imported import Imported
from dualslot_widgets.importers.importing import import_data
from dualslot_widgets.scenario.scenario import Scenario

#: What makes a text a scenario of this package, if only a wrong one.
_OURS = {"players", "encounters", "settings"}


@dataclass(frozen=True, slots=True)
class Pasted:
    """What came of a pasted text.

    Attributes
    ----------
    scenario : Scenario
    note : str
        What became of it, in words; empty for the scenario JSON, which is taken as it is.
    """

    scenario: Scenario
    note: str = ""


def read_pasted(text: str, beside: Scenario) -> Pasted:
    """Return the scenario that a pasted text leads to.

    Parameters
    ----------
    text : str
        Scenario JSON, or a file that `importers.import_data` reads.
    beside : Scenario
        The one on screen: monsters join its last encounter.

    Raises
    ------
    ScenarioError
        With every problem of the text.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"the text: is not JSON: {error}; {which_export(text)}") from error
    try:
        return Pasted(Scenario.from_dict(value))
    except ScenarioError as error:
        wrong = error
    try:
        found = import_data(value)
    except ScenarioError as error:
        if isinstance(value, Mapping) and _OURS & value.keys():
            raise wrong from error
        raise
    return Pasted(found.scenario or _joined(found, beside), _note(found))


def _joined(found: Imported, beside: Scenario) -> Scenario:
    content = beside.to_dict()
    content["encounters"][-1]["monsters"] += [each.to_dict() for each in found.creatures]
    return Scenario.from_dict(content)


def _note(found: Imported) -> str:
    names = [creature.name for creature in found.creatures]
    told = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    left = [str(remark) for remark in found.report.left_out]
    rest = f"; left out: {'; '.join(left[:3])}" if left else ""
    more = f"; {len(left) - 3} more" if len(left) > 3 else ""
    return f"{found.format}: {told}{rest}{more}"
