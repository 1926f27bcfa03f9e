"""One creature's turn: death save, recharge, and the action it chose.

SRD 5.1: "Making an Attack", "Saving Throws", "Limited Usage".
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
    A_NAME,
    A_RECHARGE,
    A_TARGETS,
    A_USES,
    ATTACK,
    C_AC,
    C_END_ACTION,
    C_END_MULTI,
    C_FIRST_ACTION,
    C_FIRST_MULTI,
    C_SIDE,
    HEAL,
)
from dualslot_widgets.engine.kernel_choice import IDLE, ROUTINE, choose_action, is_ready
from dualslot_widgets.engine.kernel_dice import d20, die, roll_terms
from dualslot_widgets.engine.kernel_hit_points import (
    damage_to,
    death_save,
    lose_hit_points,
    regain_hit_points,
)
from dualslot_widgets.engine.kernel_targets import choose_target, pick_wounded
from dualslot_widgets.engine.world import (
    DYING,
    K_CRITICAL,
    K_HEAL,
    K_HIT,
    K_MISS,
    K_RECHARGE,
    K_SAVE_FAILED,
    K_SAVE_MADE,
    NOTHING,
    UP,
    kernel,
    log_event,
    part,
)


@kernel
def attack(w, log, actor, action):
    """Make one attack roll against a target chosen now.

    A natural 1 misses, a natural 20 hits. A hit from the critical range up is critical.
    """
    target = choose_target(w, actor)
    if target < 0:
        return
    roll = d20(w, w.actions[action, A_ADVANTAGE])
    total = roll + w.actions[action, A_BONUS]
    name = w.actions[action, A_NAME]
    if roll == 1 or (roll < 20 and total < w.combatants[target, C_AC]):
        log_event(w, log, actor, name, target, K_MISS, roll, total, 0)
        return
    critical = roll >= w.actions[action, A_CRITICAL]
    times = 2 if critical else 1
    roll_terms(w, w.actions[action, A_FIRST_TERM], w.actions[action, A_END_TERM], times)
    lost = lose_hit_points(w, actor, target, damage_to(w, action, target, False))
    log_event(w, log, actor, name, target, K_CRITICAL if critical else K_HIT, roll, total, lost)


@kernel
def force_save(w, log, actor, action):
    """Roll damage once, and let every target reached roll its saving throw against it."""
    reached = 0
    while reached < w.actions[action, A_TARGETS]:
        target = choose_target(w, actor)
        if target < 0:
            break
        w.flagged[target] = 1
        w.picked[reached] = target
        reached += 1
    roll_terms(w, w.actions[action, A_FIRST_TERM], w.actions[action, A_END_TERM], 1)
    name = w.actions[action, A_NAME]
    for k in range(reached):
        target = w.picked[k]
        w.flagged[target] = 0
        roll = d20(w, 0)
        total = roll + w.saves[target, w.actions[action, A_ABILITY]]
        made = total >= w.actions[action, A_BONUS]
        damage = 0
        if not made or w.actions[action, A_HALF]:
            damage = damage_to(w, action, target, made)
        lost = lose_hit_points(w, actor, target, damage)
        log_event(
            w, log, actor, name, target, K_SAVE_MADE if made else K_SAVE_FAILED, roll, total, lost
        )


@kernel
def heal(w, log, actor, action):
    """Heal the allies that need it most, each with a roll of its own."""
    term = w.actions[action, A_FIRST_TERM]
    for k in range(pick_wounded(w, actor, w.actions[action, A_TARGETS])):
        ally = w.picked[k]
        roll_terms(w, term, term + 1, 1)
        gained = regain_hit_points(w, actor, ally, w.rolled[w.terms[term, 3]])
        name = w.actions[action, A_NAME]
        log_event(w, log, actor, name, ally, K_HEAL, NOTHING, NOTHING, gained)


@kernel
def perform(w, log, actor, action):
    """Use an action if it is ready, and spend what it costs."""
    if not is_ready(w, actor, action):
        return
    if w.actions[action, A_RECHARGE] > 0 or w.actions[action, A_USES] > 0:
        w.left[actor, action - w.combatants[actor, C_FIRST_ACTION]] -= 1
    kind = w.actions[action, A_KIND]
    if kind == ATTACK:
        attack(w, log, actor, action)
    elif kind == HEAL:
        heal(w, log, actor, action)
    else:
        force_save(w, log, actor, action)


@part
def roll_recharge(w, log, actor):
    """Roll a d6 for every recharge action that is spent."""
    first = w.combatants[actor, C_FIRST_ACTION]
    for action in range(first, w.combatants[actor, C_END_ACTION]):
        needed = w.actions[action, A_RECHARGE]
        if needed > 0 and w.left[actor, action - first] == 0:
            roll = die(w, 6)
            if roll >= needed:
                w.left[actor, action - first] = 1
            log_event(w, log, actor, w.actions[action, A_NAME], actor, K_RECHARGE, roll, roll, 0)


@part
def take_turn(w, log, actor):
    """Play one turn of a combatant."""
    if w.state[actor] == DYING:
        death_save(w, log, actor)
    if w.state[actor] != UP:
        return
    roll_recharge(w, log, actor)
    chosen = choose_action(w, actor)
    if chosen == ROUTINE:
        enemies = 1 - w.combatants[actor, C_SIDE]
        for m in range(w.combatants[actor, C_FIRST_MULTI], w.combatants[actor, C_END_MULTI]):
            if w.standing[enemies] > 0:
                perform(w, log, actor, w.multiattacks[m])
    elif chosen != IDLE:
        perform(w, log, actor, chosen)
