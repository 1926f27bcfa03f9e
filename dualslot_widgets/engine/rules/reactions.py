"""Reactions: defending against a hit, striking back, countering a spell.

SRD 5.1: "Reactions", "Counterspell", and the features Shield, Parry, Uncanny Dodge, Riposte.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    COUNTER,
    COUNTERS,
    DEFEND,
    INCAPACITATED,
    K_COUNTERED,
    K_REACTION,
    NO_REACTIONS,
    NOTHING,
    REACTION,
    SAVE,
    UP,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.dice import d20
from dualslot_widgets.engine.rules.effects import begin_effect
from dualslot_widgets.engine.rules.uses import has_uses, spend


@kernel
def can_react(w, i):
    """Say whether a combatant has its reaction left and can take it."""
    free = w.reaction[i] and w.state[i] == UP
    return free and not w.bits[i] & (INCAPACITATED | NO_REACTIONS)


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
def countered(w, actor, a):
    """Say whether an enemy's Counterspell stops a spell.

    A slot of the spell's level or above always does; a lower one if d20 + bonus reaches 10 + the
    spell's level. It is kept for spells from level 2 on.
    """
    level = w.a_level[a]
    side = 1 - w.c_side[actor]
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if not (w.bits[i] & COUNTERS and can_react(w, i)):
            continue
        best = -1
        for d in range(w.c_first_action[i], w.c_end_action[i]):
            # Rows stand lowest level first: the first that is sure, else the highest there is.
            higher = best < 0 or w.a_level[best] < level
            if higher and w.a_kind[d] == COUNTER and has_uses(w, i, d):
                best = d
        if best >= 0:
            w.reaction[i] = 0
            spend(w, i, w.a_pool[best], w.a_cost[best])
            roll = NOTHING
            total = NOTHING
            if w.a_level[best] < level:
                roll = d20(w, 0)
                total = roll + w.a_bonus[best]
            stops = total == NOTHING or total >= 10 + level
            kind = K_COUNTERED if stops else K_REACTION
            log_event(w, i, w.a_name[best], actor, kind, roll, total, 0)
            if stops:
                return True
    return False
