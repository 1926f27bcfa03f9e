"""Where compiled kernels are kept, and that old ones are never taken for new ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import platformdirs
import pytest

from dualslot_widgets.engine.compiler import compile_cache
from tests.fresh_process import run

FIRST_RESULT = """import dualslot_widgets as dw
print(dw.simulate(dw.starter_scenario(), runs=5).analysis.wins)"""


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The package's folder and the user's cache, both in a temporary folder."""
    package = tmp_path / "package" / "engine"
    whole = Path(compile_cache.__file__).parents[2]
    shutil.copytree(whole / "engine", package, ignore=lambda *_: ["__pycache__"])
    shutil.copytree(whole / "scenario", package.parent / "scenario")
    shutil.copy(whole / "tables.py", package.parent)
    monkeypatch.setattr(compile_cache, "_ENGINE", package)
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path / "user")
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    return package, tmp_path


def block(folder: Path) -> None:
    """Make sure that no folder can be made there, not even by root."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")


def test_it_is_beside_the_package_where_that_can_be_written(places):
    package, _ = places
    assert compile_cache.cache_folder().parent == package / "__pycache__"


def test_a_package_that_cannot_be_written_leads_to_the_user_s_cache(places):
    package, home = places
    block(package / "__pycache__")
    assert compile_cache.cache_folder().parent == home / "user"


def test_the_folder_that_the_user_names_comes_first(places, monkeypatch):
    _, home = places
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(home / "named"))
    assert compile_cache.cache_folder().parent == home / "named"


def test_nowhere_to_write_is_said_and_no_obstacle(places, caplog):
    package, home = places
    block(package / "__pycache__")
    block(home / "user")
    assert compile_cache.cache_folder() is None
    compile_cache.keep_on_disk(object())
    assert "NUMBA_CACHE_DIR" in caplog.text


def test_other_sources_have_another_folder(places):
    package, _ = places
    before = compile_cache.cache_folder()
    for file in (package / "rules/dice.py", package.parent / "scenario" / "dice.py"):
        file.write_text(file.read_text() + "\n# changed\n")
        assert compile_cache.cache_folder() != before
        before = compile_cache.cache_folder()


@pytest.mark.slow
def test_a_second_process_loads_what_the_first_compiled(tmp_path):
    cache = {"NUMBA_CACHE_DIR": str(tmp_path)}
    run(FIRST_RESULT, environment=cache)
    files = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.nb*")}
    assert {file.suffix for file in files} == {".nbi", ".nbc"}
    run(FIRST_RESULT, environment=cache)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.nb*")} == files
