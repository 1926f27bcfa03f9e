"""The files of scenarios: read only when they are files, and written as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.system import durable_files
from dualslot_widgets.system.uninterrupted import uninterrupted

#: Larger files are not read.
MAX_FILE_BYTES = 10_000_000


def read_users_file(path: Path) -> bytes:
    """Return what is in a file, at most a byte more than `MAX_FILE_BYTES`.

    Raises
    ------
    ScenarioError
        When it cannot be read, or is a folder, a pipe or a device.
    """
    try:
        return uninterrupted(
            lambda: durable_files.read_regular(path, MAX_FILE_BYTES + 1, follow=True)
        )
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        reason = getattr(error, "strerror", None) or error
        raise ScenarioError(f"{path}: cannot be read: {reason}") from error


def write_users_file(path: Path, text: str) -> None:
    """Write a file of text durably, in the place of what stood there.

    Raises
    ------
    ScenarioError
        When it could not be written; the old file is as before, unless the message says otherwise.
    """
    try:
        content = text.encode("utf-8")
        uninterrupted(lambda: durable_files.save(path, content))
    except durable_files.NotDurableError as error:
        raise ScenarioError(
            f"{path}: was written, but may not survive a power cut: {error.strerror}; save it again"
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ScenarioError(
            f"{path}: was not written, and what was there is as before: {reason}; free space, or "
            "choose a folder that exists and that you may write"
        ) from error
