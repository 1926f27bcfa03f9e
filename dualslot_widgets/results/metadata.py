"""`Metadata` and `PerformanceMetrics`: where a data set stands, how it came about, what it cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dualslot_widgets.results.origin import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceMetrics:
    """What a data set cost, measured.

    Attributes
    ----------
    simulation_seconds, disk_seconds : float
        How long it took to play it, and to write it and make it durable.
    compression_ratio : float
        Bytes of its tables in memory by their bytes on disk; 0 while they were never there.
    peak_memory_bytes : int
        The most that the process had ever taken when it was played.
    """

    simulation_seconds: float = 0.0
    disk_seconds: float = 0.0
    compression_ratio: float = 0.0
    peak_memory_bytes: int = 0

    def to_dict(self) -> dict[str, float | int]:
        """Return the metrics as JSON."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_dict(cls, value: Mapping[str, Any]) -> PerformanceMetrics:
        """Read the metrics back."""
        return cls(**value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Where a data set stands and how it came about.

    Attributes
    ----------
    timestamp : datetime
        When it was simulated, in UTC.
    slot, generation : int or None
        None while it is only in memory.
    generation_count : int
        How often these parameters were simulated into this slot, 1 the first time.
    file_path : Path or None
        Folder of its files.
    compressed_size : int or None
        Bytes of its tables and its analysis on disk.
    pinned : bool
        Whether its slot is kept from being overwritten.
    metrics : PerformanceMetrics
    origin : Origin or None
        None when it was played here.
    """

    timestamp: datetime = field(default_factory=lambda: datetime.now(UTC))
    slot: int | None = None
    generation: int | None = None
    generation_count: int = 1
    file_path: Path | None = None
    compressed_size: int | None = None
    pinned: bool = False
    metrics: PerformanceMetrics = field(default_factory=PerformanceMetrics)
    origin: Origin | None = None
