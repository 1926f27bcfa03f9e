"""Takes the picture of the README: the quickstart's dashboard in a real JupyterLab, light and dark.

    .venv/bin/python -m scripts.take_picture [folder]

Writes dashboard.png (light) and dashboard-dark.png into `docs`, or into the folder that is named.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.lab import Lab
from tests.browser.server import JupyterServer

REPOSITORY = Path(__file__).parents[1]
CELL = """import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
bench.add_to_queue().wait()
bench"""
OGRE_ARMOR = 'input[data-path="encounters[0].monsters[1].armor_class"]'
NAMES = {"light": "dashboard.png", "dark": "dashboard-dark.png"}


def take(page: Page, server: JupyterServer, folder: Path) -> None:
    """Run the first cell, change one number, and take the dashboard in both themes."""
    home = server.root / "picture"
    home.mkdir()
    lab = Lab(page, server, home)
    lab.write("picture.ipynb", CELL)
    lab.open("picture.ipynb")
    lab.execute("application:toggle-left-area")
    lab.run_all()
    page.locator(OGRE_ARMOR).fill("16")
    page.locator(OGRE_ARMOR).press("Tab")
    expect(page.locator('[data-slot="1"]')).to_contain_text("Exactly the scenario above")
    page.evaluate("document.activeElement.blur()")
    for theme, name in NAMES.items():
        lab.set_theme(theme)
        page.locator(".dualslot").screenshot(path=folder / name, animations="disabled")
        print(folder / name)


def main() -> None:
    """Start JupyterLab and Chromium, take the pictures, and stop both."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "docs"
    folder.mkdir(exist_ok=True)
    path = chromium.find()
    if path is None:
        sys.exit(chromium.MISSING)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        server = JupyterServer(Path(home))
        browser = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        try:
            take(browser.new_page(viewport={"width": 1280, "height": 2200}), server, folder)
        finally:
            browser.close()
            server.stop()


if __name__ == "__main__":
    main()
