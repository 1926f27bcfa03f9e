"""Plays a scenario in batches, and gives out what its runs came to as plain arrays."""

from __future__ import annotations

from contextlib import nullcontext

import numpy as np

from dualslot_widgets.engine.budgets import (
    LOGGED_RUNS,
    ROOM_ROWS,
    check_log,
    check_run,
)
from dualslot_widgets.engine.compiler.kernel_compiler import garbage_kept
from dualslot_widgets.engine.encoded.codes import (
    EVENT_WIDTH,
    EVENTS,
    EVENTS_WANTED,
    FINAL_ROWS,
    R_ROUNDS,
    RESULT_ROWS,
    ROUND_WIDTH,
    ROUNDS,
    ROUNDS_WANTED,
    TRACING,
)
from dualslot_widgets.engine.encoded.encoding import EncodedScenario, Int32s, encode
from dualslot_widgets.engine.encoded.world import (
    ask_to_stop,
    asked_to_stop,
    attach_log,
    new_log,
    new_world,
)
from dualslot_widgets.engine.played_runs import PlayedRuns
from dualslot_widgets.engine.rules.play import play
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.system.uninterrupted import uninterrupted

#: 1005 = 15 x 67; progress is published between batches.
BATCH_RUNS = 67
# Room for the log at the start; a run whose log does not fit makes it grow and is played again.
_EVENTS_A_RUN = 64
_ROUNDS_A_RUN = 8

# Holds something once the kernels are compiled; an interrupted `threading.Event` stays locked.
_compiled: set[bool] = set()


def engine_is_ready() -> bool:
    """Say whether the kernels are compiled (or loaded from their cache) in this process."""
    return bool(_compiled)


def prepare_engine() -> None:
    """Compile the kernels, or load them from numba's cache: 5-15 s the first time, then 0.2 s."""
    if engine_is_ready():
        return
    tiny = {
        "players": [{"name": "A", "max_hp": 1, "armor_class": 10}],
        "encounters": [{"monsters": [{"name": "B", "max_hp": 1, "armor_class": 10}]}],
        "settings": {"runs": 1, "max_rounds": 1},
    }
    simulation = Simulation(Scenario.from_dict(tiny))
    uninterrupted(simulation.play_batch, stop=simulation.stop)


