"""`KitWidget`: what every widget of the kit is: parts, one publisher, errors that do not vanish.

The publisher's thread alone sets traits once a widget is made. Handlers of messages only note what
is wanted and return. No exception of a handler or of the publisher vanishes, whatever its class: it
becomes the `error` trait, until something that is asked for can be done. Re-running a cell closes
the widgets that its last execution made; a widget whose making is interrupted is closed.
"""

from __future__ import annotations

import logging
import os
import threading
import weakref
from collections.abc import Mapping
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import traitlets

from dualslot_widgets.errors import DualSlotError, in_words
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.kernel_comm import refuse_broken_kernel, speak_for_main_shell
from dualslot_widgets.widgets.kit.link import Link
from dualslot_widgets.widgets.kit.notebook_cells import Execution, current_execution, watch_cells
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.publisher import Publisher
from dualslot_widgets.widgets.kit.saved_output import SavedOutput, in_a_kernel
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.kit.sources import Source
from dualslot_widgets.widgets.kit.static_html import Static
from dualslot_widgets.widgets.kit.visible_traits import VisibleTraits
from dualslot_widgets.widgets.protocol.messages import Message, read_message

_logger = logging.getLogger(__name__)
_STATIC = Path(__file__).parents[2] / "static"


def read_bundle(name: str) -> str | Path:
    """Return a bundle's text; its path only for hot reloading (a path keeps widgets alive)."""
    path = _STATIC / name
    return path if os.environ.get("ANYWIDGET_HMR") == "1" else path.read_text(encoding="utf-8")


