"""The bestiary: the monsters of the SRD 5.1 as ready stat blocks, to be named in scenarios.

The data are read when the first monster is asked for. `scripts/build_bestiary.py` made their file,
which lists with each stat block what it leaves out of the published monster.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from dualslot_widgets.library import placeholders

if TYPE_CHECKING:
    import pandas as pd

_FILE = "srd_monsters.json"


def find(text: str = "", *, cr: float | None = None) -> pd.DataFrame:
    """Return the monsters whose name contains `text`, by challenge rating and name.

    Parameters
    ----------
    text : str
        Any part of the name, in any case; empty for all.
    cr : float, optional
        Only monsters of this challenge rating (0.125, 0.25, 0.5, 1, 2, ...).

    Returns
    -------
    pandas.DataFrame
        Columns name, key, challenge_rating, xp, max_hp, armor_class, coverage ("full", "partial",
        "none") and left_out, which says what of the published monster is not played.

    Examples
    --------
    >>> find("ogre").key.tolist()
    ['ogre', 'ogre-zombie']
    """
    import pandas as pd

    rows = [
        {
            "name": entry["stat_block"]["name"],
            "key": key,
            "challenge_rating": entry["challenge_rating"],
            "xp": entry["xp"],
            "max_hp": entry["stat_block"]["max_hp"],
            "armor_class": entry["stat_block"]["armor_class"],
            "coverage": _coverage(entry),
            "left_out": ", ".join(entry["left_out"]),
        }
        for key, entry in _monsters().items()
        if text.strip().casefold() in entry["stat_block"]["name"].casefold()
        and (cr is None or entry["challenge_rating"] == cr)
    ]
    columns = ["name", "key", "challenge_rating", "xp", "max_hp", "armor_class"]
    columns += ["coverage", "left_out"]
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["challenge_rating", "name"], ignore_index=True)


def stat_block(key: str) -> dict[str, Any] | None:
    """Return a monster as scenario JSON, or None when the bestiary does not have it.

    Parameters
    ----------
    key : str
        Key or name, in any case: ``"adult-red-dragon"``, ``"Adult Red Dragon"``; or ``"cr-5"``,
        ``"cr-1/8"`` for the `placeholder` of a challenge rating.
    """
    cr = placeholders.rating(key)
    if cr is not None:
        return placeholder(cr)
    found = _keys_by_word().get(key.strip().casefold())
    if found is None:
        return None
    # A copy: what the caller changes must not change the bestiary.
    block: dict[str, Any] = json.loads(json.dumps(_monsters()[found]["stat_block"]))
    return block


def placeholder(cr: float) -> dict[str, Any]:
    """Return a monster as its challenge rating has it on the whole, as scenario JSON.

    Hit points, armor class, saving throws, attacks and their damage are what the SRD's monsters of
    that rating have in the median, made to grow with the rating; `placeholders` describes how. A
    scenario names it ``{"monster": "cr-5"}``.

    Parameters
    ----------
    cr : float
        0, 0.125, 0.25, 0.5, or 1 to 30.

    Raises
    ------
    ScenarioError
        For a number that is no challenge rating.

    Examples
    --------
    >>> placeholder(5)["name"], placeholder(0.125)["name"]
    ('CR 5 monster', 'CR 1/8 monster')
    """
    return placeholders.stat_block(cr, _monsters())


def keys() -> list[str]:
    """Return the keys of all monsters, in alphabetical order."""
    return sorted(_monsters())


def names() -> list[str]:
    """Return the names of all monsters, in alphabetical order."""
    return sorted(entry["stat_block"]["name"] for entry in _monsters().values())


def coverage() -> pd.DataFrame:
    """Return how much of each published monster is played.

    Returns
    -------
    pandas.DataFrame
        A row a monster, by name: name, key, challenge_rating, coverage ("full", "partial", or
        "none" for one that can do nothing) and left_out, which says in words what is not played.

    Examples
    --------
    >>> int((coverage().coverage == "none").sum())
    4
    """
    columns = ["name", "key", "challenge_rating", "coverage", "left_out"]
    return find()[columns].sort_values("name", ignore_index=True)


def _coverage(entry: dict[str, Any]) -> str:
    if "actions" not in entry["stat_block"]:
        return "none"
    return "partial" if entry["left_out"] else "full"


def attribution() -> str:
    """Return the source of the monsters, which their licence asks everybody to name."""
    text: str = _data()["attribution"]
    return text


@cache
def _data() -> dict[str, Any]:
    text = resources.files(__package__).joinpath(_FILE).read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def _monsters() -> dict[str, dict[str, Any]]:
    monsters: dict[str, dict[str, Any]] = _data()["monsters"]
    return monsters


@cache
def _keys_by_word() -> dict[str, str]:
    by_name = {entry["stat_block"]["name"].casefold(): key for key, entry in _monsters().items()}
    return by_name | {key: key for key in _monsters()}
