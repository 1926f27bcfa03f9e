"""Printed actions whose whole text stands for something that no single rule of the grammar reads.

Each is recognized by its name and by words of its text.
"""

from __future__ import annotations

import json
from typing import Any

#: Turns invisible until it attacks, as long as it concentrates. It is taken to be so when the fight
#: begins, since no fight gives it a better turn for that.
_VANISH: dict[str, Any] = {
    "type": "effect",
    "time": "start",
    "on": "self",
    "concentration": True,
    "effect": {"conditions": ["invisible"], "ends_on": ["attack"]},
}
#: A d4 for every ally's attacks and saving throws while the knight can speak.
_LEADERSHIP: dict[str, Any] = {
    "type": "effect",
    "on": "allies",
    "targets": 10,
    "effect": {
        "attack_roll": "1d4",
        "saving_throw": "1d4",
        "duration": 10,
        "ends_on": ["source_down"],
    },
}
#: A golem's: the text names armor class, saving throws and a slam as a bonus action.
_HASTE: dict[str, Any] = {
    "type": "effect",
    "on": "self",
    "effect": {
        "armor_class": 2,
        "save_advantage": ["dex"],
        "grants": ["extra_attack"],
        "duration": 1,
    },
}
#: Only the third of the androsphinx's roars hurts, once, and everyone near.
_THIRD_ROAR: dict[str, Any] = {
    "type": "save",
    "dc": 18,
    "ability": "con",
    "damage": "8d10 thunder",
    "on_success": "half",
    "targets": 6,
    "uses": 1,
}
#: Name, words of the text, what it is.
_KNOWN = (
    (("invisibility", "invisible passage"), "invisible until", _VANISH),
    (("leadership",), "add a d4", _LEADERSHIP),
    (("roar",), "Third Roar", _THIRD_ROAR),
    (("haste",), "slam attack as a bonus action", _HASTE),
)


def known_action(name: str, text: str) -> dict[str, Any] | None:
    """Return a printed action that is known as a whole, without its limit, or None."""
    low = name.casefold()
    for names, words, action in _KNOWN:
        if low in names and words in text:
            found: dict[str, Any] = json.loads(json.dumps(action))
            found["name"] = name
            if "effect" in found:
                found["effect"]["name"] = name
            return found
    return None
