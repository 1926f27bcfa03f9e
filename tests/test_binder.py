"""Binder can build this repository: shown by repo2docker's own reading of it, without Docker."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import SECONDS

pytestmark = pytest.mark.packaging
REPOSITORY = Path(__file__).parents[1]
BINDER = REPOSITORY / "binder"


@pytest.fixture(scope="module")
def dockerfile() -> str:
    """What repo2docker would hand to Docker; it refuses a Python that it cannot supply."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "repo2docker", "--no-build", "--debug"),
            *("--user-id", "1000", "--user-name", "jovyan", str(REPOSITORY)),
        ],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def at(dockerfile: str, pattern: str) -> int:
    """Return where the one line that matches stands in the Dockerfile."""
    found = [match.start() for match in re.finditer(pattern, dockerfile, re.MULTILINE)]
    assert len(found) == 1, (pattern, found, dockerfile)
    return found[0]


def test_the_repository_is_copied_before_pip_installs_it(dockerfile):
    copied = at(dockerfile, r"^COPY .*src/ \$\{REPO_DIR\}")
    installed = at(dockerfile, r"^RUN .*pip install --no-cache-dir -r .*binder/requirements\.txt")
    warmed = at(dockerfile, r"^RUN \./binder/postBuild$")
    assert copied < installed < warmed


def test_binder_asks_for_a_python_that_the_package_supports(dockerfile):
    assert (BINDER / "runtime.txt").read_text().strip() == "python-3.12"
    assert "3.12" in dockerfile


def test_binder_asks_for_a_kernel_that_lets_threads_speak():
    assert "ipykernel>=7.1" in (BINDER / "requirements.txt").read_text().split()


def test_post_build_succeeds_with_the_package_installed(tmp_path):
    script = BINDER / "postBuild"
    assert os.access(script, os.X_OK)
    environment = os.environ | {
        "PATH": os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])),
        "PYTHONPATH": str(REPOSITORY),
    }
    subprocess.run([script], cwd=tmp_path, env=environment, timeout=SECONDS, check=True)
