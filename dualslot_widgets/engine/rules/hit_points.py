"""Saving throws, losing and regaining hit points: defences, dropping to 0, dying, death saves.

SRD 5.1: "Saving Throws", "Damage Resistance and Vulnerability", "Dropping to 0 Hit Points", "Death
Saving Throws", "Temporary Hit Points", "Concentration", and the monsters' traits Legendary
Resistance, Magic Resistance, Undead Fortitude, Relentless and Regeneration.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    ABSORPTION,
    ACTIVE,
    BURSTS,
    CON,
    DEAD,
    DEATH,
    DEX,
    DYING,
    ENCOUNTER,
    ENDS_ON_DAMAGE,
    FAILS_STR_DEX,
    GNOME_CUNNING,
    INT,
    K_DEATH_SAVE,
    K_ENDURED,
    K_HEAL,
    K_LEGENDARY_RESISTANCE,
    MAGIC_RESISTANCE,
    MONSTERS,
    NO_HEALING,
    NONMAGICAL_SHIFT,
    NOTHING,
    RADIANT,
    REGENERATION,
    ROLL_BONUS,
    ROUND,
    SAVE_ADVANTAGE,
    SAVE_DISADVANTAGE,
    STABLE,
    T_DEALT,
    T_DOWN_ENCOUNTER,
    T_DOWN_ROUND,
    T_HEALED,
    T_RECEIVED,
    T_TAKEN,
    TOUCHED,
    TYPE_COUNT,
    UNDEAD_FORTITUDE,
    UP,
)
from dualslot_widgets.engine.encoded.world import log_event
from dualslot_widgets.engine.rules.dice import d20
from dualslot_widgets.engine.rules.effects import (
    end_concentration,
    end_effects,
    release,
    roll_bonus,
)


@kernel
def roll_save(w, target, ability, dc, magical, grave, against):
    """Roll a saving throw; return whether it is made, its roll and total being in `shown`.

    `against` is a mask of the conditions that it is to avert. No automatic success or failure by
    the natural roll. Who is paralyzed or the like fails those of Strength and Dexterity. A
    legendary creature makes a `grave` one by its resistance.
    """
    bits = w.bits[target]
    roll = NOTHING
    total = NOTHING
    made = False
    if not (bits & FAILS_STR_DEX and ability <= DEX):
        better = (bits >> (SAVE_ADVANTAGE + ability)) & 1
        if against & w.c_steady[target]:
            better = 1
        if magical and (bits & MAGIC_RESISTANCE or (bits & GNOME_CUNNING and ability >= INT)):
            better = 1
        roll = d20(w, better - ((bits >> (SAVE_DISADVANTAGE + ability)) & 1))
        total = roll + w.saves[target, ability]
        if bits & ROLL_BONUS:
            total += roll_bonus(w, target, 1)
        made = total >= dc
    if not made and grave:
        pool = w.c_resistance_pool[target]
        if pool >= 0 and w.left[target, pool] > 0:
            w.left[target, pool] -= 1
            log_event(w, target, -1, target, K_LEGENDARY_RESISTANCE, roll, total, 0)
            made = True
    w.shown[0] = roll
    w.shown[1] = total
    return made


@kernel
def damage_to(w, target, halved, magical):
    """Return what the rolled damage does to a target after halving and defences.

    Each damage type by itself: never below 0, halved (rounded down), then immunity, then resistance
    (half, rounded down), then vulnerability (double). Damage below the threshold is none.
    """
    resist = w.resist[target]
    immune = w.immune[target]
    vulnerable = w.vulnerable[target]
    if not magical:
        resist |= resist >> NONMAGICAL_SHIFT
        immune |= immune >> NONMAGICAL_SHIFT
        vulnerable |= vulnerable >> NONMAGICAL_SHIFT
    total = 0
    touched = 0
    healed = 0
    for kind in range(TYPE_COUNT):
        amount = w.rolled[kind]
        w.dealt[kind] = 0
        if amount > 0:
            if halved:
                amount >>= 1
            if (w.c_absorbs[target] >> kind) & 1:
                healed += amount
                amount = 0
            if (immune >> kind) & 1:
                amount = 0
            if (resist >> kind) & 1:
                amount >>= 1
            if (vulnerable >> kind) & 1:
                amount *= 2
            if amount > 0:
                touched |= 1 << kind
                total += amount
                w.dealt[kind] = amount
    if healed > 0:
        gained = regain_hit_points(w, target, target, healed)
        log_event(w, target, ABSORPTION, target, K_HEAL, NOTHING, NOTHING, gained)
    if total < w.c_threshold[target]:
        for kind in range(TYPE_COUNT):
            w.dealt[kind] = 0
        return 0
    w.count[TOUCHED] = touched
    return total


@kernel
def endures(w, target, damage, critical):
    """Say whether a trait leaves 1 hit point to somebody who would drop to 0."""
    if w.bits[target] & UNDEAD_FORTITUDE and not critical and not w.count[TOUCHED] & RADIANT:
        made = roll_save(w, target, CON, 5 + damage, 0, 0, 0)
        if made:
            log_event(w, target, -1, target, K_ENDURED, w.shown[0], w.shown[1], 0)
        return made
    pool = w.c_relentless_pool[target]
    if pool >= 0 and damage <= w.c_relentless[target] and w.left[target, pool] > 0:
        w.left[target, pool] -= 1
        log_event(w, target, -1, target, K_ENDURED, NOTHING, NOTHING, 0)
        return True
    return False


@kernel
def fall(w, target):
    """Stand no longer; the results name the first time."""
    w.standing[w.c_side[target]] -= 1
    w.failed[target] = 0
    w.saved[target] = 0
    if w.tally[T_DOWN_ROUND, target] == 0:
        w.tally[T_DOWN_ENCOUNTER, target] = w.clock[ENCOUNTER]
        w.tally[T_DOWN_ROUND, target] = w.clock[ROUND]


@kernel
def lose_hit_points(w, actor, target, damage, critical):
    """Take damage; return the hit points really lost.

    Temporary hit points go first. A monster dies at 0. A character goes down, and is dead at once
    when the damage left over reaches its maximum. Damage while down is a failed death save, two for
    a critical hit.
    """
    left = damage
    if w.temporary[target] > 0:
        left -= min(left, w.temporary[target])
        w.temporary[target] -= damage - left
    before = w.hp[target]
    lost = min(before, left)
    if w.count[TOUCHED] & w.c_stopped_by[target] and damage > 0:
        w.stopped[target] = 1
    if lost == before and before > 0 and endures(w, target, left, critical):
        lost = before - 1
    w.hp[target] = before - lost
    w.tally[T_DEALT, actor] += lost
    w.tally[T_TAKEN, target] += lost
    if left == 0 or w.hp[target] > 0 or w.state[target] == DEAD:
        return lost
    side = w.c_side[target]
    if w.state[target] == UP:
        fall(w, target)
    else:
        w.failed[target] += 2 if critical else 1
    w.state[target] = DYING
    if side == MONSTERS:
        if not w.c_revives[target]:
            w.state[target] = DEAD
    elif left - lost >= w.max_hp[target] or w.failed[target] >= 3:
        w.state[target] = DEAD
    return lost


@kernel
def aftermath(w, target, damage):
    """Let damage have its consequences, after it was logged: concentration, effects it ends."""
    if damage == 0:
        return
    if w.state[target] == UP:
        tried = w.concentrating[target] != 0
        if tried and not roll_save(w, target, CON, max(10, damage >> 1), 0, 0, 0):
            end_concentration(w, target)
        if w.bits[target] & ENDS_ON_DAMAGE:
            end_effects(w, target, ENDS_ON_DAMAGE)
    else:
        end_concentration(w, target)
        if w.count[ACTIVE] > 0:
            release(w, target)
        if w.state[target] == DEAD:
            end_effects(w, target, 0)
            if w.c_times[target] & (1 << DEATH):
                w.bursts[w.count[BURSTS]] = target
                w.count[BURSTS] += 1


@kernel
def drain(w, actor, target, amount):
    """Lower a maximum of hit points (Life Drain); who has none left dies."""
    if amount <= 0:
        return
    w.max_hp[target] -= amount
    over = max(w.hp[target] - max(w.max_hp[target], 0), 0)
    w.hp[target] -= over
    w.tally[T_DEALT, actor] += over
    w.tally[T_TAKEN, target] += over
    if w.max_hp[target] <= 0:
        w.max_hp[target] = 1
        if w.state[target] == UP:
            fall(w, target)
        w.state[target] = DEAD
        aftermath(w, target, amount)


@kernel
def regain_hit_points(w, actor, target, healing):
    """Be healed, never above the maximum; the fallen stand up. Return the hit points regained."""
    gained = max(min(healing, w.max_hp[target] - w.hp[target]), 0)
    if w.bits[target] & NO_HEALING:
        gained = 0
    if gained > 0:
        w.hp[target] += gained
        w.tally[T_HEALED, actor] += gained
        w.tally[T_RECEIVED, target] += gained
        if w.state[target] != UP:
            w.state[target] = UP
            w.standing[w.c_side[target]] += 1
    return gained


@kernel
def regenerate(w, actor):
    """Regain what Regeneration gives at the start of a turn; without it a fallen troll dies."""
    works = not w.stopped[actor]
    w.stopped[actor] = 0
    if works:
        gained = regain_hit_points(w, actor, actor, w.c_regeneration[actor])
        if gained > 0:
            log_event(w, actor, REGENERATION, actor, K_HEAL, NOTHING, NOTHING, gained)
    elif w.state[actor] == DYING:
        w.state[actor] = DEAD


@kernel
def death_save(w, actor):
    """Roll a death saving throw.

    10 or higher is a success, three make stable; three failures kill; a natural 1 fails twice; a
    natural 20 gives 1 hit point back, and the turn goes on.
    """
    roll = d20(w, 0)
    gained = 0
    if roll == 20:
        gained = regain_hit_points(w, actor, actor, 1)
    elif roll >= 10:
        w.saved[actor] += 1
        if w.saved[actor] >= 3:
            w.state[actor] = STABLE
    else:
        w.failed[actor] += 2 if roll == 1 else 1
        if w.failed[actor] >= 3:
            w.state[actor] = DEAD
    log_event(w, actor, -1, actor, K_DEATH_SAVE, roll, roll, gained)