class Simulation:
    """One scenario being played; one thread plays it and takes its runs, any may stop it.

    A run follows from scenario, seed and number alone, whatever is played before, beside or after
    it. Memory is bounded, whatever is played, as long as runs are taken when `waiting_rows` says so
    or `play_batch` plays nothing more (see `budgets`).

    Parameters
    ----------
    scenario : Scenario
    runs, seed : int, optional
        Instead of those in the scenario's settings.
    first_run : int, default 0
        The number of the first run.
    log : bool, optional
        Keep every round and event. By default up to `budgets.LOGGED_RUNS` runs do.
    trace : bool, default False
        Log every option that is weighed, too, as an event of the kind "option": its `amount` is
        ten times its worth, `roll` its slot level, `total` its place in `actions.TIMES`.
    room : int, default `budgets.ROOM_ROWS`
        Rows of a log that may wait to be taken; a single run may have `budgets.ROOM_ROWS`.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        runs: int | None = None,
        seed: int | None = None,
        first_run: int = 0,
        log: bool | None = None,
        trace: bool = False,
        room: int = ROOM_ROWS,
    ) -> None:
        self.encoded: EncodedScenario = encode(scenario)
        self.runs = scenario.settings.runs if runs is None else runs
        self.seed = scenario.settings.seed if seed is None else seed
        self.first_run = first_run
        self._max_rounds = self.encoded.max_rounds
        self.completed = 0
        # The first column below is of run `_taken`, the column `_last` of the run played last.
        self._taken = self._last = 0
        self._room = room
        self.logged = self.runs <= LOGGED_RUNS if log is None else log
        batch = min(self.runs, BATCH_RUNS)
        self._world = new_world(self.encoded)
        self._count = self._world["count"][0]  # a view, as it is looked at after every batch
        self._count[TRACING] = trace
        self._results: Int32s = np.empty((RESULT_ROWS, 0), np.int32)
        self._finals: Int32s = np.empty((FINAL_ROWS, 0), np.int32)
        self._events = new_log(EVENT_WIDTH, _EVENTS_A_RUN * batch * self.logged)
        self._rounds = new_log(ROUND_WIDTH, _ROUNDS_A_RUN * batch * self.logged)
        self._events_taken = self._rounds_taken = 0
        self._attach_logs()

    @property
    def last_rounds(self) -> int:
        """Rounds of the run completed last, 0 before the first."""
        return int(self._results[R_ROUNDS, self._last]) if self.completed else 0

    @property
    def waiting_rows(self) -> int:
        """Rows of the largest table of the runs that `take` would return."""
        events, rounds = int(self._count[EVENTS]), int(self._count[ROUNDS])
        return max(events, rounds, self._waiting * len(self.encoded.names))

    def stop(self) -> None:
        """Play no further round, for good; from any thread, whatever another one plays now."""
        ask_to_stop(self._world)

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return asked_to_stop(self._world)

    def play_batch(self, runs: int = BATCH_RUNS) -> int:
        """Play the next `runs` runs without the GIL; return how many were completed.

        They are fewer at the end, when it is stopped, and when the log of more does not fit beside
        what waits to be taken.

        Raises
        ------
        LogTooLarge
            When the log of all runs, or of one, is larger than its budget.
        """
        start = self._waiting
        end = start + min(runs, self.runs - self.completed)
        if end > self._results.shape[1]:
            room = max(end, 2 * start)
            self._results = _grown(self._results, start, room)
            each = len(self.encoded.names)
            self._finals = _grown(self._finals, start * each, room * each)
        played = start
        while played < end:
            with nullcontext() if _compiled else garbage_kept():
                played = play(
                    self._world.ctypes.data,
                    self.seed,
                    self.first_run + self._taken,
                    played,
                    end,
                    self.encoded.encounters,
                    self._max_rounds,
                    self._results,
                    self._finals,
                )
            _compiled.add(True)
            if played < end and (self.stopped or not self._make_room(played, end)):
                end = played
        self.completed = self._taken + end
        self._last = end - 1 if end else self._last
        if self.logged:
            check_log(
                self._events_taken + int(self._count[EVENTS]),
                self._rounds_taken + int(self._count[ROUNDS]),
            )
        return end - start

    def play_runs(self, first_run: int, runs: int, *, max_rounds: int | None = None) -> PlayedRuns:
        """Play some runs by themselves, and return them.

        What was played before must have been taken.

        Parameters
        ----------
        first_run, runs : int
            The number of the first one, and how many.
        max_rounds : int, optional
            Instead of the scenario's. A run whose fights are all shorter is the same run.
        """
        if self._waiting:
            raise ValueError("runs that were played before are not taken yet")
        self.first_run, self.runs = first_run - self._taken, self.completed + runs
        self._max_rounds = max_rounds or self.encoded.max_rounds
        self.play_batch(runs)
        return self.take()

    def take(self) -> PlayedRuns:
        """Return the runs completed since the last call; they hold until the next batch."""
        completed, combatants = self._waiting, len(self.encoded.names)
        events, rounds = int(self._count[EVENTS]), int(self._count[ROUNDS])
        played = PlayedRuns(
            self.first_run + self._taken,
            self._results[:, :completed],
            self._finals[:, : completed * combatants],
            self._rounds[:, :rounds],
            self._events[:, :events],
        )
        self._taken = self.completed
        self._events_taken += events
        self._rounds_taken += rounds
        self._count[[EVENTS, ROUNDS]] = 0
        return played

    @property
    def _waiting(self) -> int:
        return self.completed - self._taken

    def _make_room(self, played: int, end: int) -> bool:
        """Make room for the log of the run that did not fit, and of those that are to come.

        Returns False while too much waits to be taken.
        """
        count, ahead = self._count, max(2.0, 1.1 * end / max(played, 1))
        for name, used, wanted in (
            ("_events", EVENTS, EVENTS_WANTED),
            ("_rounds", ROUNDS, ROUNDS_WANTED),
        ):
            log, filled, needed = getattr(self, name), int(count[used]), int(count[wanted])
            if needed > log.shape[1]:
                if played and needed > self._room:
                    return False
                check_run(self.first_run + self._taken, needed)
                room = max(2 * log.shape[1], int(ahead * filled), needed)
                setattr(self, name, _grown(log, filled, min(room, max(self._room, needed))))
        self._attach_logs()
        return True

    def _attach_logs(self) -> None:
        attach_log(self._world, "log", self._events)
        attach_log(self._world, "rounds_log", self._rounds)


def _grown(buffer: Int32s, used: int, capacity: int) -> Int32s:
    larger = np.empty((buffer.shape[0], capacity), np.int32)
    larger[:, :used] = buffer[:, :used]
    return larger
