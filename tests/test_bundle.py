"""The committed front end is what its source builds: not edited by hand, not forgotten."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.patience import SECONDS

pytestmark = pytest.mark.packaging
REPOSITORY = Path(__file__).parents[1]
JS = REPOSITORY / "js"
STATIC = Path("dualslot_widgets") / "static"


def test_the_committed_bundle_is_what_the_source_builds(tmp_path):
    installed = JS / "node_modules"
    assert installed.exists(), "run `make js` first: it installs what the build needs"
    shutil.copytree(JS, tmp_path / "js", ignore=shutil.ignore_patterns("node_modules"))
    (tmp_path / "js" / "node_modules").symlink_to(installed, target_is_directory=True)
    (tmp_path / STATIC).mkdir(parents=True)
    npm = shutil.which("npm")
    assert npm, "the front end is built with node and npm: install them"
    subprocess.run([npm, "run", "build"], cwd=tmp_path / "js", check=True, timeout=SECONDS)
    built, committed = (
        {path.name: path.read_bytes() for path in folder.iterdir()}
        for folder in (tmp_path / STATIC, REPOSITORY / STATIC)
    )
    assert built
    stale = sorted(n for n in built.keys() | committed.keys() if built.get(n) != committed.get(n))
    assert not stale, f"run `make js` and commit: {stale}"
