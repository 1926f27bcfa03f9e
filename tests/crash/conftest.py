"""Tells at the end of the session what the battery tried, in whichever process it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.crash.summary import TRIED, add, line

_KEY = "tried"


def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output[_KEY] = {part: dict(counts) for part, counts in TRIED.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    for part, counts in getattr(node, "workeroutput", {}).get(_KEY, {}).items():
        add(part, counts)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TRIED:
        terminalreporter.section("the battery against the promise of storage")
        for part in sorted(TRIED):
            terminalreporter.write_line(line(part))
