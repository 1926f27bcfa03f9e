"""What the battery's own processes share: forks that end for sure, and data made before them."""

from __future__ import annotations

import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path

from dualslot_widgets.tables import SCHEMAS
from tests.storage.small_data import small

REPOSITORY = Path(__file__).parents[2]
STORED, REFUSED, BROKEN = 0, 3, 4


def python(*arguments: str, **options) -> subprocess.Popen:
    """Start a Python process that finds this repository."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(
        [sys.executable, *arguments], cwd=REPOSITORY, text=True, **pipes | options
    )


def prepared(numbers: Iterable[int]) -> None:
    """Play data sets, and work out all that is worked out late, before a fork."""
    for seed in numbers:
        data = small(seed)
        for name in (*SCHEMAS, "analysis"):
            getattr(data, name)


def forked(work: Callable[[], int]) -> int:
    """Start `work` in a fork; it ends with its return value, and BROKEN for an exception."""
    child = os.fork()
    if child:
        return child
    code = BROKEN
    try:
        code = work()
    except BaseException:  # noqa: BLE001 - told on stderr, and by the exit code
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def waited(child: int) -> int:
    """Wait for a fork; return its exit code, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
