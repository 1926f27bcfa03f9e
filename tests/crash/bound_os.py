"""Where storage's writing code finds `os`, so that a stand-in can take its place.

Found by looking at the modules, not listed: one that begins to write is in the battery at once. The
room below storage that writes for it is one of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from types import ModuleType

from dualslot_widgets import storage
from dualslot_widgets.system import durable_files

#: They close what they have read, and change nothing.
READERS = ("slots_on_disk", "generation")


def writing_modules() -> list[ModuleType]:
    """All modules of storage that know `os`, but for the readers, and what writes for them."""
    names = [
        found.name for found in pkgutil.walk_packages(storage.__path__, f"{storage.__name__}.")
    ]
    modules = [importlib.import_module(name) for name in names]
    return [
        durable_files,
        *(
            module
            for module in modules
            if "os" in vars(module) and module.__name__.rpartition(".")[2] not in READERS
        ),
    ]


def bind_os(stand_in: object, set_attribute: Callable[..., None] = setattr) -> None:
    """Give every writing module another `os`; a monkeypatch's `setattr` takes it back."""
    for module in writing_modules():
        set_attribute(module, "os", stand_in)
