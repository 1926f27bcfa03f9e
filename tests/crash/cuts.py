"""Opens the states that a power cut may leave of a commit, and keeps what broke the promise."""

from __future__ import annotations

import random
import shutil
from collections.abc import Collection
from pathlib import Path

import dualslot_widgets as dw
from tests.crash.bound_os import bind_os
from tests.crash.disk_model import FOLDER, Disk, State
from tests.crash.promise import Slots, broken_by
from tests.crash.traced_os import TracedOs
from tests.storage.small_data import seeds, small


class Cuts:
    """Every different state of the moments that it is asked to look at.

    Parameters
    ----------
    disk : Disk
    place : Path
        Where each state is laid out; no such folder yet.
    old : sequence
        The seed in each slot at the beginning.
    new : collection
        The seeds that are being stored.
    """

    def __init__(self, disk: Disk, place: Path, old: Slots, new: Collection[int]) -> None:
        self._disk, self._place, self._old, self._new = disk, place, old, new
        self._seen: set[frozenset] = set()
        self.wrong: list[str] = []

    @property
    def count(self) -> int:
        return len(self._seen)

    def look(
        self, stored: int | None = None, share: float = 1.0, chance: random.Random | None = None
    ) -> None:
        """Open a share of the states of this moment; `stored` was reported as durable."""
        for state in self._disk.states():
            if chance is not None and chance.random() >= share:
                continue
            key = frozenset(state.items())
            if key not in self._seen or stored is not None:
                self._seen.add(key)
                self._open(state, stored)

    def _open(self, state: State, stored: int | None) -> None:
        self._place.mkdir()
        try:
            for name, content in sorted(state.items(), key=lambda entry: entry[0]):
                path = self._place / name  # a folder comes before what is in it
                if content is FOLDER:
                    path.mkdir()
                else:
                    path.write_bytes(content)
            if wrong := broken_by(self._place, self._old, self._new, stored=stored):
                self.wrong.append(wrong)
        finally:
            shutil.rmtree(self._place)


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
