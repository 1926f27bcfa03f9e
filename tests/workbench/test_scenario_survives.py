"""The scenario on screen survives its workbench: kept at rest, and recalled by the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.on_screen import NAME, read_on_screen, write_on_screen
from dualslot_widgets.workbench import screen_keeper
from tests.every_step import interrupted_everywhere
from tests.widgets.data_sets import played

ARMOR = "encounters[0].monsters[1].armor_class"
STARTER = dw.starter_scenario()
EDITED = STARTER.with_value(ARMOR, 17)
SECONDS = 30.0


@pytest.fixture
def root(tmp_path):
    return tmp_path / "slots"


def start(root) -> dw.Scenario:
    """Return what a new workbench starts from."""
    with dw.Workbench(root) as bench:
        return bench.scenario


@pytest.mark.parametrize("how", ["set", "edited", "undone", "given"])
def test_a_new_bench_starts_from_what_was_on_screen_last(root, how):
    with dw.Workbench(root, EDITED if how == "given" else None) as bench:
        if how == "set":
            bench.scenario = EDITED
        elif how == "edited":
            bench.edit(EDITED)
        elif how == "undone":
            bench.scenario = EDITED
            bench.scenario = EDITED.with_value(ARMOR, 3)
            bench.undo()
    assert start(root) == EDITED


def test_it_is_kept_at_rest_without_closing(root):
    bench = dw.Workbench(root)
    bench.scenario = EDITED
    thread = bench.kept._thread
    if thread is not None:
        thread.join(SECONDS)
    assert read_on_screen(root) == EDITED
    bench.close()


def test_many_changes_in_a_row_are_written_once(root, monkeypatch):
    written = []
    monkeypatch.setattr(
        screen_keeper, "write_on_screen", lambda _, scenario: written.append(scenario)
    )
    monkeypatch.setattr(screen_keeper, "REST_SECONDS", SECONDS)  # until it is closed
    with dw.Workbench(root) as bench:
        for armor in range(5, 25):
            bench.scenario = STARTER.with_value(ARMOR, armor)
        assert written == []
    assert written == [STARTER.with_value(ARMOR, 24)]


def test_no_cell_waits_for_the_disk(root, monkeypatch):
    goes_on, writers = threading.Event(), []

    def slow(*_):
        writers.append(threading.current_thread())
        assert goes_on.wait(SECONDS)

    monkeypatch.setattr(screen_keeper, "write_on_screen", slow)
    monkeypatch.setattr(screen_keeper, "REST_SECONDS", 0.0)
    with dw.Workbench(root, EDITED) as bench:  # returns though nothing is written
        bench.scenario = STARTER
        goes_on.set()
    assert threading.current_thread() not in writers
    assert writers


@pytest.mark.parametrize("raised", [SystemExit, KeyboardInterrupt, GeneratorExit, OSError])
def test_whatever_is_raised_while_it_is_written_is_said_and_the_next_one_is_written(
    root, monkeypatch, raised
):
    monkeypatch.setattr(screen_keeper, "REST_SECONDS", 0.0)
    written, fails = [], [raised("gone")]

    def write(_, scenario):
        if fails:
            raise fails.pop()
        written.append(scenario)

    monkeypatch.setattr(screen_keeper, "write_on_screen", write)
    with dw.Workbench(root) as bench:
        bench.scenario = EDITED
        writer = bench.kept._thread
        if writer is not None:  # closing would try once more
            writer.join(SECONDS)
        assert bench.problem.endswith(f"{raised.__name__}: gone")
        bench.scenario = STARTER
    assert written == [STARTER]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("again", [True, False], ids=["by the next note", "by closing"])
def test_a_keeper_that_was_ended_by_force_is_replaced(root, monkeypatch, again):
    monkeypatch.setattr(screen_keeper, "REST_SECONDS", 0.0)
    bench = dw.Workbench(root)
    keeper = bench.kept
    following = keeper._next

    def ends():
        keeper._next = following
        raise SystemExit

    keeper._next = ends
    bench.scenario = EDITED
    dead = keeper._thread
    dead.join(SECONDS)
    assert not dead.is_alive()
    assert read_on_screen(root) is None
    if again:
        bench.scenario = EDITED.with_value("name", "another")
        assert keeper._thread is not dead
    bench.close()
    assert start(root) == bench.scenario


def test_a_note_that_is_interrupted_anywhere_leaves_no_lock_held(root, monkeypatch):
    monkeypatch.setattr(screen_keeper, "REST_SECONDS", 0.0)
    bench, seed = dw.Workbench(root), [0]

    def note():
        seed[0] += 1
        bench.scenario = STARTER.with_value("settings.seed", seed[0])

    for _ in interrupted_everywhere(note, "screen_keeper.py"):
        assert not bench.problem
        bench.kept.close()
        note()
        bench.kept.close()
        assert start(root) == bench.scenario
    bench.close()


def test_without_it_the_newest_slot_is_what_a_new_bench_starts_from(root):
    storage = dw.SimulationStorage(root)
    for armor in (10, 18):
        storage.store_simulation(played(STARTER.with_value(ARMOR, armor), runs=15, losses=1))
    assert start(root) == STARTER.with_value(ARMOR, 18)
    assert not (root / NAME).exists()  # nothing was changed


def test_a_slot_that_cannot_be_read_is_no_reason_to_fail(root):
    storage = dw.SimulationStorage(root)
    slot = storage.store_simulation(played(EDITED, runs=15, losses=1))
    (root / f"slot_{slot}" / "metadata.json").write_bytes(b"{")
    assert start(root) == STARTER


def test_a_given_scenario_wins_and_is_kept_from_then_on(root):
    write_on_screen(root, EDITED)
    other = STARTER.with_value(ARMOR, 3)
    with dw.Workbench(root, other) as bench:
        assert bench.scenario == other
    assert start(root) == other


def test_of_two_benches_the_one_that_writes_last_wins(root):
    with dw.Workbench(root) as first, dw.Workbench(root) as second:
        first.scenario = EDITED
        first.kept.close()
        second.scenario = STARTER.with_value(ARMOR, 3)
    assert start(root) == STARTER.with_value(ARMOR, 3)


@pytest.mark.parametrize("content", [b"", b"{", b'{"name": "x"}'])
def test_a_damaged_file_is_told_and_survives_the_next_scenario(root, content, caplog):
    root.mkdir()
    (root / NAME).write_bytes(content)
    with dw.Workbench(root) as bench:
        assert bench.scenario == STARTER
        assert "on_screen.json is no scenario" in bench.kept.error
        assert "on_screen.json is no scenario" in bench.display.error
        assert "on_screen.json is no scenario" in caplog.text
        bench.display._handle_custom_msg({"type": "dismiss"}, [])
        assert bench.kept.error == ""
        bench.scenario = EDITED
    assert (root / "on_screen.damaged.json").read_bytes() == content
    assert start(root) == EDITED


def test_a_scenario_that_cannot_be_kept_is_told(tmp_path):
    (tmp_path / "file").write_text("no folder")
    bench = dw.Workbench(tmp_path / "file" / "slots")
    bench.scenario = EDITED
    bench.kept.close()
    assert "is not kept for the next time" in bench.kept.error
    assert "is not kept for the next time" in bench.display.error
    (tmp_path / "file").unlink()
    bench.kept.close()
    assert bench.kept.error == ""  # the disk is well again
    assert start(tmp_path / "file" / "slots") == EDITED
    bench.close()


def test_what_is_kept_after_all_is_no_error_any_more(tmp_path):
    (tmp_path / "file").write_text("no folder")
    with dw.Workbench(tmp_path / "file" / "slots") as bench:
        bench.scenario = EDITED
        bench.kept.close()
        assert bench.problem
        (tmp_path / "file").unlink()
        bench.undo()
        bench.kept.close()
        assert bench.problem == ""


CHILD = """
import os, signal, sys
import dualslot_widgets as dw
bench = dw.Workbench({root!r})
bench.scenario = bench.scenario.with_value({path!r}, 17)
{end}
"""


@pytest.mark.parametrize("end", ["", "sys.exit(3)", "raise ValueError"])
def test_a_process_that_ends_without_closing_has_kept_it(root, end):
    code = CHILD.format(root=str(root), path=ARMOR, end=end)
    subprocess.run([sys.executable, "-c", code], timeout=120, check=False, capture_output=True)
    assert start(root) == EDITED


def test_a_killed_process_leaves_the_one_before_or_the_new_one(root):
    write_on_screen(root, STARTER)
    code = CHILD.format(root=str(root), path=ARMOR, end="os.kill(os.getpid(), signal.SIGKILL)")
    ended = subprocess.run([sys.executable, "-c", code], timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL
    assert start(root) in (STARTER, EDITED)


def test_a_forked_child_writes_nothing_of_its_parents(root, monkeypatch):
    monkeypatch.setattr(screen_keeper, "REST_SECONDS", SECONDS)
    bench = dw.Workbench(root)
    bench.scenario = EDITED
    child = os.fork()
    if child == 0:
        try:
            bench.kept.close()
        finally:
            os._exit(0 if read_on_screen(root) is None else 1)
    assert os.waitpid(child, 0)[1] == 0
    bench.close()
    assert start(root) == EDITED
