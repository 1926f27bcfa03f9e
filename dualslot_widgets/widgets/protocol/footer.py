"""Memory, disk, version."""

from __future__ import annotations

from typing import TypedDict


class FooterView(TypedDict):
    """Bytes of `MemoryUsage` and of the slots on disk, and the package's version."""

    slots_bytes: int
    tables_bytes: int
    queue_bytes: int
    background_bytes: int
    process_bytes: int
    peak_bytes: int
    version: str
