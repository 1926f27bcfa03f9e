"""Random fights beyond plain duels, in which nobody has a choice to make.

A character against one or two monsters: breath and spells with recharge or uses, extra critical
dice, rerolled dice, magical and nonmagical damage, damage thresholds, rolled hit points, two
encounters. Whoever has a limited saving throw either has nothing else, or one attack that is worth
less at any hit points: min(S, hp) > min(A, hp * P(hit)) whenever S > A, since P(hit) < 1.
"""

from __future__ import annotations

import random
from typing import Any

from dualslot_widgets.scenario.scenario import Scenario

#: What attacks deal, and defences are drawn from; blasts deal what nobody is immune to.
KINDS = ("slashing", "piercing", "necrotic")
BLASTS = ("fire", "cold")
DEFENCES = (*KINDS, *BLASTS, "nonmagical slashing", "nonmagical piercing")
SHAPES = ("blast", "two", "rolled", "day")


def random_fight(shape: str, seed: int, runs: int = 1) -> Scenario:
    """A fight of one of the `SHAPES`."""
    dice = random.Random(f"{shape} {seed}")
    blast = shape == "blast" or (shape == "two" and dice.random() < 0.5)
    many = shape == "two" or (shape != "day" and dice.random() < 0.3)
    hp = (18 if blast else 22) if many else 40
    hero = _fighter(dice, "Hero", 2 * hp, blast)
    hero["targeting"] = dice.choice(("lowest_hp", "lowest_hp", "highest_hp", "lowest_ac"))
    beasts = [_fighter(dice, "Beast", hp, blast and dice.random() < 0.6, weak=many)]
    if many:
        if dice.random() < 0.5:
            beasts[0]["count"] = 2
        else:
            beasts.append(_fighter(dice, "Other", hp, False, weak=True))
    encounters = [{"monsters": beasts}]
    if shape == "day":
        encounters.append({"monsters": [_fighter(dice, "Later", hp, False, weak=True)]})
    if shape == "rolled":
        for beast in beasts:
            beast["hit_dice"] = (
                f"{dice.randint(2, 4)}d{dice.choice((4, 6))}{dice.randint(-4, 6):+d}"
            )
            beast["hit_dice"] = beast["hit_dice"].removesuffix("+0")
    return Scenario.from_dict(
        {
            "name": f"{shape} {seed}",
            "players": [hero],
            "encounters": encounters,
            "settings": {
                "runs": runs,
                "seed": dice.randrange(2**53),
                "max_rounds": dice.choice((3, 6, 10)),
                "hit_points": "rolled" if shape == "rolled" else "average",
            },
        }
    )


def _fighter(
    dice: random.Random, name: str, hp: int, blast: bool, *, weak: bool = False
) -> dict[str, Any]:
    fighter: dict[str, Any] = {
        "name": name,
        "max_hp": dice.randint(hp // 2, hp),
        "armor_class": dice.randint(8, 18),
        "initiative_bonus": dice.randint(-1, 2),
        "saving_throws": {"dex": dice.randint(-1, 8), "con": dice.randint(-1, 8)},
        "save_advantage": dice.sample(("dex", "con"), dice.randint(0, 1)),
        "traits": dice.sample(("magic_resistance",), int(dice.random() < 0.3)),
        "damage_threshold": dice.choice((0, 0, 0, 4)),
        "immunities": dice.sample(KINDS, int(dice.random() < 0.2)),
        "resistances": dice.sample(DEFENCES, dice.randint(0, 3)),
        "vulnerabilities": dice.sample(DEFENCES, int(dice.random() < 0.3)),
    }
    if not blast:
        attacks = [_attack(dice, f"attack {n}", weak) for n in range(dice.randint(1, 2))]
        routine = [dice.choice(attacks)["name"] for _ in range(1 if weak else dice.randint(1, 2))]
        return fighter | {"actions": attacks, "multiattack": routine}
    # At least 5d6 fire or cold, a quarter of it even when made and resisted: more than "1d2".
    fighter["actions"] = [_blast(dice)]
    if dice.random() < 0.6:
        poke = {"type": "attack", "name": "Poke", "attack_bonus": 4, "damage": "1d2 slashing"}
        fighter["actions"].append(poke)
    return fighter


def _blast(dice: random.Random) -> dict[str, Any]:
    first, second = dice.sample(BLASTS, 2)
    mixed = f" + {dice.randint(1, 2)}d4+1 {second}" if dice.random() < 0.4 else ""
    limit = {"recharge": dice.randint(4, 6)} if dice.random() < 0.6 else {"uses": 2}
    return (
        {
            "type": "save",
            "name": "Blast",
            "dc": dice.randint(10, 16),
            "ability": dice.choice(("dex", "con")),
            "damage": f"{dice.randint(5, 7)}d6 {first}{mixed}",
            "on_success": "half",
            "targets": dice.randint(1, 3),
            "magical": dice.random() < 0.5,
        }
        | limit
        | _none_now_and_then(dice)
    )


def _none_now_and_then(dice: random.Random) -> dict[str, Any]:
    return {"on_success": "none", "dc": 20} if dice.random() < 0.3 else {}


def _attack(dice: random.Random, name: str, weak: bool) -> dict[str, Any]:
    terms = []
    for _ in range(1 if weak else dice.randint(1, 2)):
        bonus = dice.randint(-1, 4)
        sign = f"{bonus:+d}" if bonus else ""
        terms.append(f"{dice.randint(1, 2)}d{dice.choice((4, 6, 8))}{sign} {dice.choice(KINDS)}")
    return {
        "type": "attack",
        "name": name,
        "attack_bonus": dice.randint(2, 9),
        "damage": " + ".join(terms),
        "attacks": 1 if weak else dice.choice((1, 1, 2)),
        "magical": dice.random() < 0.3,
        "critical_range": dice.choice((18, 19, 20, 20)),
        "critical_dice": dice.choice((0, 0, 1, 2)),
        "reroll": dice.choice((0, 0, 2)),
        "advantage": dice.random() < 0.2,
        "disadvantage": dice.random() < 0.2,
    }
