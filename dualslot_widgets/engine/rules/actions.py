"""Actions as a whole: what they cost, whom they reach, saving throws, healing, effects.

SRD 5.1: "Casting a Spell", "Saving Throws", "Areas of Effect", "Healing".
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    BURSTS,
    DEATH,
    DEX,
    ENCHANT,
    ENDS_ON_ATTACK,
    ENEMIES,
    EVASION,
    HEAL,
    K_HEAL,
    K_SAVE_FAILED,
    K_SAVE_MADE,
    NOTHING,
    SAVE,
    SELF,
    UP,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.attack import attack
from dualslot_widgets.engine.rules.dice import clear_damage, roll_terms
from dualslot_widgets.engine.rules.effects import (
    begin_effect,
    end_concentration,
    end_effects,
    gain_temporary,
    place_of,
)
from dualslot_widgets.engine.rules.hit_points import (
    aftermath,
    damage_to,
    lose_hit_points,
    regain_hit_points,
    roll_save,
)
from dualslot_widgets.engine.rules.reactions import countered
from dualslot_widgets.engine.rules.targets import (
    choose_target,
    pick_allies,
    pick_sleepers,
    pick_wounded,
)
from dualslot_widgets.engine.rules.uses import has_uses, spend

#: How a saving throw ends; BADLY is failed by 5 or more.
FAILED, MADE, BADLY = range(3)


@kernel
def pick_enemies(w, actor, a, target):
    """Write the enemies that an action reaches into `picked`; return how many."""
    if target >= 0:
        w.picked[0] = target
        return 1
    number = 0
    effect = w.a_effect[a]
    while number < w.a_targets[a]:
        enemy = choose_target(w, actor, a, 1)
        if enemy < 0:
            break
        w.flagged[enemy] = 1
        # A mark that somebody bears already goes to the next one.
        if w.a_kind[a] == ENCHANT and place_of(w, enemy, w.e_stack[effect]) >= 0:
            w.flagged[enemy] = 2
            continue
        w.picked[number] = enemy
        number += 1
    for i in range(w.span[0], w.span[1]):
        w.flagged[i] = 0
    for i in range(w.span[2], w.span[3]):
        w.flagged[i] = 0
    return number


@kernel
def save_against(w, actor, name, target, ability, dc, half, magical, grave, against):
    """Let one target save against the damage in `rolled`; return MADE, FAILED or BADLY."""
    made = roll_save(w, target, ability, dc, magical, grave, against)
    roll = w.shown[0]
    total = w.shown[1]
    damage = 0
    halved = 1 if made else 0
    arrives = half or not made
    if half and ability == DEX and w.bits[target] & EVASION:
        arrives = not made
        halved = 1
    if arrives:
        damage = damage_to(w, target, halved, magical)
    lost = lose_hit_points(w, actor, target, damage, 0)
    log_event(w, actor, name, target, K_SAVE_MADE if made else K_SAVE_FAILED, roll, total, lost)
    aftermath(w, target, damage)
    if made:
        return MADE
    return BADLY if total != NOTHING and total + 5 <= dc else FAILED


@kernel
def undergo(w, actor, a, victim, rolled):
    """Let one enemy roll its saving throw against an action, and suffer what comes of it."""
    effect = w.a_effect[a]
    against = w.e_conditions[effect] if effect >= 0 else 0
    # A legendary resistance is for what would take it out of the fight.
    grave = 1 if effect >= 0 or 2 * rolled >= w.hp[victim] else 0
    outcome = save_against(
        w, actor, w.a_name[a], victim, w.a_ability[a], w.a_bonus[a], w.a_half[a],
        w.a_magical[a], grave, against,
    )  # fmt: skip
    if outcome == MADE:
        if w.a_once[a] >= 0:
            w.immune_once[victim] |= 1 << w.a_once[a]
    elif effect >= 0 and w.state[victim] == UP:
        begin_effect(w, actor, victim, effect)
        if outcome == BADLY and w.e_badly[effect] >= 0:
            begin_effect(w, actor, victim, w.e_badly[effect])


@kernel
def force_saves(w, actor, a, target):
    """Roll damage once, and let every target reached roll its saving throw against it."""
    reached = pick_enemies(w, actor, a, target)
    clear_damage(w)
    rolled = roll_terms(w, w.a_first_term[a], w.a_end_term[a], 1, 0)
    for k in range(reached):
        victim = w.picked[k]
        if w.state[victim] == UP:
            undergo(w, actor, a, victim, rolled)


@kernel
def settle_deaths(w):
    """Let happen what comes with the deaths just died, and with those that come of it."""
    while w.count[BURSTS] > 0:
        w.count[BURSTS] -= 1
        i = w.bursts[w.count[BURSTS]]
        for a in range(w.c_first_action[i], w.c_end_action[i]):
            if w.a_time[a] == DEATH:
                force_saves(w, i, a, -1)


@kernel
def heal(w, actor, a):
    """Heal the allies that need it most, each with a roll of its own; or give temporary points."""
    name = w.a_name[a]
    if w.a_end_temporary[a] > w.a_first_temporary[a]:
        number = 1
        w.picked[0] = actor
        if w.a_on[a] != SELF:
            number = pick_allies(w, actor, -1, w.a_targets[a])
        for k in range(number):
            ally = w.picked[k]
            amount = roll_terms(w, w.a_first_temporary[a], w.a_end_temporary[a], 1, 0)
            gain_temporary(w, actor, name, ally, amount)
        return
    number = 1
    w.picked[0] = actor
    if w.a_on[a] != SELF:
        number = pick_wounded(w, actor, w.a_targets[a])
    for k in range(number):
        ally = w.picked[k]
        if w.a_points[a]:
            pool = w.a_pool[a]
            amount = min(w.max_hp[ally] - w.hp[ally], w.left[actor, pool])
            spend(w, actor, pool, amount)
        else:
            amount = roll_terms(w, w.a_first_term[a], w.a_end_term[a], 1, 0)
        gained = regain_hit_points(w, actor, ally, amount)
        log_event(w, actor, name, ally, K_HEAL, NOTHING, NOTHING, gained)


@kernel
def enchant(w, actor, a):
    """Put an effect on oneself, on allies or on enemies."""
    effect = w.a_effect[a]
    number = 1
    on = w.a_on[a]
    if on == SELF:
        w.picked[0] = actor
    elif w.a_end_pool[a] > w.a_first_pool[a]:
        number = pick_sleepers(w, actor, a)
    elif on == ENEMIES:
        number = pick_enemies(w, actor, a, -1)
    else:
        number = pick_allies(w, actor, effect, w.a_targets[a])
    for k in range(number):
        begin_effect(w, actor, w.picked[k], effect)


@kernel
def strike(w, actor, a, target):
    """Make an attack or force a saving throw, against one enemy or (-1) those it chooses."""
    if w.a_kind[a] == SAVE:
        force_saves(w, actor, a, target)
        return
    # Attacks that follow come between the rolls; one place to call `attack` compiles sooner.
    left = w.a_attacks[a]
    while left > 0 or w.follow[0] >= 0:
        now = a
        chosen = target
        if w.follow[0] >= 0:
            now = w.follow[0]
            chosen = w.follow[1]
            w.follow[0] = -1
        else:
            left -= 1
        if chosen < 0:
            chosen = choose_target(w, actor, now, w.a_ranged[now])
        if chosen < 0 or w.state[chosen] != UP or w.state[actor] != UP:
            w.follow[0] = -1
            break
        attack(w, actor, now, chosen)


@kernel
def perform(w, actor, a):
    """Use an action if it is ready: spend what it costs, and let it and reactions to it happen."""
    if not has_uses(w, actor, a):
        return
    kind = w.a_kind[a]
    if not w.a_points[a]:
        spend(w, actor, w.a_pool[a], w.a_cost[a])
    if w.a_spell[a] >= 0 and w.a_level[a] >= 2 and countered(w, actor, a):
        return
    if w.a_concentration[a]:
        end_concentration(w, actor)
    if kind == HEAL:
        heal(w, actor, a)
    elif kind == ENCHANT:
        enchant(w, actor, a)
    elif kind <= SAVE:
        who = actor
        what = a
        whom = -1
        # A reaction can set off another one; everybody has one, so this ends.
        while True:
            strike(w, who, what, whom)
            if w.pending[0] < 0:
                break
            who = w.pending[0]
            what = w.pending[1]
            whom = w.pending[2]
            w.pending[0] = -1
            spend(w, who, w.a_pool[what], w.a_cost[what])
        if kind == SAVE and w.bits[actor] & ENDS_ON_ATTACK:
            end_effects(w, actor, ENDS_ON_ATTACK)
        if w.count[BURSTS] > 0:
            settle_deaths(w)
