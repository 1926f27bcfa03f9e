"""The import brings in only what is needed to begin; the public names are those of the stub."""

from __future__ import annotations

import json

import pytest

import dualslot_widgets as dw
from tests.fresh_process import run

#: Each costs a tenth of a second or more.
LOADED_LATE = {"anywidget", "numba", "pandas", "plotly", "pyarrow", "scipy"}
IMPORT = """import sys
import dualslot_widgets
print(*sys.modules)
dualslot_widgets.Workbench, dualslot_widgets.Scenario
print(*sys.modules)"""
NAMES = """import json
import dualslot_widgets as dw
before = dir(dw)
loaded = [name for name in before if hasattr(dw, name)]
print(json.dumps([before, dir(dw), dw.__all__, loaded]))"""


def test_heavy_libraries_are_loaded_when_they_are_needed():
    bare, used = (set(line.split()) for line in run(IMPORT)[1].splitlines())
    assert "dualslot_widgets" in bare
    assert not LOADED_LATE & bare
    assert not {"numba", "plotly"} & used


def test_the_package_shows_its_public_names_and_nothing_else_and_each_is_there():
    before, after, public, loaded = json.loads(run(NAMES)[1].splitlines()[-1])
    assert before == after == sorted(public) == loaded
    assert {"Scenario", "Workbench", "simulate", "bestiary", "__version__"} <= set(public)
    assert not {name for name in public if name.startswith("_")} - {"__version__"}


def test_a_name_that_is_not_public_is_an_error_that_names_it():
    with pytest.raises(AttributeError, match="Scenarios"):
        _ = dw.Scenarios
