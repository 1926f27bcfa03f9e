"""Every notebook runs from top to bottom in a fresh kernel, over an empty folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CELL_SECONDS = 180


@pytest.fixture
def private_jupyter(tmp_path, monkeypatch):
    """Keep the user's settings and kernels out; the kernel is the one of this environment."""
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        folder = tmp_path / "jupyter" / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, str(folder))


@pytest.mark.parametrize("notebook", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebook_runs_without_errors_or_warnings(notebook, tmp_path, private_jupyter):
    import nbclient  # these take five seconds, in each process that collects tests
    import nbformat

    work = tmp_path / "work"
    shutil.copytree(
        NOTEBOOKS, work, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "simulations")
    )
    run = nbformat.read(work / notebook.name, as_version=4)
    client = nbclient.NotebookClient(
        run, timeout=CELL_SECONDS, kernel_name="python3", resources={"metadata": {"path": work}}
    )
    client.execute()  # raises with the cell and its traceback
    printed = [
        output.text
        for cell in run.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "stream" and output.name == "stderr"
    ]
    assert printed == []
