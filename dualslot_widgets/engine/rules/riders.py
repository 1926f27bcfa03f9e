"""What comes with a hit: riders of attacker and attack, damage by effects, burns for the attacker.

Riders are rolled with the attack's damage; what they do beyond that comes after it. SRD 5.1: Sneak
Attack, Divine Smite, poison, Life Drain, Charge, Pounce, Rampage.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    ACTIVE,
    ADVANTAGE_OR_ALLY,
    CHARGE,
    CRITICAL_ONLY,
    FELLED,
    K_DAMAGE,
    K_HEAL,
    K_SAVE_FAILED,
    K_SAVE_MADE,
    MELEE_WEAPON,
    NOTHING,
    RIDING,
    SURPRISED,
    UP,
    WEAPON,
    WITH_ALLY,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.advantage import is_surprised
from dualslot_widgets.engine.rules.dice import clear_damage, roll_terms
from dualslot_widgets.engine.rules.effects import begin_effect, place_of
from dualslot_widgets.engine.rules.hit_points import (
    aftermath,
    damage_to,
    drain,
    lose_hit_points,
    regain_hit_points,
    roll_save,
)
from dualslot_widgets.engine.rules.uses import spend


@kernel
def ride(w, actor, a, target, advantage, critical, first, end, own):
    """Roll the damage of the riders that apply, and list those that have more to do.

    `own` is 1 for the actor's own riders, 0 for those of the attack.
    """
    taken = -1
    spell = w.a_spell[a] >= 0
    for r in range(first, end):
        when = w.r_when[r]
        # One rider at several slot levels stands in a row; it is taken once.
        if w.r_group[r] == taken or (when == CRITICAL_ONLY and not critical):
            continue
        once = w.r_once[r]
        if once >= 0 and (w.used[actor] >> once) & 1:
            continue
        if when == ADVANTAGE_OR_ALLY:
            alone = w.standing[w.c_side[actor]] < 2
            if advantage < 0 or (advantage == 0 and alone):
                continue
        if when == WITH_ALLY and w.standing[w.c_side[actor]] < 2:
            continue
        if when == CHARGE and w.taken[actor] != 1:
            continue
        if when == SURPRISED and not is_surprised(w, target):
            continue
        which = w.r_attacks[r]
        if own and (
            (which == WEAPON and spell) or (which == MELEE_WEAPON and (spell or w.a_ranged[a]))
        ):
            continue
        effect = w.r_effect[r]
        dc = w.r_bonus[r]
        pool = w.r_pool[r]
        if when == FELLED:
            w.riding[w.count[RIDING]] = r
            w.count[RIDING] += 1
            continue
        if pool >= 0:
            cost = w.r_cost[r]
            if w.left[actor, pool] < cost or w.allow[actor, pool] < cost:
                continue
            if effect >= 0 and place_of(w, target, w.e_stack[effect]) >= 0:
                continue
            spend(w, actor, pool, cost)
        taken = w.r_group[r]
        if once >= 0:
            w.used[actor] |= 1 << once
        if dc < 0:
            roll_terms(w, w.r_first_term[r], w.r_end_term[r], 2 if critical else 1, 0)
        if dc >= 0 or effect >= 0 or w.r_drains[r] or w.r_follow_up[r] >= 0:
            w.riding[w.count[RIDING]] = r
            w.count[RIDING] += 1


@kernel
def finish_riders(w, actor, a, target, critical):
    """Let the target save against what rides on a hit, and suffer it."""
    magical = w.a_magical[a]
    for k in range(w.count[RIDING]):
        r = w.riding[k]
        dc = w.r_bonus[r]
        effect = w.r_effect[r]
        if w.state[target] != UP:
            if w.r_when[r] == FELLED:
                if w.r_once[r] >= 0:
                    w.used[actor] |= 1 << w.r_once[r]
                w.follow[0] = w.r_follow_up[r]
                w.follow[1] = -1
            continue
        if w.r_when[r] == FELLED:
            continue
        made = False
        badly = False
        if dc >= 0:
            against = w.e_conditions[effect] if effect >= 0 else 0
            grave = 1 if effect >= 0 else 0
            made = roll_save(w, target, w.r_ability[r], dc, magical, grave, against)
            roll = w.shown[0]
            total = w.shown[1]
            badly = not made and total != NOTHING and total + 5 <= dc
            clear_damage(w)
            damage = 0
            if w.r_end_term[r] > w.r_first_term[r]:
                roll_terms(w, w.r_first_term[r], w.r_end_term[r], 2 if critical else 1, 0)
                if not made or w.r_half[r]:
                    damage = damage_to(w, target, 1 if made else 0, magical)
            lost = lose_hit_points(w, actor, target, damage, 0)
            kind = K_SAVE_MADE if made else K_SAVE_FAILED
            log_event(w, actor, w.r_name[r], target, kind, roll, total, lost)
            aftermath(w, target, damage)
        if made or w.state[target] != UP:
            continue
        if w.r_drains[r]:
            drained = w.struck[w.r_drains[r]]
            drain(w, actor, target, drained)
            if w.r_heals[r]:
                gained = regain_hit_points(w, actor, actor, drained)
                log_event(w, actor, w.r_name[r], actor, K_HEAL, NOTHING, NOTHING, gained)
        if effect >= 0 and w.state[target] == UP:
            begin_effect(w, actor, target, effect)
            if badly and w.e_badly[effect] >= 0:
                begin_effect(w, actor, target, w.e_badly[effect])
        follows = w.r_follow_up[r] >= 0 and w.state[target] == UP
        if follows and (effect < 0 or place_of(w, target, w.e_stack[effect]) >= 0):
            w.follow[0] = w.r_follow_up[r]
            w.follow[1] = target


@kernel
def extra_damage(w, actor, a, target, times):
    """Roll what effects add to a hit: on the attacker, and as a mark on the target."""
    weapon = w.a_spell[a] < 0
    for x in range(w.count[ACTIVE]):
        e = w.x_effect[x]
        if w.x_target[x] == actor and weapon:
            roll_terms(w, w.e_first_extra[e], w.e_end_extra[e], times, 0)
            if not w.a_ranged[a]:
                w.rolled[w.t_type[w.a_first_term[a]]] += w.e_damage_roll[e]
        if w.x_target[x] == target and w.x_source[x] == actor:
            roll_terms(w, w.e_first_marked[e], w.e_end_marked[e], times, 0)


@kernel
def retribution_of(w, target):
    """Return the effect of a combatant that hurts who hits it with a melee attack, or -1."""
    for x in range(w.count[ACTIVE]):
        e = w.x_effect[x]
        if w.x_target[x] == target and w.e_end_retribution[e] > w.e_first_retribution[e]:
            return e
    return -1


@kernel
def retribute(w, target, actor, e):
    """Hurt somebody who hit the target."""
    clear_damage(w)
    roll_terms(w, w.e_first_retribution[e], w.e_end_retribution[e], 1, 0)
    damage = damage_to(w, actor, 0, 1)
    lost = lose_hit_points(w, target, actor, damage, 0)
    log_event(w, target, w.e_name[e], actor, K_DAMAGE, NOTHING, NOTHING, lost)
    aftermath(w, actor, damage)
