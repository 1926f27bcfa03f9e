"""The dashboard in other hosts: drawn, live, and without a request to another machine."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.hosts import host

BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
bench.add_to_queue().wait(120)
bench"""
MARIMO = """import marimo

app = marimo.App()


@app.cell
def _():
{cell}
    return


if __name__ == "__main__":
    app.run()
"""
OGRE_ARMOR = 'input[data-path="encounters[0].monsters[1].armor_class"]'


def assert_dashboard_lives(page: Page) -> None:
    expect(page.locator(".ds-timeline")).to_have_count(5)
    page.locator(OGRE_ARMOR).fill("16")
    page.locator(OGRE_ARMOR).press("Tab")
    newest = page.locator('[data-slot="1"]')
    expect(newest).to_contain_text("Exactly the scenario above")
    page.get_by_role("button", name="Show this slot").click()
    expect(page.locator('[data-slot="0"]')).to_have_class("ds-slot ds-ok ds-on")
    page.get_by_role("button", name="Replay").first.click()
    expect(page.get_by_role("button", name="Copy as text")).to_be_visible()


def test_marimo(page: Page, tmp_path: Path):
    cell = "\n".join(f"    {line}" for line in BENCH.splitlines())
    (tmp_path / "app.py").write_text(MARIMO.format(cell=cell))
    command = ("marimo", "run", "app.py", "--headless", "--no-token", "--host=127.0.0.1")
    with host(tmp_path, *command, port_option="--port=") as address:
        page.goto(address)
        assert_dashboard_lives(page)
        page.goto("about:blank")


def test_voila(page: Page, faults: list[str], tmp_path: Path):
    import nbformat  # takes five seconds, in each process that collects tests

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(BENCH)])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, tmp_path / "app.ipynb")
    command = ("voila", "app.ipynb", "--no-browser", "--Voila.ip=127.0.0.1")
    with host(tmp_path, *command, port_option="--port=") as address:
        page.goto(address)
        assert_dashboard_lives(page)
        page.goto("about:blank")
    # Voila's page itself asks another machine for a font of icons; nothing here uses it.
    faults[:] = [fault for fault in faults if "fontawesome" not in fault]
