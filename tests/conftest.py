"""What all tests share: markers by folder, random seeds that are told, and how hypothesis runs."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
#: Every test below a folder of one of these names carries the marker of the same name.
MARKED_FOLDERS = ("benchmarks", "browser", "notebooks")
#: These come last, in this order: Playwright keeps an event loop running in the main thread, and a
#: benchmark wants the machine before the browser heats it.
LATE = ({"benchmarks"}, {"notebooks"}, {"benchmarks", "browser"}, {"browser"})

# No deadline: the first example of a kernel compiles it. The blob repeats a failure anywhere.
settings.register_profile(
    "developer",
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# The inner loop (make check) has few examples of everything; --hypothesis-profile chooses it.
settings.register_profile("fast", settings.get_profile("developer"), max_examples=10)
settings.load_profile("developer")

SESSION_SEED = int(os.environ.get("DUALSLOT_TEST_SEED") or random.SystemRandom().randrange(2**31))


def pytest_report_header() -> str:
    return f"random seed: {SESSION_SEED} (repeat with DUALSLOT_TEST_SEED={SESSION_SEED})"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def marks(item: pytest.Item) -> set[str]:
        inside = item.path.is_relative_to(HERE) and item.path.relative_to(HERE).parts
        return {folder for folder in inside or () if folder in MARKED_FOLDERS}

    for item in items:
        for mark in marks(item):
            item.add_marker(mark)
    items.sort(key=lambda item: LATE.index(marks(item)) if marks(item) else -1)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """A seed that differs per test and per session, and is printed when the test fails."""
    value = random.Random(f"{SESSION_SEED} {request.node.nodeid}").randrange(2**31)
    print(f"seed {value} of this test, from DUALSLOT_TEST_SEED={SESSION_SEED}")
    return value
