"""`SimulationDisplay`: the dashboard of a workbench, live in a notebook.

Top room of the house. One publisher thread owns all traits: it sends at most 20 times a second, the
latest state wins. Handlers of messages only note what is wanted and return. No exception of a
handler or of the publisher vanishes: it becomes the `error` trait.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from dualslot_widgets._version import __version__
from dualslot_widgets.background.job import Priority
from dualslot_widgets.dataset import SimulationDataSet
from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.fallback import fallback_html, fallback_text
from dualslot_widgets.widgets.preview import Preview
from dualslot_widgets.widgets.protocol import FooterView, Message, read_message
from dualslot_widgets.widgets.versus import Comparisons
from dualslot_widgets.widgets.view import (
    job_on_screen,
    job_view,
    preview_view,
    scenario_view,
    slot_views,
)

if TYPE_CHECKING:
    from dualslot_widgets.workbench import Workbench

_logger = logging.getLogger(__name__)
_STATIC = Path(__file__).parent.parent / "static"

#: At most 20 updates a second reach the browser; above 1000 messages/s Jupyter drops some.
PUBLISH_SECONDS = 0.05
#: How long an edited value must rest before it is queued and stored.
REST_SECONDS = 0.6
#: The browser calls the kernel lost when it hears nothing for more than two beats.
BEAT_SECONDS = 2.0


def _source(name: str) -> str | Path:
    """Return a bundle's text; its path only for hot reloading (a path keeps widgets alive)."""
    path = _STATIC / name
    return path if os.environ.get("ANYWIDGET_HMR") == "1" else path.read_text(encoding="utf-8")


