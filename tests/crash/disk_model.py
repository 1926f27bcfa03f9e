"""A disk that remembers what is durable, and every state that a power cut may leave of it.

It is more cruel than real file systems: until a folder is fsynced, any of its changes may be lost
or kept on its own, in any order; until a file is fsynced, any part of it may be missing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

FOLDER = None
State = dict[str, bytes | None]


class Killed(BaseException):
    """The process that writes is gone."""


class Content:
    """What a file holds, and what of it is durable."""

    def __init__(self, durable: bytes = b"") -> None:
        self.live, self.durable = durable, durable


class Disk:
    """The files below one folder, by relative path; FOLDER for a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.durable: dict[str, Content | None] = {
            self.name(path): FOLDER if path.is_dir() else Content(path.read_bytes())
            for path in sorted(root.rglob("*"))
            if not path.name.startswith(".lock")
        }
        self.now = dict(self.durable)
        self._pending: list[tuple[str, str | None, str | None, Content | None]] = []

    def name(self, path: str | Path) -> str:
        return os.path.relpath(path, self.root)

    def change(self, removed: str | None, added: str | None, content: Content | None) -> None:
        """Remove one entry of a folder and add another, in one step."""
        folder = str(PurePosixPath(removed or added).parent)
        _apply(self.now, removed, added, content)
        self._pending.append((folder, removed, added, content))

    def sync_folder(self, name: str) -> None:
        for folder, *change in self._pending:
            if folder == name:
                _apply(self.durable, *change)
        self._pending = [entry for entry in self._pending if entry[0] != name]

    def states(self) -> Iterator[State]:
        """What a power cut may leave: none, one, all but one or all of the changes not fsynced."""
        count = len(self._pending)
        kept = [set(), set(range(count))]
        kept += [{n} for n in range(count)]
        kept += [set(range(count)) - {n} for n in range(count)]
        for chosen in kept:
            entries = dict(self.durable)
            for number, (_, *change) in enumerate(self._pending):
                if number in chosen:
                    _apply(entries, *change)
            for torn in (False, True):
                yield {
                    name: _left(content, torn)
                    for name, content in entries.items()
                    if all(str(p) in entries for p in PurePosixPath(name).parents if str(p) != ".")
                }


def _apply(entries: dict, removed: str | None, added: str | None, content: object) -> None:
    if removed is not None:
        entries.pop(removed, None)
    if added is not None:
        entries[added] = content


def _left(content: Content | None, torn: bool) -> bytes | None:
    if content is FOLDER:
        return FOLDER
    return (
        content.live[: len(content.live) // 2] if torn and _unsynced(content) else content.durable
    )


def _unsynced(content: Content) -> bool:
    return content.live != content.durable


class TracedOs:
    """`os`, which tells a `Disk` what it does.

    Parameters
    ----------
    disk : Disk
    before_each : callable
        Called before every operation that changes the disk.
    skip_sync : int, optional
        Number of the fsync, from 0, that is forgotten.
    kill_at : int, optional
        Number of the operation, from 0, before which the process is gone.
    """

    def __init__(
        self,
        disk: Disk,
        before_each: Callable[[], object] = lambda: None,
        skip_sync: int = -1,
        kill_at: int = -1,
    ) -> None:
        self._disk, self._before_each = disk, before_each
        self._skip_sync, self._kill_at = skip_sync, kill_at
        self._files: dict[int, Content] = {}
        self._folders: dict[int, str] = {}
        self.done: list[str] = []
        self.syncs = 0

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)

    def _step(self, what: str) -> None:
        if 0 <= self._kill_at <= len(self.done):
            raise Killed
        self._before_each()
        self.done.append(what)

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        if not flags & os.O_CREAT:
            fd = os.open(path, flags, mode)
            self._folders[fd] = self._disk.name(path)
            return fd
        self._step("create")
        fd = os.open(path, flags, mode)
        self._files[fd] = Content()
        self._disk.change(None, self._disk.name(path), self._files[fd])
        return fd

    def write(self, fd: int, data: bytes) -> int:
        self._step("write")
        count = os.write(fd, data)
        self._files[fd].live += bytes(data[:count])
        return count

    def fsync(self, fd: int) -> None:
        self._step("fsync")
        self.syncs += 1
        if self.syncs - 1 == self._skip_sync:
            return
        if fd in self._files:
            self._files[fd].durable = self._files[fd].live
        else:
            self._disk.sync_folder(self._folders[fd])

    def close(self, fd: int) -> None:
        self._files.pop(fd, None)
        self._folders.pop(fd, None)
        os.close(fd)

    def mkdir(self, path: Path) -> None:
        self._step("mkdir")
        path.mkdir()
        self._disk.change(None, self._disk.name(path), FOLDER)

    def replace(self, source: Path, target: Path) -> None:
        self._step("replace")
        source.replace(target)
        old, new = self._disk.name(source), self._disk.name(target)
        self._disk.change(old, new, self._disk.now[old])

    def unlink(self, path: Path) -> None:
        self._step("unlink")
        path.unlink()
        self._disk.change(self._disk.name(path), None, None)

    def rmdir(self, path: Path) -> None:
        self._step("rmdir")
        path.rmdir()
        self._disk.change(self._disk.name(path), None, None)
