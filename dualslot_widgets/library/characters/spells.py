"""Spells of the SRD 5.1 that fights turn on, as actions; SRD 5.1, "Spell Descriptions".

Each is written in `srd_spells.json` as scenario JSON without what depends on its caster: saving
throw DC, attack bonus and the spellcasting modifier are filled in by `cast`. `{mod}` stands for
that modifier; a cantrip's `{dice}` for 1, 2, 3 or 4, by the caster's level. A wall hurts only whom
it catches when it appears, since nobody walks through it later; who follows a Suggestion or a
Command does nothing else. Slower movement is left out; what an area catches is an estimate: a
radius of 20 feet 4, a cone of L feet 2 + L/30, a line of L feet 1 + L/30, a radius of R feet around
the caster 1 + R/5.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Spell:
    """A spell, and who can learn it.

    Attributes
    ----------
    name : str
    level : int
        0 for a cantrip.
    classes : tuple of str
    action : dict
        Scenario JSON with placeholders.
    """

    name: str
    level: int
    classes: tuple[str, ...]
    action: dict[str, Any]


def cast(spell: Spell, *, dc: int, attack_bonus: int, modifier: int, level: int) -> dict[str, Any]:
    """Return a spell as an action of a caster.

    Parameters
    ----------
    spell : Spell
    dc, attack_bonus, modifier : int
        The numbers of the caster's spellcasting ability.
    level : int
        The character's level; cantrips grow at 5, 11 and 17.
    """
    dice = 1 + (level >= 5) + (level >= 11) + (level >= 17)
    text = json.dumps(spell.action).replace("{mod}", str(modifier)).replace("{dice}", str(dice))
    action: dict[str, Any] = {"name": spell.name, "spell": spell.level} | json.loads(text)
    if action["type"] == "attack":
        action["attack_bonus"] = attack_bonus
        action["attacks"] = int(action.get("attacks", 1))
    repeated = {"turn_save", "save_ends"} & action.get("effect", {}).keys()
    asks = action["type"] == "save" or repeated
    if asks:
        action["dc"] = dc
    for rider in action.get("on_hit", ()):
        if "ability" in rider:
            rider["dc"] = dc
    if action["type"] == "counter":
        action["check_bonus"] = modifier
    return action


def quickened(cantrip: dict[str, Any]) -> dict[str, Any]:
    """Return a cantrip cast as a bonus action for 2 sorcery points (Metamagic, "Quickened Spell").

    A spell of a higher level would take a slot as well, and an action is limited by one thing.
    """
    name = f"Quickened {cantrip['name']}"
    return cantrip | {"name": name, "time": "bonus_action", "cost": {"sorcery": 2}}


def _load() -> dict[str, Spell]:
    text = resources.files(__package__).joinpath("srd_spells.json").read_text(encoding="utf-8")
    return {
        name: Spell(name, entry["level"], tuple(entry["classes"]), entry["action"])
        for name, entry in json.loads(text).items()
    }


SPELLS = _load()
