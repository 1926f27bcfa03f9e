"""Strange things in the place of a file or a folder, and what must be left of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
from pathlib import Path

KINDS = (
    "link to a file",
    "dangling link",
    "link to a folder",
    "link to a device",
    "pipe",
    "hard link",
    "empty folder",
    "full folder",
    "socket",
    "file",
)
PRECIOUS = b"PRECIOUS " * 100


class Mine:
    """Somebody's own file and folder, which no storage may touch."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "mine"
        self.folder.mkdir()
        self.file = folder / "letter"
        self.file.write_bytes(PRECIOUS)
        (self.folder / "runs.arrow").write_bytes(PRECIOUS)
        (self.folder / "g00000001-00000000").mkdir()

    def assert_untouched(self) -> None:
        assert self.file.read_bytes() == PRECIOUS
        assert (self.folder / "runs.arrow").read_bytes() == PRECIOUS
        assert sorted(path.name for path in self.folder.iterdir()) == [
            "g00000001-00000000",
            "runs.arrow",
        ]


def put(path: Path, kind: str, mine: Mine) -> None:
    """Put something in the place of whatever stands there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    path.parent.mkdir(exist_ok=True)
    if kind.startswith("link to"):
        targets = {"file": mine.file, "folder": mine.folder, "device": "/dev/zero"}
        path.symlink_to(targets[kind.rpartition(" ")[2]])
    elif kind == "dangling link":
        path.symlink_to(mine.folder.parent / "nowhere")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "hard link":
        os.link(mine.file, path)
    elif kind == "socket":
        with contextlib.chdir(path.parent), socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    elif kind == "file":
        path.write_bytes(b"what somebody left")
    else:
        path.mkdir()
        if kind == "full folder":
            (path / "letter").write_bytes(PRECIOUS)
