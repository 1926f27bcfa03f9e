"""One server and one browser for all browser tests, one page and one folder for each of them.

A page fails its test for every uncaught exception, every error on the console, and every request
that would leave this machine; none of them does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    WebSocket,
    expect,
    sync_playwright,
)

from tests.browser import chromium
from tests.browser.lab import Lab
from tests.browser.server import JupyterServer
from tests.patience import SECONDS

#: The longest that a single wait of Playwright's may take.
WAIT_MILLISECONDS = 1000 * SECONDS
expect.set_options(timeout=WAIT_MILLISECONDS)
LOCAL = ("127.0.0.1", "localhost", "")
#: JupyterLab's own: its debugger says so at every restart of a kernel that it was watching.
NOT_OURS = ("Could not restore the debugger state",)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JupyterServer]:
    """A JupyterLab server over a temporary folder."""
    running = JupyterServer(tmp_path_factory.mktemp("jupyter"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Without one the tests fail: they are never skipped."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in this test's page; a test may take out what it provoked itself."""
    return []


@pytest.fixture
def page(browser: Browser, faults: list[str]) -> Iterator[Page]:
    """An empty page that writes down its faults, and fails the test for them at its end."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(WAIT_MILLISECONDS)

    def ask(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https") and url.hostname not in LOCAL:
            faults.append(f"request to another machine: {request.url}")

    def connect(socket: WebSocket) -> None:
        if urlsplit(socket.url).hostname not in LOCAL:
            faults.append(f"connection to another machine: {socket.url}")

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NOT_OURS):
            faults.append(f"console error: {message.text} ({message.location.get('url')})")

    opened = context.new_page()
    context.on("request", ask)  # a route would hear of it too, and switch the cache off
    opened.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
    opened.on("console", hear)
    opened.on("websocket", connect)
    opened.on("dialog", lambda dialog: dialog.accept())  # leaving a page with unsaved changes
    yield opened
    context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def lab(page: Page, server: JupyterServer, request: pytest.FixtureRequest) -> Iterator[Lab]:
    """JupyterLab over an empty folder; kernels end with the test."""
    folder = server.root / re.sub(r"\W+", "-", request.node.name).strip("-")
    folder.mkdir()
    yield Lab(page, server, folder)
    page.goto("about:blank")  # first, so that the page does not mourn the kernel that ends next
    server.end_sessions()


@pytest.fixture(scope="session")
def notebooks() -> Path:
    """The folder of the notebooks that come with the repository."""
    return Path(__file__).parents[2] / "notebooks"
