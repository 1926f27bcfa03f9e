"""The scenario on screen is kept beside the slots, and what stands in its place is a stranger's."""

from __future__ import annotations

import errno
import json
import os

import pytest

from dualslot_widgets.errors import DamagedSlotError, StorageError
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario_files import MAX_FILE_BYTES
from dualslot_widgets.storage import on_screen
from dualslot_widgets.storage.on_screen import (
    DAMAGED_NAME,
    NAME,
    read_on_screen,
    write_on_screen,
)
from dualslot_widgets.system import durable_files

FIRST = starter_scenario()
SECOND = FIRST.with_value("encounters[0].monsters[1].armor_class", 17)
HOSTILE = {
    "nothing": b"",
    "no JSON": b"{",
    "no UTF-8": b"\xff\xfe",
    "no scenario": b"[1, 2]",
    "a scenario that cannot be played": json.dumps(FIRST.to_dict() | {"players": []}).encode(),
    "deeper than any reader": b"[" * 100_000,
    "cut short": FIRST.to_json().encode()[:-20],
    "larger than a scenario": FIRST.to_json().encode() + b" " * MAX_FILE_BYTES,
}


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "slots"
    root.mkdir()
    return root


def test_what_was_written_last_is_read(root):
    for scenario in (FIRST, SECOND):
        write_on_screen(root, scenario)
        assert read_on_screen(root) == scenario
    assert [path.name for path in root.iterdir()] == [NAME]


def test_the_folder_is_made_when_it_is_first_written(tmp_path):
    assert read_on_screen(tmp_path / "new" / "slots") is None
    write_on_screen(tmp_path / "new" / "slots", FIRST)
    assert read_on_screen(tmp_path / "new" / "slots") == FIRST


def test_what_is_kept_already_is_not_written_again(root, monkeypatch):
    write_on_screen(root, FIRST)
    monkeypatch.setattr(on_screen, "write_durably", lambda *_: pytest.fail("written again"))
    write_on_screen(root, FIRST)


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_scenario_is_refused_in_words_and_kept_aside(root, content):
    (root / NAME).write_bytes(content)
    with pytest.raises(DamagedSlotError, match=r"on_screen.json is no scenario") as caught:
        read_on_screen(root)
    assert len(str(caught.value)) < 600
    write_on_screen(root, SECOND)
    assert read_on_screen(root) == SECOND
    assert (root / DAMAGED_NAME).read_bytes() == content


def test_a_file_at_the_limit_is_read(root):
    content = FIRST.to_json().encode()
    (root / NAME).write_bytes(content + b" " * (MAX_FILE_BYTES - len(content)))
    assert read_on_screen(root) == FIRST


def test_a_link_is_not_followed_and_what_it_leads_to_is_left_alone(root, tmp_path):
    foreign = tmp_path / "foreign.json"
    foreign.write_text(FIRST.to_json())
    (root / NAME).symlink_to(foreign)
    with pytest.raises(DamagedSlotError):
        read_on_screen(root)
    write_on_screen(root, SECOND)
    assert read_on_screen(root) == SECOND
    assert foreign.read_text() == FIRST.to_json()


def test_another_name_of_the_file_keeps_what_it_had(root, tmp_path):
    write_on_screen(root, FIRST)
    os.link(root / NAME, tmp_path / "other.json")
    write_on_screen(root, SECOND)
    assert (tmp_path / "other.json").read_text() == FIRST.to_json()


def test_a_pipe_does_not_hang_anything(root):
    os.mkfifo(root / NAME)
    with pytest.raises(DamagedSlotError):
        read_on_screen(root)
    write_on_screen(root, SECOND)
    assert read_on_screen(root) == SECOND


def test_a_folder_of_that_name_is_refused_and_moved_aside(root):
    (root / NAME).mkdir()
    with pytest.raises(DamagedSlotError):
        read_on_screen(root)
    write_on_screen(root, SECOND)
    assert read_on_screen(root) == SECOND
    assert (root / DAMAGED_NAME).is_dir()


def test_what_cannot_be_moved_aside_is_left_where_it_is(root):
    (root / NAME).write_bytes(b"{")
    (root / DAMAGED_NAME).mkdir()
    with pytest.raises(StorageError, match="Move it away"):
        write_on_screen(root, SECOND)
    assert (root / NAME).read_bytes() == b"{"


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ESTALE])
def test_a_read_that_fails_is_no_damage_and_nothing_is_written_over_it(root, monkeypatch, number):
    write_on_screen(root, FIRST)

    def fail(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as failing:
        failing.setattr(durable_files, "read_at_most", fail)
        with pytest.raises(StorageError, match="cannot be read") as caught:
            write_on_screen(root, SECOND)
        assert not isinstance(caught.value, DamagedSlotError)
    assert read_on_screen(root) == FIRST
    assert not (root / DAMAGED_NAME).exists()


@pytest.mark.parametrize("call", ["create", "write_all", "sync_file", "replace"])
def test_a_disk_that_refuses_leaves_what_was_kept_before(root, monkeypatch, call):
    write_on_screen(root, FIRST)

    def fail(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as failing:
        failing.setattr(durable_files, call, fail)
        with pytest.raises(StorageError, match="free space"):
            write_on_screen(root, SECOND)
    assert read_on_screen(root) == FIRST
    assert [path.name for path in root.iterdir()] == [NAME]
