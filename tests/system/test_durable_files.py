"""Files of users: written as a whole or not at all, and read only when they are files."""

from __future__ import annotations

import errno
import os
import socket
import stat

import pytest

import dualslot_widgets as dw
from dualslot_widgets.system import durable_files
from tests.crash.failing_os import MOST_OPERATIONS, FailingOs

SCENARIO = dw.starter_scenario()


def names_in(folder):
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC], ids=str)
def test_a_disk_that_fails_while_a_scenario_is_saved_leaves_the_old_or_the_new_file(
    tmp_path, monkeypatch, code
):
    path = tmp_path / "ambush.json"
    new = SCENARIO.with_value("name", "New")
    failed = set()
    for fail_at in range(1, MOST_OPERATIONS):
        SCENARIO.save(path)
        failing = FailingOs(fail_at, code)
        message = ""
        with monkeypatch.context() as patched:
            patched.setattr(durable_files, "os", failing)
            try:
                new.save(path)
            except dw.ScenarioError as error:
                message = str(error)
        if not failing.failed:
            break
        failed.add(failing.failed)
        written = dw.Scenario.load(path) == new
        assert written or dw.Scenario.load(path) == SCENARIO
        assert ("may not survive a power cut" in message) == (written and bool(message))
        assert ("is as before" in message) == (not written)
        assert names_in(tmp_path) == {path.name}
    assert failed == {"open", "write", "fsync", "replace", "close"}
    assert dw.Scenario.load(path) == new


def test_a_scenario_saved_through_a_link_replaces_what_the_link_leads_to(tmp_path):
    (tmp_path / "shared").mkdir()
    target = tmp_path / "shared" / "ambush.json"
    SCENARIO.save(target)
    target.chmod(0o600)
    link = tmp_path / "link.json"
    link.symlink_to(target)
    SCENARIO.with_value("name", "New").save(link)
    assert link.is_symlink()
    assert dw.Scenario.load(target).name == dw.Scenario.load(link).name == "New"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_another_name_of_the_same_file_keeps_what_it_had(tmp_path):
    SCENARIO.save(tmp_path / "a")
    os.link(tmp_path / "a", tmp_path / "b")
    SCENARIO.with_value("name", "New").save(tmp_path / "a")
    assert dw.Scenario.load(tmp_path / "b") == SCENARIO


def made(path, kind):
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    else:
        path.symlink_to("/dev/zero")


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device"])
def test_what_is_no_file_is_neither_read_nor_replaced(tmp_path, monkeypatch, kind):
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    path = tmp_path / "x"
    made(path.relative_to(tmp_path), kind)
    before = os.lstat(path)
    with pytest.raises(dw.ScenarioError, match=r"x: was not written.*choose"):
        SCENARIO.save(path)
    for read in (dw.Scenario.load, dw.import_file):
        with pytest.raises(dw.ScenarioError, match=r"x: cannot be read"):
            read(path)
    assert os.lstat(path).st_mode == before.st_mode
    assert names_in(tmp_path) == {"x"}


def test_a_file_beyond_bounds_is_read_no_further(tmp_path):
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(10**12)
    for read in (dw.Scenario.load, dw.import_file):
        with pytest.raises(dw.ScenarioError, match="larger than 10 MB"):
            read(path)


def test_a_folder_that_is_not_there_is_named_in_the_family(tmp_path):
    with pytest.raises(dw.ScenarioError, match=r"nowhere.*choose a folder that exists"):
        SCENARIO.save(tmp_path / "nowhere" / "a.json")


def test_a_name_as_long_as_names_may_be_is_written(tmp_path):
    SCENARIO.save(tmp_path / ("a" * 255))
    assert names_in(tmp_path) == {"a" * 255}


def test_a_read_that_passes_is_tried_again_and_one_that_does_not_is_not(monkeypatch):
    monkeypatch.setattr(durable_files, "_READ_WAITS", (0, 0, 0))
    for code, tries in ((errno.ESTALE, 4), (errno.EINTR, 4), (errno.EIO, 1), (errno.EACCES, 1)):
        tried = []

        def fail(code=code, tried=tried):
            tried.append(code)
            raise OSError(code, os.strerror(code))

        with pytest.raises(OSError, match=os.strerror(code)):
            durable_files.patiently(fail)
        assert len(tried) == tries
