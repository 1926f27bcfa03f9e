"""What storage does to files and folders beyond `durable_files`: files that are hashed, folders."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import weakref
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import Any

from dualslot_widgets.errors import StorageError
from dualslot_widgets.system.durable_files import (
    create,
    delete_file,
    kind_of,
    replace,
    sync_file,
    sync_folder,
    temporary_target,
    write_all,
)

_log = logging.getLogger(__name__)

# Written to the system in pieces of this size; pyarrow hands over many small ones.
_BUFFER_BYTES = 1 << 20


class Handle:
    """Owns an open descriptor, which is closed once, at the latest when nobody has the handle.

    That runs no Python code: Ctrl-C in a finalizer's first step would be swallowed, and the
    descriptor stay open. The interpreter's exit leaves closing to the system.
    """

    def __init__(self, fd: int) -> None:
        self._fd = fd
        self._closing = map(_close, (fd,))  # an iterator is asked for its only item once
        _owned.difference_update([one for one in list(_owned) if one() is None])
        _owned.add(weakref.ref(self, partial(next, self._closing)))

    @property
    def closed(self) -> bool:
        """Whether it is closed."""
        return self._fd < 0

    def fileno(self) -> int:
        """Return the descriptor; raises `ValueError` when it is closed."""
        if self._fd < 0:
            raise ValueError("this file is closed")
        return self._fd

    def close(self) -> None:
        """Close the descriptor; nothing when it is closed."""
        self._fd = -1
        next(self._closing, None)


#: Handles are of files that are read or locked: closing one is no step of a commit.
_close = os.close
#: References to all handles, each of which closes what its handle has left open.
_owned: set[weakref.ref[Handle]] = set()


class HashingFile:
    """A new file that is hashed while it is written; close it, or nothing is durable.

    The path must not exist. `close` writes what is left, fsyncs, and only then are `size` and
    `digest` those of the file on disk.
    """

    def __init__(self, path: Path) -> None:
        self._fd = create(path)
        self._hash = hashlib.blake2b(digest_size=32)
        self._pending = bytearray()
        self.closed = False
        self.size = 0

    @property
    def digest(self) -> str:
        """The blake2b of everything written, as 64 hexadecimal digits."""
        return self._hash.hexdigest()

    def write(self, data: Any) -> int:
        """Take bytes or anything with a buffer; return how many bytes that were."""
        view = memoryview(data).cast("B")
        self._hash.update(view)
        self.size += len(view)
        self._pending += view
        if len(self._pending) >= _BUFFER_BYTES:
            self.flush()
        return len(view)

    def flush(self) -> None:
        """Hand everything taken so far to the system."""
        with memoryview(self._pending) as view:
            write_all(self._fd, view)
        self._pending.clear()

    def close(self) -> None:
        """Write the rest, fsync and close."""
        if self.closed:
            return
        try:
            self.flush()
            sync_file(self._fd)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Close without a promise; the file is going to be deleted."""
        if not self.closed:
            self.closed = True
            os.close(self._fd)


def write_bytes(path: Path, content: bytes) -> tuple[int, str]:
    """Write a new file durably; return its size and blake2b."""
    file = HashingFile(path)
    try:
        file.write(content)
        file.close()
    finally:
        file.abandon()
    return file.size, file.digest


def make_folder(path: Path) -> None:
    """Make a folder with its parents, and make sure that it stays after a power cut.

    The parent is fsynced even when the folder was there already: whoever made it may have been
    killed before doing so.
    """
    missing = [path]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for folder in reversed(missing):
        add_folder(folder, follow=True)
        try:
            sync_folder(folder.parent)
        except PermissionError as error:
            # A parent that this user may enter but not list cannot be opened for its fsync.
            _log.debug("no fsync of folder %s: %s", folder.parent, error)


def possible_path(path: str | os.PathLike[str]) -> Path:
    """Return a user's path, absolute; raises `StorageError` when no system could have it."""
    found = Path(path).absolute()
    try:
        if b"\0" in os.fsencode(found):
            raise ValueError("it has a null character")
    except ValueError as error:
        raise StorageError(f"{str(path)!r:.200} cannot be a path: {error}; name another") from error
    return found


def add_folder(path: Path, *, follow: bool = False) -> None:
    """Make a folder unless it is there; nothing is made durable.

    A link to a folder is one only with `follow`; else it raises FileExistsError as a file does.
    """
    try:
        os.mkdir(path)
    except FileExistsError:
        if not (path.is_dir() if follow else is_folder(path)):
            raise


def kind_at(path: Path) -> str | None:
    """Return in words what stands in a place, nothing for a file; None when nothing stands there.

    Raises OSError when nobody can know.
    """
    try:
        return kind_of(os.lstat(path).st_mode)
    except FileNotFoundError:
        return None


def is_folder(path: Path) -> bool:
    """Say whether there is a folder, and no link to one; raises OSError when nobody can know."""
    return kind_at(path) == "a folder"


def sweep(folder: Path, names: Collection[str]) -> None:
    """Delete, best effort, what a killed process left of files that were to be put in a folder."""
    for name in os.listdir(folder):
        # Those of older versions had no number.
        old = name.removesuffix(".new") if name.endswith(".new") else None
        if temporary_target(name) in names or old in names:
            delete_file(folder / name)


def move(source: Path, target: Path) -> None:
    """Give a folder another name, under another parent too; `target` must not be there."""
    os.rename(source, target)


def put_new(source: Path, target: Path) -> None:
    """Give a file another name; raises FileExistsError rather than replace a file of that name.

    In one step where the system has hard links; elsewhere a file that another program makes at the
    same moment is replaced.
    """
    try:
        os.link(source, target)
    except FileExistsError:
        raise
    except OSError as error:
        _log.debug("no hard link to %s: %s", source, error)
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from error
        replace(source, target)
    else:
        delete_file(source)


def blake2b(content: bytes) -> str:
    """Return the blake2b of some bytes as 64 hexadecimal digits."""
    return hashlib.blake2b(content, digest_size=32).hexdigest()


def delete_folder(folder: Path) -> None:
    """Delete a folder of files, best effort: what stays is collected at a later commit."""
    try:
        if folder.is_symlink():  # what it leads to is not ours
            os.unlink(folder)
            return
        for name in os.listdir(folder):
            os.unlink(folder / name)
        os.rmdir(folder)
    except OSError as error:
        _log.debug("%s stays for now: %s", folder, error)
