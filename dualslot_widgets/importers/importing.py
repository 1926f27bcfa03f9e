"""Finds out by its structure whose format a file has, and imports it.

`import_file` and `import_data` are the public way in.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.importers import bounded, values
from dualslot_widgets.importers.formats import (
    five_e_tools,
    improved_initiative,
    open5e,
    srd_api,
)
from dualslot_widgets.importers.imported import Imported, understood
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.saves import battlesim
from dualslot_widgets.importers.statblock.stat_block import StatBlock, creature
from dualslot_widgets.scenario.creature import Creature

#: Monsters of one file; the whole Open5e list has about 3,200.
MAX_MONSTERS = 5_000


@dataclass(frozen=True, slots=True)
class _Format:
    name: str
    fits: Callable[[dict[str, Any]], bool]
    read: Callable[[dict[str, Any], str, Notes], StatBlock | Creature | None]


_MONSTERS = (
    _Format(srd_api.FORMAT, srd_api.fits, srd_api.stat_block),
    _Format(open5e.FORMAT_1, open5e.fits_1, open5e.stat_block_1),
    _Format(open5e.FORMAT_2, open5e.fits_2, open5e.stat_block_2),
    _Format(five_e_tools.FORMAT, five_e_tools.fits, five_e_tools.stat_block),
    _Format(improved_initiative.FORMAT, improved_initiative.fits, improved_initiative.stat_block),
)
_KNOWN = (
    "known are monsters of 5e-bits/5e-database (hit_points, strength, index), Open5e v1 "
    "(hit_points, strength, document__slug) and v2 (hit_points, ability_scores), 5etools "
    '({"monster": [...]}), Improved Initiative (HP, AC, Abilities), and saves of battleSim and '
    "battlesim2 (players, encounters or timeline)"
)


def import_file(path: str | os.PathLike[str]) -> Imported:
    """Import monsters, or a simulator's whole scenario, from a JSON file of at most 10 MB.

    The format is found by the structure of the content, not by the name of the file: monsters of
    5e-bits/5e-database (the public SRD API), Open5e v1 and v2, 5etools bestiaries, Improved
    Initiative, save files of Trekiros/battleSim and kuelshammer/battlesim2.

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    Imported

    Raises
    ------
    ScenarioError
        When the file cannot be read, is of none of these formats or of several, or holds nothing
        that can be played.
    """
    return _imported(bounded.read_file(path), str(Path(path)))


def import_data(data: Mapping[str, Any] | list[Any] | str | bytes) -> Imported:
    """Import monsters, or a simulator's whole scenario, from JSON text or Python objects.

    Parameters
    ----------
    data : dict, list, str or bytes
        What `import_file` reads from a file: JSON as text, or as the objects that `json.loads`
        or the ``.json()`` of an HTTP client returns.

    Returns
    -------
    Imported

    Raises
    ------
    ScenarioError
        As `import_file`.
    """
    if isinstance(data, (str, bytes, bytearray)):
        return _imported(bounded.read_text(data, "data"), "data")
    return _imported(bounded.plain(data, "data"), "data")


def _imported(value: Any, source: str) -> Imported:
    try:
        return _of_value(value)
    except ScenarioError as error:
        raise ScenarioError([f"{source}: {line}" for line in error.problems]) from error


def _of_value(value: Any) -> Imported:
    whole = values.obj(value)
    if battlesim.fits(whole):
        return _save(whole, "")
    if {"players", "encounters"} <= whole.keys():
        raise ScenarioError(
            "looks like a scenario of this package; read it with dualslot_widgets.Scenario.load "
            "or Scenario.from_dict"
        )
    if isinstance(value, list) and any(battlesim.fits(values.obj(entry)) for entry in value):
        if len(value) > 1:
            names = [values.name(values.obj(entry).get("name"), "?") for entry in value[:10]]
            raise ScenarioError(
                f"holds {len(value)} saves ({', '.join(names)}); pass one of them to import_data"
            )
        return _save(values.obj(value[0]), "[0]")
    return _monsters(value)


def _save(value: dict[str, Any], place: str) -> Imported:
    notes = Notes()
    found = battlesim.scenario(value, place, notes)
    creatures = [*found.players, *(m for fight in found.encounters for m in fight.monsters)]
    report = notes.report([understood(one) for one in creatures])
    return Imported(battlesim.format_of(value), tuple(creatures), found, report)


def _monsters(value: Any) -> Imported:
    entries = _entries(value)
    if not entries:
        raise ScenarioError(f"holds no monster and no save file; {_KNOWN}")
    if len(entries) > MAX_MONSTERS:
        raise ScenarioError(f"holds {len(entries)} monsters; at most {MAX_MONSTERS} at once")
    notes = Notes()
    found: list[Creature] = []
    chosen: _Format | None = None
    first = ""
    for place, raw in entries:
        one = _format(raw, place)
        if one is None:
            if len(entries) == 1:
                raise ScenarioError(
                    f"{place}: has no structure that is known; {_KNOWN}{_link(raw)}"
                )
            notes.leave(place, "has no structure that is known")
            continue
        if chosen is not None and one is not chosen:
            raise ScenarioError(
                f"{place}: is a {one.name}, while {first} is a {chosen.name}; import them apart"
            )
        chosen, first = one, first or place
        block = one.read(raw, place, notes)
        read = creature(block, notes) if isinstance(block, StatBlock) else block
        if read is not None:
            found.append(read)
    if chosen is None or not found:
        reasons = [str(remark) for remark in notes.report([]).left_out[:5]]
        hint = _link(entries[0][1])
        raise ScenarioError([f"holds nothing that can be played; {_KNOWN}{hint}", *reasons])
    report = notes.report([understood(one) for one in found])
    return Imported(chosen.name, tuple(found), None, report)


def _entries(value: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return the monsters of a file with their paths: one, a list, or a page of an API."""
    whole = values.obj(value)
    if found := improved_initiative.entries(whole):
        return found
    for key in ("monster", "results", "monsters"):
        if isinstance(whole.get(key), list):
            listed, prefix = whole[key], key
            break
    else:
        if isinstance(value, list):
            listed, prefix = value, ""
        else:
            return [("monster", whole)] if whole else []
    return [(f"{prefix}[{i}]", entry) for i, entry in enumerate(listed) if isinstance(entry, dict)]


def _format(raw: dict[str, Any], place: str) -> _Format | None:
    fitting = [one for one in _MONSTERS if one.fits(raw)]
    if len(fitting) > 1:
        names = " and ".join(one.name for one in fitting)
        raise ScenarioError(
            f"{place}: has the structure of {names}; remove the keys of one of them "
            "(index and proficiencies are of 5e-bits, document__slug and strength_save of Open5e "
            "v1, ability_scores of Open5e v2)"
        )
    return fitting[0] if fitting else None


def _link(raw: dict[str, Any]) -> str:
    if {"index", "url"} <= raw.keys() or {"key", "url"} <= raw.keys():
        return ". This is a list of links to monsters; fetch what their url leads to"
    return ""
