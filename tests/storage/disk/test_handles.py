"""A handle closes its descriptor once, at the latest when nobody has it."""

from __future__ import annotations

import os

import pytest

from dualslot_widgets.storage.disk.files import Handle


def is_open(fd: int) -> bool:
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


@pytest.fixture
def fd(tmp_path):
    return os.open(tmp_path / "file", os.O_CREAT | os.O_RDWR)


def test_a_handle_that_nobody_has_any_more_is_closed(fd):
    handle = Handle(fd)
    assert handle.fileno() == fd
    assert is_open(fd)
    del handle
    assert not is_open(fd)


def test_a_handle_is_closed_once_whoever_has_the_number_by_then(fd, tmp_path):
    handle = Handle(fd)
    handle.close()
    assert not is_open(fd)
    other = os.open(tmp_path / "other", os.O_CREAT | os.O_RDWR)
    assert other == fd  # the system gives the lowest free number
    handle.close()
    del handle
    assert is_open(other)
    os.close(other)


def test_a_closed_handle_has_no_descriptor(fd):
    handle = Handle(fd)
    handle.close()
    assert handle.closed
    with pytest.raises(ValueError, match="closed"):
        handle.fileno()
