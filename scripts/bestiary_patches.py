"""The patch table: what is set right or written by hand, each with its reason.

Used by the readers of build_bestiary.py. The general reader of the text does the rest.
"""

from __future__ import annotations

from typing import Any

#: SRD 5.1, "Experience Points by Challenge Rating": the source has these four one row too low.
XP = {
    "brass-dragon-wyrmling": 200,
    "deep-gnome-svirfneblin": 100,
    "dretch": 50,
    "riding-horse": 50,
}
#: Numbers of attacks that the source gives in words.
COUNTS = {"Number of Heads": 5, "1d4": 2}
#: Only the third of the androsphinx's roars hurts, once, and everyone near.
THIRD_ROAR = {
    "type": "save",
    "name": "Roar",
    "dc": 18,
    "ability": "con",
    "damage": "8d10 thunder",
    "on_success": "half",
    "targets": 6,
    "uses": 1,
}
#: Turns invisible until it attacks, as long as it concentrates. It is taken to be so when the fight
#: begins, since no fight gives it a better turn for that. The effect takes the action's name.
VANISH: dict[str, Any] = {
    "type": "effect",
    "time": "start",
    "on": "self",
    "concentration": True,
    "effect": {"conditions": ["invisible"], "ends_on": ["attack"]},
}
#: A d4 for every ally's attacks and saving throws while the knight can speak.
LEADERSHIP = {
    "type": "effect",
    "name": "Leadership",
    "on": "allies",
    "targets": 10,
    "effect": {
        "name": "Leadership",
        "attack_roll": "1d4",
        "saving_throw": "1d4",
        "duration": 10,
        "ends_on": ["source_down"],
    },
}
#: A clay golem's: the text names armor class, saving throws and a slam as a bonus action.
GOLEM_HASTE = {
    "type": "effect",
    "name": "Haste",
    "on": "self",
    "effect": {
        "name": "Haste",
        "armor_class": 2,
        "save_advantage": ["dex"],
        "grants": ["extra_attack"],
        "duration": 1,
    },
}
