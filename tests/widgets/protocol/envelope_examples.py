"""What may and what may not be written on a message, for the tests of both languages."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.widgets.protocol.envelope import MAX_NUMBER, MAX_SENDER

SENDER = "v8k2qj5d1x0a"


def envelope(number: int, oldest: int | None = None, sender: str = SENDER) -> dict[str, Any]:
    """Return an envelope as the browser writes it; `oldest` is the message itself by default."""
    return {"sender": sender, "number": number, "oldest": number if oldest is None else oldest}


def valid_envelopes() -> dict[str, Any]:
    """Return envelopes at both ends of what is allowed."""
    return {
        "first": envelope(1),
        "later": envelope(17, 15),
        "longest_sender": envelope(1, sender="x" * MAX_SENDER),
        "largest_number": envelope(MAX_NUMBER, 1),
    }


def invalid_envelopes() -> dict[str, list[Any]]:
    """Return envelopes that are refused, by words of the refusal."""
    good = envelope(2, 1)
    return {
        "must be an object": [None, 7, "first", [1]],
        "is no sender": [
            {**good, "sender": sender} for sender in ("", None, 5, ["x"], "x" * (MAX_SENDER + 1))
        ],
        "is no number of a message": [
            {**good, "number": number} for number in (0, -1, "2", 2.0, True, None, MAX_NUMBER + 1)
        ],
        "is not the oldest of 2 messages": [
            {**good, "oldest": oldest} for oldest in (0, -1, "1", True, None, 3)
        ],
    }
