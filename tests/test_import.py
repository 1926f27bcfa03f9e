"""The import brings in only what is needed to begin; the rest is loaded where it is used."""

from __future__ import annotations

from tests.fresh_process import run

#: Each costs a tenth of a second or more.
LOADED_LATE = {"anywidget", "numba", "pandas", "plotly", "pyarrow", "scipy"}
IMPORT = """import sys
import dualslot_widgets
print(*sys.modules)
dualslot_widgets.Workbench, dualslot_widgets.Scenario
print(*sys.modules)"""


def test_heavy_libraries_are_loaded_when_they_are_needed():
    bare, used = (set(line.split()) for line in run(IMPORT)[1].splitlines())
    assert "dualslot_widgets" in bare
    assert not LOADED_LATE & bare
    assert not {"numba", "plotly"} & used
