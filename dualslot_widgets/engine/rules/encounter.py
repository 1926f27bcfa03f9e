"""One encounter: who comes in, the order of turns, and round after round until one side is down.

SRD 5.1: "Combat Step by Step", "Initiative", "Surprise", "Lair Actions".
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    ACTIVE,
    BURSTS,
    DEAD,
    ENCOUNTER,
    K_ARRIVAL,
    K_INITIATIVE,
    LAIR,
    LEGENDS,
    LOSS,
    MONSTERS,
    NOTHING,
    PARTY,
    ROUND,
    SIZE,
    START,
    STARTS,
    TURN,
    TURNS,
    UNRESOLVED,
    UP,
    WAITING,
    WAVES,
    WIN,
)
from dualslot_widgets.engine.encoded.world import log_event, log_round, stopping
from dualslot_widgets.engine.rules.actions import enchant
from dualslot_widgets.engine.rules.dice import d20, word
from dualslot_widgets.engine.rules.effects import reckon, tick
from dualslot_widgets.engine.rules.rests import take_rest
from dualslot_widgets.engine.rules.turn import act_out_of_turn, legendary_turns, take_turn
from dualslot_widgets.engine.rules.uses import ration
from dualslot_widgets.scenario.creature import MAX_COMBATANTS


@kernel
def start_encounter(w, number, encounters):
    """Bring this encounter's monsters in; nobody bears an effect, everybody may react."""
    w.clock[ENCOUNTER] = number
    w.clock[ROUND] = 0
    w.clock[TURN] = 0
    w.count[ACTIVE] = 0
    w.pending[0] = -1
    w.follow[0] = -1
    w.count[BURSTS] = 0
    if w.rests[number - 1] >= 0:
        take_rest(w, w.rests[number - 1])
    ration(w, number, encounters)
    for side in range(2):
        w.focus[side] = -1
        w.standing[side] = 0
        w.coming[side] = 0
        w.span[2 * side] = 0
        w.span[2 * side + 1] = 0
    for i in range(w.count[SIZE]):
        side = w.c_side[i]
        if side == MONSTERS:
            if w.c_encounter[i] != number:
                continue
            w.state[i] = UP
            if w.span[3] == 0:
                w.span[2] = i
        w.span[2 * side + 1] = i + 1
        w.concentrating[i] = 0
        w.stopped[i] = 0
        w.immune_once[i] = 0
        w.last_lair[i] = -1
        w.begun[i] = 0
        w.taken[i] = 0
        w.legendary[i] = w.c_legendary[i]
        w.reaction[i] = 1
        if w.surprised[number - 1] == side:
            w.reaction[i] = 0
            w.legendary[i] = 0
        reckon(w, i)
        if w.state[i] == UP:
            if w.c_arrives[i] > 1:
                w.state[i] = WAITING
                w.coming[side] += 1
            else:
                w.standing[side] += 1


@kernel
def begin_at_start(w):
    """Put on what creatures bear from the start of an encounter: an invisible stalker's nature."""
    for side in range(2):
        for i in range(w.span[2 * side], w.span[2 * side + 1]):
            if w.c_times[i] & (1 << START) and (w.state[i] == UP or w.state[i] == WAITING):
                for a in range(w.c_first_action[i], w.c_end_action[i]):
                    if w.a_time[a] == START:
                        enchant(w, i, a)


@kernel
def put_in_order(w, number, who, key):
    """Insert somebody into the order of turns."""
    at = number
    while at > 0 and w.order_keys[at - 1] < key:
        w.order_keys[at] = w.order_keys[at - 1]
        w.order[at] = w.order[at - 1]
        at -= 1
    w.order_keys[at] = key
    w.order[at] = who


@kernel
def roll_initiative(w):
    """Order everyone alive by d20 + bonus; ties go to the higher bonus, then to a fair coin.

    Returns how many take turns. The sort key holds total, bonus and coin in one integer. A lair
    acts on 20, and loses ties.
    """
    number = 0
    for side in range(2):
        for i in range(w.span[2 * side], w.span[2 * side + 1]):
            if w.state[i] == DEAD:
                continue
            roll = d20(w, 0)
            bonus = w.c_initiative[i]
            key = (((roll + bonus + 512) << 10) + bonus + 512 << 32) + word(w)
            log_event(w, i, -1, i, K_INITIATIVE, roll, roll + bonus, 0)
            put_in_order(w, number, i, key)
            number += 1
            if w.c_lair[i]:
                put_in_order(w, number, MAX_COMBATANTS + i, (20 + 512) << 42)
                number += 1
    return number


@kernel
def arrive(w):
    """Let those join who arrive in this round."""
    for i in range(w.count[SIZE]):
        arrives = w.c_arrives[i]
        if arrives > 1 and arrives == w.clock[ROUND] and w.state[i] == WAITING:
            side = w.c_side[i]
            if w.span[2 * side] <= i < w.span[2 * side + 1]:
                w.state[i] = UP
                w.coming[side] -= 1
                w.standing[side] += 1
                log_event(w, i, -1, i, K_ARRIVAL, NOTHING, NOTHING, 0)


@kernel
def is_over(w):
    """Say whether one side has nobody standing, and nobody to come."""
    party = w.standing[PARTY] + w.coming[PARTY]
    return party == 0 or w.standing[MONSTERS] + w.coming[MONSTERS] == 0


@kernel
def play_encounter(w, number, encounters, max_rounds):
    """Fight until one side has nobody standing or the rounds are over; return the outcome.

    Once the world is asked to stop there is no further round, and the outcome means nothing.
    """
    start_encounter(w, number, encounters)
    if w.count[STARTS]:
        begin_at_start(w)
    turns = roll_initiative(w)
    for current in range(1, max_rounds + 1):
        if stopping(w):
            break
        w.clock[ROUND] = current
        if w.count[WAVES]:
            arrive(w)
        for turn in range(turns):
            w.clock[TURN] = turn + 1
            who = w.order[turn]
            lair = who >= MAX_COMBATANTS
            if lair:
                who -= MAX_COMBATANTS
            if w.state[who] == WAITING or w.state[who] == DEAD:
                if w.count[ACTIVE] > 0 and not lair:
                    # What goes by the turns of somebody goes by them when it is dead, too.
                    w.count[TURNS] += 1
                    tick(w, who, 0)
                    tick(w, who, 1)
                continue
            if current == 1 and w.surprised[number - 1] == w.c_side[who]:
                w.reaction[who] = 1
                w.begun[who] = 1
                continue
            if lair:
                w.count[TURNS] += 1
                act_out_of_turn(w, who, LAIR)
            else:
                take_turn(w, who)
                if w.count[LEGENDS] and not is_over(w):
                    legendary_turns(w, who)
            if is_over(w):
                break
        log_round(w)
        if is_over(w):
            return LOSS if w.standing[PARTY] + w.coming[PARTY] == 0 else WIN
    return UNRESOLVED
