"""A generation's own copy of its slot's record, for when the slot has none any more.

The copy is written before the generation comes into a slot, as `uncommitted.json`, and gets its
lasting name when the slot's metadata is durable. So a generation that a killed process left is
known from one whose metadata was lost. Where it stands, its number and the pin are in the slot's
metadata alone; the number is also in the folder's name.
"""

from __future__ import annotations

import errno
import logging
import os
from pathlib import Path

from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.record.metadata import (
    MAX_METADATA_BYTES,
    RECORD_NAME,
    UNCOMMITTED_NAME,
    SlotRecord,
    decode,
)
from dualslot_widgets.system.durable_files import NotRegularError, read_regular

_log = logging.getLogger(__name__)


def note_committed(folder: Path) -> None:
    """Give a generation's copy its lasting name, best effort: the next commit looks again."""
    if os.path.lexists(folder / UNCOMMITTED_NAME):
        try:
            files.move(folder / UNCOMMITTED_NAME, folder / RECORD_NAME)
        except OSError as error:
            _log.debug("%s stays as it is for now: %s", folder / UNCOMMITTED_NAME, error)


def was_committed(folder: Path) -> bool:
    """Say whether a slot's metadata must have named a generation once.

    Those of older versions have no copy, and are taken for committed.
    """
    if os.path.lexists(folder / UNCOMMITTED_NAME):
        return False
    return os.path.lexists(folder / RECORD_NAME) or os.path.lexists(folder / "runs.arrow")


def read_copy(folder: Path, name: str) -> SlotRecord:
    """Return a generation's own copy of its record.

    Raises
    ------
    FileNotFoundError
        When it has none.
    DamagedSlotError, UnknownLayoutError
        When it is damaged, or of a newer version.
    OSError
        When it cannot be read now.
    """
    if not files.is_folder(folder):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    try:
        raw = read_regular(folder / name, MAX_METADATA_BYTES + 1)
    except NotRegularError as error:
        raise DamagedSlotError("is not a regular file") from error
    return decode(raw, 0)


def is_copy(copy: SlotRecord, record: SlotRecord) -> bool:
    """Say whether two records are of the same result, wherever it stands."""
    return all(
        getattr(copy, name) == getattr(record, name)
        for name in ("parameters", "scenario", "files", "timestamp")
    )
