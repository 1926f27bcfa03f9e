"""Which slot the next commit overwrites; no file time is ever asked."""

from __future__ import annotations

from collections.abc import Callable

from dualslot_widgets.errors import StorageError
from dualslot_widgets.storage.slots.slots_on_disk import SLOTS, SlotState, States, Trouble


def choose_victim(
    states: States,
    fingerprint: str,
    is_damaged: Callable[[SlotState], bool],
) -> int:
    """Return the slot that the next commit overwrites.

    The one with equal parameters, else a damaged one, else an empty one, else the lower generation;
    never one that is pinned, and at most one is; never one in whose place something else stands.

    Parameters
    ----------
    states : tuple of SlotState
    fingerprint : str
        The one of the parameters that are going to be stored.
    is_damaged : callable
        Whether the files of a slot with healthy metadata are damaged; asked only when it matters.

    Raises
    ------
    StorageError
        When there is no such slot, or when it cannot be known now.
    """
    require_known(states)
    blocked = [state for state in states if state.trouble is Trouble.BLOCKED]
    pinned = [state for state in states if state.record is not None and state.record.pinned]
    free = [state for state in states if state not in blocked and state not in pinned]
    if len(pinned) == len(SLOTS):  # as when one was pinned while the other's pin was damaged
        raise StorageError(
            "both slots are pinned, and new results need a place: let one go with pin(None), and "
            "store again"
        )
    if not free:
        reasons = [f"slot {state.slot}: {state.problem}" for state in blocked]
        reasons += [f"slot {state.slot} is pinned: pin(None) lets it go" for state in pinned]
        raise StorageError(f"no slot can take a result: {'; '.join(reasons)}, and store again")
    for state in free:
        if state.record is not None and state.record.parameters.get("fingerprint") == fingerprint:
            return state.slot
    for state in free:
        if state.problem is not None or (state.record is not None and is_damaged(state)):
            return state.slot
    by_age = sorted(free, key=lambda s: s.record.generation if s.record is not None else 0)
    return by_age[0].slot


def require_known(states: States) -> None:
    """Make sure that both slots could be read; raises `StorageError`, for nothing is overwritten.

    What cannot be read may be the newest, or pinned.
    """
    for state in states:
        if state.trouble is Trouble.UNKNOWN:
            raise StorageError(
                f"nothing is overwritten while slot {state.slot} is not known: {state.problem}, "
                "and store again"
            )
