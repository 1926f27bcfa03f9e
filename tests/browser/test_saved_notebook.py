"""A saved notebook shows the results: renewed while the dashboard lives, without touching it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
bench"""
PLAY = "assert bench.add_to_queue().wait(120)"
#: Resolves when the stored outputs hold a text; the form is renewed at most every two seconds.
STORED = """async (wanted) => {
  const model = window.jupyterapp.shell.currentWidget.content.model;
  const stored = () => JSON.stringify(Array.from(model.cells, (cell) => cell.outputs?.toJSON()));
  while (!stored().includes(wanted)) await new Promise((later) => setTimeout(later, 50));
}"""
FORM = ".ds-still"
ITS_HOSTS = ("cdnjs.cloudflare.com", "unpkg.com")
MODEL_NOT_FOUND = "model not found"
OGRE_ARMOR = 'input[data-path="encounters[0].monsters[1].armor_class"]'


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook that nbconvert has executed without a browser: a dashboard, then a job."""
    import nbformat  # takes five seconds, in each process that collects tests

    folder = tmp_path_factory.mktemp("executed")
    cells = [nbformat.v4.new_code_cell(cell) for cell in (BENCH, PLAY)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "bench.ipynb")
    nbconvert(folder, "--to", "notebook", "--execute", "--inplace", "bench.ipynb")
    return folder / "bench.ipynb"


def nbconvert(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "nbconvert", *arguments]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, check=False, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def displays(notebook: Path) -> list[dict]:
    outputs = json.loads(notebook.read_text())["cells"][0]["outputs"]
    return [output["data"] for output in outputs]


def test_a_job_of_a_later_cell_is_in_the_first_cells_form_without_a_browser(executed):
    live, form = displays(executed)
    assert "application/vnd.jupyter.widget-view+json" in live
    assert "application/vnd.jupyter.widget-view+json" not in form
    for kind in ("text/html", "text/plain"):
        told = "".join(form[kind])
        assert told.count("Legend") == 1
        assert "1,005 runs" in told
        assert "UTC; run the cell to go on" in told


def test_a_page_of_nbconvert_shows_the_tables(executed, page, faults):
    html = nbconvert(executed.parent, "--to", "html", "--stdout", executed.name)
    page.set_content(html, wait_until="domcontentloaded")
    form = page.locator(FORM)
    expect(form.locator("tbody tr")).to_have_count(5)
    expect(form.locator("table")).to_be_visible()
    expect(form).to_contain_text("95 %")
    # The page asks other machines for scripts of nbconvert's; without them it shows the tables.
    faults[:] = [fault for fault in faults if not any(host in fault for host in ITS_HOSTS)]


def test_an_untrusted_notebook_shows_the_tables(executed, lab):
    lab.copy(executed)  # nobody has signed it
    lab.open(executed.name)
    expect(lab.page.locator(".jp-OutputArea tbody tr")).to_have_count(5)
    expect(lab.page.locator(".jp-OutputArea table")).to_be_visible()
    expect(lab.page.locator(".dualslot")).to_have_count(0)


def test_a_trusted_notebook_that_is_opened_again_shows_them_and_no_missing_model(lab, faults):
    lab.write("bench.ipynb", BENCH, PLAY)
    lab.open("bench.ipynb")
    lab.run_all()
    lab.call(STORED, "Legend", seconds=60)
    expect(lab.page.locator(FORM)).to_be_hidden()  # beside the live dashboard
    lab.save()
    lab.page.goto("about:blank")
    lab._server.end_sessions()
    lab.open("bench.ipynb")
    expect(lab.page.locator(f"{FORM} table")).to_be_visible()
    gone = lab.page.get_by_text(MODEL_NOT_FOUND)
    gone.wait_for(state="attached")
    expect(gone).to_be_hidden()
    lab.run_all()
    expect(lab.page.locator(".ds-slots")).to_be_visible()
    expect(lab.page.locator(FORM)).to_be_hidden()
    faults[:] = [fault for fault in faults if MODEL_NOT_FOUND not in fault.lower()]


def test_a_job_that_ends_after_its_cell_is_stored_and_who_types_is_not_disturbed(lab):
    lab.write("bench.ipynb", BENCH)
    lab.open("bench.ipynb")
    lab.run_all()
    page = lab.page
    page.get_by_role("button", name="Run 1,005").click()
    page.evaluate("() => { document.querySelector('.dualslot').markedByTest = true; }")
    box = page.locator(OGRE_ARMOR)
    box.fill("16")
    lab.call(STORED, "Slot 1: ", seconds=120)
    lab.call(STORED, "Legend", seconds=60)
    assert page.evaluate("() => document.querySelector('.dualslot').markedByTest")
    expect(box).to_be_focused()
    expect(box).to_have_value("16")
