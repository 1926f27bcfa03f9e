"""Random numbers and dice inside the kernels.

One SplitMix64 stream a run (Steele, Lea, Flood 2014), seeded from (seed, run) alone: results do not
depend on batch size, thread or order. A die of n sides is the upper 32 bits times n, shifted down;
its bias is below n / 2**32.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numpy as np

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import TYPE_COUNT

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_RUN_FACTOR = np.uint64(0xD1B54A32D192ED03)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S27, _S30, _S31, _S32 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(32)
_ONE = np.uint64(1)


@kernel
def mix(z):
    """Return SplitMix64's finalizer of a 64-bit word."""
    z = (z ^ (z >> _S30)) * _MIX_1
    z = (z ^ (z >> _S27)) * _MIX_2
    return z ^ (z >> _S31)


@kernel
def seed_run(w, seed, run):
    """Start the stream of one run."""
    w.random[0] = mix(mix(np.uint64(seed) + _GAMMA) ^ ((np.uint64(run) + _ONE) * _RUN_FACTOR))


@kernel
def word(w):
    """Return the next 32 random bits as int64."""
    z = w.random[0] + _GAMMA
    w.random[0] = z
    return np.int64(mix(z) >> _S32)


@kernel
def die(w, sides):
    """Roll one die, 1 to `sides`."""
    return ((word(w) * sides) >> 32) + 1


@kernel
def d20(w, advantage):
    """Roll a d20; `advantage` above 0 keeps the higher of two, below 0 the lower."""
    first = die(w, 20)
    if advantage == 0:
        return first
    second = die(w, 20)
    if advantage > 0:
        return max(first, second)
    return min(first, second)


@kernel
def dice_sum(w, count, sides):
    """Roll dice of one kind; a negative `count` subtracts them."""
    total = 0
    for _ in range(abs(count)):
        total += die(w, sides)
    return total if count >= 0 else -total


@kernel
def clear_damage(w):
    """Forget the damage rolled before."""
    for kind in range(TYPE_COUNT):
        w.rolled[kind] = 0


@kernel
def roll_terms(w, first, end, times, reroll):
    """Roll terms, add them to `rolled` by type, and return their sum.

    A critical hit rolls all dice twice (SRD 5.1, "Critical Hits"). Dice up to `reroll` are rolled
    again once ("Great Weapon Fighting").
    """
    sum_of_all = 0
    for t in range(first, end):
        total = w.t_bonus[t]
        sides = w.t_sides[t]
        for _ in range(w.t_count[t] * times):
            face = die(w, sides)
            if face <= reroll:
                face = die(w, sides)
            total += face
        w.rolled[w.t_type[t]] += total
        sum_of_all += total
    return sum_of_all
