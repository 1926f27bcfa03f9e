"""Python in a process of its own, as a user's first cell finds it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]


def run(
    code: str, *, environment: dict[str, str] | None = None, timeout: float = 120
) -> tuple[float, str]:
    """Return the seconds that the whole process took, and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
        cwd=REPOSITORY,
        env=os.environ | (environment or {}),
    )
    seconds = time.perf_counter() - start
    assert done.returncode == 0, done.stderr
    return seconds, done.stdout.strip()
