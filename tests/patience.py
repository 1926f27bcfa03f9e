"""How long a test waits for what must come: a time that only ends a hang, and judges nothing.

What is awaited comes within a fraction of a second on a quiet machine, and within a minute on one
that others keep busy (an engine that has to be compiled first is the longest of it). What measures
stands in tests/benchmarks.
"""

from __future__ import annotations

import pytest

#: Below the time after which pytest ends a test (see pyproject.toml), so that a hang says where.
SECONDS = 120.0
#: For a process that tries hundreds of kills or faults one after the other, ten times what it needs
#: on a quiet machine. Its tests tell pytest by `BATTERY`.
BATTERY_SECONDS = 900.0
BATTERY = pytest.mark.timeout(BATTERY_SECONDS + SECONDS)
