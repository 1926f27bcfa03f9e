"""One attack: the roll, whether it hits, its damage, and what a hit sets off.

SRD 5.1: "Making an Attack", "Damage Rolls", "Critical Hits".
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    ASSASSINATE,
    DEFENDS,
    ENDS_ON_ATTACK,
    ENDS_ON_ATTACKED,
    EXTRA_DAMAGE,
    HALVED_WEAPON,
    K_CRITICAL,
    K_HIT,
    K_MISS,
    MARKED,
    MELEE_CRITICAL,
    NOTHING,
    ON_HIT,
    ON_MISS,
    RETALIATES,
    RETRIBUTION,
    RIDING,
    ROLL_BONUS,
    TYPE_COUNT,
    UP,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.advantage import attack_advantage, is_surprised
from dualslot_widgets.engine.rules.dice import clear_damage, d20, dice_sum, roll_terms
from dualslot_widgets.engine.rules.effects import end_effects, roll_bonus
from dualslot_widgets.engine.rules.hit_points import aftermath, damage_to, lose_hit_points
from dualslot_widgets.engine.rules.reactions import can_react, defend, retaliate
from dualslot_widgets.engine.rules.riders import (
    extra_damage,
    finish_riders,
    retribute,
    retribution_of,
    ride,
)


@kernel
def roll_damage(w, actor, a, target, critical):
    """Roll what a hit deals, with what effects add to it; riders come on top."""
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


@kernel
def hit(w, actor, a, target, roll, total, advantage, critical):
    """Deal the damage of a hit, and let everything happen that comes with it."""
    spikes = -1
    if w.bits[target] & RETRIBUTION and not w.a_ranged[a]:
        spikes = retribution_of(w, target)
    roll_damage(w, actor, a, target, critical)
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
    defends = w.bits[target] & DEFENDS and can_react(w, target)
    if defends and defend(w, target, actor, a, NOTHING):
        halved = 1
    damage = damage_to(w, target, halved, w.a_magical[a])
    if w.count[RIDING] > 0:
        for damage_type in range(TYPE_COUNT):
            w.struck[damage_type] = w.dealt[damage_type]
    lost = lose_hit_points(w, actor, target, damage, critical)
    kind = K_CRITICAL if critical else K_HIT
    log_event(w, actor, w.a_name[a], target, kind, roll, total, lost)
    aftermath(w, target, damage)
    if w.count[RIDING] > 0:
        finish_riders(w, actor, a, target, critical)
    if spikes >= 0 and w.state[actor] == UP:
        retribute(w, target, actor, spikes)


@kernel
def attack(w, actor, a, target):
    """Make one attack roll, or hit without one.

    A natural 1 misses, a natural 20 hits. A hit from the critical range up is critical, and so is
    every melee hit on somebody paralyzed or unconscious.
    """
    roll = NOTHING
    total = NOTHING
    advantage = 0
    hits = True
    critical = 0
    reacts = w.bits[target] & (DEFENDS | RETALIATES)
    if not w.a_automatic[a]:
        advantage = attack_advantage(w, actor, target, a)
        roll = d20(w, advantage)
        total = roll + w.a_bonus[a]
        if w.bits[actor] & ROLL_BONUS:
            total += roll_bonus(w, actor, 0)
        hits = roll == 20 or (roll > 1 and total >= w.armor[target])
        if roll >= w.a_critical[a]:
            critical = 1
        if hits and roll < 20 and reacts & DEFENDS and can_react(w, target):
            hits = not defend(w, target, actor, a, total)
        if w.bits[target] & ENDS_ON_ATTACKED:
            end_effects(w, target, ENDS_ON_ATTACKED)
    if w.bits[actor] & ENDS_ON_ATTACK:
        end_effects(w, actor, ENDS_ON_ATTACK)
    if hits:
        if w.bits[target] & MELEE_CRITICAL and not w.a_ranged[a]:
            critical = 1
        if w.bits[actor] & ASSASSINATE and is_surprised(w, target):
            critical = 1
        hit(w, actor, a, target, roll, total, advantage, critical)
    else:
        log_event(w, actor, w.a_name[a], target, K_MISS, roll, total, 0)
    if reacts & RETALIATES and can_react(w, target):
        retaliate(w, target, actor, ON_HIT if hits else ON_MISS)
