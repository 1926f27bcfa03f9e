"""The state of one fight as one record that all kernels share, and how its log is written.

A world belongs to exactly one thread at a time: the one that plays with it; others may only write
its field `stop`. Kernels take it whole, so that a new rule does not change every signature. Fields
start with `c_` for a combatant, `a_` for an action's row, `r_` for a rider, `e_` for an effect as
it is written, `x_` for an effect that somebody bears, `t_` for a damage term, `m_` and `v_` for
what an action is worth.
"""

# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from dualslot_widgets.engine.compiler.kernel_compiler import kernel
from dualslot_widgets.engine.compiler.record_type import (
    RecordType,
    load_shared,
    record_at,
    store_int32,
)
from dualslot_widgets.engine.encoded.codes import (
    COUNTS,
    ENCOUNTER,
    EVENTS,
    MAX_ACTIVE,
    MAX_EFFECTS,
    MAX_POOLS,
    POOL_COLUMNS,
    ROUND,
    ROUNDS,
    RUN,
    TALLIES,
    TURN,
    TYPE_COUNT,
)
from dualslot_widgets.engine.encoded.columns import (
    ACTION_ROW,
    COMBATANT_ROW,
    EFFECT_ROW,
    RIDER_ROW,
    TERM_ROW,
)
from dualslot_widgets.engine.encoded.encoding import EncodedScenario, Int32s
from dualslot_widgets.scenario.creature import MAX_COMBATANTS, MAX_MULTIATTACK
from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS
from dualslot_widgets.scenario.encounter import MAX_ENCOUNTERS
from dualslot_widgets.scenario.spell_levels import MAX_RIDERS, MAX_ROWS, MAX_TERMS

# A scenario holds at most MAX_COMBATANTS combatants, so at most as many kinds of creature.
_N = MAX_COMBATANTS


def _ints(shape: tuple[int, ...], *names: str) -> list[tuple[str, type, tuple[int, ...]]]:
    return [(name, np.int64, shape) for name in names]


def _columns(prefix: str, columns: Iterable[str], rows: int) -> list[Any]:
    return _ints((rows,), *(f"{prefix}_{name}" for name in columns))


#: One fight as one record. What is not used of it costs no memory: the system gives pages when they
#: are touched first.
WORLD = np.dtype(
    [
        # the encoded scenario
        *_columns("c", COMBATANT_ROW, _N),
        *_columns("a", ACTION_ROW, MAX_ROWS),
        *_columns("r", RIDER_ROW, MAX_RIDERS),
        *_columns("e", EFFECT_ROW, MAX_EFFECTS),
        *_columns("t", TERM_ROW, MAX_TERMS),
        *_ints((_N, len(ABILITIES)), "saves"),
        *_ints((_N * MAX_POOLS, len(POOL_COLUMNS)), "pools"),
        *_ints((_N * MAX_MULTIATTACK,), "multiattacks"),
        *_ints((len(CONDITIONS),), "condition_bits"),
        *_ints((MAX_ENCOUNTERS,), "rests", "surprised"),
        *((name, np.float64, (MAX_ROWS * _N,)) for name in ("m_hit", "m_critical", "m_control")),
        *(
            (f"v_{name}", np.float64, (MAX_ROWS,))
            for name in ("heal", "temporary", "gain", "each", "guard")
        ),
        ("output", np.float64, (_N,)),
        ("swings", np.float64, (_N,)),
        ("weights", np.float64, (_N, 4)),
        # the run being played, by combatant
        *_ints((_N,), "whole"),  # its maximum of hit points, before anything lowered it
        *_ints((_N,), "max_hp", "hp", "temporary", "state", "saved", "failed", "dice_left"),
        *_ints((_N, MAX_POOLS), "left", "allow"),
        *_ints((TALLIES, _N), "tally"),
        # the encounter being played, by combatant; what effects change is worked out anew by
        # `effects.reckon` whenever one begins or ends
        *_ints((_N,), "bits", "armor", "resist", "immune", "vulnerable", "reaction", "legendary"),
        *_ints((_N,), "concentrating", "charmer", "used", "stopped", "immune_once", "last_lair"),
        # conditions suffered; turns acted in; whether a turn came, surprised or not
        *_ints((_N,), "suffers", "taken", "begun"),
        # effects that somebody bears, `count[ACTIVE]` of them
        *_ints(
            (MAX_ACTIVE,),
            "x_target",
            "x_source",
            "x_effect",
            "x_left",
            "x_turn",
            "x_bits",
            "x_conditions",
            "x_done",
        ),
        # the encounter being played
        *_ints((4,), "span"),  # first and end combatant of the party, then of the monsters
        *_ints((2,), "standing", "coming", "focus"),  # of each side; focus -1 for none
        *_ints((2 * _N,), "order", "order_keys"),  # by initiative; from N on: lair actions
        *_ints((4,), "clock"),
        ("random", np.uint64, (1,)),  # state of the run's SplitMix64 stream
        # scratch
        *_ints((_N,), "picked", "ranked", "riding"),
        *_ints((_N,), "flagged"),  # marks of targets already chosen, all 0 between uses
        *_ints((TYPE_COUNT,), "rolled"),  # damage just rolled, by type
        *_ints((TYPE_COUNT,), "dealt", "struck"),  # what of it arrived; the same of the last hit
        *_ints((2,), "follow"),  # an attack to follow at once, -1 for none: which, against whom
        *_ints((_N,), "bursts"),  # the dead whose death does something still
        *_ints((2,), "shown"),  # natural roll and total of the last saving throw
        *_ints((3,), "pending"),  # a reaction waiting: who, with which action, against whom
        ("rank_keys", np.float64, (_N,)),
        ("value", np.float64, (2,)),  # worth of the last choice; threat of the enemies
        *_ints((COUNTS,), "count"),
        # where events and rounds are written: address and capacity; 0 for nowhere
        *_ints((2,), "log", "rounds_log"),
        *_ints((1,), "stop"),  # not 0 once another thread wants no more of it to be played
    ],
    align=True,
)
WORLD_TYPE = RecordType("dualslot world", WORLD)
world_at = record_at(WORLD_TYPE)


