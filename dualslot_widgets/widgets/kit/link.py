"""`Link`: the kernel's side of the link to the browser; `js/src/kit/link.ts` is the other one.

The browser numbers its messages, and sends each again until it is acknowledged; here each is let
through once and in order. Every two seconds a beat says that the kernel is alive.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from dualslot_widgets.widgets.protocol.envelope import Receipts, Taken, read_envelope


class Link:
    """What was taken from whom, and what is to be acknowledged; may be used from any thread."""

    def __init__(self) -> None:
        self._handling = threading.Lock()  # messages may come on several threads: one at a time
        self._receipts = Receipts()  # guarded by _handling
        self._lock = threading.Lock()
        self._owed: dict[str, int] = {}  # guarded by _lock

    @contextmanager
    def receiving(self, content: object) -> Iterator[bool]:
        """Yield whether a message is to be carried out now, then acknowledge it whatever happened.

        Raises
        ------
        DualSlotError
            When what is written on its envelope cannot be read.
        """
        envelope = read_envelope(content)
        with self._handling:
            try:
                yield envelope is None or self._receipts.take(envelope)
            finally:
                if envelope is not None:
                    with self._lock:
                        self._owed[envelope.sender] = self._receipts.last(envelope.sender)

    @property
    def owes(self) -> bool:
        """Whether something is to be acknowledged."""
        return bool(self._owed)

    def answer(self) -> Taken | None:
        """Return what acknowledges all that was taken since the last answer; None for nothing."""
        with self._lock:
            owed, self._owed = self._owed, {}
        return {"type": "taken", "numbers": owed} if owed else None

    @staticmethod
    def beat(*, busy: bool) -> dict[str, Any]:
        """Return the message that says that the kernel is alive, and whether a cell runs."""
        return {"type": "alive", "busy": True} if busy else {"type": "alive"}
