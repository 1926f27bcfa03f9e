"""Other hosts than JupyterLab, as processes of their own: marimo and Voila."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.server import STOP_SECONDS, free_port
from tests.patience import SECONDS


@contextmanager
def host(folder: Path, *command: str, port_option: str) -> Iterator[str]:
    """Start a host in a folder, wait until it answers, give its address, and stop it.

    Parameters
    ----------
    folder : Path
        What it runs in; its home, too.
    command : str
        Module and arguments for Python.
    port_option : str
        How the host is told its port, such as ``"--port="``.
    """
    port, log = free_port(), folder / "host.log"
    repository = str(Path(__file__).parents[2])
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "IPYTHON"))}
    environment = kept | {
        "HOME": str(folder),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, (repository, kept.get("PYTHONPATH")))),
    }
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", *command, f"{port_option}{port}"],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait_until_it_answers(process, address, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            # The root of Voila runs a notebook; a path that is not there does not.
            with urllib.request.urlopen(address + "no-such-page", timeout=SECONDS):
                return
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)  # nothing to await: the port opens when it opens
    raise RuntimeError(f"the host did not start:\n{log.read_text()[-4000:]}")
