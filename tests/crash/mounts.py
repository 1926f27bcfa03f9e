"""File systems of the battery's own, which can be full, read-only or without power."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.patience import SECONDS

#: Enough for two small results and ext4's journal.
IMAGE_BYTES = 16 << 20


class RefusedError(Exception):
    """The system does not let this process mount; says why."""


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode:
        raise RefusedError(f"{command[0]}: {done.stderr.strip()[-300:]}")


def why_not(*programs: str) -> str:
    """Say what is missing for mounting with some programs, nothing when nothing is."""
    if getattr(os, "geteuid", lambda: 1)() != 0:
        return "needs root, to mount"
    missing = [name for name in ("mount", "umount", *programs) if shutil.which(name) is None]
    return f"needs {', '.join(missing)}" if missing else ""


@contextmanager
def mounted(place: Path, *arguments: str) -> Iterator[Path]:
    """Mount at a folder, which is made; unmounted at the end."""
    place.mkdir(exist_ok=True)
    run("mount", *arguments, str(place))
    try:
        yield place
    finally:
        gc.collect()  # data sets keep their files open
        run("umount", str(place))


@contextmanager
def tmpfs(place: Path, **options: object) -> Iterator[Path]:
    """A file system in memory with limits, or a skip that says why there is none."""
    if why := why_not():
        pytest.skip(why)
    words = ",".join(f"{name}={value}" for name, value in options.items())
    with _or_skip("tmpfs", mounted(place, "-t", "tmpfs", "-o", words, "tmpfs")):
        yield place


def remount(place: Path, *options: str) -> None:
    """Change the options of what is mounted."""
    run("mount", "-o", f"remount,{','.join(options)}", str(place))


@contextmanager
def _or_skip(what: str, mount) -> Iterator[None]:
    try:
        mount.__enter__()
    except RefusedError as error:
        pytest.skip(f"needs a system that lets root mount {what}: {error}")
    try:
        yield
    finally:
        mount.__exit__(None, None, None)


def loop_mounted(image: Path, place: Path):
    """Mount an image of ext4."""
    return mounted(place, "-o", "loop", str(image))


def ext4_image(image: Path, place: Path) -> None:
    """Make an empty image of ext4 and mount it once, or skip and say what is refused."""
    if why := why_not("mkfs.ext4", "losetup"):
        pytest.skip(why)
    with image.open("wb") as file:
        file.truncate(IMAGE_BYTES)
    try:
        run("mkfs.ext4", "-q", "-F", str(image))
        with loop_mounted(image, place):
            pass
    except RefusedError as error:
        pytest.skip(f"needs a system that gives out loop devices: {error}")
