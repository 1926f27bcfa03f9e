"""Whether a cell is being executed is heard from IPython."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from IPython.core.events import EventManager, available_events

from dualslot_widgets.widgets.kit import notebook_cells as cell


@pytest.fixture
def shell(monkeypatch):
    """What of a shell of IPython tells of cells, heard by nobody yet."""
    found = SimpleNamespace()
    found.events = EventManager(found, available_events)
    monkeypatch.setattr(cell, "_cells", cell._Cells())
    monkeypatch.setattr(cell, "_shell", lambda: found)
    return found


def begin(shell) -> None:
    shell.events.trigger("pre_run_cell", None)


def end(shell) -> None:
    shell.events.trigger("post_run_cell", None)


def test_a_cell_runs_from_its_beginning_to_its_end(shell):
    cell.watch_cells()
    said = [cell.cell_runs()]
    for step in (begin, end):
        step(shell)
        said.append(cell.cell_runs())
    assert said == [False, True, False]


def test_a_cell_that_has_run_another_one_still_runs(shell):
    cell.watch_cells()
    for step in (begin, begin, end):
        step(shell)
    assert cell.cell_runs()


def test_a_shell_is_watched_once(shell):
    for _ in range(3):
        cell.watch_cells()
    begin(shell)
    end(shell)
    assert not cell.cell_runs()


@pytest.mark.parametrize(
    ("content", "runs"),
    [
        ({"code": "bench", "silent": False}, True),
        ({"code": "bench", "silent": True}, False),
        ({"comm_id": "x", "data": {}}, False),
    ],
)
def test_a_cell_that_begins_to_watch_runs_until_its_end(shell, content, runs):
    shell.get_parent = lambda: {"content": content}
    cell.watch_cells()
    assert cell.cell_runs() is runs
    end(shell)
    assert not cell.cell_runs()


def test_without_a_shell_no_cell_runs(monkeypatch):
    monkeypatch.setattr(cell, "_cells", cell._Cells())
    monkeypatch.setattr(cell, "_shell", lambda: None)
    cell.watch_cells()
    assert not cell.cell_runs()
