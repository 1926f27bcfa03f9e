"""Advantage and disadvantage on an attack roll, and surprise.

SRD 5.1: "Advantage and Disadvantage", "Surprise", and the features Pack Tactics, Reckless, Blood
Frenzy, Ambusher, Assassinate, Grappler.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    AMBUSHER,
    ASSASSINATE,
    ATTACK_ADVANTAGE,
    ATTACK_DISADVANTAGE,
    ATTACKED_ADVANTAGE,
    ATTACKED_DISADVANTAGE,
    BLOOD_FRENZY,
    ENCOUNTER,
    GRAPPLER,
    MELEE_DISADVANTAGE,
    ONLY_GRAPPLED,
    PACK_TACTICS,
    PRONE,
    RECKLESS,
    ROUND,
)

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
