"""What a creature does on its turn: expected values, and the choice between its actions.

A ready limited action (or a heal) that is worth more now than the at-will routine, else the
multiattack, else the best at-will action. Worth is hit points, capped by what the target has left.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.encoding import (
    A_ABILITY,
    A_ADVANTAGE,
    A_BONUS,
    A_CRITICAL,
    A_END_TERM,
    A_FIRST_TERM,
    A_HALF,
    A_KIND,
    A_RECHARGE,
    A_TARGETS,
    A_USES,
    ATTACK,
    C_AC,
    C_END_ACTION,
    C_END_MULTI,
    C_FIRST_ACTION,
    C_FIRST_MULTI,
    C_MAX_HP,
    HEAL,
    IMMUNE,
    RESISTANT,
    VULNERABLE,
)
from dualslot_widgets.engine.kernel_targets import pick_wounded, preferred_target
from dualslot_widgets.engine.world import UP, kernel

#: What `choose_action` returns instead of an action.
ROUTINE, IDLE = -1, -2


@kernel
def chance(faces, advantage):
    """Return the chance that a d20 shows one of its `faces` highest sides."""
    p = min(max(faces, 0), 20) / 20.0
    if advantage > 0:
        return 1.0 - (1.0 - p) * (1.0 - p)
    if advantage < 0:
        return p * p
    return p


@kernel
def average_damage(w, action, target, hit, critical):
    """Return expected damage, every die counting `hit + critical` and every bonus `hit` times."""
    total = 0.0
    for t in range(w.actions[action, A_FIRST_TERM], w.actions[action, A_END_TERM]):
        dice = w.terms[t, 0] * (w.terms[t, 1] + 1) / 2.0
        part = dice * (hit + critical) + w.terms[t, 2] * hit
        defence = w.defences[target, w.terms[t, 3]]
        if defence & IMMUNE:
            part = 0.0
        if defence & RESISTANT:
            part /= 2.0
        if defence & VULNERABLE:
            part *= 2.0
        total += part
    return total


@kernel
def harm(w, action, target):
    """Return the hit points that an attack or save is expected to cost one target now."""
    if w.actions[action, A_KIND] == ATTACK:
        faces = 21 - (w.combatants[target, C_AC] - w.actions[action, A_BONUS])
        advantage = w.actions[action, A_ADVANTAGE]
        hit = chance(min(max(faces, 1), 19), advantage)
        critical_faces = min(21 - w.actions[action, A_CRITICAL], max(faces, 1))
        critical = chance(critical_faces, advantage)
        damage = average_damage(w, action, target, hit, critical)
    else:
        bonus = w.saves[target, w.actions[action, A_ABILITY]]
        made = chance(21 - (w.actions[action, A_BONUS] - bonus), 0)
        share = 1.0 - made * (0.5 if w.actions[action, A_HALF] else 1.0)
        damage = average_damage(w, action, target, share, 0.0)
    return min(damage, float(w.hp[target]))


@kernel
def harm_of_all(w, actor, action):
    """Return what an attack or save is worth now, over all targets that it would reach."""
    total = 0.0
    reached = 0
    while reached < w.actions[action, A_TARGETS]:
        target = preferred_target(w, actor, False)
        if target < 0:
            break
        total += harm(w, action, target)
        w.flagged[target] = 1
        w.picked[reached] = target
        reached += 1
    for k in range(reached):
        w.flagged[w.picked[k]] = 0
    return total


@kernel
def help_of_all(w, actor, action):
    """Return what a heal is worth now: hit points, and a fallen ally's turns."""
    term = w.actions[action, A_FIRST_TERM]
    healing = w.terms[term, 0] * (w.terms[term, 1] + 1) / 2.0 + w.terms[term, 2]
    total = 0.0
    for k in range(pick_wounded(w, actor, w.actions[action, A_TARGETS])):
        ally = w.picked[k]
        total += min(healing, float(w.combatants[ally, C_MAX_HP] - w.hp[ally]))
        if w.state[ally] != UP:
            total += w.output[ally]
    return total


@kernel
def is_ready(w, actor, action):
    """Say whether nothing keeps the actor from using the action now."""
    if w.actions[action, A_RECHARGE] == 0 and w.actions[action, A_USES] == 0:
        return True
    return w.left[actor, action - w.combatants[actor, C_FIRST_ACTION]] > 0


@kernel
def choose_action(w, actor):
    """Return the index of the action to use, ROUTINE for the multiattack, or IDLE."""
    first = w.combatants[actor, C_FIRST_ACTION]
    end = w.combatants[actor, C_END_ACTION]
    first_multi = w.combatants[actor, C_FIRST_MULTI]
    end_multi = w.combatants[actor, C_END_MULTI]
    # Most creatures have nothing to weigh.
    if end == first:
        return IDLE
    routine = IDLE
    special = False
    at_will = 0
    for action in range(first, end):
        free = w.actions[action, A_RECHARGE] == 0 and w.actions[action, A_USES] == 0
        if free and w.actions[action, A_KIND] != HEAL:
            at_will += 1
            routine = action
        elif is_ready(w, actor, action):
            special = True
    if end_multi > first_multi:
        routine = ROUTINE
    if not special and (routine == ROUTINE or at_will <= 1):
        return routine
    value = 0.0
    if routine == ROUTINE:
        target = preferred_target(w, actor, False)
        for m in range(first_multi, end_multi):
            action = w.multiattacks[m]
            if not is_ready(w, actor, action):
                continue
            if w.actions[action, A_KIND] == HEAL:
                value += help_of_all(w, actor, action)
            else:
                value += harm(w, action, target)
    elif at_will > 0:
        routine = IDLE
        for action in range(first, end):
            free = w.actions[action, A_RECHARGE] == 0 and w.actions[action, A_USES] == 0
            if free and w.actions[action, A_KIND] != HEAL:
                worth = harm_of_all(w, actor, action)
                if routine == IDLE or worth > value:
                    routine = action
                    value = worth
    chosen = routine
    for action in range(first, end):
        kind = w.actions[action, A_KIND]
        free = w.actions[action, A_RECHARGE] == 0 and w.actions[action, A_USES] == 0
        if (free and kind != HEAL) or not is_ready(w, actor, action):
            continue
        worth = help_of_all(w, actor, action) if kind == HEAL else harm_of_all(w, actor, action)
        if worth > value:
            chosen = action
            value = worth
    return chosen
