"""`SavedOutput`: what a notebook keeps in a widget's place, renewed while the widget lives.

A widget that is shown by a notebook's kernel gets two outputs: the live view, and under it a static
form of the same in HTML and text, which is hidden while the live one is there. Only the second has
a display id and is renewed by it: JupyterLab builds a view anew when its own output is updated, and
whoever types in it loses the focus. A saved notebook then shows the results as they were at the
last renewal, whose date it says: in nbconvert, on a code host, without a kernel, untrusted.
JupyterLab forgets display ids when its page is reloaded: the live view goes on, and the form is
renewed again once the cell has run again.
"""

from __future__ import annotations

import logging
import threading
import uuid
import weakref
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from dualslot_widgets.widgets.kit.static_html import Static, static_line

_logger = logging.getLogger(__name__)

#: Hides the static form beside a live view, and beside the static form the words that JupyterLab
#: says of a widget that is gone: "model not found", in an element without any other.
STYLE = """<style scoped>
.jp-OutputArea-child:has(.dualslot) + .jp-OutputArea-child:has(.ds-still),
.cell_container:has(.dualslot) .ds-still { display: none; }
.jp-OutputArea-child:has(+ .jp-OutputArea-child .ds-still) > .jupyter-widgets:not(:has(*)) {
  display: none;
}
</style>"""
_NOTE = "A saved picture of {time:%Y-%m-%d %H:%M} UTC; run the cell to go on."


class SavedOutput:
    """The static form of one widget, as an output of a cell.

    Parameters
    ----------
    draw : callable
        Returns the parts of the form as they are now, from any thread.
    """

    def __init__(self, draw: Callable[[], Sequence[Static]]) -> None:
        self._draw = weakref.WeakMethod(draw)
        self._id = f"dualslot-{uuid.uuid4().hex}"
        # Guards the rest, and the order in which forms are published.
        self._lock = threading.Lock()
        self._published: tuple[Static, ...] | None = None  # None until it is shown
        self._due = True
        self._problem = ""

    def bundle(self) -> dict[str, str]:
        """Return the form as it is now as a MIME bundle."""
        return _bundle(self._drawn())

    def show(self, live: dict[str, Any]) -> None:
        """Show the live view, given as a MIME bundle, and under it the form, from a cell."""
        with self._lock:
            self._due = False
            self._published = drawn = self._drawn()
            _publish({**live, "text/html": ""})
            _publish(_bundle(drawn), transient={"display_id": self._id})
        _shown.add(self)
        _renew_after_cells()

    def note_change(self) -> None:
        """Note that the form may have changed."""
        self._due = True

    def renew(self) -> None:
        """Publish the form again if it is shown, and not as it is now; only Ctrl-C is raised."""
        if not self._due or self._published is None:
            return
        try:
            with self._lock:
                self._due = False
                drawn = self._drawn()
                if drawn != self._published:
                    transient = {"display_id": self._id}
                    _publish(_bundle(drawn), transient=transient, update=True)
                    self._published = drawn
        except BaseException as error:  # of a picture, which must spoil neither a cell nor a view
            self._due = True  # what could not be read now may be at the next beat
            if not isinstance(error, Exception):
                raise
            if str(error) != self._problem:
                _logger.exception("the stored form of a widget could not be renewed")
            self._problem = str(error)

    def _drawn(self) -> tuple[Static, ...]:
        draw = self._draw()
        return () if draw is None else tuple(draw())


def in_a_kernel() -> bool:
    """Return whether what is displayed goes to a front end that can renew it."""
    try:
        from IPython import get_ipython
    except ImportError:
        return False
    return getattr(get_ipython(), "kernel", None) is not None


def _bundle(drawn: Sequence[Static]) -> dict[str, str]:
    parts = [static_line(_NOTE.format(time=datetime.now(UTC))), *drawn]
    body = "".join(part.html for part in parts)
    return {
        "text/html": f"<div class='ds-still'>{STYLE}{body}</div>",
        "text/plain": "\n".join(part.text for part in parts),
    }


def _publish(data: dict[str, Any], **options: Any) -> None:
    from IPython.display import publish_display_data

    publish_display_data(data, **options)  # type: ignore[no-untyped-call]


#: Guarded by the interpreter's own lock: a set that is copied before it is walked.
_shown: weakref.WeakSet[SavedOutput] = weakref.WeakSet()
_registering = threading.Lock()


def _renew_after_cells() -> None:
    """Have all forms renewed at the end of each cell.

    Who executes a notebook without a browser (nbclient, nbconvert) hears nothing after it.
    """
    from IPython import get_ipython

    events = get_ipython().events
    with _registering:
        if _renew_all not in events.callbacks["post_run_cell"]:
            events.register("post_run_cell", _renew_all)


def _renew_all(_result: object = None) -> None:
    for form in list(_shown):
        form.renew()
