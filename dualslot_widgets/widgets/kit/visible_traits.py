"""`VisibleTraits`: all that a browser is given, with what would not be seen in it as escapes.

All texts go to the browser through here. Names that come back in an edit are read with
`words.visible.from_shown`, in `protocol.message_checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dualslot_widgets.words.visible import as_shown


class VisibleTraits:
    """Makes the values of traits visible; owned by one publisher.

    A view that is drawn again as the same object, such as a long replay, is walked once.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[object, object]] = {}

    def show(self, drawn: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of all traits as they are to be seen."""
        shown: dict[str, Any] = {}
        for name, value in drawn.items():
            known, seen = self._known.get(name, (self, None))
            if known is not value:
                seen = as_shown(value)
                self._known[name] = value, seen
            shown[name] = seen
        return shown
