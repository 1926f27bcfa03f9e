"""`KitWidget`: what every widget of the kit is: parts, one publisher, errors that do not vanish.

Room of the widgets above `part`. One publisher thread owns all traits: it sends at most 20 times a
second, the latest state wins. Handlers of messages only note what is wanted and return. No
exception of a handler or of the publisher vanishes: it becomes the `error` trait. Re-running a
cell closes the widgets that its last execution made.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.matching import prepare_matching
from dualslot_widgets.widgets.cell import Execution, current_execution
from dualslot_widgets.widgets.part import Part
from dualslot_widgets.widgets.protocol.messages import Message, read_message
from dualslot_widgets.widgets.scene import Stage

_logger = logging.getLogger(__name__)
_STATIC = Path(__file__).parent.parent / "static"

#: At most 20 updates a second reach the browser; above 1000 messages/s Jupyter drops some.
PUBLISH_SECONDS = 0.05
#: The browser calls the kernel lost when it hears nothing for more than two beats.
BEAT_SECONDS = 2.0


def source(name: str) -> str | Path:
    """Return a bundle's text; its path only for hot reloading (a path keeps widgets alive)."""
    path = _STATIC / name
    return path if os.environ.get("ANYWIDGET_HMR") == "1" else path.read_text(encoding="utf-8")


class KitWidget(Part, anywidget.AnyWidget):
    """The common ground of all widgets.

    Parameters
    ----------
    stage : Stage
        What it shows.

    Attributes
    ----------
    error : str
        What went wrong last; empty when nothing did.
    """

    _css = source("kit.css")

    error = traitlets.Unicode("").tag(sync=True)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self._stage = stage
        self._execution = current_execution()
        _close_replaced(self._execution)
        self._handling = threading.Lock()  # messages may come on several threads: one at a time
        self._wake = threading.Condition()
        # Guarded by _wake:
        self._dirty = True
        self._stopping = False
        self._error = ""
        self._drawing_error = ""
        self._refusals = 0
        self._publish()
        self.on_msg(self._on_message)
        self._unsubscribe = stage.screen.subscribe(self._note_change)
        self._publisher = threading.Thread(
            target=self._publish_forever, name="dualslot-display", daemon=True
        )
        self._publisher.start()
        _open_widgets.add(self)

    def close(self) -> None:
        """Stop publishing, and take the widget and its layout from the front end."""
        if self.comm is None:  # closed before, or a notebook's clean-up of all widgets came first
            return
        self._unsubscribe()
        with self._wake:
            self._stopping = True
            self._wake.notify_all()
        publisher = self._publisher
        if publisher is not None and publisher is not threading.current_thread():
            publisher.join(timeout=1)
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
                self._take(message)
        except DualSlotError as error:
            self._report(str(error))
        except Exception as error:
            _logger.exception("a message of a widget failed")
            self._report(f"{type(error).__name__}: {error}")

    def _take(self, message: Message) -> None:
        if message["type"] == "dismiss":
            if self._stage.bench is not None:
                self._stage.bench.dismiss()
            self._report("")
        else:
            super()._take(message)

    def _accepted(self) -> None:
        """Take the last error from the screen: what was asked for now could be done."""
        with self._wake:
            self._error = self._drawing_error = ""

    def _report(self, error: str) -> None:
        with self._wake:
            self._error, self._drawing_error = error, ""
            self._refusals += 1
        self._note_change()

    # The publisher: the only one that sets traits after `__init__`.

    def _publish_forever(self) -> None:
        beat, prepared = time.monotonic(), False
        while True:
            with self._wake:
                left = max(0.0, beat + BEAT_SECONDS - time.monotonic())
                self._wake.wait_for(lambda: self._dirty or self._stopping, left)
                if self._stopping:
                    return
                changed, self._dirty = self._dirty, False
            try:
                if changed:
                    self._publish()
                if time.monotonic() - beat >= BEAT_SECONDS:
                    beat = time.monotonic()
                    self.send({"type": "alive"})
                    if not (prepared or changed):  # nobody waits for this thread now
                        prepare_matching()
                        prepared = True
            except Exception as error:
                _logger.exception("a widget could not be drawn")
                self._drawing_error = self.error = f"{type(error).__name__}: {error}"
            with self._wake:
                self._wake.wait_for(lambda: self._stopping, PUBLISH_SECONDS)

    def _publish(self) -> None:
        with self._wake:
            told, refusals = self._error or self._drawing_error, self._refusals
        scene = self._stage.scene()
        scene = replace(scene, error=told or scene.error, refusals=refusals)
        drawn = self._draw(scene)
        with self.hold_sync():
            for name, value in drawn.items():
                setattr(self, name, value)
            self.error = scene.error

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = super()._repr_mimebundle_(**options)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        still = self._still()
        static = {
            "text/plain": "\n".join(part.text for part in still),
            "text/html": "".join(part.html for part in still),
        }
        return {**(data or {}), **static}, metadata


#: Guarded by the interpreter's own lock: a set that is copied before it is walked.
_open_widgets: weakref.WeakSet[KitWidget] = weakref.WeakSet()


def _close_replaced(execution: Execution | None) -> None:
    """Close the widgets that earlier executions of the same cell have made."""
    if execution is None:
        return
    for widget in list(_open_widgets):
        if execution.replaces(widget._execution):  # noqa: SLF001
            widget.close()
