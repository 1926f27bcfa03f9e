"""`os` as storage's writing code sees it while a `Disk` is told of everything it does."""
# It stands for os, and calls what it stands for.
# ruff: noqa: PTH102, PTH104, PTH105, PTH106, PTH108

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from tests.crash.disk_model import FOLDER, Content, Disk, is_lock


class Killed(BaseException):
    """The process that writes is gone."""


class TracedOs:
    """`os`, which tells a `Disk` what it does; but nothing of locks.

    Parameters
    ----------
    disk : Disk
    before_each : callable
        Called before every operation that changes the disk.
    skip_sync : int, optional
        Number of the fsync, from 0, that is forgotten; may be set while it runs.
    kill_at : int, optional
        Number of the operation, from 0, before which the process is gone.

    Attributes
    ----------
    done : list of (str, str)
        Kind and relative path of each operation.
    """

    def __init__(
        self,
        disk: Disk,
        before_each: Callable[[], object] = lambda: None,
        skip_sync: int = -1,
        kill_at: int = -1,
    ) -> None:
        self._disk, self._before_each = disk, before_each
        self.skip_sync, self._kill_at = skip_sync, kill_at
        self._paths: dict[int, Path] = {}
        self.done: list[tuple[str, str]] = []
        self.syncs = 0

    def __getattr__(self, name: str) -> object:
        return getattr(os, name)

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.done]

    def _step(self, kind: str, path: str | Path) -> str:
        if 0 <= self._kill_at <= len(self.done):
            raise Killed
        self._before_each()
        name = self._disk.name(path)
        self.done.append((kind, name))
        return name

    def open(self, path: Path, flags: int, mode: int = 0o777) -> int:
        if is_lock(Path(path).name):
            fd = os.open(path, flags, mode)
            self._paths.pop(fd, None)  # of a file that somebody else closed
            return fd
        writes = flags & (os.O_WRONLY | os.O_RDWR)
        new = bool(writes) and not os.path.lexists(path)
        if new:
            self._step("create", path)
        fd = os.open(path, flags, mode)
        self._paths[fd] = Path(path)
        if new:
            self._disk.change(None, self._disk.name(path), Content())
        elif flags & os.O_TRUNC:
            self._reread(fd)
        return fd

    def _reread(self, fd: int) -> None:
        path = self._paths[fd]
        self._disk.now[self._disk.name(path)].live = path.read_bytes()

    def write(self, fd: int, data: bytes) -> int:
        if fd not in self._paths:
            return os.write(fd, data)
        self._step("write", self._paths[fd])
        count = os.write(fd, data)
        self._reread(fd)
        return count

    def ftruncate(self, fd: int, length: int) -> None:
        self._step("ftruncate", self._paths[fd])
        os.ftruncate(fd, length)
        self._reread(fd)

    def fsync(self, fd: int) -> None:
        name = self._step("fsync", self._paths[fd])
        self.syncs += 1
        if self.syncs - 1 == self.skip_sync:
            return
        content = self._disk.now.get(name, FOLDER)
        if content is FOLDER:
            self._disk.sync_folder(name)
        else:
            content.durable = content.live

    def close(self, fd: int) -> None:
        self._paths.pop(fd, None)
        os.close(fd)

    def mkdir(self, path: Path, mode: int = 0o777) -> None:
        if os.path.lexists(path):
            os.mkdir(path, mode)  # which refuses
        name = self._step("mkdir", path)
        os.mkdir(path, mode)
        self._disk.change(None, name, FOLDER)

    def replace(self, source: Path, target: Path) -> None:
        if is_lock(Path(target).name):
            os.replace(source, target)
            return
        self._step("replace", target)
        os.replace(source, target)
        old, new = self._disk.name(source), self._disk.name(target)
        self._disk.change(old, new, self._disk.now[old])

    def rename(self, source: Path, target: Path) -> None:
        if not source.is_dir():
            self.replace(source, target)
            return
        self._step("rename", target)
        os.rename(source, target)
        self._disk.move_folder(self._disk.name(source), self._disk.name(target))

    def unlink(self, path: Path) -> None:
        if is_lock(Path(path).name):
            os.unlink(path)
            return
        self._step("unlink", path)
        os.unlink(path)
        self._disk.change(self._disk.name(path), None, None)

    remove = unlink

    def rmdir(self, path: Path) -> None:
        self._step("rmdir", path)
        os.rmdir(path)
        self._disk.change(self._disk.name(path), None, None)
