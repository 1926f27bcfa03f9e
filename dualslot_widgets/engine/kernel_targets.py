"""Who is aimed at, and who is healed: the targeting strategies.

Only standing enemies are targets. Ties go to the combatant listed first.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.encoding import C_AC, C_MAX_HP, C_SIDE, C_TARGETING
from dualslot_widgets.engine.kernel_dice import die
from dualslot_widgets.engine.world import DYING, STABLE, UP, kernel
from dualslot_widgets.scenario.creature import TARGETING

LOWEST_HP = TARGETING.index("lowest_hp")
HIGHEST_HP = TARGETING.index("highest_hp")
LOWEST_AC = TARGETING.index("lowest_ac")
HIGHEST_DAMAGE = TARGETING.index("highest_damage")
RANDOM = TARGETING.index("random")
FOCUS_FIRE = TARGETING.index("focus_fire")


@kernel
def preferred_target(w, actor, flagged_too):
    """Return the standing enemy that the actor would aim at next, or -1; changes nothing.

    Flagged combatants are passed over unless `flagged_too`. Random targeting is weighed as if it
    were lowest_hp, and so is focus fire without a focus.
    """
    side = 1 - w.combatants[actor, C_SIDE]
    strategy = w.combatants[actor, C_TARGETING]
    if strategy == FOCUS_FIRE:
        focus = w.focus[1 - side]
        if focus >= 0 and w.state[focus] == UP and (flagged_too or w.flagged[focus] == 0):
            return focus
    best = -1
    best_key = 0.0
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if w.state[i] != UP or (w.flagged[i] != 0 and not flagged_too):
            continue
        if strategy == HIGHEST_HP:
            key = -float(w.hp[i])
        elif strategy == LOWEST_AC:
            key = float(w.combatants[i, C_AC])
        elif strategy == HIGHEST_DAMAGE:
            key = -w.output[i]
        else:
            key = float(w.hp[i])
        if best < 0 or key < best_key:
            best = i
            best_key = key
    return best


@kernel
def random_target(w, actor):
    """Return a random standing enemy that is not flagged, or -1."""
    side = 1 - w.combatants[actor, C_SIDE]
    choices = 0
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if w.state[i] == UP and w.flagged[i] == 0:
            choices += 1
    if choices == 0:
        return -1
    number = die(w, choices)
    for i in range(w.span[2 * side], w.span[2 * side + 1]):
        if w.state[i] == UP and w.flagged[i] == 0:
            number -= 1
            if number == 0:
                return i
    return -1


@kernel
def choose_target(w, actor):
    """Choose the next enemy to act against, or -1; moves the side's focus."""
    if w.combatants[actor, C_TARGETING] == RANDOM:
        return random_target(w, actor)
    target = preferred_target(w, actor, False)
    if target >= 0 and w.combatants[actor, C_TARGETING] == FOCUS_FIRE:
        side = w.combatants[actor, C_SIDE]
        focus = w.focus[side]
        if focus < 0 or w.state[focus] != UP:
            w.focus[side] = target
    return target


@kernel
def pick_wounded(w, actor, at_most):
    """Write the allies that a heal would reach into `picked`; return how many.

    Fallen allies first, in listed order; then standing ones below half of their hit points, the
    lowest share first. The dead are beyond healing.
    """
    side = w.combatants[actor, C_SIDE]
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
                share = w.hp[i] / w.combatants[i, C_MAX_HP]
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
