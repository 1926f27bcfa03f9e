"""Opens the states that a power cut may leave of a commit, and keeps what broke the promise."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Collection
from pathlib import Path

import dualslot_widgets as dw
from tests.crash.bound_os import bind_os
from tests.crash.disk_model import FOLDER, Disk, State
from tests.crash.promise import Slots, broken_at_a_glance, broken_by
from tests.crash.traced_os import TracedOs
from tests.storage.small_data import seeds, small

#: Of so many states one is opened with everything that a kernel would do; it takes five times as
#: long, most of it for scenarios, whose bytes are known to be right by their hash.
OPENED_AS_BY_A_KERNEL = 10


class Cuts:
    """Every different state of the moments that it is asked to look at.

    Parameters
    ----------
    disk : Disk
    place : Path
        A folder for the folder in which each state is laid out.
    old : sequence
        The seed in each slot at the beginning.
    new : collection
        The seeds that are being stored.
    """

    def __init__(self, disk: Disk, place: Path, old: Slots, new: Collection[int]) -> None:
        self._disk, self._old, self._new = disk, old, new
        self._place = Path(tempfile.mkdtemp(prefix="cut", dir=place))
        self._seen: set[frozenset] = set()
        self._laid_out: State = {}
        self._opened = 0
        self.wrong: list[str] = []

    @property
    def count(self) -> int:
        return len(self._seen)

    def look(
        self, stored: int | None = None, share: float = 1.0, chance: random.Random | None = None
    ) -> None:
        """Open a share of the states of this moment; `stored` was reported as durable."""
        for choice in self._disk.choices():
            if chance is not None and chance.random() >= share:
                continue
            state = self._disk.state(choice)
            key = frozenset(state.items())
            if key not in self._seen or stored is not None:
                self._seen.add(key)
                self._open(state, stored)

    def _open(self, state: State, stored: int | None) -> None:
        try:
            self._lay_out(state)
        except OSError as error:  # which the commit that is being traced would take for its own
            raise RuntimeError(f"a state cannot be laid out: {error}") from error
        wrong = broken_at_a_glance(self._place, self._old, self._new, stored=stored)
        self._opened += 1
        if not wrong and self._opened % OPENED_AS_BY_A_KERNEL == 1:
            wrong = broken_by(self._place, self._old, self._new, stored=stored)
        if wrong:
            self.wrong.append(wrong)

    def _lay_out(self, state: State) -> None:
        """Make the files what they are in a state; most are as in the state before."""
        for name in sorted(set(self._laid_out) - set(state), reverse=True):
            path = self._place / name
            path.rmdir() if self._laid_out[name] is FOLDER else path.unlink()
        for name, content in sorted(state.items(), key=lambda entry: entry[0]):
            path = self._place / name  # a folder comes before what is in it
            if name in self._laid_out and self._laid_out[name] == content:
                continue
            path.mkdir() if content is FOLDER else path.write_bytes(content)
        self._laid_out = state


def filled(folder: Path, count: int) -> dw.SimulationStorage:
    """A storage with the seeds 0 to `count` - 1."""
    storage = dw.SimulationStorage(folder)
    storage.path.mkdir()
    for seed in range(count):
        storage.store_simulation(small(seed))
    return storage


def copied(storage: dw.SimulationStorage, place: Path) -> dw.SimulationStorage:
    return dw.SimulationStorage(shutil.copytree(storage.path, place))


def traced(monkeypatch, storage: dw.SimulationStorage, seed: int, traced_os: TracedOs) -> None:
    """Store while the operations are traced."""
    with monkeypatch.context() as patched:
        bind_os(traced_os, patched.setattr)
        storage.store_simulation(small(seed))


def recorded(monkeypatch, storage: dw.SimulationStorage, place: Path, seed: int) -> TracedOs:
    """Return the trace of a whole commit in a copy of a storage's folder."""
    copy = copied(storage, place)
    disk = Disk(copy.path)
    trace = TracedOs(disk)
    traced(monkeypatch, copy, seed, trace)
    disk.assert_complete()
    assert seed in seeds(copy)
    return trace
