"""The bundles of the front end, as `js/build.mjs` writes them into the package."""

from __future__ import annotations

import os
from pathlib import Path

_STATIC = Path(__file__).parents[2] / "static"


def read_bundle(name: str) -> str | Path:
    """Return a bundle's text; its path only for hot reloading (a path keeps widgets alive)."""
    path = _STATIC / name
    return path if os.environ.get("ANYWIDGET_HMR") == "1" else path.read_text(encoding="utf-8")
