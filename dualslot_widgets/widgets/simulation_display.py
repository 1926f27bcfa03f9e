"""`SimulationDisplay`: the dashboard of a workbench, live in a notebook's cell.

Top room of the widgets floor. Traits are written by one thread only, the agenda's, at most 20
times a second; messages may arrive on any thread, are short, and never raise: what goes wrong is
shown in the `error` trait.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import anywidget
import traitlets

from dualslot_widgets.background.job import BackgroundSimulation, Priority
from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.widgets.agenda import Agenda
from dualslot_widgets.widgets.fallback import fallback_html, fallback_text
from dualslot_widgets.widgets.preview import LivePreview
from dualslot_widgets.widgets.protocol import (
    CancelMessage,
    ChooseSlotMessage,
    DisplayState,
    EditMessage,
    ErrorView,
    PreviewView,
    SetDisplayModeMessage,
    parse_message,
)
from dualslot_widgets.widgets.slot_view import SlotCards
from dualslot_widgets.widgets.view import (
    editable_paths,
    footer_view,
    job_view,
    scenario_view,
)

if TYPE_CHECKING:
    from dualslot_widgets.workbench import Workbench

_logger = logging.getLogger(__name__)

#: At most 20 updates a second; the server drops messages far above that.
PUBLISH_SECONDS = 0.05
#: A value that has not been edited for so long is at rest, and is queued.
REST_SECONDS = 0.5
#: While pings cannot be read (a cell is busy), a view is told so often that the kernel lives ...
PULSE_SECONDS = 2.0
#: ... until this long after its last ping.
LEASE_SECONDS = 600.0
MAX_ERROR_LENGTH = 1000


def _asset(name: str) -> str | Path:
    """Return a built file as text; a Path would keep every widget alive (anywidget#929)."""
    file = resources.files("dualslot_widgets") / "static" / name
    if os.environ.get("ANYWIDGET_HMR") == "1":
        return Path(str(file))
    return file.read_text(encoding="utf-8")


class SimulationDisplay(anywidget.AnyWidget):
    """The dashboard: scenario, progress, both slots, five timelines.

    Several views of one display may be open; `close()` ends it. `Workbench.display` makes one.

    Parameters
    ----------
    bench : Workbench
        What is shown and operated; it outlives the display.
    """

    _esm = _asset("simulation_display.js")
    _css = _asset("simulation_display.css")

    scenario = traitlets.Dict().tag(sync=True)
    job = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    queue_length = traitlets.Int(0).tag(sync=True)
    slots = traitlets.List().tag(sync=True)
    display_mode = traitlets.Unicode("newest").tag(sync=True)
    shown_slot = traitlets.Int(None, allow_none=True).tag(sync=True)
    preview = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    footer = traitlets.Dict().tag(sync=True)
    error = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._cards = SlotCards()
        self._agenda = Agenda("dualslot-display")
        self._live_preview = LivePreview(self._changed)
        self._lock = threading.Lock()
        # Guarded by _lock:
        self._problem: ErrorView | None = None
        self._problems = 0
        self._unreadable: dict[str, str] = {}
        self._dismissed_job: int | None = None
        self._job_of_edit: BackgroundSimulation | None = None
        self._last_ping = 0.0
        self._closing = False
        super().__init__(**self._state())
        self.on_msg(self._receive)
        self._unsubscribe = bench.subscribe(self._changed)
        self._changed()  # what happened between the state above and the subscription

    @property
    def bench(self) -> Workbench:
        """The workbench that is shown."""
        return self._bench

    # Kernel to browser.

    def _changed(self) -> None:
        self._agenda.soon("publish", self._publish, PUBLISH_SECONDS)

    def _publish(self) -> None:
        state = self._state()
        with self.hold_sync():
            for name, value in state.items():
                if getattr(self, name) != value:
                    self.set_trait(name, value)

    def _state(self) -> dict[str, Any]:
        """Return all traits that can be made; one that cannot stays as it is, and says why."""
        bench = self._bench
        with self._lock:
            dismissed = self._dismissed_job
        parts: dict[str, Callable[[], Any]] = {
            "scenario": lambda: scenario_view(bench.scenario),
            "job": lambda: job_view(bench, dismissed),
            "queue_length": lambda: len(bench.queue),
            "slots": lambda: self._cards.views(bench),
            "display_mode": lambda: bench.display_mode.value,
            "shown_slot": lambda: bench.shown_slot,
            "preview": self._preview_view,
            "footer": lambda: footer_view(bench),
        }
        state: dict[str, Any] = {}
        unreadable: dict[str, str] = {}
        for name, make in parts.items():
            try:
                state[name] = make()
            except Exception as error:  # noqa: BLE001  (shown on screen)
                _logger.debug("%s cannot be shown", name, exc_info=True)
                unreadable[name] = _told(error)
        with self._lock:
            news = [text for name, text in unreadable.items() if self._unreadable.get(name) != text]
            self._unreadable = unreadable
        if news:
            self._complain(news[0])
        with self._lock:
            state["error"] = self._problem
        return state

    def _preview_view(self) -> PreviewView | None:
        preview = self._live_preview.result
        parameters = self._bench.scenario.parameters
        if preview is None or preview["fingerprint"] != parameters.fingerprint:
            return None
        return None if self._bench.storage.exact_slot(parameters) is not None else preview

    def _complain(self, message: str) -> None:
        with self._lock:
            self._problems += 1
            self._problem = {"id": self._problems, "message": message[:MAX_ERROR_LENGTH]}

    # Browser to kernel.

    def _receive(self, _widget: object, content: object, _buffers: object) -> None:
        """Act on a message; called by ipywidgets on the thread of its choice."""
        try:
            message = parse_message(content)
            act = {
                "run": self._on_run,
                "cancel": self._on_cancel,
                "edit": self._on_edit,
                "set_display_mode": self._on_set_display_mode,
                "choose_slot": self._on_choose_slot,
                "dismiss_error": self._on_dismiss_error,
                "ping": self._on_ping,
            }[message["type"]]
            cast("Callable[[Any], None]", act)(message)
        except Exception as error:  # noqa: BLE001  (ipywidgets would show it nowhere)
            _logger.debug("a message failed", exc_info=True)
            self._complain(_told(error))
            self._changed()

    def _on_run(self, _message: object) -> None:
        self._agenda.forget("rest")
        scenario = self._bench.scenario
        again = not self._bench.storage.needs_new_simulation(scenario)
        self._bench.add_to_queue(scenario, priority=Priority.SCREEN, force=again)

    def _on_cancel(self, message: CancelMessage) -> None:
        for job in self._bench.jobs:
            if job.id == message["id"]:
                job.cancel()
        self._changed()

    def _on_edit(self, message: EditMessage) -> None:
        with self._lock:
            before = self._bench.scenario
            if message["path"] not in editable_paths(before):
                raise DualSlotError(f"{message['path'][:60]}: no such number can be edited here")
            scenario = before.with_value(message["path"], message["value"])
            if scenario != before:
                self._bench.scenario = scenario
        if scenario != before:
            self._live_preview.show(scenario)
        self._agenda.later("rest", self._play_at_rest, 0 if message["at_rest"] else REST_SECONDS)

    def _play_at_rest(self) -> None:
        scenario = self._bench.scenario
        try:
            if not self._bench.storage.needs_new_simulation(scenario):
                return
            job = self._bench.add_to_queue(scenario, priority=Priority.SCREEN)
        except Exception as error:  # noqa: BLE001  (shown on screen)
            self._complain(_told(error))
            self._changed()
            return
        with self._lock:
            previous, self._job_of_edit = self._job_of_edit, job
        # What an earlier edit asked for is no longer on screen; it would only cost a slot.
        if previous is not None and previous is not job and not previous.status.finished:
            previous.cancel()

    def _on_set_display_mode(self, message: SetDisplayModeMessage) -> None:
        from dualslot_widgets.workbench import DisplayMode

        self._bench.display_mode = DisplayMode(message["mode"])

    def _on_choose_slot(self, message: ChooseSlotMessage) -> None:
        from dualslot_widgets.workbench import DisplayMode

        self._bench.chosen_slot = message["slot"]
        self._bench.display_mode = DisplayMode.LET_USER_CHOOSE

    def _on_dismiss_error(self, _message: object) -> None:
        job = job_view(self._bench)
        with self._lock:
            self._problem = None
            if job is not None and job["status"] == "failed":
                self._dismissed_job = job["id"]
        self._changed()

    def _on_ping(self, _message: object) -> None:
        with self._lock:
            self._last_ping = time.monotonic()
        self._pong()

    def _pong(self) -> None:
        with self._lock:
            watched = time.monotonic() - self._last_ping < LEASE_SECONDS and not self._closing
        if watched:
            self.send({"type": "pong"})
            self._agenda.later("pulse", self._pong, PULSE_SECONDS)

    # Life and afterlife.

    def close(self) -> None:
        """Let go of the workbench, end the threads, and remove all views."""
        # ipywidgets calls this from __del__ too, when __init__ may have failed half-way.
        if self.__dict__.get("_unsubscribe") is not None:
            with self._lock:
                self._closing = True
            self._unsubscribe()
            self._agenda.close()
            self._live_preview.close()
            self.layout.close()
        super().close()

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Return the live view, and beside it what a reader without a kernel sees."""
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        state = cast("DisplayState", {name: getattr(self, name) for name in _TRAITS})
        data = data | {"text/plain": fallback_text(state), "text/html": fallback_html(state)}
        return data, metadata


_TRAITS = tuple(DisplayState.__annotations__)


def _told(error: Exception) -> str:
    """Return the error's message, with its kind when it is not one of ours."""
    text = str(error)
    if isinstance(error, DualSlotError) and text:
        return text[:MAX_ERROR_LENGTH]
    return f"{type(error).__name__}: {text}"[:MAX_ERROR_LENGTH]
