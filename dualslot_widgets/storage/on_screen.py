"""The scenario that was on screen last in a folder of slots, in a small file beside them.

The file is a scenario's JSON, as `Scenario.save` writes it, and is replaced as a whole; of two
kernels the one that writes last wins. It is read as any stranger's file: bounded, never a link or a
pipe, and checked by the scenario's own gate. One that cannot be read as a scenario is never written
over: it is kept under another name.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from dualslot_widgets.errors import DamagedSlotError, ScenarioError, StorageError
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.scenario.scenario_files import MAX_FILE_BYTES
from dualslot_widgets.storage.disk.files import make_folder
from dualslot_widgets.storage.disk.remedies import remedy
from dualslot_widgets.system.durable_files import (
    NotRegularError,
    read_regular,
    replace,
    write_durably,
)

_log = logging.getLogger(__name__)

NAME = "on_screen.json"
#: What was set aside; the one that was set aside before goes.
DAMAGED_NAME = "on_screen.damaged.json"


def read_on_screen(root: Path) -> Scenario | None:
    """Return the scenario that was on screen last in a folder of slots; None when none is kept.

    Raises
    ------
    DamagedSlotError
        When what stands there is no scenario.
    StorageError
        When it cannot be read now.
    """
    file = root / NAME
    try:
        return _decode(read_regular(file, MAX_FILE_BYTES + 1))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except NotRegularError as error:
        raise DamagedSlotError(f"{file} {error.strerror}") from error
    except OSError as error:
        raise StorageError(f"{file} cannot be read: {error.strerror}; {remedy(error)}") from error
    except (ScenarioError, ValueError, RecursionError) as error:
        first = str(error).partition("\n")[0]
        raise DamagedSlotError(f"{file} is no scenario: {first:.300}") from error


def write_on_screen(root: Path, scenario: Scenario) -> None:
    """Keep a scenario as the one that was on screen last; it is durable when this returns.

    Raises
    ------
    StorageError
        When it could not be kept; the one that was kept before is as it was.
    """
    file = root / NAME
    content = scenario.to_json().encode()
    if len(content) > MAX_FILE_BYTES or _decode(content) != scenario:
        raise StorageError(
            f"{file} does not keep the scenario on screen, which is larger than a scenario file "
            "may be; remove something from it"
        )
    try:
        if read_on_screen(root) == scenario:
            return
    except DamagedSlotError as error:
        _set_aside(root, error)
    try:
        make_folder(root)
        write_durably(file, content)
    except OSError as error:
        raise StorageError(f"{file} cannot be written: {error.strerror}; {remedy(error)}") from (
            error
        )


def _decode(content: bytes) -> Scenario:
    if len(content) > MAX_FILE_BYTES:
        raise ValueError(f"it is larger than {MAX_FILE_BYTES:,} bytes")
    return Scenario.from_dict(json.loads(content.decode("utf-8")))


def _set_aside(root: Path, problem: DamagedSlotError) -> None:
    try:
        replace(root / NAME, root / DAMAGED_NAME)
    except OSError as error:
        raise StorageError(
            f"{problem}; it is left where it is, as it cannot be renamed to {DAMAGED_NAME}: "
            f"{os.strerror(error.errno or 0)}. Move it away"
        ) from error
    _log.warning("%s; it is kept as %s", problem, DAMAGED_NAME)
