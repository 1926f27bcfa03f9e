"""Whole runs: initiative, rounds, encounters in a row, and the one compiled entry point.

Everything below is linked into `play`; it is the only function with a wrapper for Python and the
only one in the on-disk cache.
"""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numba
import numpy as np

from dualslot_widgets.engine.compile_cache import keep_on_disk
from dualslot_widgets.engine.encoding import (
    A_RECHARGE,
    A_USES,
    C_ENCOUNTER,
    C_END_ACTION,
    C_FIRST_ACTION,
    C_INITIATIVE,
    C_MAX_HP,
    C_SIDE,
    MONSTERS,
    PARTY,
)
from dualslot_widgets.engine.kernel_dice import d20, seed_run, word
from dualslot_widgets.engine.kernel_turn import take_turn
from dualslot_widgets.engine.world import (
    DEAD,
    DYING,
    ENCOUNTER,
    EVENT_COUNT,
    K_INITIATIVE,
    LOSS,
    ROUND,
    ROUND_COUNT,
    RUN,
    STABLE,
    TURN,
    UNRESOLVED,
    UP,
    WAITING,
    WIN,
    log_event,
    log_round,
    part,
)

#: Rows of what `play` writes: a row a column of the runs table behind the run number.
R_OUTCOME, R_SURVIVORS, R_ENCOUNTER, R_ROUNDS, R_PARTY_HP, R_MONSTER_HP = range(6)


@part
def start_run(w):
    """Everybody at full hit points, monsters waiting for their encounter, all uses there."""
    w.tally[:] = 0
    for i in range(w.size):
        w.hp[i] = w.combatants[i, C_MAX_HP]
        w.state[i] = UP if w.combatants[i, C_SIDE] == PARTY else WAITING
        w.saved[i] = 0
        w.failed[i] = 0
        first = w.combatants[i, C_FIRST_ACTION]
        for action in range(first, w.combatants[i, C_END_ACTION]):
            w.left[i, action - first] = w.actions[action, A_USES]


@part
def start_encounter(w, number):
    """Bring this encounter's monsters in, and make recharge actions ready."""
    w.clock[ENCOUNTER] = number
    w.clock[ROUND] = 0
    w.clock[TURN] = 0
    w.focus[:] = -1
    w.standing[:] = 0
    w.span[:] = 0
    for i in range(w.size):
        side = w.combatants[i, C_SIDE]
        if side == MONSTERS:
            if w.combatants[i, C_ENCOUNTER] != number:
                continue
            w.state[i] = UP
            if w.span[3] == 0:
                w.span[2] = i
        w.span[2 * side + 1] = i + 1
        if w.state[i] == UP:
            w.standing[side] += 1
        first = w.combatants[i, C_FIRST_ACTION]
        for action in range(first, w.combatants[i, C_END_ACTION]):
            if w.actions[action, A_RECHARGE] > 0:
                w.left[i, action - first] = 1


@part
def roll_initiative(w, log):
    """Order everyone alive by d20 + bonus; ties go to the higher bonus, then to a fair coin.

    Returns how many take turns. The sort key holds total, bonus and coin in one integer.
    """
    number = 0
    for side in range(2):
        for i in range(w.span[2 * side], w.span[2 * side + 1]):
            if w.state[i] == DEAD:
                continue
            roll = d20(w, 0)
            bonus = np.int64(w.combatants[i, C_INITIATIVE])
            key = (((roll + bonus + 512) << 10) + bonus + 512 << 32) + word(w)
            log_event(w, log, i, -1, i, K_INITIATIVE, roll, roll + bonus, 0)
            at = number
            while at > 0 and w.order_keys[at - 1] < key:
                w.order_keys[at] = w.order_keys[at - 1]
                w.order[at] = w.order[at - 1]
                at -= 1
            w.order_keys[at] = key
            w.order[at] = i
            number += 1
    return number


@part
def play_encounter(w, log, rounds_log, number, max_rounds):
    """Fight until one side has nobody standing or the rounds are over; return the outcome."""
    start_encounter(w, number)
    turns = roll_initiative(w, log)
    for current in range(1, max_rounds + 1):
        w.clock[ROUND] = current
        for turn in range(turns):
            w.clock[TURN] = turn + 1
            take_turn(w, log, w.order[turn])
            if w.standing[PARTY] == 0 or w.standing[MONSTERS] == 0:
                break
        log_round(w, rounds_log)
        if w.standing[PARTY] == 0:
            return LOSS
        if w.standing[MONSTERS] == 0:
            return WIN
    return UNRESOLVED


@part
def play_run(w, log, rounds_log, encounters, max_rounds, results, at):
    """Play the encounters in a row and write the run's results into column `at`."""
    start_run(w)
    outcome = WIN
    rounds = 0
    for number in range(1, encounters + 1):
        outcome = play_encounter(w, log, rounds_log, number, max_rounds)
        rounds += w.clock[ROUND]
        if outcome != WIN:
            break
        # Who still stands after a won fight keeps the dying from dying.
        for i in range(w.span[0], w.span[1]):
            if w.state[i] == DYING:
                w.state[i] = STABLE
    party_hp = 0
    monster_hp = 0
    for i in range(w.size):
        if w.combatants[i, C_SIDE] == PARTY:
            party_hp += w.hp[i]
        else:
            monster_hp += w.hp[i]
    results[R_OUTCOME, at] = outcome
    results[R_SURVIVORS, at] = w.standing[PARTY]
    results[R_ENCOUNTER, at] = w.clock[ENCOUNTER]
    results[R_ROUNDS, at] = rounds
    results[R_PARTY_HP, at] = party_hp
    results[R_MONSTER_HP, at] = monster_hp


@numba.njit(nogil=True)
def play(
    worlds, log, rounds_log, seed, first_run, begin, end, encounters, max_rounds, results, finals
):
    """Play runs number `first_run` + [begin, end) and write them at columns [begin, end).

    Parameters
    ----------
    worlds : (1,) array of WORLD
    log : (12, capacity) int32 array
        The columns of the events table; capacity 0 for none.
    rounds_log : (7, capacity) int32 array
        The columns of the rounds table; capacity 0 for none.
    seed, first_run, begin, end, encounters, max_rounds : int
    results : (6, runs) int32 array
    finals : (8, runs * N) int32 array
        Hit points, state and the six tallies of every combatant.

    Returns
    -------
    int
        `end`, or the first column not played because its log did not fit; of that run nothing is
        left in the log.
    """
    w = worlds[0]
    number = w.size
    for at in range(begin, end):
        events_before = w.counts[EVENT_COUNT]
        rounds_before = w.counts[ROUND_COUNT]
        w.clock[RUN] = first_run + at
        seed_run(w, seed, first_run + at)
        play_run(w, log, rounds_log, encounters, max_rounds, results, at)
        if (0 < log.shape[1] < w.counts[EVENT_COUNT]) or (
            0 < rounds_log.shape[1] < w.counts[ROUND_COUNT]
        ):
            w.counts[EVENT_COUNT] = events_before
            w.counts[ROUND_COUNT] = rounds_before
            return at
        for i in range(number):
            finals[0, at * number + i] = w.hp[i]
            finals[1, at * number + i] = w.state[i]
            for row in range(6):
                finals[2 + row, at * number + i] = w.tally[row, i]
    return end


keep_on_disk(play)
