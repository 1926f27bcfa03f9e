"""The envelope of a message: who sent it as which, so that it is taken once, and in order.

The browser numbers its messages, and sends again what is not acknowledged. The kernel says up to
which number it has taken the messages of each sender.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NotRequired, TypedDict

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.reading import shown, whole

#: Characters of a sender's name; ours have 12.
MAX_SENDER = 64
#: The largest whole number that JavaScript counts exactly.
MAX_NUMBER = 2**53 - 1
#: Senders whose numbers are remembered: each view of a page is one, and a reload makes new ones.
MAX_SENDERS = 64


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is written on a message.

    Attributes
    ----------
    sender : str
        One view on one page.
    number : int
        Which of the sender's messages it is, from 1.
    oldest : int
        The first message of the sender that is not acknowledged: what is missing between the last
        one taken and this number was given up, because a later message says it anew.
    """

    sender: str
    number: int
    oldest: int


class Alive(TypedDict):
    """What the kernel sends every two seconds; `busy` while a cell is executed."""

    type: Literal["alive"]
    busy: NotRequired[Literal[True]]


class Taken(TypedDict):
    """What the kernel answers: the last number that was taken from each sender."""

    type: Literal["taken"]
    numbers: dict[str, int]


def read_envelope(content: object) -> Envelope | None:
    """Return what is written on a message; None for one without; raises `DualSlotError`."""
    if not isinstance(content, Mapping) or "envelope" not in content:
        return None
    found = content["envelope"]
    if not isinstance(found, Mapping):
        raise DualSlotError(f"an envelope must be an object, got {shown(found)}")
    sender, number, oldest = found.get("sender"), whole(found.get("number")), found.get("oldest")
    if not isinstance(sender, str) or not 0 < len(sender) <= MAX_SENDER:
        raise DualSlotError(f"{shown(sender)} is no sender; one has 1 to {MAX_SENDER} characters")
    if number is None or not 0 < number <= MAX_NUMBER:
        raise DualSlotError(f"{shown(found.get('number'))} is no number of a message")
    first = whole(oldest)
    if first is None or not 0 < first <= number:
        raise DualSlotError(f"{shown(oldest)} is not the oldest of {number} messages")
    return Envelope(sender, number, first)


class Receipts:
    """Which messages of whom were taken; owned by whoever handles messages, one at a time."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, int] = OrderedDict()

    def take(self, envelope: Envelope) -> bool:
        """Note a message as taken if it is its turn; not if it was taken, or one before is missing.

        Returns
        -------
        bool
            Whether it is to be carried out now.
        """
        last = self._last.get(envelope.sender, 0)
        turn = max(last + 1, envelope.oldest) == envelope.number
        self._last[envelope.sender] = envelope.number if turn else last
        self._last.move_to_end(envelope.sender)
        if len(self._last) > MAX_SENDERS:
            self._last.popitem(last=False)
        return turn

    def last(self, sender: str) -> int:
        """Return the number of the last message taken from a sender; 0 for none."""
        return self._last.get(sender, 0)
