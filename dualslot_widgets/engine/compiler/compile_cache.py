"""Keeps the compiled kernels on disk, in a folder named by the hash of what they are made of.

numba's own cache looks only at the file of the cached function; the kernels span several files, and
a stale kernel would play old rules. Folders are tried in this order: `NUMBA_CACHE_DIR`, the
package's `__pycache__`, the user's cache folder. Where none can be written the kernels are compiled
anew in every process. numba's cache classes are not public: pyproject.toml bounds its version.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import numba
import numpy as np
import platformdirs
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator

_logger = logging.getLogger(__name__)
_ENGINE = Path(__file__).parents[1]
#: The packages, inside the engine, of all that is compiled.
_COMPILED = ("compiler", "encoded", "rules")
#: What a kernel bakes in where it reads a global; a dtype says where a record's fields are.
BAKED_IN = (int, float, np.generic, np.dtype)


def kernels_hash() -> str:
    """Return a hash of numba's version, the kernels' sources, and every number that they bake in.

    A number may come from anywhere, as from a list of words of the scenario: its value is looked
    at, where the kernel finds it, and not the file that it comes from.
    """
    digest = hashlib.blake2b(numba.__version__.encode(), digest_size=8)
    package = __name__.removesuffix(".compiler.compile_cache")
    for file in sorted(file for name in _COMPILED for file in (_ENGINE / name).rglob("*.py")):
        name = ".".join([package, *file.relative_to(_ENGINE).with_suffix("").parts])
        found = vars(sys.modules[name]).items() if name in sys.modules else ()
        numbers = sorted((key, repr(value)) for key, value in found if isinstance(value, BAKED_IN))
        digest.update(repr((name, file.read_bytes(), numbers)).encode())
    return digest.hexdigest()


def cache_folder() -> Path | None:
    """Return the first folder that can be written for this version of the engine, or None."""
    named = os.environ.get("NUMBA_CACHE_DIR")
    places = [Path(named)] if named else []
    places += [_ENGINE / "__pycache__", platformdirs.user_cache_path("dualslot-widgets")]
    for place in places:
        folder = place / f"kernels-{kernels_hash()}"
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

    function._cache = EngineCache(function.py_func)
