"""Workbenches whose engine the test plays itself, and dashboards that are waited for."""

from __future__ import annotations

import pytest

from dualslot_widgets.engine.simulation import prepare_engine
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.workbench.workbench import Workbench
from tests.patience import SECONDS
from tests.widgets.staged_play import StagedPlay
from tests.widgets.watched import Watched


@pytest.fixture(autouse=True)
def patient_previews(monkeypatch):
    """Previews that wait for a busy machine; a quiet one needs a hundredth of their time."""
    monkeypatch.setattr("dualslot_widgets.workbench.preview_runs.PREVIEW_SECONDS", SECONDS)


@pytest.fixture
def staged():
    play = StagedPlay()
    yield play
    play.freely()


@pytest.fixture
def bench(tmp_path, staged):
    with Workbench(tmp_path / "slots", starter_scenario()) as bench:
        bench.simulator._play = staged
        yield bench
        staged.freely()  # a worker that waits for its next batch would hold up closing


@pytest.fixture
def watched(bench):
    return Watched(bench.display)


@pytest.fixture(scope="session")
def engine():
    """The compiled engine, for previews."""
    prepare_engine()
