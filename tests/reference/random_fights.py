"""Fights that nobody would write down: every rule in any company, for the two simulators to agree.

Written fights show what their writer thought of. These found a spent heal that still counted.
"""

from __future__ import annotations

import random
from typing import Any

from dualslot_widgets.scenario.creature import TARGETING
from dualslot_widgets.scenario.scenario import Scenario

#: Few, so that damage often meets a defence.
TYPES = ["fire", "cold", "slashing"]


def random_fight(number: int) -> Scenario:
    """The same fight for the same number."""
    dice = random.Random(number)
    encounters = [
        {"monsters": [_creature(dice, f"Foe {e}{i}") for i in range(dice.randint(1, 2))]}
        for e in range(dice.randint(1, 3))
    ]
    return Scenario.from_dict(
        {
            "name": f"random fight {number}",
            "players": [_creature(dice, f"Hero {i}") for i in range(dice.randint(1, 3))],
            "encounters": encounters,
            "settings": {"seed": number, "max_rounds": dice.choice([3, 12])},
        }
    )


def _creature(dice: random.Random, name: str) -> dict[str, Any]:
    actions = [_action(dice, f"{name}'s action {i}") for i in range(dice.randint(1, 5))]
    creature = {
        "name": name,
        "count": dice.randint(1, 3),
        "max_hp": dice.randint(3, 60),
        "armor_class": dice.randint(8, 20),
        "initiative_bonus": dice.randint(-3, 5),
        "saving_throws": {"dex": dice.randint(-2, 8), "con": dice.randint(-2, 8)},
        "actions": actions,
        "targeting": dice.choice(TARGETING),
        "resistances": dice.sample(TYPES, dice.randint(0, 1)),
        "immunities": dice.sample(TYPES, dice.choice([0, 0, 0, 1])),
        "vulnerabilities": dice.sample(TYPES, dice.randint(0, 1)),
    }
    if dice.random() < 0.4:
        parts = dice.choices(actions, k=dice.randint(1, 3))
        creature["multiattack"] = [action["name"] for action in parts]
    return creature


def _action(dice: random.Random, name: str) -> dict[str, Any]:
    kind = dice.choice(["attack", "attack", "save", "heal"])
    action: dict[str, Any] = {"type": kind, "name": name}
    if kind == "attack":
        action |= {
            "attack_bonus": dice.randint(-2, 12),
            "damage": _damage(dice),
            "critical_range": dice.choice([20, 20, 19, 15, 5]),
            "advantage": dice.random() < 0.3,
            "disadvantage": dice.random() < 0.3,
        }
    elif kind == "save":
        action |= {
            "dc": dice.randint(5, 20),
            "ability": dice.choice(["dex", "con"]),
            "damage": _damage(dice),
            "on_success": dice.choice(["half", "none"]),
            "targets": dice.randint(1, 3),
        }
    else:
        healing = f"{dice.randint(1, 2)}d6+{dice.randint(0, 5)}"
        action |= {"healing": healing, "targets": dice.randint(1, 3)}
    limit = dice.choice([{"recharge": dice.randint(2, 6)}, {"uses": dice.randint(1, 3)}, {}, {}])
    return action | limit


def _damage(dice: random.Random) -> str:
    terms = []
    for _ in range(dice.randint(1, 3)):
        bonus = dice.choice(["", "+3", "+1", "-2", "-6"])
        kind = dice.choice([*TYPES, ""])
        terms.append(f"{dice.randint(1, 3)}d{dice.choice([4, 6, 8, 12])}{bonus} {kind}".strip())
    return " + ".join(terms)
