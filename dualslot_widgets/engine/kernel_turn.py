"""One creature's turn: effects that hurt or end, death save, recharge, and what it does.

SRD 5.1: "Your Turn", "Bonus Actions" with the rule for bonus-action spells, "Legendary Actions",
"Lair Actions", "Action Surge", "Haste".
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.codes import (
    ACTION,
    ACTIVE,
    ATTACK,
    AURA,
    AURAS,
    BONUS_ACTION,
    BURSTS,
    DYING,
    EXTRA_ATTACK,
    FREE,
    INCAPACITATED,
    K_DAMAGE,
    K_HEAL,
    K_RECHARGE,
    K_SAVE_FAILED,
    K_SAVE_MADE,
    LAIR,
    LEGENDARY,
    MAX_POOLS,
    MONSTERS,
    NO_BONUS_ACTION,
    NO_MOVE,
    NOTHING,
    ONE_ATTACK,
    OUT_OF_REACH,
    PRONE,
    REACTIVE,
    REACTIVES,
    SIZE,
    SURGE,
    TURNS,
    UP,
)
from dualslot_widgets.engine.encoding import IDLE, ROUTINE, WEIGHS
from dualslot_widgets.engine.kernel_actions import (
    perform,
    save_against,
    settle_deaths,
    undergo,
)
from dualslot_widgets.engine.kernel_attack import has_uses, spend
from dualslot_widgets.engine.kernel_choice import ANY_SPELL, CANTRIPS, NO_SPELL, choose
from dualslot_widgets.engine.kernel_compiler import kernel
from dualslot_widgets.engine.kernel_dice import clear_damage, die, roll_terms
from dualslot_widgets.engine.kernel_effects import (
    begin_effect,
    end_effect,
    place_of,
    stand_up,
    tick,
)
from dualslot_widgets.engine.kernel_hit_points import (
    aftermath,
    damage_to,
    death_save,
    lose_hit_points,
    regain_hit_points,
    regenerate,
    roll_save,
)
from dualslot_widgets.engine.kernel_targets import rank_targets
from dualslot_widgets.engine.world import log_event


@kernel
def place_in_line(w, actor):
    """Return how many of its side stand nearer to the enemy: those in front, and listed before."""
    before = 0
    side = w.c_side[actor]
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if w.state[i] == UP and i != actor:
            nearer = w.c_position[i] < w.c_position[actor]
            if nearer or (w.c_position[i] == w.c_position[actor] and i < actor):
                before += 1
    return before


@kernel
def caught_by(w, x, actor):
    """Say whether an aura reaches a combatant: it hurts so many enemies, those in front first."""
    source = w.x_target[x]
    if w.c_side[source] == w.c_side[actor] or w.state[source] != UP:
        return False
    return place_in_line(w, actor) < w.e_aura[w.x_effect[x]]


@kernel
def enter_auras(w, actor):
    """Save against what surrounds enemies near enough: stench, a terrible gaze.

    An aura has no hold on who bears its effect still, or saved against it once and for all.
    """
    side = 1 - w.c_side[actor]
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if not w.c_times[i] & (1 << AURA) or w.state[i] != UP or w.bits[i] & INCAPACITATED:
            continue
        for a in range(w.c_first_action[i], w.c_end_action[i]):
            if w.a_time[a] != AURA or w.state[actor] != UP:
                continue
            if place_in_line(w, actor) >= w.a_targets[a] or w.bits[actor] & OUT_OF_REACH:
                continue
            effect = w.a_effect[a]
            if effect >= 0 and place_of(w, actor, w.e_stack[effect]) >= 0:
                continue
            if w.a_once[a] >= 0 and (w.immune_once[actor] >> w.a_once[a]) & 1:
                continue
            clear_damage(w)
            rolled = roll_terms(w, w.a_first_term[a], w.a_end_term[a], 1, 0)
            undergo(w, i, a, actor, rolled)


@kernel
def start_of_turn(w, actor):
    """Suffer what hurts at the start of the turn, and let clocks tick."""
    x = w.count[ACTIVE] - 1
    while x >= 0:
        # What is hurt may lose its concentration, so that the list changes: each is done once.
        if x < w.count[ACTIVE] and w.x_done[x] != w.count[TURNS]:
            w.x_done[x] = w.count[TURNS]
            e = w.x_effect[x]
            hurts = w.e_end_turn[e] > w.e_first_turn[e]
            mine = w.x_target[x] == actor
            if hurts and (
                (mine and w.e_aura[e] == 0) or (w.e_aura[e] > 0 and caught_by(w, x, actor))
            ):
                source = w.x_source[x]
                clear_damage(w)
                roll_terms(w, w.e_first_turn[e], w.e_end_turn[e], 1, 0)
                if w.e_turn_save[e]:
                    half = 1 if w.e_turn_save[e] == 1 else 0
                    save_against(
                        w, source, w.e_name[e], actor, w.e_ability[e], w.e_bonus[e], half,
                        w.e_magical[e], 0, 0,
                    )  # fmt: skip
                else:
                    damage = damage_to(w, actor, 0, 1)
                    lost = lose_hit_points(w, source, actor, damage, 0)
                    log_event(w, source, w.e_name[e], actor, K_DAMAGE, NOTHING, NOTHING, lost)
                    aftermath(w, actor, damage)
            elif mine and w.e_end_healing[e] > w.e_first_healing[e]:
                amount = roll_terms(w, w.e_first_healing[e], w.e_end_healing[e], 1, 0)
                gained = regain_hit_points(w, w.x_source[x], actor, amount)
                log_event(
                    w, w.x_source[x], w.e_name[e], actor, K_HEAL, NOTHING, NOTHING, gained
                )  # fmt: skip
        x -= 1
    tick(w, actor, 0)


@kernel
def end_of_turn(w, actor):
    """Repeat saving throws that end effects, and let clocks tick."""
    x = w.count[ACTIVE] - 1
    while x >= 0:
        if x < w.count[ACTIVE] and w.x_target[x] == actor:
            e = w.x_effect[x]
            if w.e_save_ends[e] and w.state[actor] == UP:
                made = roll_save(
                    w, actor, w.e_ability[e], w.e_bonus[e], w.e_magical[e], 0, w.e_conditions[e]
                )
                kind = K_SAVE_MADE if made else K_SAVE_FAILED
                log_event(
                    w, w.x_source[x], w.e_name[e], actor, kind, w.shown[0], w.shown[1], 0
                )  # fmt: skip
                if made:
                    if w.e_once[e] >= 0:
                        w.immune_once[actor] |= 1 << w.e_once[e]
                    end_effect(w, x, 1)
                elif w.e_worsens[e] >= 0:
                    source = w.x_source[x]
                    end_effect(w, x, 0)
                    begin_effect(w, source, actor, w.e_worsens[e])
        x -= 1
    tick(w, actor, 1)


@kernel
def roll_recharge(w, actor):
    """Roll a d6 for every recharge that is spent."""
    for pool in range(w.c_pools[actor]):
        at = w.c_kind[actor] * MAX_POOLS + pool
        needed = w.pools[at, 2]
        if needed > 0 and w.left[actor, pool] <= 0:
            roll = die(w, 6)
            if roll >= needed:
                w.left[actor, pool] = 1
                w.allow[actor, pool] = 1
            log_event(w, actor, w.pools[at, 3], actor, K_RECHARGE, roll, roll, 0)


@kernel
def do(w, actor, chosen):
    """Do what was chosen: one action, or the multiattack."""
    if chosen == IDLE:
        return
    if chosen != ROUTINE:
        perform(w, actor, chosen)
        return
    enemies = 1 - w.c_side[actor]
    for m in range(w.c_first_multi[actor], w.c_end_multi[actor]):
        if w.standing[enemies] > 0 and w.state[actor] == UP:
            perform(w, actor, w.multiattacks[m])
            if w.bits[actor] & ONE_ATTACK:
                break


@kernel
def act(w, actor):
    """Take action and bonus action; who weighs nothing does the one thing it can."""
    simple = w.c_simple[actor]
    if simple != WEIGHS:
        do(w, actor, simple)
    else:
        rank_targets(w, actor)
        action = choose(w, actor, ACTION, ANY_SPELL)
        worth = w.value[0]
        bonus = IDLE
        if w.c_times[actor] & (1 << BONUS_ACTION) and not w.bits[actor] & NO_BONUS_ACTION:
            bonus = choose(w, actor, BONUS_ACTION, ANY_SPELL)
            levelled = action >= 0 and w.a_spell[action] >= 1
            if levelled and bonus >= 0 and w.a_spell[bonus] >= 0:
                # Beside a spell as bonus action only a cantrip may be cast: the better pair.
                with_bonus = w.value[0]
                smaller = choose(w, actor, ACTION, CANTRIPS)
                with_bonus += w.value[0]
                plain = choose(w, actor, BONUS_ACTION, NO_SPELL)
                if worth + w.value[0] >= with_bonus:
                    bonus = plain
                else:
                    action = smaller
        # Marks and blessings come before the attack, a second attack behind it.
        early = bonus >= 0 and w.a_kind[bonus] != ATTACK
        if early:
            perform(w, actor, bonus)
        do(w, actor, action)
        if bonus >= 0 and not early and w.state[actor] == UP:
            perform(w, actor, bonus)
        if w.c_times[actor] & (1 << FREE) and w.state[actor] == UP:
            act_freely(w, actor)
    if w.bits[actor] & EXTRA_ATTACK and w.c_main[actor] >= 0 and w.state[actor] == UP:
        perform(w, actor, w.c_main[actor])


@kernel
def act_freely(w, actor):
    """Take what costs no action, and one more action where a feature allows it."""
    rank_targets(w, actor)
    do(w, actor, choose(w, actor, FREE, NO_SPELL))
    for a in range(w.c_first_action[actor], w.c_end_action[actor]):
        if w.a_kind[a] == SURGE and has_uses(w, actor, a):
            rank_targets(w, actor)
            action = choose(w, actor, ACTION, CANTRIPS)
            if action != IDLE and w.value[0] > 0:
                spend(w, actor, w.a_pool[a], w.a_cost[a])
                do(w, actor, action)
            return


@kernel
def take_turn(w, actor):
    """Play one turn of a combatant."""
    w.count[TURNS] += 1
    w.used[actor] = 0
    w.reaction[actor] = 1
    w.begun[actor] = 1
    w.taken[actor] += 1
    w.legendary[actor] = w.c_legendary[actor]
    if w.count[REACTIVES]:
        for i in range(w.count[SIZE]):
            if w.bits[i] & REACTIVE:
                w.reaction[i] = 1
    if w.count[ACTIVE] > 0:
        start_of_turn(w, actor)
    if w.count[AURAS] and w.state[actor] == UP:
        enter_auras(w, actor)
    if w.count[BURSTS] > 0:
        settle_deaths(w)
    fallen = w.state[actor] == DYING
    if w.c_regeneration[actor] > 0 and (w.state[actor] == UP or (fallen and w.c_revives[actor])):
        regenerate(w, actor)
    if w.state[actor] == DYING and w.c_side[actor] != MONSTERS:
        death_save(w, actor)
    if w.state[actor] == UP:
        bits = w.bits[actor]
        if bits & PRONE and not bits & (NO_MOVE | INCAPACITATED):
            stand_up(w, actor)
        if w.c_recharges[actor]:
            roll_recharge(w, actor)
        if not bits & INCAPACITATED:
            act(w, actor)
    if w.count[ACTIVE] > 0:
        end_of_turn(w, actor)


@kernel
def act_out_of_turn(w, actor, time):
    """Take a legendary action, or a lair action."""
    if w.state[actor] != UP or w.bits[actor] & INCAPACITATED:
        return
    rank_targets(w, actor)
    a = choose(w, actor, time, ANY_SPELL)
    if a < 0:
        return
    if time == LEGENDARY:
        w.legendary[actor] -= w.a_legendary_cost[a]
    elif time == LAIR:
        w.last_lair[actor] = a
    perform(w, actor, a)


@kernel
def legendary_turns(w, actor):
    """Let legendary creatures act at the end of another's turn."""
    for i in range(w.count[SIZE]):
        if w.legendary[i] > 0 and i != actor and w.standing[1 - w.c_side[i]] > 0:
            act_out_of_turn(w, i, LEGENDARY)
