"""Small stat blocks made up for the tests: one action, one trait, one multiattack at a time."""

from __future__ import annotations

from typing import Any

import dualslot_widgets as dw
from dualslot_widgets.importers.imported import Imported

HIT = "Melee Weapon Attack: +7 to hit, reach 5 ft., one target. Hit: "
BITE = {"name": "Bite", "desc": f"{HIT}11 (2d6 + 4) piercing damage."}
CLAWS = {"name": "Claws", "desc": f"{HIT}9 (2d4 + 4) slashing damage."}
TAIL = {"name": "Tail", "desc": f"{HIT}8 (1d8 + 4) bludgeoning damage."}


def imported(*actions: dict[str, Any], **keys: Any) -> Imported:
    """Import a creature with these actions, in the words of Open5e v1."""
    block = {
        "name": "Test Beast", "slug": "beast", "document__slug": "own", "hit_points": 60,
        "armor_class": 14, "hit_dice": "8d10+16", "strength": 18, "dexterity": 12,
        "constitution": 14, "intelligence": 6, "wisdom": 12, "charisma": 8, "actions": [*actions],
    }  # fmt: skip
    return dw.import_data(block | keys)


def creature(*actions: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """Return that creature as scenario JSON."""
    return imported(*actions, **keys).creatures[0].to_dict()


def action(text: str, name: str = "Strike", **keys: Any) -> dict[str, Any]:
    """Return the only action of a creature, read from its text."""
    (only,) = creature({"name": name, "desc": text} | keys)["actions"]
    return only


def left_out(found: Imported) -> str:
    """Return the remarks on what is left out."""
    return "\n".join(map(str, found.report.left_out))


def assumed(found: Imported) -> str:
    """Return the remarks on how something is taken."""
    return "\n".join(map(str, found.report.assumed))
