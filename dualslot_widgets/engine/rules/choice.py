"""What a creature does: the worth of each option now, and the best of them.

Worth is in hit points: harm done (capped by what the target has left), an enemy's output prevented,
an ally kept or healed, an ally's output gained. A role weighs these four (`encoding.ROLE_WEIGHTS`).
What can be known before the fight stands in the tables of `expectations`; here only armor class,
advantage and hit points as they are now are looked at. A trace logs every option with its worth.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    ACTION,
    ALLIES,
    ATTACK,
    BUFF,
    CONTROL,
    ENCHANT,
    ENEMIES,
    HARM,
    HEAL,
    HELP,
    IDLE,
    K_OPTION,
    KINDS_OF_CREATURES,
    LAIR,
    LEGENDARY,
    ONE_ATTACK,
    RANKED,
    ROUTINE,
    SAVE,
    SELF,
    SURGE,
    TRACING,
    UP,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.advantage import attack_advantage
from dualslot_widgets.engine.rules.effects import place_of
from dualslot_widgets.engine.rules.targets import (
    first_within_reach,
    may_target,
    pick_allies,
    pick_wounded,
)
from dualslot_widgets.engine.rules.uses import has_uses

#: Spells that `choose` may take: all, cantrips, none.
ANY_SPELL, CANTRIPS, NO_SPELL = range(3)


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
def attack_worth(w, actor, a):
    """Return what an attack is worth against the enemy that it would go to."""
    target = first_within_reach(w, a)
    if target < 0:
        return 0.0
    at = a * w.count[KINDS_OF_CREATURES] + w.c_kind[target]
    hit = 1.0
    critical = 0.0
    if not w.a_automatic[a]:
        faces = 21 - (w.armor[target] - w.a_bonus[a])
        advantage = attack_advantage(w, actor, target, a)
        hit = chance(min(max(faces, 1), 19), advantage)
        critical = chance(min(21 - w.a_critical[a], max(faces, 1)), advantage)
    rolls = w.a_attacks[a]
    harm = rolls * (w.m_hit[at] * hit + w.m_critical[at] * critical)
    control = w.m_control[at] * w.output[target] * hit
    # Nobody loses more than it has, and only if it is hit.
    harm = min(harm, w.hp[target] * min(rolls * hit, 1.0))
    return w.weights[actor, HARM] * harm + w.weights[actor, CONTROL] * control


@kernel
def enemies_worth(w, actor, a):
    """Return what a saving throw or an effect on enemies is worth, over all it would reach."""
    harm = 0.0
    control = 0.0
    left = w.a_targets[a]
    effect = w.a_effect[a]
    pool = w.a_usual_pool[a]
    for k in range(w.count[RANKED]):
        if left == 0:
            break
        target = w.ranked[k]
        at = a * w.count[KINDS_OF_CREATURES] + w.c_kind[target]
        borne = effect >= 0 and place_of(w, target, w.e_stack[effect]) >= 0
        if (borne and w.a_kind[a] == ENCHANT) or not may_target(w, a, target):
            continue
        if w.a_usual_pool[a] > 0:
            if w.hp[target] > pool:
                continue
            pool -= w.hp[target]
        left -= 1
        harm += min(w.m_hit[at], float(w.hp[target]))
        if effect >= 0 and not borne:
            immune = w.a_once[a] >= 0 and (w.immune_once[target] >> w.a_once[a]) & 1
            if not immune:
                control += w.m_control[at] * w.output[target]
                harm += w.v_each[a] * w.swings[actor]
    return w.weights[actor, HARM] * harm + w.weights[actor, CONTROL] * control


@kernel
def heal_worth(w, actor, a):
    """Return what a heal is worth now: hit points, and a fallen ally's turns."""
    if w.v_temporary[a] > 0:
        if w.a_on[a] == SELF:
            gained = max(w.v_temporary[a] - w.temporary[actor], 0.0)
        else:
            gained = w.v_temporary[a] * pick_allies(w, actor, -1, w.a_targets[a])
        return w.weights[actor, HELP] * 0.5 * gained
    number = 1
    w.picked[0] = actor
    if w.a_on[a] != SELF:
        number = pick_wounded(w, actor, w.a_targets[a])
    elif 2 * w.hp[actor] > w.max_hp[actor]:
        return 0.0
    healing = w.v_heal[a]
    if w.a_points[a]:
        healing = float(w.left[actor, w.a_pool[a]])
    total = 0.0
    for k in range(number):
        ally = w.picked[k]
        total += min(healing, float(w.max_hp[ally] - w.hp[ally]))
        if w.state[ally] != UP:
            total += w.output[ally]
    return w.weights[actor, HELP] * total


