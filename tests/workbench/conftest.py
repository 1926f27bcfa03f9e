"""A worker whose engine the test plays batch by batch, and whose storage the test can break."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.workbench.worker import BackgroundSimulator
from tests.patience import SECONDS
from tests.widgets.staged_play import StagedPlay
from tests.workbench.diary import Diary
from tests.workbench.memory_slots import MemorySlots


@pytest.fixture(autouse=True)
def patient_previews(monkeypatch):
    """Previews that wait for a busy machine; a quiet one needs a hundredth of their time."""
    monkeypatch.setattr("dualslot_widgets.workbench.preview_runs.PREVIEW_SECONDS", SECONDS)


@pytest.fixture
def staged():
    return StagedPlay()


@pytest.fixture
def slots():
    return MemorySlots()


@pytest.fixture
def diary():
    return Diary()


@pytest.fixture
def simulator(slots, staged, diary):
    simulator = BackgroundSimulator(slots, diary, staged)
    diary.simulator = simulator
    yield simulator
    staged.freely()  # a worker that waits for its next batch would hold up closing
    assert simulator.close(SECONDS)


@pytest.fixture(scope="session")
def scenario():
    """A function of a seed: scenarios that differ in nothing else."""
    starter = dw.starter_scenario().with_value("settings.runs", 15)
    return lambda seed: starter.with_value("settings.seed", seed)
