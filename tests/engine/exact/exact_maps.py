"""Attacks and saving throws as maps of hit points: matrices [before, after], exact.

Who has fallen stays as it is.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from dualslot_widgets.scenario.actions import Attack, Save
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.effects import ABILITIES
from tests.engine.exact.exact_rolls import added, arriving, d20, damage_of, joint, rolled_by_kind


@lru_cache
def attack(action: Attack, target: Creature, size: int) -> np.ndarray:
    """The map of one attack roll; `size` is the target's most hit points + 1."""
    return losing(damage_of_attack(action, target), size)


def damage_of_attack(action: Attack, target: Creature) -> np.ndarray:
    """Distribution of the damage of one attack roll, misses included."""
    magical = action.magical or action.spell is not None
    plain = rolled_by_kind(action.damage, 1, action.reroll)
    if action.automatic:
        return damage_of(plain, target, magical)
    doubled = rolled_by_kind(action.damage, 2, action.reroll, action.critical_dice)
    on_hit, on_critical = (damage_of(rolled, target, magical) for rolled in (plain, doubled))
    damage = np.zeros(1)
    for face, chance in enumerate(d20(action.advantage, action.disadvantage), start=1):
        hits = face == 20 or (face != 1 and face + action.attack_bonus >= target.armor_class)
        if not hits:
            damage = added(damage, np.array([chance]))
        else:
            critical = face >= action.critical_range
            damage = added(damage, chance * (on_critical if critical else on_hit))
    return damage


def losing(damage: np.ndarray, size: int) -> np.ndarray:
    """The map of a loss of hit points, never below 0."""
    found = np.zeros((size, size))
    found[0, 0] = 1.0
    before = np.arange(1, size)
    for lost in np.flatnonzero(damage):
        found[before, np.maximum(before - lost, 0)] += damage[lost]
    return found


def chance_to_save(action: Save, target: Creature) -> float:
    """d20 + bonus against the DC; a natural 1 or 20 means nothing."""
    magical = action.magical or action.spell is not None
    better = action.ability in target.save_advantage
    better = better or (magical and "magic_resistance" in target.traits)
    needed = action.dc - target.saving_throws[ABILITIES.index(action.ability)]
    return sum(p for face, p in enumerate(d20(better, False), start=1) if face >= needed)


@lru_cache
def saves(action: Save, targets: tuple[tuple[Creature, int], ...]) -> np.ndarray:
    """The map of all targets' hit points together, which are (creature, size) each.

    Damage is rolled once for all; each saves by itself. Rows and columns count through the hit
    points of the last target first, as a reshaped array does.
    """
    magical = action.magical or action.spell is not None
    same: dict[tuple[tuple[int, int], ...], float] = {}
    for chance, amounts in joint(rolled_by_kind(action.damage)):
        does = []
        for target, _ in targets:
            full = arriving(amounts, target, False, magical)
            half = arriving(amounts, target, True, magical) if action.on_success == "half" else 0
            does.append((full, half))
        same[tuple(does)] = same.get(tuple(does), 0.0) + chance
    made = [chance_to_save(action, target) for target, _ in targets]
    size = int(np.prod([size for _, size in targets]))
    whole = np.zeros((size, size))
    for does, chance in same.items():
        together = np.full((1, 1), chance)
        for (full, half), p, (_, most) in zip(does, made, targets, strict=True):
            damage = np.zeros(max(full, half) + 1)
            damage[half] += p
            damage[full] += 1 - p
            together = np.kron(together, losing(damage, most))
        whole += together
    return whole
