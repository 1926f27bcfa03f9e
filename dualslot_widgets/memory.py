"""How much memory the package and its process take, measured and never estimated.

Stands beside the storage and background floors, which both report through it; imports nothing of
the house.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUsage:
    """Memory in bytes.

    Attributes
    ----------
    slots : int
        Tables of the stored data sets that are loaded at the moment.
    queue : int
        Requests that wait to be played, as JSON.
    background : int
        Arrays of the simulation that is being played.
    total : int
        The whole process as the system sees it (resident set).
    peak : int
        The most that `total` ever was in this process.
    """

    slots: int = 0
    queue: int = 0
    background: int = 0
    total: int = 0
    peak: int = 0


def process_memory() -> tuple[int, int]:
    """Return the resident set of this process and its peak, both in bytes."""
    info = psutil.Process().memory_info()
    return int(info.rss), max(_peak(info), int(info.rss))


def _peak(info: object) -> int:
    if sys.platform == "win32":
        return int(getattr(info, "peak_wset", 0))
    status = Path("/proc/self/status")
    if status.exists():  # Linux, where getrusage(2) starts with the peak of the parent process
        text = status.read_text(encoding="ascii", errors="replace")
        return 1024 * int(text.partition("VmHWM:")[2].split(maxsplit=1)[0])
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts bytes here, others kibibytes.
    return peak if sys.platform == "darwin" else peak * 1024
