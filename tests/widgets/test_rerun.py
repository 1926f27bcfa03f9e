"""A cell that runs again closes the widgets that it made before, and no others."""

from __future__ import annotations

import gc
import weakref

import pytest

import dualslot_widgets as dw
from dualslot_widgets.widgets.kit import kit_widget
from dualslot_widgets.widgets.kit.notebook_cells import Execution, current_execution


@pytest.fixture
def execute(monkeypatch):
    """Be the notebook: say which execution of which cell goes on from now on."""

    def execute(cell: str, request: str) -> None:
        monkeypatch.setattr(kit_widget, "current_execution", lambda: Execution(cell, request))

    return execute


def test_a_rerun_closes_what_the_cell_made_before(bench, execute):
    execute("a", "1")
    first, beside = dw.JobMonitor(bench), dw.SlotBrowser(bench)
    execute("b", "2")
    other = dw.JobMonitor(bench)
    execute("a", "3")
    again = dw.JobMonitor(bench)
    assert first.comm is beside.comm is None
    assert other.comm is not None
    assert again.comm is not None
    other.close()
    again.close()


def test_fifty_reruns_leave_one_widget_and_one_listener(bench, execute):
    gone = []
    for number in range(50):
        execute("a", str(number))
        gone.append(weakref.ref(dw.QuintileTimelines(bench)))
    gc.collect()
    assert len(bench.screen.notify) == 1
    assert sum(ref() is not None for ref in gone) == 1
    gone[-1]().close()


def test_outside_of_a_notebook_nothing_is_known():
    assert current_execution() is None
