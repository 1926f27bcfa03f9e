"""What a run starts with, and what rests give back: hit points, uses, hit dice.

SRD 5.1: "Resting", "Hit Points and Hit Dice". A short rest is taken to be as long as it needs to
be: who is stable wakes with 1 hit point, and hit dice are spent while one more is not wasted.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    DEAD,
    HIT_DICE,
    K_HEAL,
    LONG,
    LONG_REST,
    MAX_POOLS,
    MONSTERS,
    NOTHING,
    P_MOST,
    PARTY,
    ROLLED_HP,
    SIZE,
    STABLE,
    TALLIES,
    UP,
    WAITING,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.dice import die
from dualslot_widgets.engine.rules.hit_points import regain_hit_points
from dualslot_widgets.engine.rules.uses import restore


@kernel
def start_run(w):
    """Make everybody whole: monsters waiting for their encounter, all uses there."""
    for i in range(w.count[SIZE]):
        for row in range(TALLIES):
            w.tally[row, i] = 0
        most = w.c_max_hp[i]
        monster = w.c_side[i] == MONSTERS
        if monster and w.count[ROLLED_HP] and w.c_dice_count[i] > 0:
            most = w.c_dice_bonus[i]
            for _ in range(w.c_dice_count[i]):
                most += die(w, w.c_dice_sides[i])
            most = max(most, 1)
        w.whole[i] = most
        w.max_hp[i] = most
        w.hp[i] = most
        w.temporary[i] = 0
        w.state[i] = WAITING if monster else UP
        w.saved[i] = 0
        w.failed[i] = 0
        w.dice_left[i] = w.c_dice_count[i]
        for pool in range(w.c_pools[i]):
            w.left[i, pool] = w.pools[w.c_kind[i] * MAX_POOLS + pool, P_MOST]


@kernel
def take_rest(w, rest):
    """Let the party rest before an encounter."""
    for i in range(w.count[SIZE]):
        if w.c_side[i] != PARTY or w.state[i] == DEAD:
            continue
        restore(w, i, rest)
        gained = 0
        if rest == LONG_REST:
            w.temporary[i] = 0
            w.max_hp[i] = w.whole[i]
            gained = regain_hit_points(w, i, i, w.max_hp[i])
            half = max(w.c_dice_count[i] // 2, 1)
            w.dice_left[i] = min(w.dice_left[i] + half, w.c_dice_count[i])
        else:
            if w.state[i] == STABLE:
                gained = regain_hit_points(w, i, i, 1)
            sides = w.c_dice_sides[i]
            bonus = w.c_dice_bonus[i] // max(w.c_dice_count[i], 1)
            while w.dice_left[i] > 0 and 2 * (w.max_hp[i] - w.hp[i]) >= sides + 1 + 2 * bonus:
                w.dice_left[i] -= 1
                gained += regain_hit_points(w, i, i, max(die(w, sides) + bonus, 0))
        if gained > 0:
            name = LONG if rest == LONG_REST else HIT_DICE
            log_event(w, i, name, i, K_HEAL, NOTHING, NOTHING, gained)