class SimulationDisplay(anywidget.AnyWidget):
    """The dashboard of a workbench.

    Parameters
    ----------
    workbench : Workbench

    Attributes
    ----------
    scenario, job, slots, preview, footer : JSON
        See `protocol.py`; written by the kernel, read by the browser.
    error : str
        What went wrong last; empty when nothing did.
    """

    _esm = _source("simulation_display.js")
    _css = _source("simulation_display.css")

    scenario: Any = traitlets.Dict().tag(sync=True)
    job: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    queue_length = traitlets.Int(0).tag(sync=True)
    slots: Any = traitlets.List().tag(sync=True)
    display_mode = traitlets.Unicode("newest").tag(sync=True)
    shown_slot = traitlets.Int(allow_none=True, default_value=None).tag(sync=True)
    preview: Any = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
    footer: Any = traitlets.Dict().tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)

    def __init__(self, workbench: Workbench) -> None:
        super().__init__()
        self._workbench = workbench
        self._handling = threading.Lock()  # messages may come on several threads: one at a time
        self._wake = threading.Condition()
        # Guarded by _wake:
        self._dirty = True
        self._stopping = False
        self._edited: Scenario | None = None  # previewed for as long as it is on screen
        self._run_at: float | None = None  # when the edited scenario has rested long enough
        self._error = ""
        self._revision = 0
        self._shown_scenario: Scenario | None = None
        # Owned by the publisher (by `__init__` before it starts):
        self._preview = Preview()
        self._comparisons = Comparisons()
        self._publish()
        self.on_msg(self._on_message)
        self._unsubscribe = workbench.subscribe(self._note_change)
        self._publisher = threading.Thread(
            target=self._publish_forever, name="dualslot-display", daemon=True
        )
        self._publisher.start()

    def close(self) -> None:
        """Stop publishing, and take the widget and its layout from the front end."""
        if self.comm is None:  # closed before, or a notebook's clean-up of all widgets came first
            return
        self._unsubscribe()
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        if self._publisher is not threading.current_thread():
            self._publisher.join(timeout=1)
        self.layout.close()
        super().close()

    # What others tell: any thread, short, nothing raised.

    def _note_change(self) -> None:
        with self._wake:
            self._dirty = True
            self._wake.notify_all()

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        try:
            message = read_message(content)
            with self._handling:
                self._handle(message)
        except DualSlotError as error:
            self._report(str(error))
        except Exception as error:
            _logger.exception("a message of the dashboard failed")
            self._report(f"{type(error).__name__}: {error}")

    def _handle(self, message: Message) -> None:
        bench = self._workbench
        match message["type"]:
            case "run":
                with self._wake:
                    self._run_at = None
                self._queue(force=not bench.storage.needs_new_simulation(bench.scenario))
            case "cancel":
                job = bench.current_job or next(iter(bench.queue), None)
                if job is not None:
                    job.cancel()
            case "edit":
                changed = bench.scenario.with_value(message["path"], message["value"])
                with self._wake:
                    self._error = ""
                    self._edited = changed
                    self._run_at = time.monotonic() + REST_SECONDS
                bench.scenario = changed
            case "display_mode":
                self._leave_preview()
                bench.display_mode = message["mode"]
            case "choose_slot":
                self._leave_preview()
                bench.chosen_slot = message["slot"]
                bench.display_mode = "let_user_choose"
            case "save_again":
                failed = job_on_screen(bench.jobs, bench.queue)
                if failed is not None:
                    bench.save_again(failed)
            case "pin":
                bench.storage.pin(message["slot"])
                self._note_change()
            case "dismiss":
                self._report("")

    def _report(self, error: str) -> None:
        with self._wake:
            self._error = error
            self._shown_scenario = None  # a new revision: inputs take the true value again
        self._note_change()

    def _note_error(self, error: Exception) -> None:
        with self._wake:
            self._error = f"{type(error).__name__}: {error}"

    def _leave_preview(self) -> None:
        with self._wake:
            self._edited = None

    def _queue(self, *, force: bool) -> None:
        self._workbench.add_to_queue(priority=Priority.SCREEN, force=force)

    # The publisher: the only one that sets traits after `__init__`.

    def _publish_forever(self) -> None:
        beat = time.monotonic()
        while True:
            with self._wake:
                due = beat + BEAT_SECONDS
                if self._run_at is not None:
                    due = min(due, self._run_at)
                self._wake.wait_for(
                    lambda: self._dirty or self._stopping, max(0.0, due - time.monotonic())
                )
                if self._stopping:
                    return
                changed, self._dirty = self._dirty, False
                rested = self._run_at is not None and time.monotonic() >= self._run_at
                if rested:
                    self._run_at = None
            try:
                if rested:
                    self._queue(force=False)
                if changed or rested:
                    self._publish()
                if time.monotonic() - beat >= BEAT_SECONDS:
                    beat = time.monotonic()
                    self.send({"type": "alive"})
            except Exception as error:
                _logger.exception("the dashboard could not be drawn")
                self._note_error(error)
                self.error = self._error
            with self._wake:
                self._wake.wait_for(lambda: self._stopping, PUBLISH_SECONDS)

    def _preview_of(self, scenario: Scenario) -> SimulationDataSet | None:
        try:
            return self._preview.of(scenario)
        except Exception as error:
            _logger.exception("a preview failed")
            self._leave_preview()
            self._note_error(error)
            return None

    def _publish(self) -> None:
        bench = self._workbench
        storage, scenario = bench.storage, bench.scenario
        first, second = storage.slots
        compare = self._comparisons.versus
        versus = (compare(first, second), compare(second, first))
        # Behind the comparison, which may have found a damaged file.
        damage = storage.damage
        views = slot_views((first, second), damage, storage.newest_slot, scenario, versus)
        with self._wake:
            previewed = self._edited == scenario and not any(view["exact"] for view in views)
        preview = self._preview_of(scenario) if previewed else None
        with self._wake:
            error = self._error
            if self._shown_scenario != scenario:
                self._revision += 1
                self._shown_scenario = scenario
            revision = self._revision
        job, shown, memory = (
            job_on_screen(bench.jobs, bench.queue),
            bench.shown_slot,
            bench.memory_usage(),
        )
        seen = None
        if preview is not None:
            beside = None if shown is None else (first, second)[shown]
            seen = preview_view(preview, shown, compare(preview, beside))
        footer: FooterView = {
            "slots_bytes": sum(view["compressed_size"] for view in views),
            "tables_bytes": memory.slots,
            "queue_bytes": memory.queue,
            "background_bytes": memory.background,
            "process_bytes": memory.total,
            "peak_bytes": memory.peak,
            "version": __version__,
        }
        with self.hold_sync():
            self.scenario = scenario_view(scenario, revision)
            self.job = None if job is None else job_view(job)
            self.queue_length = len(bench.queue)
            self.slots = views
            self.display_mode = bench.display_mode.value
            self.shown_slot = shown
            self.preview = seen
            self.footer = footer
            self.error = error

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = super()._repr_mimebundle_(**options)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        static = {
            "text/plain": fallback_text(self.scenario, self.slots),
            "text/html": fallback_html(self.scenario, self.slots),
        }
        return {**(data or {}), **static}, metadata
