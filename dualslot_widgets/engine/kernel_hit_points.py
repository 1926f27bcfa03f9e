"""Losing and regaining hit points: defences, dropping to 0, dying, death saves.

SRD 5.1: "Damage Resistance and Vulnerability", "Dropping to 0 Hit Points", "Death Saving Throws".
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.encoding import (
    A_END_TERM,
    A_FIRST_TERM,
    C_MAX_HP,
    C_SIDE,
    IMMUNE,
    MONSTERS,
    RESISTANT,
    VULNERABLE,
)
from dualslot_widgets.engine.kernel_dice import d20
from dualslot_widgets.engine.world import (
    DEAD,
    DYING,
    ENCOUNTER,
    K_DEATH_SAVE,
    ROUND,
    STABLE,
    T_DEALT,
    T_DOWN_ENCOUNTER,
    T_DOWN_ROUND,
    T_HEALED,
    T_RECEIVED,
    T_TAKEN,
    UP,
    kernel,
    log_event,
)


@kernel
def damage_to(w, action, target, halved):
    """Return what the rolled damage of an action does to a target after save and defences.

    Each damage type by itself: never below 0, halved (rounded down) by the saving throw, then
    immunity, then resistance (half, rounded down), then vulnerability (double).
    """
    total = 0
    previous = -1
    for t in range(w.actions[action, A_FIRST_TERM], w.actions[action, A_END_TERM]):
        kind = w.terms[t, 3]
        if kind == previous:
            continue
        previous = kind
        amount = max(w.rolled[kind], 0)
        if halved:
            amount //= 2
        defence = w.defences[target, kind]
        if defence & IMMUNE:
            amount = 0
        if defence & RESISTANT:
            amount //= 2
        if defence & VULNERABLE:
            amount *= 2
        total += amount
    return total


@kernel
def lose_hit_points(w, actor, target, damage):
    """Take damage; return the hit points really lost.

    A monster dies at 0. A character goes down, and is dead at once when the damage left over
    reaches its maximum. Damage while down is a failed death save.
    """
    before = w.hp[target]
    lost = min(before, damage)
    w.hp[target] = before - lost
    w.tally[T_DEALT, actor] += lost
    w.tally[T_TAKEN, target] += lost
    if damage == 0 or w.hp[target] > 0 or w.state[target] == DEAD:
        return lost
    side = w.combatants[target, C_SIDE]
    if w.state[target] == UP:
        w.standing[side] -= 1
        w.failed[target] = 0
        w.saved[target] = 0
        if w.tally[T_DOWN_ROUND, target] == 0:
            w.tally[T_DOWN_ENCOUNTER, target] = w.clock[ENCOUNTER]
            w.tally[T_DOWN_ROUND, target] = w.clock[ROUND]
    else:
        w.failed[target] += 1
    w.state[target] = DYING
    if side == MONSTERS or damage - lost >= w.combatants[target, C_MAX_HP] or w.failed[target] >= 3:
        w.state[target] = DEAD
    return lost


@kernel
def regain_hit_points(w, actor, target, healing):
    """Be healed, never above the maximum; the fallen stand up. Return the hit points regained."""
    gained = max(min(healing, w.combatants[target, C_MAX_HP] - w.hp[target]), 0)
    if gained > 0:
        w.hp[target] += gained
        w.tally[T_HEALED, actor] += gained
        w.tally[T_RECEIVED, target] += gained
        if w.state[target] != UP:
            w.state[target] = UP
            w.standing[w.combatants[target, C_SIDE]] += 1
    return gained


@kernel
def death_save(w, log, actor):
    """Roll a death saving throw; return whether the character is up and may act.

    10 or higher is a success, three make stable; three failures kill; a natural 1 fails twice; a
    natural 20 gives 1 hit point back.
    """
    roll = d20(w, 0)
    gained = 0
    if roll == 20:
        gained = regain_hit_points(w, actor, actor, 1)
    elif roll >= 10:
        w.saved[actor] += 1
        if w.saved[actor] >= 3:
            w.state[actor] = STABLE
    else:
        w.failed[actor] += 2 if roll == 1 else 1
        if w.failed[actor] >= 3:
            w.state[actor] = DEAD
    log_event(w, log, actor, -1, actor, K_DEATH_SAVE, roll, roll, gained)
    return gained > 0
