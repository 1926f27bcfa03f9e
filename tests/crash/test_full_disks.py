"""A disk that is full, in bytes or in files, and a limit on the size of files."""

from __future__ import annotations

import re
import shutil
import signal
from collections.abc import Callable
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

import dualslot_widgets as dw
from tests.crash.cuts import filled
from tests.crash.mounts import tmpfs
from tests.crash.promise import broken_afterwards, broken_by
from tests.crash.summary import report
from tests.storage.small_data import seeds, small

NEW = 9
PAGE = 4096
#: More pages or files than a commit takes.
MOST = 200


def refused(folder: Path, before: Path, trouble, remedy: str) -> tuple[bool, list[str]]:
    """Store amid trouble and, if that is refused, again without; say what was not as promised."""
    shutil.copytree(before, folder)
    wrong = []
    try:
        old = seeds(dw.SimulationStorage(folder))
        storage = dw.SimulationStorage(folder)
        with trouble:
            try:
                storage.store_simulation(small(NEW))
            except dw.StorageError as error:
                told = str(error)
            else:
                return False, []
            wrong.append(broken_by(folder, old, ()))
        if not re.search(remedy, told):
            wrong.append(f"no remedy in {told!r}")
        slot = storage.store_simulation(small(NEW))
        wrong.append("" if seeds(storage)[slot] == NEW else "it was not stored afterwards")
        wrong.append(broken_afterwards(storage))
        return True, [one for one in wrong if one]
    finally:
        shutil.rmtree(folder)


@contextmanager
def all_but(free: int, fill: Callable[[Path], None], disk: Path):
    """Fill a disk and take back so many of the pieces that it was filled with."""
    filler = disk / "filler"
    filler.mkdir()
    for number in count():
        try:
            fill(filler / str(number))
        except OSError:
            break
    for number in range(free):
        (filler / str(number)).unlink(missing_ok=True)
    try:
        yield
    finally:
        shutil.rmtree(filler)


def one_page(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        file.write(bytes(PAGE))


def one_file(path: Path) -> None:
    path.touch(exist_ok=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("limits", "fill"),
    [({"size": "1m", "nr_inodes": 1000}, one_page), ({"size": "2m", "nr_inodes": 80}, one_file)],
    ids=["no space", "no files"],
)
def test_a_full_disk_is_told_and_costs_nothing(tmp_path, limits, fill):
    wrong, tried = [], 0
    with tmpfs(tmp_path / "disk", **limits) as disk:
        before = filled(tmp_path / "before", 2).path
        for free in range(MOST):
            was_refused, found = refused(
                disk / "simulations", before, all_but(free, fill, disk), "free space"
            )
            wrong += found
            if not was_refused:
                break
            tried += 1
    assert 5 < tried < MOST - 1
    report("full disks", wrong, points=tried)


@contextmanager
def no_file_larger_than(limit: int):
    resource = pytest.importorskip("resource")
    assert signal.getsignal(signal.SIGXFSZ) is signal.SIG_IGN  # as Python has it
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="needs RLIMIT_FSIZE")
def test_a_limit_on_the_size_of_files_is_told_and_costs_nothing(tmp_path):
    storage = filled(tmp_path / "before", 2)
    sizes = {path.stat().st_size for path in storage.path.rglob("slot_1/**/*") if path.is_file()}
    wrong, tried = [], 0
    for limit in sorted({0, 1, *(size // 2 for size in sizes)}):
        was_refused, found = refused(
            tmp_path / "simulations", storage.path, no_file_larger_than(limit), r"ulimit -f"
        )
        assert was_refused, limit
        wrong += found
        tried += 1
    assert tried > 5
    report("full disks", wrong, points=tried)
