"""Cuts the power of a real file system while a data set is stored in it, again and again.

    python -m tests.crash.ext4_cuts IMAGE SEED POINTS [careless]

IMAGE is ext4 with a folder `simulations`, which each commit starts from. A forked process stores;
before one of its operations ext4 is told to stop at once (EXT4_IOC_SHUTDOWN), and whatever is not
on the disk by then is lost. Then it is mounted again, as at the next start. Prints one JSON line
for each cut.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import shutil
import struct
import sys
from pathlib import Path

import dualslot_widgets as dw
from tests.crash.bound_os import bind_os
from tests.crash.failing_os import OPERATIONS
from tests.crash.mounts import loop_mounted
from tests.crash.own_process import REFUSED, STORED, forked, prepared, waited
from tests.crash.promise import broken_by
from tests.storage.small_data import seeds, small

NEW, LATER = 9, 77
#: _IOR('X', 125, __u32) of linux/fs/ext4/ext4.h, and its flags: with what is in the journal's
#: memory written, or lost too.
EXT4_IOC_SHUTDOWN = 0x8004587D
WITH_JOURNAL, WITHOUT_JOURNAL = 1, 2


class CuttingOs:
    """`os`, which cuts the power of a file system before its n-th operation.

    Parameters
    ----------
    top : Path
        Of the file system.
    cut_at : int
        0 for never.
    flag : int
        WITH_JOURNAL or WITHOUT_JOURNAL.
    careless : bool
        Whether fsync does nothing, to see that it is found out.
    """

    def __init__(self, top: Path, cut_at: int, flag: int, careless: bool) -> None:
        self._fd = os.open(top, os.O_RDONLY)
        self._cut_at, self._flag, self._careless = cut_at, flag, careless
        self.count = 0

    def cut(self) -> None:
        fcntl.ioctl(self._fd, EXT4_IOC_SHUTDOWN, struct.pack("I", self._flag))

    def __getattr__(self, name):
        real = getattr(os, name)
        if name not in OPERATIONS:
            return real

        def operation(*arguments, **options):
            self.count += 1
            if self.count == self._cut_at:
                self.cut()
            if name == "fsync" and self._careless:
                return None
            return real(*arguments, **options)

        return operation


def store(folder: Path, cutting: CuttingOs) -> int:
    storage = dw.SimulationStorage(folder)
    bind_os(cutting)
    try:
        storage.store_simulation(small(NEW))
    except dw.StorageError:
        return REFUSED
    if cutting.count < cutting._cut_at:
        cutting.cut()  # right behind it
    return STORED


def check(folder: Path, old: list[int | None], code: int, told: int) -> int:
    """Open what is left; its files must be closed again before the file system is."""
    stored = NEW if code == STORED else None
    os.write(told, broken_by(folder, old, {NEW}, stored=stored, thorough=True).encode())
    return STORED


def point(image: Path, old: list[int | None], cut_at: int, flag: int, careless: bool) -> dict:
    """Cut the power once, and say what is left."""
    copy, place = image.with_suffix(".cut"), image.with_suffix(".mounted")
    shutil.copyfile(image, copy)
    folder = place / "simulations"
    with loop_mounted(copy, place):
        code = waited(forked(lambda: store(folder, CuttingOs(place, cut_at, flag, careless))))
    answers, told = os.pipe()
    with loop_mounted(copy, place):
        checked = waited(forked(lambda: check(folder, old, code, told)))
    os.close(told)
    with os.fdopen(answers) as answer:
        wrong = answer.read()
    if checked != STORED or code not in (STORED, REFUSED):
        wrong = f"ended with {code}, {checked}; {wrong}"
    return {"cut_at": cut_at, "flag": flag, "code": code, "wrong": wrong}


def operations(image: Path) -> tuple[int, list[int | None]]:
    """Count the operations of a commit, in an image that is thrown away; and read its slots."""
    copy, place = image.with_suffix(".cut"), image.with_suffix(".mounted")
    shutil.copyfile(image, copy)
    answers, told = os.pipe()

    def count() -> int:
        folder = place / "simulations"
        old = seeds(dw.SimulationStorage(folder))
        counting = CuttingOs(place, 0, 0, careless=False)
        store(folder, counting)
        os.write(told, json.dumps([counting.count, old]).encode())
        return STORED

    with loop_mounted(copy, place):
        if waited(forked(count)) != STORED:
            sys.exit("a commit without a cut does not get through")
    os.close(told)
    with os.fdopen(answers) as answer:
        number, old = json.loads(answer.read())
    return number, old


def main() -> None:
    """Cut the power at points of a commit chosen at random, and always behind its last one."""
    image, chance, most = Path(sys.argv[1]), random.Random(int(sys.argv[2])), int(sys.argv[3])
    prepared((*range(2), NEW, LATER))
    count, old = operations(image)
    points = [(at, flag) for at in range(1, count + 1) for flag in (WITH_JOURNAL, WITHOUT_JOURNAL)]
    chosen = chance.sample(points, min(most - 1, len(points)))
    for cut_at, flag in [*sorted(chosen), (count + 1, WITHOUT_JOURNAL)]:
        print(json.dumps(point(image, old, cut_at, flag, sys.argv[4:] == ["careless"])), flush=True)


if __name__ == "__main__":
    main()
