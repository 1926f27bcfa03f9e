"""Whatever is in a file: an import, or a `ScenarioError`; never another error, never a hang.

The suite tries a few hundred inputs; `make fuzz` 100,000, or as many as DUALSLOT_FUZZ says.
"""

from __future__ import annotations

import os
import time

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

import dualslot_widgets as dw
from dualslot_widgets.scenario.creature import read_creature
from dualslot_widgets.scenario.reading import Problems
from tests.conftest import SESSION_SEED
from tests.importers.mutations import damaged_texts, damaged_values
from tests.importers.samples import FORMATS

INPUTS = int(os.environ.get("DUALSLOT_FUZZ") or 360)
FUZZ = settings(
    max_examples=-(-INPUTS // (2 * len(FORMATS))),  # rounded up
    database=None,
    deadline=None,
    phases=[Phase.generate] if INPUTS > 1000 else [Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


class Watch:
    """Counts inputs, and keeps the processor time (s) of the slowest."""

    def __init__(self) -> None:
        self.inputs = self.imports = 0
        self.slowest = 0.0

    def judge(self, content) -> None:
        started = time.process_time()
        imported, problems = None, ()
        try:
            imported = dw.import_data(content)
        except dw.ScenarioError as error:
            problems = error.problems
        if imported is not None:
            self.imports += 1
            sound(imported)
        else:
            assert problems
            assert all(0 < len(line.encode()) < 8000 for line in problems)
        self.inputs += 1
        self.slowest = max(self.slowest, time.process_time() - started)

    def tell(self, what: str) -> None:
        print(
            f"\n{what}: {self.inputs:,} inputs with seed {SESSION_SEED}, {self.imports:,} "
            f"imported, the slowest in {self.slowest * 1000:.0f} ms"
        )


def sound(imported) -> None:
    """What an import promises of its creatures, scenario and report."""
    for one in imported.creatures:
        problems = Problems()
        assert read_creature(one.to_dict(), "", problems) == one
        assert not problems
    if imported.scenario is not None:
        assert dw.Scenario.from_dict(imported.scenario.to_dict()) == imported.scenario
    str(imported).encode()
    remarks = (*imported.report.assumed, *imported.report.left_out)
    assert all(len(str(remark)) < 4000 for remark in remarks)


@pytest.mark.timeout(0 if INPUTS > 1000 else 300)
@pytest.mark.parametrize("name", FORMATS)
def test_files_with_strange_values_are_imported_or_refused_in_words(name):
    watch = Watch()

    @seed(SESSION_SEED)
    @FUZZ
    @given(damaged_values(name))
    def fuzz(value):
        watch.judge(value)

    fuzz()
    watch.tell(f"{name}, strange values")


@pytest.mark.timeout(0 if INPUTS > 1000 else 300)
@pytest.mark.parametrize("name", FORMATS)
def test_files_with_damaged_bytes_are_imported_or_refused_in_words(name):
    watch = Watch()

    @seed(SESSION_SEED)
    @FUZZ
    @given(damaged_texts(name))
    def fuzz(text):
        watch.judge(text)

    fuzz()
    watch.tell(f"{name}, damaged bytes")
