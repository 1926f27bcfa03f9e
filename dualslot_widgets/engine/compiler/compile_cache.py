"""Keeps the compiled kernels on disk, in a folder named by the hash of the engine's sources.

numba's own cache looks only at the file of the cached function; the kernels span several files, and
a stale kernel would play old rules. Folders tried in order: `NUMBA_CACHE_DIR`, the package's
`__pycache__`, the user's cache folder. Where none can be written the kernels are compiled anew in
every process. Uses numba's cache classes, which are not public: pyproject.toml bounds its version.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from pathlib import Path
from typing import Any

import numba
import platformdirs
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator

_logger = logging.getLogger(__name__)
_ENGINE = Path(__file__).parents[1]


def sources_hash() -> str:
    """Return a hash of the engine's sources and numba's version."""
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    # The kernels also bake in word lists of the scenario floor.
    scenario = _ENGINE.parent / "scenario"
    words = ("actions", "creature", "dice", "effects", "spell_levels")
    files = [*_ENGINE.rglob("*.py"), *(scenario / f"{name}.py" for name in words)]
    files.append(_ENGINE.parent / "tables.py")
    for file in sorted(files):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def cache_folder() -> Path | None:
    """Return the first folder that can be written for this version of the engine, or None."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    places = [Path(named)] if named else []
    places += [_ENGINE / "__pycache__", platformdirs.user_cache_path("dualslot-widgets")]
    for place in places:
        folder = place / f"kernels-{sources_hash()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
        except OSError:
            continue
        return folder
    return None


def keep_on_disk(function: Any) -> None:
    """Make a compiled function load from and save to the cache folder, where there is one."""
    folder = cache_folder()
    if folder is None:
        _logger.warning(
            "No folder for the compiled engine can be written, so it is compiled in every process "
            "(5-10 s). Set NUMBA_CACHE_DIR to a folder of yours."
        )
        return

    stamp = folder.name

    class Locator(_CacheLocator):  # type: ignore[misc]
        def get_cache_path(self) -> str:
            return str(folder)

        def get_source_stamp(self) -> str:
            return stamp

        def get_disambiguator(self) -> str:
            return "engine"

        @classmethod
        def from_function(cls, *_: Any) -> Locator:
            return cls()

    class Implementation(CompileResultCacheImpl):  # type: ignore[misc]
        _locator_classes = (Locator,)

    class EngineCache(FunctionCache):  # type: ignore[misc]
        _impl_class = Implementation

    function._cache = EngineCache(function.py_func)  # noqa: SLF001  (no public way)