@kernel
def buff_worth(w, actor, a):
    """Return what an effect on oneself or on allies is worth."""
    effect = w.a_effect[a]
    number = 1
    w.picked[0] = actor
    if w.a_on[a] == ALLIES:
        number = pick_allies(w, actor, effect, w.a_targets[a])
    elif place_of(w, actor, w.e_stack[effect]) >= 0:
        return 0.0
    total = 0.0
    for k in range(number):
        ally = w.picked[k]
        total += w.v_gain[a] * w.output[ally] + w.v_each[a] * w.swings[ally]
        total += w.v_guard[a] * w.value[1] + 0.5 * w.v_temporary[a]
    harm = 0.0
    for k in range(min(w.count[RANKED], w.e_aura[effect])):
        target = w.ranked[k]
        at = a * w.count[KINDS_OF_CREATURES] + w.c_kind[target]
        harm += min(w.m_hit[at], float(w.hp[target]))
    return w.weights[actor, BUFF] * total + w.weights[actor, HARM] * harm


@kernel
def worth_of(w, actor, a):
    """Return what an action is worth now; `ranked` holds the enemies."""
    kind = w.a_kind[a]
    if kind == ATTACK:
        return attack_worth(w, actor, a)
    if kind == HEAL:
        return heal_worth(w, actor, a)
    if w.a_on[a] == ENEMIES:
        return enemies_worth(w, actor, a)
    return buff_worth(w, actor, a)


@kernel
def is_open(w, actor, a, time, spells):
    """Say whether the actor may take an action now."""
    if w.a_time[a] != time or w.a_kind[a] == SURGE or not has_uses(w, actor, a):
        return False
    spell = w.a_spell[a]
    if (spells == CANTRIPS and spell >= 1) or (spells == NO_SPELL and spell >= 0):
        return False
    lower = w.a_lower[a]
    if lower >= 0 and has_uses(w, actor, lower):
        return False
    if w.a_concentration[a] and w.concentrating[actor]:
        return False
    if time == LEGENDARY and w.a_legendary_cost[a] > w.legendary[actor]:
        return False
    return time != LAIR or w.last_lair[actor] != a


@kernel
def choose(w, actor, time, spells):
    """Return the best action of a kind of time, ROUTINE for the multiattack, or IDLE.

    Its worth is left in `value[0]`. A legendary action counts by its worth per point.
    """
    chosen = IDLE
    best = 0.0
    first_multi = w.c_first_multi[actor]
    end_multi = w.c_end_multi[actor]
    if time == ACTION and end_multi > first_multi:
        value = 0.0
        for m in range(first_multi, end_multi):
            action = w.multiattacks[m]
            if has_uses(w, actor, action):
                value += worth_of(w, actor, action)
        if w.bits[actor] & ONE_ATTACK:
            value /= end_multi - first_multi
        chosen = ROUTINE
        best = value
        if w.count[TRACING]:
            log_event(w, actor, -1, actor, K_OPTION, 0, 0, int(10 * value))
    for a in range(w.c_first_action[actor], w.c_end_action[actor]):
        if not is_open(w, actor, a, time, spells):
            continue
        value = worth_of(w, actor, a)
        if time == LEGENDARY:
            value /= w.a_legendary_cost[a]
        if w.count[TRACING]:
            log_event(w, actor, w.a_name[a], actor, K_OPTION, w.a_level[a], time, int(10 * value))
        # Better an attack that can hardly hurt than nothing.
        at_will = w.a_pool[a] < 0 and w.a_kind[a] <= SAVE and time == ACTION
        if value > best or (chosen == IDLE and at_will):
            chosen = a
            best = value
    w.value[0] = best
    return chosen
