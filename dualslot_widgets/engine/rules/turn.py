"""One creature's turn: death save, recharge, and what it does; legendary and lair actions.

SRD 5.1: "Your Turn", "Bonus Actions" with the rule for bonus-action spells, "Legendary Actions",
"Lair Actions", "Action Surge", "Haste".
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    ACTION,
    ACTIVE,
    ATTACK,
    AURAS,
    BONUS_ACTION,
    BURSTS,
    DYING,
    EXTRA_ATTACK,
    FREE,
    IDLE,
    INCAPACITATED,
    LAIR,
    LEGENDARY,
    MONSTERS,
    NO_BONUS_ACTION,
    NO_MOVE,
    ONE_ATTACK,
    PRONE,
    REACTIVE,
    REACTIVES,
    ROUTINE,
    SIZE,
    SURGE,
    TURNS,
    UP,
    WEIGHS,
)
from dualslot_widgets.engine.rules.actions import perform, settle_deaths
from dualslot_widgets.engine.rules.choice import ANY_SPELL, CANTRIPS, NO_SPELL, choose
from dualslot_widgets.engine.rules.effects import stand_up
from dualslot_widgets.engine.rules.hit_points import death_save, regenerate
from dualslot_widgets.engine.rules.targets import rank_targets
from dualslot_widgets.engine.rules.turn_effects import end_of_turn, enter_auras, start_of_turn
from dualslot_widgets.engine.rules.uses import has_uses, roll_recharge, spend


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
