"""`KitWidget`: what every widget of the kit is: parts, one publisher, errors that do not vanish.

Room of the widgets above `part`. One publisher thread owns all traits: it sends at most 20 times a
second, the latest state wins. Handlers of messages only note what is wanted and return. No
exception of a handler or of the publisher vanishes, whatever its class: it becomes the `error`
trait. A publisher that is dead all the same is replaced by the next change or message. Each message
with an envelope is taken once and in order, and acknowledged by the publisher, also when what it
asked for failed. Re-running a cell closes the widgets that its last execution made. What wakes the
publisher is written in C, so that Ctrl-C of whoever changes something leaves nothing held; a widget
whose making is interrupted is closed.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import anywidget
import traitlets

from dualslot_widgets.errors import DualSlotError, in_words
from dualslot_widgets.scenario.identity.matching import prepare_matching
from dualslot_widgets.system.uninterrupted import join_thread, start_thread
from dualslot_widgets.widgets.kit.cell import Execution, cell_runs, current_execution, watch_cells
from dualslot_widgets.widgets.kit.fallback import Still
from dualslot_widgets.widgets.kit.kernel_comm import refuse_broken_kernel, speak_for_main_shell
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.scene import Stage
from dualslot_widgets.widgets.kit.seen_traits import SeenTraits
from dualslot_widgets.widgets.kit.stored_form import StoredForm, in_a_kernel
from dualslot_widgets.widgets.protocol.envelope import Receipts, read_envelope
from dualslot_widgets.widgets.protocol.messages import Message, read_message

_logger = logging.getLogger(__name__)
_STATIC = Path(__file__).parents[2] / "static"

#: At most 20 updates a second reach the browser; above 1000 messages/s Jupyter drops some.
PUBLISH_SECONDS = 0.05
#: The browser calls the kernel lost when it hears nothing for more than two beats.
BEAT_SECONDS = 2.0
#: How long closing waits for what is being sent.
CLOSE_SECONDS = 1.0


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
        refuse_broken_kernel()
        self._stage = stage
        self._stored = StoredForm(self._still_now)
        self._wake: SimpleQueue[None] = SimpleQueue()  # something for each change
        self._lock = threading.Lock()
        self._stopping = False  # guarded by _lock, as are those in `_open`
        try:
            self._open(stage)
        except BaseException:  # Ctrl-C, too: nobody has it to close it
            self.close()
            raise

    def _open(self, stage: Stage) -> None:
        super().__init__()
        speak_for_main_shell(self.comm)
        watch_cells()
        self._execution = current_execution()
        _close_replaced(self._execution)
        self._process = os.getpid()
        self._handling = threading.Lock()  # messages may come on several threads: one at a time
        self._receipts = Receipts()  # guarded by _handling
        # Guarded by _lock:
        self._dirty = True
        self._owed: dict[str, int] = {}  # acknowledgements
        self._error = ""
        self._drawing_error = ""
        self._refusals = 0
        self._seen = SeenTraits()
        self._publish()
        self.on_msg(self._on_message)
        stage.screen.subscribe(self._note_change)
        with self._lock:  # a change that comes now must not find it dead
            self._start_publisher()
        _open_widgets.add(self)

    def close(self) -> None:
        """Stop publishing, and take the widget and its layout from the front end."""
        if self.comm is None:  # closed before, or a notebook's clean-up of all widgets came first
            return
        with self._lock:
            self._stopping = True
            publisher = self._publisher
        self._wake.put(None)
        self._stage.screen.tell.unsubscribe(self._note_change)
        self._stored.renew()
        join_thread(publisher, CLOSE_SECONDS)
        self.layout.close()
        super().close()

    @property
    def closed(self) -> bool:
        """Whether it is closed, or its closing has begun and was interrupted."""
        return self.comm is None or self._stopping

    # What others tell: any thread, short, nothing raised.

    def _note_change(self) -> None:
        # In a forked child: no thread of ours, and locks as they were.
        if os.getpid() != self._process:
            return
        self._stored.changed()
        with self._lock:
            self._dirty = True
        self._wake_publisher()

    def _on_message(self, _widget: object, content: object, _buffers: object) -> None:
        envelope = None
        try:
            envelope = read_envelope(content)
            with self._handling:
                if envelope is None or self._receipts.take(envelope):
                    self._take(read_message(content))
        except DualSlotError as error:
            self._report(str(error))
        except BaseException as error:  # nobody would hear of it, and a shell might end with it
            _logger.exception("a message of a widget failed")
            self._report(in_words(error))
        if envelope is not None:
            self._acknowledge(envelope.sender)

    def _acknowledge(self, sender: str) -> None:
        with self._handling:
            last = self._receipts.last(sender)
        with self._lock:
            self._owed[sender] = last
        self._wake_publisher()

    def _take(self, message: Message) -> None:
        if message["type"] == "dismiss":
            if self._stage.bench is not None:
                self._stage.bench.dismiss()
            self._report("")
        else:
            super()._take(message)

    def _accepted(self) -> None:
        """Take the last error from the screen: what was asked for now could be done."""
        with self._lock:
            self._error = self._drawing_error = ""

    def _report(self, error: str) -> None:
        with self._lock:
            self._error, self._drawing_error = error, ""
            self._refusals += 1
        self._note_change()

    # The publisher: the only one that sends, and sets traits, after `__init__`.

    def _start_publisher(self) -> None:
        """Start one; to be called with `_lock` held."""
        self._publisher = threading.Thread(
            target=self._publish_forever, name="dualslot-display", daemon=True
        )
        start_thread(self._publisher)

    def _wake_publisher(self) -> None:
        """Have the publisher look at what has changed; put a new one in the place of a dead one."""
        self._wake.put(None)
        with self._lock:
            publisher = self._publisher  # None: not started yet
            if self._stopping or publisher is None or publisher.is_alive():
                return
            _logger.error("the publisher of a widget was dead; another one takes its place")
            try:
                self._start_publisher()
            except DualSlotError:  # no more threads now, or ever: the interpreter is ending
                _logger.exception("no publisher could be started")

    def _publish_forever(self) -> None:
        beat, prepared = time.monotonic(), False
        while True:
            with self._lock:
                if self._stopping or self._publisher is not threading.current_thread():
                    return  # it is closed; or it was thought dead, and is replaced
                changed, self._dirty = self._dirty, False
                owed, self._owed = self._owed, {}
            left = beat + BEAT_SECONDS - time.monotonic()
            if not (changed or owed) and left > 0:
                with suppress(Empty):  # then it is time for the next beat
                    self._wake.get(timeout=left)
                continue
            if owed:  # first: whoever asked need not wait until it is drawn
                self._survive(partial(self.send, {"type": "taken", "numbers": owed}))
            if changed:
                self._survive(self._publish)
            if time.monotonic() - beat >= BEAT_SECONDS:
                beat = time.monotonic()
                self._survive(self._beat)
                self._stored.renew()
                if not (prepared or changed):  # nobody waits for this thread now
                    prepared = True
                    self._survive(prepare_matching)
            self._pause()

    def _pause(self) -> None:
        """Leave the browser alone for a while, unless the widget is closed; hear of all changes."""
        end = time.monotonic() + PUBLISH_SECONDS
        while not self._stopping and (left := end - time.monotonic()) > 0:
            with suppress(Empty):
                self._wake.get(timeout=left)

    def _survive(self, step: Callable[[], None]) -> None:
        """Do one step of the publisher's; whatever it raises is logged and shown, and no more."""
        try:
            step()
        except BaseException as error:  # an observer's SystemExit would end the thread unheard
            if self.comm is None:  # closed meanwhile, by somebody who closes all widgets
                return
            words = in_words(error)
            if words != self._drawing_error:  # once, not at every beat of a kernel that is ending
                _logger.exception("a widget could not be drawn")
            with self._lock:
                self._drawing_error = words
            try:
                self.error = words
            except BaseException:
                _logger.exception("a widget could not show its error")

    def _beat(self) -> None:
        self.send({"type": "alive", "busy": True} if cell_runs() else {"type": "alive"})

    def _publish(self) -> None:
        with self._lock:
            told, refusals = self._error or self._drawing_error, self._refusals
        scene = self._stage.scene()
        scene = replace(scene, error=told or scene.error, refusals=refusals)
        drawn = self._seen.of(self._draw(scene) | {"error": scene.error})
        with self.hold_sync():
            for name, value in drawn.items():
                setattr(self, name, value)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        shown = super()._repr_mimebundle_(**options)
        data, metadata = shown if isinstance(shown, tuple) else (shown, {})
        return {**(data or {}), **self._stored.bundle()}, metadata

    def _ipython_display_(self) -> None:
        if not in_a_kernel():
            raise NotImplementedError("the bundle of `_repr_mimebundle_` is shown")
        shown = super()._repr_mimebundle_()
        data, _ = shown if isinstance(shown, tuple) else (shown, {})
        self._stored.show({**(data or {}), "text/plain": f"<{type(self).__name__}>"})

    def _still_now(self) -> list[Still]:
        return self._still(self._stage.glance())


#: Guarded by the interpreter's own lock: a set that is copied before it is walked.
_open_widgets: weakref.WeakSet[KitWidget] = weakref.WeakSet()


def _close_replaced(execution: Execution | None) -> None:
    """Close the widgets that earlier executions of the same cell have made."""
    if execution is None:
        return
    for widget in list(_open_widgets):
        if execution.replaces(widget._execution):  # noqa: SLF001
            widget.close()
