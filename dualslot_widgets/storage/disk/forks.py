"""Locks between threads that are made anew in a forked child, where their holders are gone.

A fork copies every lock as it is at that moment, also one that
another thread of the parent holds; in the child nobody would ever let go of it.
"""

from __future__ import annotations

import os
import weakref
from typing import Protocol


class HasLocks(Protocol):
    """Whoever keeps locks between threads."""

    def renew_locks(self) -> None:
        """Replace each lock by a new one; called in a forked child, which has one thread."""
        ...


_owners: weakref.WeakSet[HasLocks] = weakref.WeakSet()


def renew_in_children(owner: HasLocks) -> None:
    """Have the locks of an owner renewed in every forked child from now on."""
    _owners.add(owner)


def _in_forked_child() -> None:
    for owner in list(_owners):
        owner.renew_locks()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_forked_child)
