"""Tells at the end of the session what the battery tried."""

from __future__ import annotations

import pytest

from tests.crash.summary import TRIED, line


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TRIED:
        terminalreporter.section("the battery against the promise of storage")
        for part in sorted(TRIED):
            terminalreporter.write_line(line(part))
