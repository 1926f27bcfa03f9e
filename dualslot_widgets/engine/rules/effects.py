"""Effects that somebody bears: how they begin, what they come to together, how they end.

SRD 5.1: "Conditions", "Combining Magical Effects", "Concentration". Numbers are written down once,
when an effect begins or ends (`reckon`), so that a fight without effects pays nothing for them.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    ACTIVE,
    ALL_TYPES,
    CHARMED,
    CLOCK_AT_END,
    CLOCK_OF_SOURCE,
    CONDITION_COUNT,
    ENDS_ON_SOURCE_DOWN,
    INCAPACITATED,
    K_EFFECT,
    K_EFFECT_ENDED,
    K_TEMPORARY_HP,
    MAX_ACTIVE,
    NOTHING,
    ONLY_FRIGHTENED,
    ONLY_PRONE,
    PRONE,
    RESISTS_ALL,
    STEADFAST,
    TURNS,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.dice import dice_sum, roll_terms


@kernel
def reckon(w, i):
    """Work out what traits and effects come to for one combatant."""
    bits = w.c_bits[i]
    armor = w.c_armor[i]
    resist = w.c_resist[i]
    immune = w.c_immune[i]
    vulnerable = w.c_vulnerable[i]
    suffers = 0
    for x in range(w.count[ACTIVE]):
        if w.x_target[x] == i:
            e = w.x_effect[x]
            bits |= w.x_bits[x]
            suffers |= w.x_conditions[x]
            armor += w.e_armor[e]
            resist |= w.e_resist[e]
            immune |= w.e_immune[e]
            vulnerable |= w.e_vulnerable[e]
    if bits & RESISTS_ALL:
        resist |= ALL_TYPES
    w.bits[i] = bits
    w.armor[i] = armor
    w.resist[i] = resist
    w.immune[i] = immune
    w.vulnerable[i] = vulnerable
    w.suffers[i] = suffers


@kernel
def place_of(w, i, stack):
    """Return the place of the effect of this name that a combatant bears, or -1."""
    for x in range(w.count[ACTIVE]):
        if w.x_target[x] == i and w.e_stack[w.x_effect[x]] == stack:
            return x
    return -1


@kernel
def end_effect(w, x, logged):
    """End one effect; the last one takes its place in the list."""
    target = w.x_target[x]
    source = w.x_source[x]
    effect = w.x_effect[x]
    last = w.count[ACTIVE] - 1
    w.count[ACTIVE] = last
    w.x_target[x] = w.x_target[last]
    w.x_source[x] = w.x_source[last]
    w.x_effect[x] = w.x_effect[last]
    w.x_left[x] = w.x_left[last]
    w.x_turn[x] = w.x_turn[last]
    w.x_done[x] = w.x_done[last]
    w.x_bits[x] = w.x_bits[last]
    w.x_conditions[x] = w.x_conditions[last]
    if logged:
        log_event(w, source, w.e_name[effect], target, K_EFFECT_ENDED, NOTHING, NOTHING, 0)
    reckon(w, target)
    if w.e_concentration[effect]:
        still = 0
        for other in range(last):
            if w.x_source[other] == source:
                still |= w.e_concentration[w.x_effect[other]]
        w.concentrating[source] = still


@kernel
def end_effects(w, i, bit):
    """End the effects of a combatant that have this bit; or (0) all of them, unlogged."""
    for back in range(w.count[ACTIVE]):
        x = w.count[ACTIVE] - 1 - back
        if x >= 0 and w.x_target[x] == i and (bit == 0 or w.x_bits[x] & bit):
            end_effect(w, x, 1 if bit else 0)


@kernel
def end_concentration(w, source):
    """End what a combatant concentrates on."""
    if w.concentrating[source] == 0:
        return
    x = w.count[ACTIVE] - 1
    while x >= 0:
        if w.x_source[x] == source and w.e_concentration[w.x_effect[x]]:
            end_effect(w, x, 1)
        x -= 1
    w.concentrating[source] = 0


@kernel
def release(w, source):
    """End what goes on only while its source can hold it: a grapple and its like."""
    x = w.count[ACTIVE] - 1
    while x >= 0:
        if x < w.count[ACTIVE] and w.x_source[x] == source and w.x_bits[x] & ENDS_ON_SOURCE_DOWN:
            end_effect(w, x, 1)
        x -= 1


@kernel
def gain_temporary(w, actor, name, target, amount):
    """Give temporary hit points; a higher number stays (SRD 5.1, "Temporary Hit Points")."""
    if amount > w.temporary[target]:
        w.temporary[target] = amount
        log_event(w, actor, name, target, K_TEMPORARY_HP, NOTHING, amount, 0)


@kernel
def begin_effect(w, source, target, e):
    """Put an effect on a combatant, unless it is immune to all of its conditions."""
    conditions = w.e_conditions[e]
    suffered = conditions & ~w.c_conditions[target]
    if w.bits[target] & STEADFAST and w.standing[w.c_side[target]] > 1:
        suffered &= ~ONLY_FRIGHTENED
    if conditions != 0 and suffered == 0:
        return
    if w.e_once[e] >= 0 and (w.immune_once[target] >> w.e_once[e]) & 1:
        return
    older = place_of(w, target, w.e_stack[e])
    if older >= 0:
        end_effect(w, older, 0)
    x = w.count[ACTIVE]
    if x >= MAX_ACTIVE:
        return
    w.count[ACTIVE] = x + 1
    bits = w.e_bits[e]
    for c in range(CONDITION_COUNT):
        if (suffered >> c) & 1:
            bits |= w.condition_bits[c]
    w.x_target[x] = target
    w.x_source[x] = source
    w.x_effect[x] = e
    w.x_left[x] = w.e_duration[e]
    w.x_turn[x] = w.count[TURNS]
    w.x_done[x] = 0
    w.x_bits[x] = bits
    w.x_conditions[x] = suffered
    if bits & CHARMED:
        w.charmer[target] = source
    if w.e_concentration[e]:
        w.concentrating[source] = 1
    log_event(w, source, w.e_name[e], target, K_EFFECT, NOTHING, NOTHING, 0)
    if w.e_end_temporary[e] > w.e_first_temporary[e]:
        amount = roll_terms(w, w.e_first_temporary[e], w.e_end_temporary[e], 1, 0)
        gain_temporary(w, source, w.e_name[e], target, amount)
    reckon(w, target)
    if w.bits[target] & INCAPACITATED:
        end_concentration(w, target)
        release(w, target)


@kernel
def stand_up(w, i):
    """End lying prone; half of the movement, which nothing else here needs."""
    x = w.count[ACTIVE] - 1
    while x >= 0:
        if w.x_target[x] == i and w.x_bits[x] & PRONE:
            w.x_bits[x] &= ~PRONE
            w.x_conditions[x] &= ~ONLY_PRONE
            if w.e_conditions[w.x_effect[x]] == ONLY_PRONE:
                end_effect(w, x, 1)
        x -= 1
    reckon(w, i)


@kernel
def tick(w, actor, at_end):
    """Let the clocks tick that go by this turn's start or end.

    An effect does not tick in the turn in which it began: "until the end of your next turn" means
    the next one.
    """
    x = w.count[ACTIVE] - 1
    while x >= 0:
        e = w.x_effect[x]
        clock = w.e_clock[e]
        owner = w.x_source[x] if clock & CLOCK_OF_SOURCE else w.x_target[x]
        if (
            owner == actor
            and (clock & CLOCK_AT_END) == at_end
            and w.x_left[x] > 0
            and w.x_turn[x] != w.count[TURNS]
        ):
            w.x_left[x] -= 1
            if w.x_left[x] == 0:
                end_effect(w, x, 1)
        x -= 1


@kernel
def roll_bonus(w, i, of_save):
    """Roll what effects add to a d20 of a combatant."""
    total = 0
    for x in range(w.count[ACTIVE]):
        if w.x_target[x] == i:
            e = w.x_effect[x]
            if of_save:
                total += w.e_save_flat[e] + dice_sum(w, w.e_save_count[e], w.e_save_sides[e])
            else:
                total += w.e_attack_flat[e] + dice_sum(w, w.e_attack_count[e], w.e_attack_sides[e])
    return total
