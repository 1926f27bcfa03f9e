"""What a user installs: one version, a whole wheel, an import that stays at home."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import dualslot_widgets
from tests.patience import SECONDS

pytestmark = pytest.mark.packaging
REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "dualslot_widgets"
#: 100 kB until every message was acknowledged, kept and sent again, and a page without a kernel
#: became readable: four kilobytes in each bundle, and some room.
BUNDLE_BYTES = 110_000

#: Imports every module of the installed package, where a connection to anywhere is an error.
IMPORT_ALL = """
import importlib, pkgutil, socket

def refuse(*args, **kwargs):
    raise AssertionError(f"the import reached for the network: {args}")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
import dualslot_widgets

for module in pkgutil.walk_packages(dualslot_widgets.__path__, "dualslot_widgets."):
    importlib.import_module(module.name)
for name in dualslot_widgets.__all__:
    getattr(dualslot_widgets, name)
print(dualslot_widgets.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built from the source distribution, so that both are known to be whole."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*command, str(REPOSITORY)], check=True, timeout=SECONDS)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def clean_python(wheel, tmp_path_factory) -> Path:
    """The interpreter of a new environment with the wheel, its dependencies, and nothing else."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, with_pip=True)
    python = home / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run([python, *install], check=True, timeout=280)
    return python


def run(python: Path, code: str, folder: Path) -> str:
    """Run code far from the repository, isolated from its folder and from the user's settings."""
    done = subprocess.run(
        [python, "-I", "-W", "error", "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_version_is_written_down_in_one_place():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    assert "version" not in project["project"]
    assert project["tool"]["hatch"]["version"]["path"] == "dualslot_widgets/_version.py"
    version = dualslot_widgets.__version__
    assert version == importlib.metadata.version("dualslot-widgets")
    holders = [path.name for path in PACKAGE.rglob("*.py") if f'"{version}"' in path.read_text()]
    assert holders == ["_version.py"]


def test_the_wheel_holds_every_file_of_the_package(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    expected = {
        path.relative_to(REPOSITORY).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts)
    }
    assert expected <= held, expected - held
    assert "dualslot_widgets/static/simulation_display.js" in held
    assert "dualslot_widgets/static/kit.css" in held
    assert "dualslot_widgets/library/srd_monsters.json" in held
    assert "dualslot_widgets/py.typed" in held


def test_the_wheel_holds_the_license_and_the_attribution_and_no_tests(wheel):
    with zipfile.ZipFile(wheel) as archive:
        held = archive.namelist()
    licenses = {Path(name).name for name in held if "/licenses/" in name}
    assert licenses == {"LICENSE", "ATTRIBUTION.md"}
    assert {name.partition("/")[0].partition("-")[0] for name in held} == {"dualslot_widgets"}


def test_every_bundle_stays_under_its_budget():
    sizes = {path.name: path.stat().st_size for path in (PACKAGE / "static").glob("*.js")}
    assert sizes
    assert max(sizes.values()) < BUNDLE_BYTES, sizes


@pytest.mark.timeout(420)
def test_the_wheel_imports_in_a_clean_environment_without_the_network(clean_python, tmp_path):
    imported = Path(run(clean_python, IMPORT_ALL, tmp_path))
    assert clean_python.parents[1] in imported.parents
