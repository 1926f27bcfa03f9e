"""Trouble with a disk that comes and goes, for jobs that store in the background."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crash.bound_os import bind_os
from tests.crash.mounts import remount

#: What changes a disk.
CHANGES = ("create", "write", "fsync", "mkdir", "replace")


class RefusingOs:
    """`os`, of which one kind of operation is refused with an errno.

    Parameters
    ----------
    kind : str
        One of CHANGES.
    code : int
        The errno.
    """

    def __init__(self, kind: str, code: int) -> None:
        self._kind, self._code = kind, code

    def __getattr__(self, name):
        real = getattr(os, name)
        if name != {"create": "open"}.get(self._kind, self._kind):
            return real

        def operation(*arguments, **options):
            if name == "open" and not arguments[1] & os.O_CREAT:
                return real(*arguments, **options)
            if name == "mkdir" and os.path.lexists(arguments[0]):
                return real(*arguments, **options)  # which says so on any disk
            raise OSError(self._code, os.strerror(self._code))

        return operation


@contextmanager
def refusing(kind: str, code: int) -> Iterator[None]:
    """Refuse one kind of operation."""
    with pytest.MonkeyPatch.context() as patched:
        bind_os(RefusingOs(kind, code), patched.setattr)
        yield


class ActingOs:
    """`os`, where something happens right before the n-th change of the disk.

    Attributes
    ----------
    count : int
        Changes so far.
    """

    def __init__(self, act_at: int, act: Callable[[], object]) -> None:
        self._act_at, self._act = act_at, act
        self.count = 0

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in ("open", "write", "fsync", "mkdir", "replace", "unlink", "rmdir"):
            return real

        def operation(*arguments, **options):
            self.count += 1
            if self.count == self._act_at:
                self._act()
            return real(*arguments, **options)

        return operation


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Leave no space on a disk."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass  # which was the aim
    try:
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """Have a disk refuse all changes, those of root too."""
    remount(disk, "ro")
    try:
        yield
    finally:
        remount(disk, "rw")


def delete(folder: Path) -> None:
    """Delete a folder as a user would, who does not know that it is in use."""
    shutil.rmtree(folder, ignore_errors=True)
