"""`os` of which reads fail, for all code of storage that reads."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from dualslot_widgets import storage
from dualslot_widgets.system import durable_files

#: What tells something of the disk and changes nothing; of `open`, those without O_CREAT.
READS = ("open", "pread", "read", "fstat", "stat", "lstat", "listdir", "scandir")


class FailingReads:
    """`os`, of which the n-th read fails, and with `lasting` every later one; reads are `calls`.

    Attributes
    ----------
    count : int
        Reads so far.
    failed : str
        The one that failed first.
    """

    def __init__(
        self, fail_at: int, code: int, *, lasting: bool, calls: tuple[str, ...] = READS
    ) -> None:
        self._calls = calls
        self._fail_at, self._code, self._lasting = fail_at, code, lasting
        self.count = 0
        self.failed = ""

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in self._calls:
            return real

        def operation(*args, **kwargs):
            if name == "open" and args[1] & os.O_CREAT:
                return real(*args, **kwargs)
            self.count += 1
            if self.count == self._fail_at or (self._lasting and self.count > self._fail_at):
                self.failed = self.failed or f"{name} {args[0]}"
                raise OSError(self._code, os.strerror(self._code))
            return real(*args, **kwargs)

        return operation


@contextmanager
def reads_failing(failing: FailingReads) -> Iterator[None]:
    """Have every module of storage, and what reads for it, find this `os`; no test waits."""
    names = [
        found.name for found in pkgutil.walk_packages(storage.__path__, f"{storage.__name__}.")
    ]
    modules = [importlib.import_module(name) for name in names]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(durable_files, "_READ_WAITS", (0, 0, 0))
        for module in (durable_files, *modules):
            if "os" in vars(module):
                patched.setattr(module, "os", failing)
        yield
