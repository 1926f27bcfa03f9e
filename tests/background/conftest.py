"""A worker whose engine and storage the test holds in its hands."""

from __future__ import annotations

import threading

import pytest

from dualslot_widgets.background.simulator import BackgroundSimulator
from dualslot_widgets.scenario.starter import starter_scenario
from tests.widgets.staged_play import StagedPlay

STARTER = starter_scenario()
SECONDS = 30.0


def scenario(seed: int, runs: int = 30):
    """The starter scenario with another seed: other parameters."""
    return STARTER.with_value("settings.seed", seed).with_value("settings.runs", runs)


class Kept:
    """Stands for the storage: keeps what it is given, or fails."""

    def __init__(self) -> None:
        self.stored = []
        self.fail: Exception | None = None

    @property
    def slots(self):
        return (self.stored[-1] if self.stored else None, None)

    def store_simulation(self, data) -> int:
        if self.fail is not None:
            raise self.fail
        self.stored.append(data)
        return 0


class Changes:
    """Counts what listeners are told, and waits for the job to come to a point."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.count = 0

    def __call__(self) -> None:
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def until(self, holds) -> None:
        with self._changed:
            assert self._changed.wait_for(holds, SECONDS)


@pytest.fixture
def staged():
    return StagedPlay()


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def changes():
    return Changes()


@pytest.fixture
def simulator(kept, changes, staged):
    made = BackgroundSimulator(kept, changes, play=staged)
    yield made
    staged.freely()
    assert made.close(SECONDS)
