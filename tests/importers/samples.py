"""Real-looking files of every format; those of 5e-bits are real, all others are invented here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "fixtures" / "importers"
#: The name of each sample's file, and of the format that must be found in it.
FORMATS = {
    "srd_api": "5e-bits monster",
    "open5e_v1": "Open5e v1 monster",
    "open5e_v2": "Open5e v2 creature",
    "five_e_tools": "5etools bestiary",
    "improved_initiative": "Improved Initiative creature",
    "battlesim": "battleSim save",
    "battlesim2": "battlesim2 save",
}
PARTY = [
    {"character": "fighter", "level": 5},
    {"character": "cleric", "level": 5},
]


def path(name: str) -> Path:
    return FOLDER / f"{name}.json"


def sample(name: str) -> Any:
    return json.loads(path(name).read_text(encoding="utf-8"))


def only(name: str, *kept: str) -> Any:
    """A sample with only some of its monsters."""
    whole = sample(name)
    for key in ("results", "monster"):
        if key in whole:
            whole[key] = [monster for monster in whole[key] if monster["name"] in kept]
    return whole
