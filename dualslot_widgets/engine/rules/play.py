"""Whole runs: encounters in a row, and the one entry point that is compiled."""

# mypy: disable-error-code="no-untyped-def"
from __future__ import annotations

import numba

from dualslot_widgets.engine.compiler.compile_cache import keep_on_disk
from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.encoded.codes import (
    DYING,
    ENCOUNTER,
    EVENTS,
    EVENTS_WANTED,
    F_HP,
    F_MAX_HP,
    F_STATE,
    F_TALLY,
    PARTY,
    R_ENCOUNTER,
    R_MONSTER_HP,
    R_OUTCOME,
    R_PARTY_HP,
    R_ROUNDS,
    R_SURVIVORS,
    ROUND,
    ROUNDS,
    ROUNDS_WANTED,
    RUN,
    SIZE,
    STABLE,
    TALLIES,
    TURNS,
    UP,
    WAITING,
    WIN,
)
from dualslot_widgets.engine.encoded.world import stopping, world_at
from dualslot_widgets.engine.rules.dice import seed_run
from dualslot_widgets.engine.rules.encounter import play_encounter
from dualslot_widgets.engine.rules.rests import start_run


@kernel
def play_run(w, encounters, max_rounds):
    """Play the encounters in a row; return the outcome and how many rounds they took."""
    start_run(w)
    outcome = WIN
    rounds = 0
    for number in range(1, encounters + 1):
        outcome = play_encounter(w, number, encounters, max_rounds)
        rounds += w.clock[ROUND]
        if outcome != WIN:
            break
        # Who still stands after a won fight keeps the dying from dying.
        for i in range(w.span[0], w.span[1]):
            if w.state[i] == DYING:
                w.state[i] = STABLE
            elif w.state[i] == WAITING:
                w.state[i] = UP
    return outcome, rounds


@numba.njit(nogil=True)
def play(address, seed, first_run, begin, end, encounters, max_rounds, results, finals):
    """Play runs number `first_run` + [begin, end) and write them at columns [begin, end).

    Parameters
    ----------
    address : int
        Where a `WORLD` is, whose fields `log` and `rounds_log` say where events and rounds go.
    seed, first_run, begin, end, encounters, max_rounds : int
    results : (RESULT_ROWS, runs) int32 array
    finals : (FINAL_ROWS, runs * N) int32 array
        What becomes of every combatant.

    Returns
    -------
    int
        `end`, or the first column not played because its log did not fit, or because the world was
        asked to stop; of that run nothing is left in the log, but `count[EVENTS_WANTED]` and
        `count[ROUNDS_WANTED]` say how long the log would have become with it.
    """
    w = world_at(address)
    number = w.count[SIZE]
    for at in range(begin, end):
        events_before = w.count[EVENTS]
        rounds_before = w.count[ROUNDS]
        w.clock[RUN] = first_run + at
        w.count[TURNS] = 0
        seed_run(w, seed, first_run + at)
        outcome, rounds = play_run(w, encounters, max_rounds)
        full = (0 < w.log[1] < w.count[EVENTS]) or (0 < w.rounds_log[1] < w.count[ROUNDS])
        if full or stopping(w):
            w.count[EVENTS_WANTED] = w.count[EVENTS]
            w.count[ROUNDS_WANTED] = w.count[ROUNDS]
            w.count[EVENTS] = events_before
            w.count[ROUNDS] = rounds_before
            return at
        survivors = 0
        party_hp = 0
        monster_hp = 0
        for i in range(number):
            if w.c_side[i] == PARTY:
                party_hp += w.hp[i]
                survivors += w.hp[i] > 0
            else:
                monster_hp += w.hp[i]
            finals[F_HP, at * number + i] = w.hp[i]
            finals[F_STATE, at * number + i] = w.state[i]
            finals[F_MAX_HP, at * number + i] = w.whole[i]
            for row in range(TALLIES):
                finals[F_TALLY + row, at * number + i] = w.tally[row, i]
        results[R_OUTCOME, at] = outcome
        results[R_SURVIVORS, at] = survivors
        results[R_ENCOUNTER, at] = w.clock[ENCOUNTER]
        results[R_ROUNDS, at] = rounds
        results[R_PARTY_HP, at] = party_hp
        results[R_MONSTER_HP, at] = monster_hp
    return end


keep_on_disk(play)
