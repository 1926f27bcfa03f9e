"""Stores one data set over and over, each time in a forked process that dies at another operation.

    python -m tests.crash.kill_at_operation FOLDER

FOLDER/before is what each commit starts from; what the n-th killed process left is in FOLDER/n.
Prints how many operations a whole commit takes.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import dualslot_widgets as dw
from tests.crash.bound_os import bind_os
from tests.crash.failing_os import MOST_OPERATIONS, OPERATIONS
from tests.storage.small_data import small


class KillingOs:
    """`os`, which kills this process instead of carrying out the n-th operation."""

    def __init__(self, kill_at: int) -> None:
        self._left = kill_at

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in OPERATIONS:
            return real

        def operation(*args, **kwargs):
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **kwargs)

        return operation


def main() -> None:
    """Fork until a commit gets through."""
    folder = Path(sys.argv[1])
    data = small(9)
    for name in ("runs", "combatants", "rounds", "events", "analysis"):
        getattr(data, name)
    for number in range(1, MOST_OPERATIONS):
        place = folder / str(number)
        shutil.copytree(folder / "before", place)
        child = os.fork()
        if child == 0:
            bind_os(KillingOs(number))
            dw.SimulationStorage(place).store_simulation(data)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if status == 0:
            print(number - 1)
            return
        if not os.WIFSIGNALED(status):
            sys.exit(f"the process of operation {number} ended with status {status}")
    sys.exit("a commit takes more operations than expected")


if __name__ == "__main__":
    main()
