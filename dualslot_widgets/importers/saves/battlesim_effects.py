"""Buffs and debuffs of the two battle simulators as effects of the scenario JSON."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.importers import values
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.saves.battlesim_numbers import (
    FormulaError,
    bonus,
    damage,
    roll_bonus,
)
from dualslot_widgets.scenario.dice import DAMAGE_TYPES
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS

_DURATIONS: dict[str, dict[str, Any]] = {
    "entire encounter": {},
    "1 round": {"duration": 1, "clock": "start_of_source_turn"},
    "until next attack made": {"ends_on": ["attack"]},
    "until next attack taken": {"ends_on": ["attacked"]},
    "repeat the save each round": {"save_ends": True},
}
_ALL = list(ABILITIES)
#: The simulators' own conditions, beside those of the rules.
_CONDITIONS: dict[str, dict[str, Any]] = {
    "hasted": {"grants": ["extra_attack"], "save_advantage": ["dex"]},
    "attacks with advantage": {"grants": ["attack_advantage"]},
    "attacks with disadvantage": {"grants": ["attack_disadvantage"]},
    "is attacked with advantage": {"grants": ["attacked_advantage"]},
    "is attacked with disadvantage": {"grants": ["attacked_disadvantage"]},
    "attacks and is attacked with advantage": {
        "grants": ["attack_advantage", "attacked_advantage"]
    },
    "attacks and saves with disadvantage": {
        "grants": ["attack_disadvantage"],
        "save_disadvantage": _ALL,
    },
    "saves with advantage": {"save_advantage": _ALL},
    "save with disadvantage": {"save_disadvantage": _ALL},
}
_TAKEN = {0.0: "immunities", 0.5: "resistances", 2.0: "vulnerabilities"}
_NO_WORD = {
    "damageReduction": "less damage by a number",
    "dc": "a higher saving throw DC",
}


def effect(
    raw: dict[str, Any], name: str, place: str, notes: Notes, *, on_enemies: bool, kind: str = ""
) -> dict[str, Any] | None:
    """Return a buff as an effect, or None with remarks when no word of it can be said.

    Parameters
    ----------
    raw : dict
        The buff.
    name : str
        Of its action.
    place : str
    notes : Notes
    on_enemies : bool
        Extra damage then goes to whoever attacks the bearer (Hunter's Mark).
    kind : str
        Damage type of extra damage.
    """
    out: dict[str, Any] = {}
    _numbers(raw, out, name, place, notes)
    _multipliers(raw, out, name, place, notes)
    if "damage" in raw:
        try:
            extra = damage(raw["damage"], kind, f"extra damage of {name}", place, notes)
            out["marked_damage" if on_enemies else "extra_damage"] = extra
        except FormulaError as error:
            notes.leave(f"{place}.damage", f"extra damage of {name} {error}")
    condition = values.text(raw.get("condition")).casefold()
    if condition in CONDITIONS:
        out["conditions"] = [condition]
    elif condition in _CONDITIONS:
        for key, words in _CONDITIONS[condition].items():
            out[key] = list(dict.fromkeys([*out.get(key, []), *words]))
    elif condition:
        notes.leave(f"{place}.condition", f'"{condition[:40]}" has no word')
    for key, words in _NO_WORD.items():
        if key in raw:
            notes.leave(f"{place}.{key}", f"{words} ({name}) has no word")
    magnitude = values.number(raw.get("magnitude"))
    if magnitude is not None and magnitude != 1:
        notes.leave(f"{place}.magnitude", f"{name} applies to the full, not to {magnitude:g}")
    if not out:
        notes.leave(place, f"{name} changes nothing that has a word")
        return None
    return {"name": name} | out | _duration(raw, name, place, notes)


def _duration(raw: dict[str, Any], name: str, place: str, notes: Notes) -> dict[str, Any]:
    word = values.text(raw.get("duration")) or "entire encounter"
    if word not in _DURATIONS:
        notes.assume(f"{place}.duration", f'"{word[:40]}" of {name}: through the encounter')
    return dict(_DURATIONS.get(word, {}))


def _numbers(raw: dict[str, Any], out: dict[str, Any], name: str, place: str, notes: Notes) -> None:
    for key, target in (("toHit", "attack_roll"), ("save", "saving_throw")):
        if key in raw:
            try:
                out[target] = roll_bonus(raw[key], f"{key} of {name}", place, notes)
            except FormulaError as error:
                notes.leave(f"{place}.{key}", str(error))
    if "ac" in raw:
        try:
            number = bonus(raw["ac"], f"armor class of {name}", place, notes)
            out["armor_class"] = max(-20, min(number, 20))
        except FormulaError as error:
            notes.leave(f"{place}.ac", str(error))


def _multipliers(
    raw: dict[str, Any], out: dict[str, Any], name: str, place: str, notes: Notes
) -> None:
    dealt = values.number(raw.get("damageMultiplier"))
    if dealt == 0.5:
        out["grants"] = ["halved_weapon_damage"]
    elif dealt is not None and dealt != 1:
        notes.leave(f"{place}.damageMultiplier", f"damage times {dealt:g} ({name}) has no word")
    taken = values.number(raw.get("damageTakenMultiplier"))
    if taken in _TAKEN:
        out[_TAKEN[taken]] = list(DAMAGE_TYPES)
    elif taken is not None and taken != 1:
        notes.leave(
            f"{place}.damageTakenMultiplier", f"taking {taken:g} times ({name}) has no word"
        )
