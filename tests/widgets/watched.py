"""A dashboard without a browser: what it sends is kept, and can be waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dualslot_widgets.widgets.simulation_display import SimulationDisplay
from tests.patience import SECONDS


class Watched:
    """A dashboard, what it sent, and a way to wait for it."""

    def __init__(self, display: SimulationDisplay) -> None:
        self.display = display
        self._changed = threading.Condition()
        self.sent: list[dict] = []
        send = display._send

        def record(message: dict, buffers: object = None) -> None:
            send(message, buffers)
            with self._changed:
                self.sent.append(message)
                self._changed.notify_all()

        display._send = record

    def until(self, holds: Callable[[SimulationDisplay], object]) -> None:
        """Wait until something holds after a message to the browser."""
        with self._changed:
            found = self._changed.wait_for(lambda: holds(self.display), SECONDS)
        assert found, f"not within {SECONDS} s: {self.display.get_state()['job']}"

    def tell(self, **message: object) -> None:
        """Be the browser: send a message."""
        self.display._handle_custom_msg(message, [])
