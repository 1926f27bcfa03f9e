"""What the columns of an event log foretell of each other; what is right is not stored.

A room of the storage floor under `event_codec`. The hit points left follow from those before and
the amount, the actor from the turn, the total from the roll. `walk` says once, for writing and for
reading, from what each column is guessed and in which order its differences stand; a wrong guess
costs bytes and nothing else.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.integer[Any]]
Rows = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


class Coder(Protocol):
    """What `walk` needs of a writer or a reader; a column is returned, given or found out.

    A column keeps its narrow dtype and is reckoned modulo its width, so that any value is possible
    and none is an error. Of a dictionary column these are the keys; a null counts as 0.
    """

    rows: int
    words: dict[str, list[str | None]]

    def missing(self, name: str, guess: Flags) -> Flags:
        """Code where a column is null against a guess."""

    def values(self, name: str, order: Rows | None = None, guess: Column | int = 0) -> Column:
        """Code a column against a guess, in an order of the rows."""

    def steps(self, name: str, starts: Flags, guess: Column, along: Rows | None = None) -> Column:
        """Code a column against the row before, and 0 before `starts`, and a guess of the step.

        "Before", `starts` and `guess` are in the order `along`. If there is one, the differences of
        `starts` stand first.
        """


def walk_runs(coder: Coder) -> tuple[Column, Column]:
    """Go through the first columns of a block; return its kinds and runs."""
    rows = coder.rows
    nowhere = np.zeros(rows, np.bool_)
    coder.missing("kind", nowhere)
    kind = coder.values("kind")
    initiative, death_save, heal = (
        _is_kind(coder, kind, word) for word in ("initiative", "death_save", "heal")
    )
    for name in ("run", "encounter", "round", "turn", "actor", "target", "amount", "target_hp"):
        coder.missing(name, nowhere)
    coder.missing("action", initiative | death_save)
    coder.missing("total", coder.missing("roll", heal))
    return kind, coder.steps("run", np.arange(rows) == 0, _opening(initiative))


def walk(coder: Coder) -> None:
    """Go through the columns of a block in an order in which they foretell each other."""
    kind, run = walk_runs(coder)
    initiative, death_save, heal, recharge = (
        _is_kind(coder, kind, word) for word in ("initiative", "death_save", "heal", "recharge")
    )

    # When: initiative opens an encounter; turns go round, and a turn not after the last one, or
    # behind initiative, begins a round.
    after_initiative = _before(initiative)
    opening, nowhere = _opening(initiative), np.zeros(coder.rows, np.int8)
    new_run = _changes(run)
    new_fight = new_run | _changes(coder.steps("encounter", new_run, opening))
    turn = coder.steps("turn", new_fight, nowhere)
    again = (turn < _before(turn)) | (after_initiative & ~initiative)
    coder.steps("round", new_fight, (again & ~new_fight).view(np.int8))

    # Who: initiative is rolled by everybody in order, later whose turn it is stays so in a fight.
    fight = np.cumsum(new_fight, dtype=np.int32)
    seat = _pair(turn, initiative.view(np.uint8), 2)
    along = order_of(seat)
    fresh = _changes(seat.take(along)) | _changes(fight.take(along))
    actor = coder.steps("actor", fresh, initiative.take(along).view(np.int8), along)
    by_actor = order_of(_pair(kind, actor, len(coder.words["actor"])))
    action = coder.values("action", by_actor)
    by_action = by_actor.take(order_of(action.take(by_actor)))
    oneself = initiative | recharge | death_save
    target = coder.values("target", by_action, np.where(oneself, actor, 0))

    # What: the bonus in a total is much the same for an actor's action.
    roll = coder.values("roll", by_action)
    coder.values("total", by_action, roll)
    amount = coder.values("amount", by_action)
    along = order_of(target)
    fresh = _changes(target.take(along)) | _changes(fight.take(along))
    change = amount * (1 - 2 * (~(heal | death_save)).view(np.int8))
    coder.steps("target_hp", fresh, change.take(along), along)


def order_of(labels: Column) -> Rows:
    """Return the rows sorted by their labels; these are folded to few bits, which numpy counts."""
    narrow = np.uint8 if labels.max(initial=0) < 256 else np.uint16
    return np.argsort(labels.astype(narrow), kind="stable")


def _pair(labels: Column, other: Column, size: int) -> Column:
    """Return a label for each pair; pairs that fall together stand together, no more."""
    return labels.astype(np.uint16) * np.uint16(size & 0xFFFF) + other.astype(np.uint16)


def _is_kind(coder: Coder, kind: Column, word: str) -> Flags:
    known = coder.words["kind"]
    return kind == known.index(word) if word in known else np.zeros(len(kind), np.bool_)


def _opening(initiative: Flags) -> Column:
    """Return 1 where an encounter is opened, by the first initiative of several, and else 0."""
    opening: Column = (initiative & ~_before(initiative)).view(np.int8)
    return opening


def _before(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    shifted = np.zeros_like(column)
    shifted[1:] = column[:-1]
    return shifted


def _changes(column: Column) -> Flags:
    """Say which rows differ from the one before; the first one does."""
    changed = np.ones(len(column), np.bool_)
    changed[1:] = column[1:] != column[:-1]
    return changed
