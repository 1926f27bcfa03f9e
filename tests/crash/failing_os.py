"""`os` of which one operation fails, for any code that calls it."""

from __future__ import annotations

import os

#: What may change the disk, or tell whether it did.
OPERATIONS = (
    "open",
    "write",
    "fsync",
    "mkdir",
    "replace",
    "rename",
    "unlink",
    "rmdir",
    "listdir",
    "close",
)
MOST_OPERATIONS = 300


class FailingOs:
    """`os`, of which the n-th operation fails.

    With an errno it raises before anything happened; without one it is done, and interrupted right
    afterwards, as by Ctrl+C.
    """

    def __init__(self, fail_at: int, code: int | None) -> None:
        self._fail_at = fail_at
        self._code = code
        self.count = 0
        self.failed = ""

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in OPERATIONS:
            return real

        def operation(*args, **kwargs):
            self.count += 1
            if self.count != self._fail_at:
                return real(*args, **kwargs)
            self.failed = name
            if self._code is not None and name != "close":
                raise OSError(self._code, os.strerror(self._code))
            real(*args, **kwargs)
            if self._code is None:
                raise KeyboardInterrupt
            raise OSError(self._code, os.strerror(self._code))  # close always closes

        return operation