def new_world(scenario: EncodedScenario) -> npt.NDArray[np.void]:
    """Return an array of one `WORLD` that holds the scenario."""
    world = np.zeros(1, WORLD)
    record = world[0]
    for name, values in scenario.arrays.items():
        record[name][: len(values)] = values
    return world


def new_log(width: int, capacity: int) -> Int32s:
    """Return a log buffer of `width` columns; capacity 0 switches that log off."""
    return np.empty((width, capacity), np.int32)


def attach_log(world: npt.NDArray[np.void], name: str, log: Int32s) -> None:
    """Let a world write to a log buffer, which must live as long as it does so."""
    world[0][name][:] = log.ctypes.data, log.shape[1]


def ask_to_stop(world: npt.NDArray[np.void]) -> None:
    """Have whoever plays with a world stop before the next round, for good; from any thread."""
    world[0]["stop"][0] = 1


def asked_to_stop(world: npt.NDArray[np.void]) -> bool:
    """Say whether `ask_to_stop` was called."""
    return bool(world[0]["stop"][0])


@kernel
def stopping(w):
    """Say whether another thread wants no more of this world to be played."""
    return load_shared(w.stop) != 0


@kernel
def log_event(w, actor, action_name, target, kind, roll, total, amount):
    """Write one event; past the buffer's end only count it, so that the run can be replayed."""
    capacity = w.log[1]
    if capacity == 0:
        return
    at = w.count[EVENTS]
    w.count[EVENTS] = at + 1
    if at >= capacity:
        return
    log = w.log[0]
    store_int32(log, at, w.clock[RUN])
    store_int32(log, at + capacity, w.clock[ENCOUNTER])
    store_int32(log, at + 2 * capacity, w.clock[ROUND])
    store_int32(log, at + 3 * capacity, w.clock[TURN])
    store_int32(log, at + 4 * capacity, actor)
    store_int32(log, at + 5 * capacity, action_name)
    store_int32(log, at + 6 * capacity, target)
    store_int32(log, at + 7 * capacity, kind)
    store_int32(log, at + 8 * capacity, roll)
    store_int32(log, at + 9 * capacity, total)
    store_int32(log, at + 10 * capacity, amount)
    store_int32(log, at + 11 * capacity, w.hp[target])


@kernel
def log_round(w):
    """Write how things stand at the end of a round."""
    capacity = w.rounds_log[1]
    if capacity == 0:
        return
    at = w.count[ROUNDS]
    w.count[ROUNDS] = at + 1
    if at >= capacity:
        return
    log = w.rounds_log[0]
    store_int32(log, at, w.clock[RUN])
    store_int32(log, at + capacity, w.clock[ENCOUNTER])
    store_int32(log, at + 2 * capacity, w.clock[ROUND])
    for side in range(2):
        total = 0
        for i in range(w.span[2 * side], w.span[2 * side + 1]):
            total += w.hp[i]
        store_int32(log, at + (3 + side) * capacity, total)
        store_int32(log, at + (5 + side) * capacity, w.standing[side])
