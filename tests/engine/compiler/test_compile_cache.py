"""Where compiled kernels are kept, and that old ones are never taken for new ones."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import platformdirs
import pytest
from numba.core.dispatcher import Dispatcher

from dualslot_widgets.engine.compiler import compile_cache
from dualslot_widgets.engine.encoded import world
from dualslot_widgets.engine.rules import dice, encounter, hit_points
from tests.fresh_process import run

FIRST_RESULT = """import dualslot_widgets as dw
print(dw.simulate(dw.starter_scenario(), runs=5).analysis.wins)"""
#: The packages of which every file, and every number in it, decides the folder.
LOOKED_AT = tuple(f"dualslot_widgets.engine.{name}" for name in ("compiler", "encoded", "rules"))


@pytest.fixture
def places(tmp_path, monkeypatch):
    """The package's folder and the user's cache, both in a temporary folder."""
    package = tmp_path / "package" / "engine"
    engine = Path(compile_cache.__file__).parents[1]
    shutil.copytree(engine, package, ignore=lambda *_: ["__pycache__"])
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
    (package / "rules" / "new_rule.py").write_text("# added\n")
    added = compile_cache.cache_folder()
    file = package / "rules" / "dice.py"
    file.write_text(file.read_text() + "\n# changed\n")
    assert len({before, added, compile_cache.cache_folder()}) == 3


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        (hit_points, "DEX", 2),
        (encounter, "MAX_COMBATANTS", 61),
        (dice, "_ONE", np.uint64(2)),
        (world, "WORLD", np.dtype([("hp", np.int64, (3,))])),
    ],
)
def test_other_numbers_have_another_folder(places, monkeypatch, module, name, value):
    """As when the scenario lists its words in another order, or allows more combatants."""
    before = compile_cache.cache_folder()
    monkeypatch.setattr(module, name, value)
    assert compile_cache.cache_folder() != before


def test_what_a_kernel_reads_is_a_number_or_made_in_a_file_that_is_looked_at():
    """So that nothing that is baked in can be forgotten, wherever it comes from."""
    modules = [m for name, m in sys.modules.items() if name.startswith(LOOKED_AT)]
    kernels = {v for m in modules for v in vars(m).values() if isinstance(v, Dispatcher)}
    assert len(kernels) > 80
    for kernel in kernels:
        function = kernel.py_func
        for name in set(function.__code__.co_names) & function.__globals__.keys():
            value = function.__globals__[name]
            made_in = getattr(value, "py_func", getattr(value, "_defn", value))
            known = isinstance(value, compile_cache.BAKED_IN) or value is np
            assert known or made_in.__module__.startswith(LOOKED_AT), (kernel, name)


@pytest.mark.slow
def test_a_second_process_loads_what_the_first_compiled(tmp_path):
    cache = {"NUMBA_CACHE_DIR": str(tmp_path)}
    run(FIRST_RESULT, environment=cache)
    files = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.nb*")}
    assert {file.suffix for file in files} == {".nbi", ".nbc"}
    run(FIRST_RESULT, environment=cache)
    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*.nb*")} == files
