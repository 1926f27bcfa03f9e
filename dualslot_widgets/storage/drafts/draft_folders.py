"""The folders of drafts, beside the slots: which are wanted, and which nobody wants any more.

The lock beside a folder is held as long as somebody wants the
draft; the system lets go of it when that process dies, and the next commit collects the folder.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path

from dualslot_widgets.storage.disk import files
from dualslot_widgets.storage.disk.lock import HeldLock, try_lock

_log = logging.getLogger(__name__)
DRAFTS_NAME = ".drafts"
_TOKEN = re.compile(r"[0-9a-f]{8}", re.ASCII)
_MAX_NAMES = 100
"""How many names of a new draft are tried, should others collect each before it is locked."""


def collect_drafts(root: Path) -> None:
    """Delete the drafts of processes that are gone, best effort."""
    drafts = root / DRAFTS_NAME
    try:
        if not files.is_folder(drafts):
            return
        names = {name.removesuffix(".lock") for name in os.listdir(drafts)}
    except OSError:
        return
    for name in filter(_TOKEN.fullmatch, names):
        try:
            held = try_lock(drafts / f"{name}.lock")
        except OSError:
            continue  # a link or a pipe is not one of ours
        if held is not None:  # nobody wants it
            discard(drafts / name, held)


def delete_generation(root: Path, folder: Path) -> None:
    """Delete a generation that nobody names any more, best effort; the writer's lock is held.

    Out of its place first: half deleted, it would look like one that is damaged.
    """
    gone = root / DRAFTS_NAME / folder.name[-8:]
    try:
        files.move(folder, gone)
    except OSError as error:
        _log.debug("%s stays for now: %s", folder, error)
    else:
        files.delete_folder(gone)


def hold(drafts: Path) -> tuple[str, HeldLock]:
    """Return the name of a new draft, and its lock, held.

    Another process that collects drafts may find the lock's file before it is locked. It has then
    locked or deleted it, and the next name is tried.
    """
    for _ in range(_MAX_NAMES):
        token = secrets.token_hex(4)
        held = try_lock(drafts / f"{token}.lock")
        if held is not None:
            return token, held
    raise FileNotFoundError(errno.ENOENT, "new files vanish", str(drafts))


def discard(
    folder: Path, held: HeldLock, writing: Mapping[str, files.HashingFile] | None = None
) -> None:
    """Delete a draft's folder and let go of its lock; not in a forked child, whose it is not."""
    for file in (writing or {}).values():
        file.abandon()
    if not held.is_own:
        held.leave_to_parent()
        return
    try:
        if os.path.lexists(folder):
            files.delete_folder(folder)
    finally:
        held.release(delete=True)
