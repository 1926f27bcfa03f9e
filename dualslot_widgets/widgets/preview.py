"""`LivePreview`: plays the scenario on screen in memory while it is being edited.

Room of the widgets floor, beside `simulation_display`. One short-lived thread, never more than one
preview in flight, the latest wins; nothing is stored.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.agenda import Agenda
from dualslot_widgets.widgets.protocol import PreviewView
from dualslot_widgets.widgets.slot_view import analysis_view

_logger = logging.getLogger(__name__)

#: A preview plays no more runs than this, whatever the settings say.
MAX_PREVIEW_RUNS = 1005


class LivePreview:
    """Keeps the preview of the scenario that was asked for last.

    Parameters
    ----------
    on_change : callable
        Called without arguments, from the preview's thread, when there is a new result.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._agenda = Agenda("dualslot-preview")
        self._lock = threading.Lock()
        self._result: PreviewView | None = None  # guarded by _lock

    @property
    def result(self) -> PreviewView | None:
        """The latest preview that was played."""
        with self._lock:
            return self._result

    def show(self, scenario: Scenario) -> None:
        """Play this scenario next; one that still waits is dropped."""
        self._agenda.soon("preview", lambda: self._play(scenario))

    def close(self) -> None:
        """Play no more."""
        self._agenda.close()

    def _play(self, scenario: Scenario) -> None:
        # Imported here, in this thread: numba takes a second, and a cell must not wait for it.
        from dualslot_widgets.dataset import simulate
        from dualslot_widgets.engine.simulate import engine_is_ready

        if not engine_is_ready():
            return
        try:
            data = simulate(scenario, runs=min(scenario.settings.runs, MAX_PREVIEW_RUNS))
            view: PreviewView = {
                # Of the scenario on screen, even if fewer runs than it asks for were played.
                "fingerprint": scenario.parameters.fingerprint,
                "analysis": analysis_view(data.analysis),
            }
        except Exception:
            # The stored simulation of the same scenario follows, and shows the error.
            _logger.debug("a preview failed", exc_info=True)
            return
        with self._lock:
            self._result = view
        self._on_change()
