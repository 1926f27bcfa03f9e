"""Reads a text that somebody pasted: the scenario JSON.

Stands on `scenario`.
"""

from __future__ import annotations

import json

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.scenario.scenario import Scenario


def read_pasted(text: str) -> Scenario:
    """Return the scenario that a pasted text describes.

    Parameters
    ----------
    text : str
        Scenario JSON.

    Raises
    ------
    ScenarioError
        With every problem of the text.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"the text: is not JSON: {error}") from error
    return Scenario.from_dict(value)
