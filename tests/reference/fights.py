"""The fights that speed is measured on, and richer ones on which both simulators must agree."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.library import bestiary
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario import Scenario


def _scenario(name: str, players: list[dict], *encounters: list[dict], **settings: Any) -> Scenario:
    return Scenario.from_dict(
        {
            "name": name,
            "players": players,
            "encounters": [{"monsters": monsters} for monsters in encounters],
            "settings": {"runs": 1005, "seed": 11} | settings,
        }
    )


def _plain(key: str) -> dict[str, Any]:
    """A monster as far as the simulator in plain Python goes: attacks, breath and hit points."""
    block = bestiary.stat_block(key)
    kept = ("name", "max_hp", "armor_class", "initiative_bonus", "saving_throws", "immunities")
    actions = [
        {k: v for k, v in a.items() if k not in ("on_hit", "effect", "area", "once", "ranged")}
        for a in block["actions"]
        if "damage" in a and a.get("time", "action") == "action"
    ]
    names = {action["name"] for action in actions}
    multiattack = [name for name in block.get("multiattack", []) if name in names]
    more = {"actions": actions, "multiattack": multiattack}
    return {key: block[key] for key in kept if key in block} | more


def _hero(name: str, hp: int, armor: int, *actions: dict, **more: Any) -> dict[str, Any]:
    saves = {"str": 3, "dex": 4, "con": 5, "wis": 3}
    hero = {"name": name, "max_hp": hp, "armor_class": armor, "saving_throws": saves}
    return hero | {"initiative_bonus": 2, "actions": list(actions)} | more


def _blow(name: str, bonus: int, damage: str, **more: Any) -> dict[str, Any]:
    return {"type": "attack", "name": name, "attack_bonus": bonus, "damage": damage} | more


FIREBALL = {
    "type": "save",
    "name": "Fireball",
    "dc": 17,
    "ability": "dex",
    "damage": "8d6 fire",
    "targets": 4,
    "uses": 2,
}
HEALING_WORD = {"type": "heal", "name": "Healing Word", "healing": "1d4+5", "uses": 4}
MASS_CURE = {"type": "heal", "name": "Mass Cure", "healing": "3d8+5", "targets": 6, "uses": 1}
FIGHTER = _hero(
    "Fighter",
    120,
    19,
    _blow("Greatsword", 11, "2d6+6 slashing", critical_range=19),
    multiattack=["Greatsword"] * 3,
)
PARTY = [
    FIGHTER,
    _hero("Cleric", 90, 18, _blow("Mace", 8, "1d8+4 bludgeoning"), HEALING_WORD, MASS_CURE),
    _hero("Rogue", 85, 17, _blow("Rapier", 10, "1d8+5 piercing + 6d6 piercing", advantage=True)),
    _hero("Wizard", 70, 15, _blow("Fire Bolt", 10, "3d10 fire"), FIREBALL),
    _hero(
        "Ranger",
        95,
        16,
        _blow("Longbow", 11, "1d8+5 piercing"),
        multiattack=["Longbow"] * 2,
        targeting="focus_fire",
    ),
]

#: 4 v 7: what a newcomer plays first, and the fight that the promises are made on.
STARTER = starter_scenario()
#: 5 v 1, with spells, healing, breath that recharges.
DRAGON = _scenario("5 v an adult red dragon", PARTY, [_plain("adult-red-dragon")])
#: 6 v 20: many combatants.
CROWD = _scenario(
    "6 v 20",
    [*PARTY, FIGHTER | {"name": "Champion", "targeting": "highest_hp"}],
    [_plain("orc") | {"count": 12}, _plain("ogre") | {"count": 8}],
)
#: Two encounters, and every strategy of targeting.
TWO_ENCOUNTERS = _scenario(
    "two encounters",
    [hero | {"max_hp": hero["max_hp"] // 2} for hero in PARTY],
    [
        _plain("ogre") | {"count": 2, "targeting": "highest_damage"},
        _plain("orc") | {"count": 3, "targeting": "random"},
        _plain("wolf") | {"count": 2, "targeting": "lowest_ac"},
    ],
    [_plain("young-red-dragon") | {"targeting": "highest_hp"}],
)
#: Resistance and its kin, disadvantage, a short cap of rounds.
DEFENCES = _scenario(
    "defences",
    PARTY[:4],
    [
        _plain("ogre")
        | {
            "count": 5,
            "max_hp": 80,
            "resistances": ["slashing", "piercing"],
            "vulnerabilities": ["bludgeoning"],
            "immunities": ["cold"],
            "targeting": "focus_fire",
        },
        {
            "name": "Shade",
            "max_hp": 60,
            "armor_class": 14,
            "vulnerabilities": ["fire"],
            "resistances": ["fire", "piercing"],
            "actions": [_blow("Touch", 9, "4d8+2 necrotic + 1d6 cold", disadvantage=True)],
            "multiattack": ["Touch", "Touch"],
        },
    ],
    max_rounds=5,
)
ALL = [STARTER, DRAGON, CROWD, TWO_ENCOUNTERS, DEFENCES]
