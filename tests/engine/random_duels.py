"""Random duels that touch every rule of an attack: what the engine is checked on."""

from __future__ import annotations

import random
from typing import Any

from dualslot_widgets.scenario.scenario import Scenario

KINDS = ("slashing", "piercing", "fire", "cold", "necrotic", "")


def random_duel(seed: int, runs: int) -> Scenario:
    """A character against a monster, both made to last a few rounds."""
    dice = random.Random(seed)
    return Scenario.from_dict(
        {
            "name": f"duel {seed}",
            "players": [_fighter(dice, "Hero")],
            "encounters": [{"monsters": [_fighter(dice, "Beast")]}],
            "settings": {
                "runs": runs,
                "seed": dice.randrange(2**53),
                "max_rounds": dice.choice((3, 5, 8, 50)),
            },
        }
    )


def _fighter(dice: random.Random, name: str) -> dict[str, Any]:
    attacks = [_attack(dice, f"attack {i}") for i in range(dice.randint(1, 3))]
    fighter: dict[str, Any] = {
        "name": name,
        "max_hp": dice.randint(8, 60),
        "armor_class": dice.randint(8, 20),
        "initiative_bonus": dice.randint(-2, 4),
        "actions": attacks,
        # With several attacks a multiattack says which are made; one attack needs none.
        "multiattack": [dice.choice(attacks)["name"] for _ in range(dice.randint(1, 3))],
    }
    if len(attacks) == 1 and dice.random() < 0.5:
        del fighter["multiattack"]
    for defence in ("resistances", "immunities", "vulnerabilities"):
        some = 1 if defence == "immunities" else 2
        fighter[defence] = dice.sample([k for k in KINDS if k], dice.randint(0, some))
    return fighter


def _attack(dice: random.Random, name: str) -> dict[str, Any]:
    terms = []
    for _ in range(dice.randint(1, 3)):
        sides, bonus = dice.choice((4, 6, 8, 10, 12)), dice.randint(-3, 6)
        sign = f"{bonus:+d}" if bonus else ""
        terms.append(f"{dice.randint(1, 3)}d{sides}{sign} {dice.choice(KINDS)}".strip())
    return {
        "type": "attack",
        "name": name,
        "attack_bonus": dice.randint(1, 10),
        "damage": " + ".join(terms),
        "critical_range": dice.choice((18, 19, 20, 20)),
        "advantage": dice.random() < 0.3,
        "disadvantage": dice.random() < 0.3,
    }
