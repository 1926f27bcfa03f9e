"""The engine is prepared once in a process, and only then is that said."""

from __future__ import annotations

import importlib
import subprocess
import sys
import types

import pytest

from dualslot_widgets.engine.simulation import prepare_engine
from dualslot_widgets.workbench.play_job import play_with_engine

PREPARING = "preparing the engine (first time only)"
TWO_JOBS = """import sys
from dualslot_widgets.workbench.play_job import play_with_engine
from dualslot_widgets.library.starter import starter_scenario
assert "numba" not in sys.modules
for job in ("first", "second"):
    play_with_engine(starter_scenario(), lambda phase: print(job, phase))
"""


@pytest.mark.slow
def test_the_first_job_of_a_process_says_so_and_the_second_does_not():
    done = subprocess.run(
        [sys.executable, "-c", TWO_JOBS], check=True, stdout=subprocess.PIPE, text=True
    )
    assert done.stdout == f"first {PREPARING}\n"


def test_a_job_does_not_say_so_when_another_thread_has_prepared_it(scenario):
    prepare_engine()
    phases = []
    assert play_with_engine(scenario(1), phases.append).completed == 0
    assert phases == []


def test_an_engine_that_another_thread_is_loading_is_not_taken_for_ready(scenario, monkeypatch):
    name = "dualslot_widgets.engine.simulation"
    complete = importlib.import_module(name)
    # What is found while another thread loads it; a real import waits for the other thread.
    monkeypatch.setitem(sys.modules, name, types.ModuleType(name))
    phases = []

    def tell(phase: str) -> None:
        phases.append(phase)
        monkeypatch.setitem(sys.modules, name, complete)

    assert play_with_engine(scenario(1), tell).completed == 0
    assert phases == [PREPARING]
