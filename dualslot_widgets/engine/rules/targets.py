"""Who is aimed at, and who is helped: targeting strategies, front and back line.

Only standing enemies are targets. Ties go to the combatant listed first. A melee attack reaches the
back line only when nobody of that side stands in front.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    CHARMED,
    DYING,
    FOCUS_FIRE,
    FRONT,
    HIGHEST_DAMAGE,
    HIGHEST_HP,
    LOWEST_AC,
    OUT_OF_REACH,
    RANDOM,
    RANKED,
    STABLE,
    UP,
)
from dualslot_widgets.engine.rules.dice import die, roll_terms
from dualslot_widgets.engine.rules.effects import place_of

#: Behind every other key.
FAR = 1e12


@kernel
def target_key(w, actor, i, ranged):
    """Return by what the actor orders its enemies, the lowest first; FAR for those out of reach.

    Random targeting is weighed as if it were lowest_hp, and so is focus fire without a focus.
    """
    if w.state[i] != UP or w.flagged[i] != 0 or w.bits[i] & OUT_OF_REACH:
        return 3 * FAR
    if w.bits[actor] & CHARMED and w.charmer[actor] == i:
        return 3 * FAR
    strategy = w.c_targeting[actor]
    key = float(w.hp[i])
    if strategy == HIGHEST_HP:
        key = -key
    elif strategy == LOWEST_AC:
        key = float(w.armor[i])
    elif strategy == HIGHEST_DAMAGE:
        key = -w.output[i]
    elif strategy == FOCUS_FIRE and w.focus[w.c_side[actor]] == i:
        key = -FAR / 2
    if w.c_position[i] != FRONT and not ranged:
        key += FAR
    return key


@kernel
def may_target(w, a, i):
    """Say whether an action is for such an enemy: one in some condition, or of few hit points."""
    requires = w.a_requires[a]
    most = w.a_hp_at_most[a]
    return (requires == 0 or w.suffers[i] & requires != 0) and (most == 0 or w.hp[i] <= most)


@kernel
def choose_target(w, actor, a, ranged):
    """Choose the next enemy for an action, or -1; moves the side's focus."""
    side = w.c_side[actor]
    best = -1
    best_key = 2 * FAR
    choices = 0
    for i in range(w.span[2 - 2 * side], w.span[3 - 2 * side]):
        key = target_key(w, actor, i, ranged)
        if key < 2 * FAR and may_target(w, a, i):
            in_front = key < FAR / 2
            if w.c_targeting[actor] == RANDOM:
                # A fair choice among those within reach, in one pass over them.
                if in_front and best_key >= FAR / 2:
                    choices = 0
                if in_front or best_key >= FAR / 2:
                    choices += 1
                    best_key = 0.0 if in_front else FAR
                    if choices == 1 or die(w, choices) == 1:
                        best = i
            elif key < best_key:
                best = i
                best_key = key
    if best >= 0 and w.c_targeting[actor] == FOCUS_FIRE:
        focus = w.focus[side]
        if focus < 0 or w.state[focus] != UP:
            w.focus[side] = best
    return best


@kernel
def rank_targets(w, actor):
    """Write the standing enemies in the order in which they would be aimed at into `ranked`."""
    side = w.c_side[actor]
    number = 0
    threat = 0.0
    for i in range(w.span[2 - 2 * side], w.span[3 - 2 * side]):
        key = target_key(w, actor, i, 1)
        if key < 2 * FAR:
            at = number
            while at > 0 and w.rank_keys[at - 1] > key:
                w.rank_keys[at] = w.rank_keys[at - 1]
                w.ranked[at] = w.ranked[at - 1]
                at -= 1
            w.rank_keys[at] = key
            w.ranked[at] = i
            number += 1
            threat += w.output[i]
    w.count[RANKED] = number
    # What each of the actor's side has to expect of them.
    w.value[1] = threat / max(w.standing[side], 1)


@kernel
def first_within_reach(w, a):
    """Return the ranked enemy that an attack would go to, or -1."""
    first = -1
    for k in range(w.count[RANKED]):
        i = w.ranked[k]
        if may_target(w, a, i):
            if w.a_ranged[a] or w.c_position[i] == FRONT:
                return i
            if first < 0:
                first = i
    return first


@kernel
def pick_sleepers(w, actor, a):
    """Write the enemies whose hit points a roll covers into `picked`; return how many.

    From the lowest hit points up, whoever can suffer it (SRD 5.1, "Sleep").
    """
    left = roll_terms(w, w.a_first_pool[a], w.a_end_pool[a], 1, 0)
    side = w.c_side[actor]
    conditions = w.e_conditions[w.a_effect[a]]
    number = 0
    while True:
        best = -1
        for i in range(w.span[2 - 2 * side], w.span[3 - 2 * side]):
            immune = conditions != 0 and conditions & ~w.c_conditions[i] == 0
            if w.state[i] != UP or w.flagged[i] != 0 or immune or w.bits[i] & OUT_OF_REACH:
                continue
            if conditions & w.suffers[i] == 0 and (best < 0 or w.hp[i] < w.hp[best]):
                best = i
        if best < 0 or w.hp[best] > left:
            break
        left -= w.hp[best]
        w.flagged[best] = 1
        w.picked[number] = best
        number += 1
    for k in range(number):
        w.flagged[w.picked[k]] = 0
    return number


@kernel
def pick_wounded(w, actor, at_most):
    """Write the allies that a heal would reach into `picked`; return how many.

    Fallen allies first, in listed order; then standing ones below half of their hit points, the
    lowest share first. The dead are beyond healing.
    """
    side = w.c_side[actor]
    number = 0
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if number < at_most and (w.state[i] == DYING or w.state[i] == STABLE):
            w.picked[number] = i
            number += 1
    fallen = number
    while number < at_most:
        best = -1
        best_share = 0.5
        for i in range(w.span[2 * side], w.span[2 * side + 1]):
            if w.state[i] == UP and w.flagged[i] == 0:
                share = w.hp[i] / w.max_hp[i]
                if share < best_share:
                    best = i
                    best_share = share
        if best < 0:
            break
        w.flagged[best] = 1
        w.picked[number] = best
        number += 1
    for k in range(fallen, number):
        w.flagged[w.picked[k]] = 0
    return number


@kernel
def pick_allies(w, actor, effect, at_most):
    """Write the standing allies that an effect would go to into `picked`; return how many.

    Those who deal the most first; who bears the effect already is left out, and for temporary hit
    points (`effect` -1) who has some.
    """
    side = w.c_side[actor]
    number = 0
    while number < at_most:
        best = -1
        for i in range(w.span[2 * side], w.span[2 * side + 1]):
            if w.state[i] != UP or w.flagged[i] != 0:
                continue
            if effect >= 0 and place_of(w, i, w.e_stack[effect]) >= 0:
                continue
            if effect < 0 and w.temporary[i] > 0:
                continue
            if best < 0 or w.output[i] > w.output[best]:
                best = i
        if best < 0:
            break
        w.flagged[best] = 1
        w.picked[number] = best
        number += 1
    for k in range(number):
        w.flagged[w.picked[k]] = 0
    return number
