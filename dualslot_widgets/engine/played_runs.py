"""`PlayedRuns`: what some runs came to, as plain arrays; all that the engine gives out."""

from __future__ import annotations

from dataclasses import dataclass

from dualslot_widgets.engine.encoded.encoding import Int32s


@dataclass(frozen=True, slots=True)
class PlayedRuns:
    """What became of R runs of N combatants, as the kernels wrote it.

    It follows from the encoded scenario, the seed, the number of the first run and R alone. The
    arrays are views of the engine's own: they hold until it plays the next batch.

    Attributes
    ----------
    first_run : int
    results : (codes.RESULT_ROWS, R) int32 array
    finals : (codes.FINAL_ROWS, R * N) int32 array
        A column for each combatant of each run.
    rounds : (codes.ROUND_WIDTH, number of rounds) int32 array
        The columns of `tables.ROUNDS` in their order; empty without a log.
    events : (codes.EVENT_WIDTH, number of events) int32 array
        The columns of `tables.EVENTS` in their order, words as numbers; empty without a log.
    """

    first_run: int
    results: Int32s
    finals: Int32s
    rounds: Int32s
    events: Int32s
