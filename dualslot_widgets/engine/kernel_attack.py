"""One attack: advantage, the roll, reactions to it, damage, and what rides on a hit.

SRD 5.1: "Making an Attack", "Advantage and Disadvantage", "Critical Hits", "Reactions", and the
features Pack Tactics, Reckless, Sneak Attack, Divine Smite, Shield, Parry, Uncanny Dodge.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.codes import (
    ACTIVE,
    ADVANTAGE_OR_ALLY,
    AMBUSHER,
    ASSASSINATE,
    ATTACK_ADVANTAGE,
    ATTACK_DISADVANTAGE,
    ATTACKED_ADVANTAGE,
    ATTACKED_DISADVANTAGE,
    BLOOD_FRENZY,
    CHARGE,
    CRITICAL_ONLY,
    DEFEND,
    DEFENDS,
    ENCOUNTER,
    ENDS_ON_ATTACK,
    ENDS_ON_ATTACKED,
    EXTRA_DAMAGE,
    FELLED,
    GRAPPLER,
    HALVED_WEAPON,
    INCAPACITATED,
    K_CRITICAL,
    K_DAMAGE,
    K_HEAL,
    K_HIT,
    K_MISS,
    K_REACTION,
    K_SAVE_FAILED,
    K_SAVE_MADE,
    MARKED,
    MELEE_CRITICAL,
    MELEE_DISADVANTAGE,
    MELEE_WEAPON,
    NO_REACTIONS,
    NOTHING,
    ON_HIT,
    ON_MISS,
    ONLY_GRAPPLED,
    PACK_TACTICS,
    PRONE,
    REACTION,
    RECKLESS,
    RETALIATES,
    RETRIBUTION,
    RIDING,
    ROLL_BONUS,
    ROUND,
    SAVE,
    SURPRISED,
    TYPE_COUNT,
    UP,
    WEAPON,
    WITH_ALLY,
)
from dualslot_widgets.engine.kernel_compiler import kernel
from dualslot_widgets.engine.kernel_dice import clear_damage, d20, dice_sum, roll_terms
from dualslot_widgets.engine.kernel_effects import begin_effect, end_effects, place_of, roll_bonus
from dualslot_widgets.engine.kernel_hit_points import (
    aftermath,
    damage_to,
    drain,
    lose_hit_points,
    regain_hit_points,
    roll_save,
)
from dualslot_widgets.engine.world import log_event

#: Bits of either side that bear upon who has advantage.
_OF_TRAITS = PACK_TACTICS | RECKLESS | BLOOD_FRENZY | AMBUSHER | ASSASSINATE | GRAPPLER
_OF_ACTOR = ATTACK_ADVANTAGE | ATTACK_DISADVANTAGE | MELEE_DISADVANTAGE | PRONE | _OF_TRAITS
_OF_TARGET = ATTACKED_ADVANTAGE | ATTACKED_DISADVANTAGE | PRONE | RECKLESS


@kernel
def is_surprised(w, i):
    """Say whether a combatant's turn of surprise is still to come."""
    return (
        w.surprised[w.clock[ENCOUNTER] - 1] == w.c_side[i]
        and w.clock[ROUND] == 1
        and not w.begun[i]
    )


@kernel
def attack_advantage(w, actor, target, a):
    """Return 1, 0 or -1: advantage and disadvantage cancel however many there are of each."""
    given = w.a_advantage[a]
    mine = w.bits[actor] & _OF_ACTOR
    its = w.bits[target] & _OF_TARGET
    if mine | its == 0:
        return given
    ranged = w.a_ranged[a]
    better = given > 0 or (mine & ATTACK_ADVANTAGE) != 0 or (its & ATTACKED_ADVANTAGE) != 0
    worse = given < 0 or (mine & (ATTACK_DISADVANTAGE | PRONE)) != 0
    worse = worse or (its & ATTACKED_DISADVANTAGE) != 0
    if its & PRONE:
        if ranged:
            worse = True
        else:
            better = True
    if mine & PACK_TACTICS and w.standing[w.c_side[actor]] > 1:
        better = True
    if its & RECKLESS or (mine & RECKLESS and not ranged):
        better = True
    if mine & MELEE_DISADVANTAGE and not ranged and w.a_spell[a] < 0:
        worse = True
    if mine & GRAPPLER and w.suffers[target] & ONLY_GRAPPLED:
        better = True
    if mine & AMBUSHER and is_surprised(w, target):
        better = True
    if mine & ASSASSINATE and w.taken[actor] == 1 and not w.begun[target]:
        better = True
    if mine & BLOOD_FRENZY and not ranged and w.hp[target] < w.max_hp[target]:
        better = True
    return int(better) - int(worse)


@kernel
def can_react(w, i):
    """Say whether a combatant has its reaction left and can take it."""
    free = w.reaction[i] and w.state[i] == UP
    return free and not w.bits[i] & (INCAPACITATED | NO_REACTIONS)


@kernel
def has_uses(w, i, a):
    """Say whether a combatant has, and may spend now, what an action takes."""
    pool = w.a_pool[a]
    cost = w.a_cost[a]
    return pool < 0 or (w.left[i, pool] >= cost and w.allow[i, pool] >= cost)


@kernel
def spend(w, i, pool, cost):
    """Take uses from a pool, if there is one."""
    if pool >= 0:
        w.left[i, pool] -= cost
        w.allow[i, pool] -= cost


