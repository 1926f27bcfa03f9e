"""What dice do, as exact distributions: index = value, entry = chance. Written from the rules.

`exact_maps`, `exact_order` and `exact_fight` build on it. They share the parsed scenario with the
engine, and nothing else.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.dice import DamageTerm

FACES = range(1, 21)


def d20(advantage: bool, disadvantage: bool) -> list[float]:
    """Chances of the faces 1 to 20; advantage and disadvantage cancel."""
    if advantage == disadvantage:
        return [1 / 20] * 20
    if advantage:
        return [(2 * face - 1) / 400 for face in FACES]
    return [(41 - 2 * face) / 400 for face in FACES]


def die(sides: int, reroll: int = 0) -> np.ndarray:
    """One die; faces up to `reroll` are rolled again once (Great Weapon Fighting)."""
    fair = np.r_[0.0, np.full(sides, 1 / sides)]
    kept = fair.copy()
    kept[1 : min(reroll, sides) + 1] = 0
    return kept + (1 - kept.sum()) * fair


def rolled_by_kind(
    terms: tuple[DamageTerm, ...], times: int = 1, reroll: int = 0, extra_dice: int = 0
) -> dict[str, np.ndarray]:
    """Damage before defences, each type by itself and never below 0.

    Every die is rolled `times` times; `extra_dice` more of the first term's dice come on top.
    """
    dice: dict[str, np.ndarray] = {}
    bonus: dict[str, int] = {}
    for number, term in enumerate(terms):
        total = dice.get(term.type, np.ones(1))
        for _ in range(term.count * times):
            total = np.convolve(total, die(term.sides, reroll))
        for _ in range(extra_dice if number == 0 else 0):
            total = np.convolve(total, die(term.sides))
        dice[term.type] = total
        bonus[term.type] = bonus.get(term.type, 0) + term.bonus
    return {kind: shifted(total, bonus[kind]) for kind, total in dice.items()}


def shifted(dice: np.ndarray, bonus: int, least: int = 0) -> np.ndarray:
    """The distribution of max(least, dice + bonus)."""
    found = np.zeros(max(len(dice) + bonus, least + 1))
    for value, chance in enumerate(dice):
        found[max(least, value + bonus)] += chance
    return found


def joint(rolled: dict[str, np.ndarray]) -> list[tuple[float, dict[str, int]]]:
    """Every combination of damage by type, with its chance: an area rolls once for all."""
    kinds = list(rolled)
    ways = [[(v, p) for v, p in enumerate(rolled[kind]) if p > 0] for kind in kinds]
    return [
        (float(np.prod([p for _, p in way])), dict(zip(kinds, (v for v, _ in way), strict=True)))
        for way in product(*ways)
    ]


def arriving(amounts: dict[str, int], target: Creature, halved: bool, magical: bool) -> int:
    """What damage of several types does to a target, all defences and the threshold included."""
    total = 0
    for kind, amount in amounts.items():
        total += after_defences(amount // 2 if halved else amount, kind, target, magical)
    return total if total >= target.damage_threshold else 0


def after_defences(damage: int, kind: str, target: Creature, magical: bool) -> int:
    """SRD 5.1, "Damage Resistance and Vulnerability": resistance first, then vulnerability."""

    def has(words: tuple[str, ...]) -> bool:
        return kind in words or (not magical and f"nonmagical {kind}" in words)

    if has(target.immunities):
        return 0
    if has(target.resistances):
        damage //= 2
    if has(target.vulnerabilities):
        damage *= 2
    return damage


def damage_of(rolled: dict[str, np.ndarray], target: Creature, magical: bool) -> np.ndarray:
    """Distribution of the damage of a hit that arrives."""
    total = np.ones(1)
    for kind, chances in rolled.items():
        arrives = np.zeros(2 * len(chances))
        for value, chance in enumerate(chances):
            arrives[after_defences(value, kind, target, magical)] += chance
        total = np.convolve(total, arrives)
    weak = min(target.damage_threshold, len(total))
    total[0] += total[1:weak].sum()
    total[1:weak] = 0
    return total


def added(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The sum of two distributions of different lengths."""
    longer = np.zeros(max(len(one), len(other)))
    longer[: len(one)] += one
    longer[: len(other)] += other
    return longer
