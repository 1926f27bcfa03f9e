"""Limited uses: what an action takes, what may be spent now, and what brings it back.

SRD 5.1: "Limited Usage" with Recharge, "Resting", "Spell Slots".
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    K_RECHARGE,
    LONG_REST,
    MAX_POOLS,
    MONSTERS,
    P_MOST,
    P_NAME,
    P_PER,
    P_RECHARGE,
    RECHARGE,
    SHORT_REST,
    SIZE,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.dice import die


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
def roll_recharge(w, actor):
    """Roll a d6 for every recharge that is spent."""
    for pool in range(w.c_pools[actor]):
        at = w.c_kind[actor] * MAX_POOLS + pool
        needed = w.pools[at, P_RECHARGE]
        if needed > 0 and w.left[actor, pool] <= 0:
            roll = die(w, 6)
            if roll >= needed:
                w.left[actor, pool] = 1
                w.allow[actor, pool] = 1
            log_event(w, actor, w.pools[at, P_NAME], actor, K_RECHARGE, roll, roll, 0)


@kernel
def restore(w, i, rest):
    """Give back the uses that a rest brings back; a long one brings back all of them."""
    for pool in range(w.c_pools[i]):
        at = w.c_kind[i] * MAX_POOLS + pool
        if rest == LONG_REST or w.pools[at, P_PER] == SHORT_REST:
            w.left[i, pool] = w.pools[at, P_MOST]


@kernel
def ration(w, number, encounters):
    """Say what may be spent in this encounter: limited uses are spread over those to come.

    What is left is shared evenly (rounded up) by the encounters before the rest that brings it
    back.
    """
    until_short = 1
    until_long = 1
    short = True
    for later in range(number, encounters):
        if w.rests[later] == LONG_REST:
            break
        until_long += 1
        short = short and w.rests[later] != SHORT_REST
        if short:
            until_short += 1
    for i in range(w.count[SIZE]):
        for pool in range(w.c_pools[i]):
            at = w.c_kind[i] * MAX_POOLS + pool
            if w.pools[at, P_PER] == RECHARGE:
                w.left[i, pool] = 1
            share = until_long
            if w.pools[at, P_PER] == SHORT_REST:
                share = until_short
            if w.c_side[i] == MONSTERS:
                share = 1
            w.allow[i, pool] = (w.left[i, pool] + share - 1) // share