class KitWidget(anywidget.AnyWidget):
    """The common ground of all widgets.

    Parameters
    ----------
    source : Source
        What it shows.

    Attributes
    ----------
    part_types : tuple of type of Part
        The parts that a widget of this class has; their traits are its traits.
    saved_types : tuple of type of Part, optional
        The parts that a saved notebook shows; by default all.
    error : str
        What went wrong last; empty when nothing did.
    source : Source
    parts : tuple of Part
    publisher : Publisher
    execution : Execution or None
        The execution of a cell that made it.
    """

    part_types: ClassVar[tuple[type[Part], ...]] = ()
    saved_types: ClassVar[tuple[type[Part], ...] | None] = None
    _css = read_bundle("kit.css")

    error = traitlets.Unicode("").tag(sync=True)

    def __init_subclass__(cls, **options: Any) -> None:
        """Give the class the traits of its parts, as if they were declared in its body."""
        super().__init_subclass__(**options)
        for name, trait in (each for kind in cls.part_types for each in kind.traits.items()):
            own = copy(trait).tag(sync=True)
            own.class_init(cls, name)
            setattr(cls, name, own)

    def __init__(self, source: Source) -> None:
        refuse_broken_kernel()
        self.source = source
        self.parts = tuple(kind(source) for kind in self.part_types)
        self.execution: Execution | None = None
        self._saved = SavedOutput(self._draw_static)
        self._link = Link()
        self.publisher = Publisher(
            self._link,
            send=self.send,
            publish=self._publish,
            rest=self._saved.renew,
            fail=self._note_failure,
        )
        self._visible = VisibleTraits()
        self._process = os.getpid()
        self._lock = threading.Lock()
        # Guarded by _lock:
        self._error = ""
        self._drawing_error = ""
        self._refusals = 0
        try:
            self._open()
        except BaseException:  # Ctrl-C, too: nobody has it to close it
            self.close()
            raise

    def _open(self) -> None:
        super().__init__()
        speak_for_main_shell(self.comm)
        watch_cells()
        self.execution = current_execution()
        _close_replaced(self.execution)
        self._publish()
        self.on_msg(self._on_message)
        self.source.screen.subscribe(self._note_change)
        self.publisher.start()
        _open_widgets.add(self)

    def close(self) -> None:
        """Stop publishing, and take the widget and its layout from the front end."""
        if self.comm is None:  # closed before, or a notebook's clean-up of all widgets came first
            return
        self.publisher.stop()
        self.source.screen.notify.unsubscribe(self._note_change)
        self._saved.renew()
        self.publisher.join()
        self.layout.close()
        super().close()

    @property
    def closed(self) -> bool:
        """Whether it is closed, or its closing has begun and was interrupted."""
        return self.comm is None or self.publisher.stopping

    @property
    def scenario(self) -> Scenario:
        """The scenario on screen; setting it does not play it."""
        return self.source.screen.scenario

    @scenario.setter
    def scenario(self, scenario: Scenario | Mapping[str, Any]) -> None:
        self.source.screen.change(scenario)

    # What others call: any thread, short, nothing raised.

    def _note_change(self) -> None:
        # In a forked child: no thread of ours, and locks as they were.
        if os.getpid() != self._process:
            return
        self._saved.note_change()
        self.publisher.note_change()

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        try:
            with self._link.receiving(content) as due:
                if due:
                    self._take(read_message(content))
        except DualSlotError as error:
            self._report(str(error))
        except BaseException as error:  # nobody would hear of it, and a shell might end with it
            _logger.exception("a message of a widget failed")
            self._report(in_words(error))
        if self._link.owes:
            self.publisher.wake()

    def _take(self, message: Message) -> None:
        """Have the part that takes such messages take it, and the last error from the screen."""
        kind = message["type"]
        part = next((part for part in self.parts if kind in part.takes), None)
        if part is None and kind != "dismiss":
            raise DualSlotError(f"this widget does not take the message {kind!r}")
        with self._lock:
            failed = bool(self._error or self._drawing_error)
            self._error = self._drawing_error = ""
        if part is not None:
            part.take(message)
        elif self.source.bench is not None:
            self.source.bench.dismiss()
        if failed or part is None:
            self._note_change()

    def _report(self, error: str) -> None:
        with self._lock:
            self._error, self._drawing_error = error, ""
            self._refusals += 1
        self._note_change()

    # What the publisher calls.

    def _note_failure(self, error: BaseException) -> None:
        """Log and show what went wrong in drawing."""
        if self.comm is None:  # closed meanwhile, by somebody who closes all widgets
            return
        words = in_words(error)
        if words != self._drawing_error:  # once, not at every beat of a kernel that is ending
            _logger.error("a widget could not be drawn", exc_info=error)
        with self._lock:
            self._drawing_error = words
        try:
            self.error = words
        except BaseException:  # of an observer
            _logger.exception("a widget could not show its error")

    def _publish(self) -> None:
        with self._lock:
            error, refusals = self._error or self._drawing_error, self._refusals
        now = self.source.snapshot()
        now = replace(now, error=error or now.error, refusals=refusals)
        drawn = self._visible.show(self._draw(now) | {"error": now.error})
        with self.hold_sync():
            for name, value in drawn.items():
                setattr(self, name, value)

    def _draw(self, now: Snapshot) -> dict[str, Any]:
        return {name: value for part in self.parts for name, value in part.draw(now).items()}

    def _draw_static(self) -> list[Static]:
        now = self.source.glance()
        kinds = self.saved_types or self.part_types
        return [
            each for part in self.parts if type(part) in kinds for each in part.draw_static(now)
        ]

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = super()._repr_mimebundle_(**options)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        return {**(data or {}), **self._saved.bundle()}, metadata

    def _ipython_display_(self) -> None:
        if not in_a_kernel():
            raise NotImplementedError("the bundle of `_repr_mimebundle_` is shown")
        shown = super()._repr_mimebundle_()
        data, _ = shown if isinstance(shown, tuple) else (shown, {})
        self._saved.show({**(data or {}), "text/plain": f"<{type(self).__name__}>"})


#: Guarded by the interpreter's own lock: a set that is copied before it is walked.
_open_widgets: weakref.WeakSet[KitWidget] = weakref.WeakSet()


def _close_replaced(execution: Execution | None) -> None:
    """Close the widgets that earlier executions of the same cell have made."""
    if execution is None:
        return
    for widget in list(_open_widgets):
        if execution.replaces(widget.execution):
            widget.close()
