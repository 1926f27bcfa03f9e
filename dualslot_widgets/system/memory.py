"""How much memory the package and its process take, measured and never estimated."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import psutil


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryUsage:
    """Memory in bytes.

    Attributes
    ----------
    slots : int
        Tables of the stored data sets that are loaded at the moment.
    queue : int
        Requests that wait to be played.
    background : int
        The simulation that is being played.
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


def size_of(value: object) -> int:
    """Return the bytes of a plain value with everything that it holds, each part counted once."""
    parts: dict[int, object] = {}
    todo = [value]
    while todo:
        part = todo.pop()
        if id(part) in parts or isinstance(part, (type, ModuleType)) or callable(part):
            continue
        parts[id(part)] = part
        if isinstance(part, Mapping):
            todo += [*part.keys(), *part.values()]
        elif isinstance(part, (tuple, list, set, frozenset)):
            todo += part
        else:
            todo += [vars(part)] if hasattr(part, "__dict__") else []
            names = (name for kind in type(part).__mro__ for name in getattr(kind, "__slots__", ()))
            todo += [getattr(part, name) for name in names if hasattr(part, name)]
    return sum(sys.getsizeof(part) for part in parts.values())


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
        if found := re.search(r"^VmHWM:\s*(\d+) kB$", text, re.MULTILINE):  # not in every sandbox
            return 1024 * int(found[1])
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # macOS counts bytes here, others kibibytes.
    return peak if sys.platform == "darwin" else peak * 1024
