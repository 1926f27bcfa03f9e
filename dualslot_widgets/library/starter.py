"""The scenario that a newcomer meets first: four characters against six goblins and an ogre.

The same fight is the benchmark of the engine.
"""

from __future__ import annotations

from typing import Any

from dualslot_widgets.scenario.scenario import Scenario


def starter_scenario() -> Scenario:
    """Return "Ogre at the bridge": four level-2 characters v six goblins and an ogre."""
    return Scenario.from_dict(
        {
            "name": "Ogre at the bridge",
            "players": starter_party(),
            "encounters": [{"monsters": [{"monster": "goblin", "count": 6}, {"monster": "ogre"}]}],
        }
    )


def starter_party() -> list[dict[str, Any]]:
    """Return four level-2 characters as scenario JSON, built by the SRD 5.1 with its point array.

    A spell is an action that spends one of its slots; what the SRD makes a bonus action takes the
    whole turn here. Life Domain is the SRD's domain for clerics.
    """
    return [_fighter(), _cleric(), _rogue(), _wizard()]


def _fighter() -> dict[str, Any]:
    # Chain mail and shield; Dueling (+2 damage).
    return {
        "name": "Fighter",
        "level": 2,
        "max_hp": 20,
        "armor_class": 18,
        "initiative_bonus": 1,
        "saving_throws": {"str": 5, "dex": 1, "con": 4, "int": -1, "wis": 1, "cha": 0},
        "actions": [
            {
                "type": "attack",
                "name": "Longsword",
                "attack_bonus": 5,
                "damage": "1d8+5 slashing",
            }
        ],
    }


def _cleric() -> dict[str, Any]:
    # Chain mail and shield; Disciple of Life adds 2 + the spell's level to healing. Three slots.
    return {
        "name": "Cleric",
        "level": 2,
        "max_hp": 17,
        "armor_class": 18,
        "initiative_bonus": 0,
        "saving_throws": {"str": 2, "dex": 0, "con": 2, "int": -1, "wis": 5, "cha": 3},
        "actions": [
            {
                "type": "attack",
                "name": "Mace",
                "attack_bonus": 4,
                "damage": "1d6+2 bludgeoning",
            },
            {
                "type": "save",
                "name": "Sacred Flame",
                "dc": 13,
                "ability": "dex",
                "damage": "1d8 radiant",
                "on_success": "none",
            },
            {"type": "heal", "name": "Cure Wounds", "healing": "1d8+6", "uses": 2},
            {"type": "heal", "name": "Healing Word", "healing": "1d4+6", "uses": 1},
        ],
    }


def _rogue() -> dict[str, Any]:
    # Studded leather; Sneak Attack (1d6) on its one attack, as an ally is nearly always near.
    return {
        "name": "Rogue",
        "level": 2,
        "max_hp": 17,
        "armor_class": 15,
        "initiative_bonus": 3,
        "saving_throws": {"str": 0, "dex": 5, "con": 2, "int": 3, "wis": 1, "cha": 0},
        "actions": [
            {
                "type": "attack",
                "name": "Rapier",
                "attack_bonus": 5,
                "damage": "1d8+3 piercing + 1d6 piercing",
            }
        ],
    }


def _wizard() -> dict[str, Any]:
    # Mage Armor takes one slot; two are left.
    return {
        "name": "Wizard",
        "level": 2,
        "max_hp": 14,
        "armor_class": 15,
        "initiative_bonus": 2,
        "saving_throws": {"str": -1, "dex": 2, "con": 2, "int": 5, "wis": 3, "cha": 0},
        "actions": [
            {
                "type": "attack",
                "name": "Fire Bolt",
                "attack_bonus": 5,
                "damage": "1d10 fire",
            },
            {
                "type": "save",
                "name": "Burning Hands",
                "dc": 13,
                "ability": "dex",
                "damage": "3d6 fire",
                "on_success": "half",
                "targets": 2,
                "uses": 2,
            },
        ],
    }
