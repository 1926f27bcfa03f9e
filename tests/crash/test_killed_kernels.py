"""A kernel is killed in the middle of a job; a fresh one finds everything that was stored."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jupyter_client
import pytest

from tests.crash.own_process import REPOSITORY
from tests.crash.promise import broken_by
from tests.crash.summary import report

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]
SECONDS = 120
FIRST, NEW = 0, 9

STORE_FIRST = f"""
import sys, time
sys.path.insert(0, {str(REPOSITORY)!r})
import dualslot_widgets as dw
from tests.storage.small_data import STARTER, assert_healthy, seeds, small
bench = dw.Workbench(folder)
bench.add_to_queue(small({FIRST}).scenario).result({SECONDS})
long = STARTER.with_value("settings.runs", 100_000).with_value("settings.seed", {NEW})
"""
#: Prints once the job is in the middle of it, and leaves it alone with the kernel.
BEGIN_LONG = """
job = bench.add_to_queue(long)
while not job.progress.completed_runs:
    time.sleep(0.001)
print(job.status.value, job.phase, 0 < job.progress.completed_runs < long.settings.runs)
"""
BEGIN_AND_STOP_IN_COMMIT = """
import threading
from dualslot_widgets.system import durable_files
there = threading.Event()
real = durable_files.replace
def stop(source, target):
    is_commit = target.name == "metadata.json"
    if {after} or not is_commit:
        real(source, target)
    if is_commit:
        there.set()
        time.sleep(3600)
durable_files.replace = stop
job = bench.add_to_queue(small(9).scenario)
print(there.wait(60), job.phase)
"""
LOOK = f"""
import sys
sys.path.insert(0, {str(REPOSITORY)!r})
import dualslot_widgets as dw
from tests.storage.small_data import STARTER, assert_healthy, assert_whole, seeds, small
bench = dw.Workbench(folder)
assert_whole(bench.storage.slots[0])
print(seeds(bench.storage), [check for check in bench.storage.verify() if check.problem])
job = bench.add_to_queue(STARTER.with_value("settings.runs", 1005).with_value("settings.seed", 11))
print(job.result({SECONDS}).analysis.runs, job.slot)
"""


@pytest.fixture(autouse=True)
def private_jupyter(tmp_path, monkeypatch):
    """Keep the user's settings and kernels out; the kernel is the one of this environment."""
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        folder = tmp_path / "jupyter" / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, str(folder))


class Kernel:
    """A kernel that cells are run in."""

    def __init__(self, manager, client) -> None:
        self._manager, self._client = manager, client

    def run(self, code: str) -> str:
        """Run a cell; return what it printed."""
        printed: list[str] = []

        def hear(message) -> None:
            if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
                printed.append(message["content"]["text"])

        answer = self._client.execute_interactive(code, timeout=SECONDS, output_hook=hear)
        assert answer["content"]["status"] == "ok", "\n".join(answer["content"]["traceback"])
        return "".join(printed)

    def kill(self) -> None:
        """Kill it as the system does for want of memory."""
        self._manager.signal_kernel(signal.SIGKILL)
        while self._manager.is_alive():
            pass


@contextmanager
def kernel(folder: Path) -> Iterator[Kernel]:
    """A fresh kernel of a notebook, which knows the folder of the slots."""
    manager = jupyter_client.KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(folder.parent))
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=SECONDS)
        started = Kernel(manager, client)
        started.run(f"folder = {str(folder)!r}")
        yield started
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.cleanup_resources()


def test_a_kernel_that_is_killed_while_it_plays_loses_nothing_stored(tmp_path):
    folder = tmp_path / "simulations"
    with kernel(folder) as first:
        first.run(STORE_FIRST)
        assert first.run(BEGIN_LONG) == "running simulating True\n"
        first.kill()
    wrong = broken_by(folder, [FIRST, None], ())
    with kernel(folder) as second:
        assert second.run(LOOK) == f"[{FIRST}, None] []\n1005 1\n"
    report("killed kernels", [wrong] if wrong else [], kills=1)


@pytest.mark.parametrize("after", [False, True], ids=["before its replace", "behind it"])
def test_a_kernel_that_is_killed_while_it_stores_loses_nothing_stored(tmp_path, after):
    folder = tmp_path / "simulations"
    with kernel(folder) as first:
        first.run(STORE_FIRST)
        assert first.run(BEGIN_AND_STOP_IN_COMMIT.format(after=after)) == "True storing\n"
        first.kill()
    wrong = broken_by(folder, [FIRST, None], {NEW}, stored=NEW if after else None)
    with kernel(folder) as second:
        printed = second.run(LOOK)
    # The older slot is the first one, once the second result counts.
    assert printed.splitlines()[-1] == f"1005 {0 if after else 1}"
    report("killed kernels", [wrong] if wrong else [], kills=1)
