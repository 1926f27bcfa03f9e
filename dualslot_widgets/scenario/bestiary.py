"""The bestiary: the monsters of the SRD 5.1 as ready stat blocks, to be named in scenarios.

Stands beside the rooms of the scenario floor and is read when the first monster is asked for.
`scripts/build_bestiary.py` made the data file, and says what it leaves out.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

_FILE = "srd_monsters.json"


@cache
def _data() -> dict[str, Any]:
    text = resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


@cache
def _keys_by_word() -> dict[str, str]:
    monsters = _data()["monsters"]
    names = {monster["stat_block"]["name"].casefold(): key for key, monster in monsters.items()}
    return names | {key: key for key in monsters}


def stat_block(key: str) -> dict[str, Any] | None:
    """Return a monster as scenario JSON, or None when the bestiary does not have it.

    Parameters
    ----------
    key : str
        Key or name, in any case: ``"adult-red-dragon"``, ``"Adult Red Dragon"``.
    """
    found = _keys_by_word().get(key.strip().casefold())
    if found is None:
        return None
    block: dict[str, Any] = json.loads(json.dumps(_data()["monsters"][found]["stat_block"]))
    return block


def attribution() -> str:
    """Return where the monsters come from, as their licence asks to be told."""
    text: str = _data()["attribution"]
    return text
