"""The state of one fight as one record that all kernels share, and how kernels are compiled.

Second room of the engine floor. A world belongs to exactly one thread at a time: the one that
plays with it. Kernels take it whole, so that a new rule does not change every signature.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba
import numpy as np
import numpy.typing as npt

from dualslot_widgets.engine.encoding import A_WIDTH, C_WIDTH, EncodedScenario, Int32s
from dualslot_widgets.scenario.creature import MAX_ACTIONS, MAX_COMBATANTS, MAX_MULTIATTACK
from dualslot_widgets.scenario.dice import DAMAGE_TYPES, MAX_TERMS
from dualslot_widgets.scenario.effects import ABILITIES

UP, DYING, STABLE, DEAD, WAITING = range(5)
WIN, LOSS, UNRESOLVED = range(3)
(
    K_INITIATIVE,
    K_RECHARGE,
    K_MISS,
    K_HIT,
    K_CRITICAL,
    K_SAVE_FAILED,
    K_SAVE_MADE,
    K_HEAL,
    K_DEATH_SAVE,
) = range(9)
#: Rows of a world's `tally`, which grow through a run.
T_DEALT, T_TAKEN, T_HEALED, T_RECEIVED, T_DOWN_ENCOUNTER, T_DOWN_ROUND = range(6)
#: Places of a world's `clock`.
RUN, ENCOUNTER, ROUND, TURN = range(4)
EVENT_COUNT, ROUND_COUNT = range(2)
#: What an event's columns hold where there is nothing to hold.
NOTHING = -1000
EVENT_WIDTH = 12
ROUND_WIDTH = 7

Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(function: Function) -> Function:
    """Compile a function that only compiled code calls.

    Without reference counting on array arguments it runs six times faster; without the wrappers
    for Python and C callers it compiles in half the time (both measured).
    """
    compiled: Function = numba.njit(
        nogil=True, _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True
    )(function)
    return compiled


def part(function: Function) -> Function:
    """Make a function part of the one kernel that calls it.

    What is called from a single place need not be compiled, linked and optimised on its own; that
    saves a quarter of the compile time (measured).
    """
    compiled: Function = numba.njit(nogil=True, _nrt=False, inline="always")(function)
    return compiled


# A scenario holds at most MAX_COMBATANTS combatants, so at most as many kinds of creature.
_N = MAX_COMBATANTS

#: One fight as one record. Kernels get a record by reference; a tuple of arrays would be copied at
#: every call, which cost more than the fight itself (measured: 11 us a run instead of 4).
WORLD = np.dtype(
    [
        # the encoded scenario, see `Arrays`
        ("size", np.int64),  # N, the number of combatants
        ("combatants", np.int64, (_N, C_WIDTH)),
        ("saves", np.int64, (_N, len(ABILITIES))),
        ("defences", np.int64, (_N, len(DAMAGE_TYPES) + 1)),
        ("actions", np.int64, (_N * MAX_ACTIONS, A_WIDTH)),
        ("terms", np.int64, (_N * MAX_ACTIONS * MAX_TERMS, 4)),
        ("multiattacks", np.int64, (_N * MAX_MULTIATTACK,)),
        ("output", np.float64, (_N,)),
        # the run being played, by combatant
        ("hp", np.int64, (_N,)),
        ("state", np.int64, (_N,)),  # one of UP..WAITING
        ("saved", np.int64, (_N,)),  # death saves made and failed
        ("failed", np.int64, (_N,)),
        ("left", np.int64, (_N, MAX_ACTIONS)),  # uses left, or 1 and 0 for recharge
        ("tally", np.int64, (6, _N)),
        # the encounter being played
        ("span", np.int64, (4,)),  # first and end combatant of the party, then of the monsters
        ("standing", np.int64, (2,)),  # how many of each side are UP
        ("focus", np.int64, (2,)),  # whom each side's focus fire is on, or -1
        ("order", np.int64, (_N,)),  # combatants by initiative, and what they are sorted by
        ("order_keys", np.int64, (_N,)),
        ("clock", np.int64, (4,)),
        ("random", np.uint64, (1,)),  # state of the run's SplitMix64 stream
        # scratch
        ("picked", np.int64, (_N,)),  # chosen targets
        ("flagged", np.int64, (_N,)),  # marks of targets already chosen, all 0 between uses
        ("rolled", np.int64, (len(DAMAGE_TYPES) + 1,)),  # damage just rolled, by type
        # written so far; beyond the buffers' ends events and rounds are only counted
        ("counts", np.int64, (2,)),
    ],
    align=True,
)


def new_world(scenario: EncodedScenario) -> npt.NDArray[np.void]:
    """Return an array of one `WORLD` that holds the scenario."""
    world = np.zeros(1, WORLD)
    record = world[0]
    record["size"] = len(scenario.names)
    for name, values in scenario.arrays._asdict().items():
        record[name][: len(values)] = values
    return world


def new_log(width: int, capacity: int) -> Int32s:
    """Return a log buffer of `width` columns; capacity 0 switches that log off."""
    return np.empty((width, capacity), np.int32)


@kernel
def log_event(w, log, actor, action_name, target, kind, roll, total, amount):
    """Write one event; past the buffer's end only count it, so that the run can be replayed."""
    capacity = log.shape[1]
    if capacity == 0:
        return
    at = w.counts[EVENT_COUNT]
    if at < capacity:
        log[0, at] = w.clock[RUN]
        log[1, at] = w.clock[ENCOUNTER]
        log[2, at] = w.clock[ROUND]
        log[3, at] = w.clock[TURN]
        log[4, at] = actor
        log[5, at] = action_name
        log[6, at] = target
        log[7, at] = kind
        log[8, at] = roll
        log[9, at] = total
        log[10, at] = amount
        log[11, at] = w.hp[target]
    w.counts[EVENT_COUNT] = at + 1


@kernel
def log_round(w, log):
    """Write how things stand at the end of a round."""
    capacity = log.shape[1]
    if capacity == 0:
        return
    at = w.counts[ROUND_COUNT]
    if at < capacity:
        log[0, at] = w.clock[RUN]
        log[1, at] = w.clock[ENCOUNTER]
        log[2, at] = w.clock[ROUND]
        for side in range(2):
            total = 0
            for i in range(w.span[2 * side], w.span[2 * side + 1]):
                total += w.hp[i]
            log[3 + side, at] = total
            log[5 + side, at] = w.standing[side]
    w.counts[ROUND_COUNT] = at + 1
