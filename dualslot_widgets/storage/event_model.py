"""What the columns of an event log foretell of each other; what is right is not stored.

A room of the storage floor under `event_codec`. The hit points left follow from those before and
the amount, the total from the roll and from the same creature's total before, the actor from the
turn. `walk` says once, for writing and for reading, in which order and from what is guessed; a
wrong guess costs bytes and nothing else.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from dualslot_widgets.tables import EVENTS

# Above this many parts a column their heads cost more than they save; arbitrary tables have them.
_MOST_PARTS = 256
# Keys of `_first_alike` are folded to this; two that fall together make bad guesses, no errors.
_KEYS = 1 << 18

Numbers = npt.NDArray[np.int32]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]
_Column = TypeVar("_Column", Numbers, Flags)


class Parts(NamedTuple):
    """The rows of a block, in `order` (None: as they stand) and cut at `ends`."""

    order: Rows | None
    ends: list[int]


class Coder(Protocol):
    """What `walk` needs of a writer or a reader; a column is returned, given or found out.

    Columns are int32 and reckoned modulo 2**32, which all columns of the events fit into. A column
    of dictionary keys has its dictionary in `words`; a null counts as 0.
    """

    rows: int
    words: dict[str, list[str | None]]

    def nulls(self, name: str, parts: Parts) -> None:
        """Code where a column is null."""

    def limit(self, name: str) -> int:
        """Code and return one more than the largest value of a column."""

    def ranked(self, name: str) -> Numbers:
        """Code a column of words with the most frequent word as 0."""

    def guessed(self, name: str, parts: Parts, guess: Numbers | int = 0) -> Numbers:
        """Code a column against a guess of each value."""

    def leading(self, name: str, lead: Rows, known: Numbers) -> Numbers:
        """Code a column, less what is known of it, against its value in the row `lead`."""

    def steps(
        self,
        name: str,
        parts: Parts,
        starts: Flags,
        *,
        guess: Numbers | int = 0,
        along: Rows | None = None,
        modulus: int = 0,
    ) -> Numbers:
        """Code a column against its value in the row before, 0 before each of `starts`.

        `before` is in the order `along`, to which `starts` belongs too; `guess` is of the step.
        """


def null_column(name: str) -> str:
    """Name the column that says, with 1, where another one is null."""
    return f"{name} is null"


def size_of(coder: Coder, name: str) -> int:
    """Return how many different keys a column of words can have."""
    return max(1, len(coder.words[name]))


def before(column: _Column) -> _Column:
    """Return each row's value in the row before; 0 before the first."""
    shifted = np.zeros_like(column)
    shifted[1:] = column[:-1]
    return shifted


def walk(coder: Coder) -> None:
    """Go through the columns of a block in an order in which they foretell each other."""
    rows = np.arange(coder.rows)
    whole = Parts(None, [coder.rows])
    coder.nulls("kind", whole)
    kind = coder.ranked("kind")
    by_kind = _parts(kind)
    for name in EVENTS.names:
        if name != "kind":
            coder.nulls(name, by_kind)
    initiative = _is_kind(coder, kind, "initiative")

    # When: initiative opens an encounter; turns go round, and a turn not after the last one, or
    # behind initiative, begins a round.
    opening = (initiative & ~before(initiative)).astype(np.int32)
    opening[:1] = 2
    by_opening = _parts(opening)
    run = coder.steps("run", by_opening, rows == 0)
    new_run = _changes(run)
    new_fight = new_run | _changes(coder.steps("encounter", by_opening, rows == 0))
    turns = coder.limit("turn")
    turn = coder.steps("turn", by_kind, new_fight, modulus=turns)
    again = (turn < before(turn)) | (before(initiative) & ~initiative)
    coder.steps("round", whole, new_fight, guess=(again & ~new_fight).astype(np.int32))

    # Who: initiative is rolled by everybody in order, later the turn tells.
    since = rows - np.maximum.accumulate(np.where(new_fight, rows, 0))
    in_order = np.where(turn == 0, since, 0).astype(np.int32)
    fight = np.cumsum(new_fight, dtype=np.int32) - 1
    actor = coder.leading("actor", _first_alike(fight * turns + turn), in_order)
    action = coder.guessed("action", _finer(by_kind, kind, actor))
    by_action = _finer(by_kind, kind, action)
    oneself = _is_kind(coder, kind, "initiative", "recharge", "death_save")
    target = coder.guessed("target", by_action, np.where(oneself, actor, 0))

    # What: the bonus in a total depends on who, how and on whom.
    roll = coder.guessed("roll", by_action)
    key = (action * size_of(coder, "actor") + actor) * size_of(coder, "target") + target
    coder.leading("total", _first_alike(key * size_of(coder, "kind") + kind), roll)
    amount = coder.guessed("amount", by_action)
    healing = _is_kind(coder, kind, "heal", "death_save")
    fate = (np.cumsum(new_run, dtype=np.int32) - 1) * (target.max(initial=0) + 1) + target
    along = _order(fate)
    change = np.where(healing, amount, -amount)
    coder.steps("target_hp", by_action, _changes(fate[along]), guess=change, along=along)


def _is_kind(coder: Coder, kind: Numbers, *words: str) -> Flags:
    found: Flags = np.array([word in words for word in coder.words["kind"]] or [False])
    return found[kind]


def _changes(column: Numbers) -> Flags:
    """Say which rows differ from the one before; the first one does."""
    changed = np.ones(len(column), np.bool_)
    changed[1:] = column[1:] != column[:-1]
    return changed


def _order(labels: Numbers) -> Rows:
    """Return the rows sorted by a label that is not negative; numpy sorts narrow ones by radix."""
    return np.argsort(labels.astype(np.min_scalar_type(labels.max(initial=0))), kind="stable")


def _parts(labels: Numbers) -> Parts:
    """Return the rows of each label."""
    order = _order(labels)
    ends = np.flatnonzero(_changes(labels[order]))[1:]
    return Parts(order, [*ends.tolist(), len(labels)])


def _finer(by_kind: Parts, kind: Numbers, other: Numbers) -> Parts:
    """Return the rows of each pair of a kind and another column, or of each kind alone."""
    parts = _parts(kind * (other.max(initial=0) + 1) + other)
    return parts if len(parts.ends) <= _MOST_PARTS else by_kind


def _first_alike(key: Numbers) -> Rows:
    """Return for each row the first one with an equal key."""
    folded = key & (_KEYS - 1)
    rows = np.arange(len(key))
    first = np.empty(folded.max(initial=0) + 1, np.intp)
    first[folded[::-1]] = rows[::-1]
    lead: Rows = first[folded]
    return lead