@kernel
def defend(w, target, actor, a, total):
    """Let the target react to a hit; return whether it misses now, or its damage is halved.

    `total` is that of the attack roll, or NOTHING when the damage comes: first armor class is
    raised where that makes it miss, later damage is halved.
    """
    for d in range(w.c_first_action[target], w.c_end_action[target]):
        if w.a_kind[d] != DEFEND or (w.a_melee_only[d] and w.a_ranged[a]):
            continue
        helps = w.a_halve[d] != 0
        if total != NOTHING:
            helps = w.armor[target] <= total < w.armor[target] + w.a_armor[d]
        if helps and has_uses(w, target, d):
            w.reaction[target] = 0
            spend(w, target, w.a_pool[d], w.a_cost[d])
            log_event(w, target, w.a_name[d], actor, K_REACTION, NOTHING, NOTHING, 0)
            if w.a_effect[d] >= 0:
                begin_effect(w, target, target, w.a_effect[d])
            return True
    return False


@kernel
def retaliate(w, target, actor, trigger):
    """Note the reaction that an attack sets off, to be taken when the attack is over."""
    for d in range(w.c_first_action[target], w.c_end_action[target]):
        kind = w.a_kind[d]
        if w.a_time[d] != REACTION or kind > SAVE:
            continue
        if w.a_trigger[d] == trigger and has_uses(w, target, d) and w.pending[0] < 0:
            w.reaction[target] = 0
            w.pending[0] = target
            w.pending[1] = d
            w.pending[2] = actor


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
def attack(w, actor, a, target):
    """Make one attack roll, or hit without one.

    A natural 1 misses, a natural 20 hits. A hit from the critical range up is critical, and so is
    every melee hit on somebody paralyzed or unconscious.
    """
    name = w.a_name[a]
    roll = NOTHING
    total = NOTHING
    advantage = 0
    hit = True
    critical = 0
    reacts = w.bits[target] & (DEFENDS | RETALIATES)
    if not w.a_automatic[a]:
        advantage = attack_advantage(w, actor, target, a)
        roll = d20(w, advantage)
        total = roll + w.a_bonus[a]
        if w.bits[actor] & ROLL_BONUS:
            total += roll_bonus(w, actor, 0)
        hit = roll == 20 or (roll > 1 and total >= w.armor[target])
        if roll >= w.a_critical[a]:
            critical = 1
        if hit and roll < 20 and reacts & DEFENDS and can_react(w, target):
            hit = not defend(w, target, actor, a, total)
        if w.bits[target] & ENDS_ON_ATTACKED:
            end_effects(w, target, ENDS_ON_ATTACKED)
    if w.bits[actor] & ENDS_ON_ATTACK:
        end_effects(w, actor, ENDS_ON_ATTACK)
    if hit:
        if w.bits[target] & MELEE_CRITICAL and not w.a_ranged[a]:
            critical = 1
        if w.bits[actor] & ASSASSINATE and is_surprised(w, target):
            critical = 1
        spikes = -1
        if w.bits[target] & RETRIBUTION and not w.a_ranged[a]:
            spikes = retribution_of(w, target)
        clear_damage(w)
        first = w.a_first_term[a]
        end = w.a_end_term[a]
        if w.a_end_wounded[a] > w.a_first_wounded[a] and 2 * w.hp[actor] <= w.max_hp[actor]:
            first = w.a_first_wounded[a]
            end = w.a_end_wounded[a]
        roll_terms(w, first, end, 1 + critical, w.a_reroll[a])
        if critical and w.a_critical_dice[a]:
            w.rolled[w.t_type[first]] += dice_sum(w, w.a_critical_dice[a], w.t_sides[first])
        if w.bits[actor] & EXTRA_DAMAGE or w.bits[target] & MARKED:
            extra_damage(w, actor, a, target, 1 + critical)
        w.count[RIDING] = 0
        if w.a_end_rider[a] > w.a_first_rider[a]:
            ride(w, actor, a, target, advantage, critical, w.a_first_rider[a], w.a_end_rider[a], 0)
        if w.c_end_rider[actor] > w.c_first_rider[actor]:
            ride(
                w, actor, a, target, advantage, critical,
                w.c_first_rider[actor], w.c_end_rider[actor], 1,
            )  # fmt: skip
        halved = 0
        if w.bits[actor] & HALVED_WEAPON and w.a_spell[a] < 0:
            halved = 1
        if reacts & DEFENDS and can_react(w, target) and defend(w, target, actor, a, NOTHING):
            halved = 1
        damage = damage_to(w, target, halved, w.a_magical[a])
        if w.count[RIDING] > 0:
            for kind in range(TYPE_COUNT):
                w.struck[kind] = w.dealt[kind]
        lost = lose_hit_points(w, actor, target, damage, critical)
        log_event(w, actor, name, target, K_CRITICAL if critical else K_HIT, roll, total, lost)
        aftermath(w, target, damage)
        if w.count[RIDING] > 0:
            finish_riders(w, actor, a, target, critical)
        if spikes >= 0 and w.state[actor] == UP:
            retribute(w, target, actor, spikes)
    else:
        log_event(w, actor, name, target, K_MISS, roll, total, 0)
    if reacts & RETALIATES and can_react(w, target):
        retaliate(w, target, actor, ON_HIT if hit else ON_MISS)
