"""The server, the browser and the page of tests/browser, for what is measured in them."""

from __future__ import annotations

from tests.browser.conftest import browser, faults, lab, page, server

__all__ = ["browser", "faults", "lab", "page", "server"]
