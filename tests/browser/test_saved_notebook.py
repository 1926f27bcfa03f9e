"""A saved notebook shows the results: renewed while the dashboard lives, without touching it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import expect

BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
bench"""
#: Resolves when the stored outputs hold a text; the form is renewed at most every two seconds.
STORED = """async (wanted) => {
  const model = window.jupyterapp.shell.currentWidget.content.model;
  const stored = () => JSON.stringify(Array.from(model.cells, (cell) => cell.outputs?.toJSON()));
  while (!stored().includes(wanted)) await new Promise((later) => setTimeout(later, 50));
}"""
FORM = ".ds-still"
MODEL_NOT_FOUND = "model not found"


def run_and_store(lab) -> None:
    """Play the scenario after the cell has ended, and wait until the notebook tells of it."""
    lab.write("bench.ipynb", BENCH)
    lab.open("bench.ipynb")
    lab.run_all()
    lab.page.get_by_role("button", name="Run 1,005").click()
    expect(lab.page.locator(".ds-timeline")).to_have_count(5, timeout=120_000)
    lab.call(STORED, "Slot 0: ", seconds=60)
    lab.call(STORED, "Legend", seconds=60)


def in_html(folder: Path, name: str) -> str:
    """Return a notebook as nbconvert writes it, without executing it."""
    command = [sys.executable, "-m", "nbconvert", "--to", "html", "--stdout", name]
    return subprocess.run(command, cwd=folder, capture_output=True, check=True, text=True).stdout


def reopen(lab, server, name: str) -> None:
    lab.page.goto("about:blank")
    server.end_sessions()
    lab.open(name)


def test_the_tables_are_stored_though_the_job_ended_after_the_cell(lab, page, faults):
    run_and_store(lab)
    lab.save()
    html = in_html(lab.folder, "bench.ipynb")
    page.goto("about:blank")
    page.set_content(html, wait_until="domcontentloaded")
    form = page.locator(FORM)
    expect(form.locator("tbody tr")).to_have_count(5)
    expect(form).to_contain_text("1005 runs")
    expect(form).to_contain_text("UTC; run the cell to go on")
    assert "Both slots are empty" not in html
    # The page that nbconvert writes asks another machine for scripts that nothing here uses.
    faults[:] = [fault for fault in faults if "cdnjs.cloudflare.com" not in fault]


def test_a_reopened_notebook_shows_the_tables_and_no_model_not_found(lab, server, faults):
    run_and_store(lab)
    expect(lab.page.locator(FORM)).to_be_hidden()  # beside the live dashboard
    lab.save()
    reopen(lab, server, "bench.ipynb")
    expect(lab.page.locator(f"{FORM} tbody tr")).to_have_count(5)
    expect(lab.page.locator(f"{FORM} table").first).to_be_visible()
    gone = lab.page.get_by_text(MODEL_NOT_FOUND)
    gone.wait_for(state="attached")
    expect(gone).to_be_hidden()
    lab.run_all()
    expect(lab.page.locator(".ds-slots")).to_be_visible()
    expect(lab.page.locator(FORM)).to_be_hidden()
    faults[:] = [fault for fault in faults if MODEL_NOT_FOUND not in fault.lower()]


def test_an_untrusted_notebook_shows_the_tables(lab, server):
    run_and_store(lab)
    lab.save()
    notebook = json.loads((lab.folder / "bench.ipynb").read_text())
    notebook["cells"][0]["source"] += "  # changed by a stranger"
    (lab.folder / "stranger.ipynb").write_text(json.dumps(notebook))
    reopen(lab, server, "stranger.ipynb")
    expect(lab.page.locator(".jp-OutputArea tbody tr")).to_have_count(5)
    expect(lab.page.locator(".jp-OutputArea table").first).to_be_visible()
    expect(lab.page.locator(".dualslot")).to_have_count(0)


def test_who_types_while_the_form_is_renewed_keeps_the_focus_and_the_text(lab):
    run_and_store(lab)
    page = lab.page
    box = page.locator('input[data-path="encounters[0].monsters[1].armor_class"]')
    page.evaluate("() => { document.querySelector('.dualslot').markedByTest = true; }")
    box.fill("16")
    lab.call(STORED, "Slot 1: ", seconds=60)
    assert page.evaluate("() => document.querySelector('.dualslot').markedByTest")
    expect(box).to_be_focused()
    expect(box).to_have_value("16")
