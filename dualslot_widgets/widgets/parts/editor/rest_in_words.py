"""What of a record of the scenario has no control of its own, in words: nothing is left out.

Stands on `scenario.fields`; pure functions. A key that is added to an action, a rider, an effect or
a creature is told here until it has a control.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from dualslot_widgets.scenario.schema import record_dict

#: Where the key alone would not read well.
_PHRASES = {
    "shares": "shares the limit of {}",
    "spell": "spell of level {}",
    "upcast": "a higher slot adds {}",
    "hp_at_most": "only up to {} hit points",
    "requires": "only against the {}",
    "wounded_damage": "{} when wounded",
    "once": "immune after a made saving throw",
    "reroll": "rerolls damage dice up to {}",
    "critical_dice": "{} more dice on a critical hit",
    "hp_pool": "takes {} hit points of enemies",
    "drains": "drains {}",
    "heals": "heals the attacker",
    "turn_save": "a saving throw leaves {} of it",
    "points": "hit points from {}",
    "absorbs": "absorbs {}",
    "uses": "{} uses",
    "traits": "{}",
    "pact_magic": "pact magic: {}",
    "relentless": "relentless up to {} damage",
}


def rest_in_words(record: object, told: Collection[str] = ()) -> list[str]:
    """Return what a record holds beyond its defaults, without the keys that are told elsewhere.

    Parameters
    ----------
    record : object
        An action, rider, effect or creature of a scenario.
    told : collection of str

    Examples
    --------
    >>> from dualslot_widgets.scenario.effects import Effect
    >>> rest_in_words(Effect(name="Bane", attack_roll="-1d4", grants=("no_healing",)), ("name",))
    ['grants no healing', 'attack roll -1d4']
    """
    return list(_words(record_dict(record, without=told)))


def _words(content: Mapping[str, Any]) -> Iterator[str]:
    for key, value in content.items():
        phrase = _PHRASES.get(key, key.replace("_", " ") + ("" if value is True else " {}"))
        yield phrase.format(_said(value))


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        inner = list(_words(value))
        return inner[0] if len(inner) == 1 else f"({', '.join(inner)})"
    if isinstance(value, list):
        return " and ".join(_said(each) for each in value)
    return value.replace("_", " ") if isinstance(value, str) else str(value)
