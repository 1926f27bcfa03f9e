"""A power cut at any moment of a commit: every state that may be left is whole."""

from __future__ import annotations

import shutil

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage import commit, files
from tests.crash.disk_model import FOLDER, Disk, Killed, State, TracedOs
from tests.storage.small_data import seeds, small

NEW, SECOND = 9, 10
#: Five files, their folder, the slot's folder, the metadata, the slot's folder again.
NEEDED_SYNCS = 9
#: After those of the folder that holds all, and of its own entries.
SYNC_BEFORE_CLEANING = 2


class Cuts:
    """Opens each different state that a disk may be left in; keeps what was wrong with it."""

    def __init__(self, disk: Disk, place, old: list[int | None], *new: int) -> None:
        self._disk, self._place, self._old, self._new = disk, place, old, set(new)
        self._seen: set[frozenset] = set()
        self.wrong: list[str] = []

    @property
    def count(self) -> int:
        return len(self._seen)

    def look(self, *, stored: int | None = None) -> None:
        """Open all states of this moment; `stored` was reported as durable."""
        for state in self._disk.states():
            if self.wrong:
                return
            key = frozenset(state.items())
            if key not in self._seen or stored is not None:
                self._seen.add(key)
                self._open(state, stored)

    def _open(self, state: State, stored: int | None) -> None:
        self._place.mkdir()
        for name, content in sorted(
            state.items(), key=lambda entry: entry[0]
        ):  # a folder before what is in it
            path = self._place / name
            if content is FOLDER:
                path.mkdir()
            else:
                path.write_bytes(content)
        storage = dw.SimulationStorage(self._place)
        try:
            found = seeds(storage)
            # Every byte has its hash; what the bytes say is compared by the tests of kills.
            assert [check for check in storage.verify() if check.problem] == []
            for was, now in zip(self._old, found, strict=True):
                assert now == was or now in self._new, f"slots {self._old} became {found}"
            assert stored is None or stored in found, f"{stored} was stored, slots are {found}"
        except AssertionError as error:
            self.wrong.append(str(error))
        finally:
            storage.close()
            shutil.rmtree(self._place, ignore_errors=True)


@pytest.fixture(params=[0, 1, 2], ids=lambda number: f"{number} stored before")
def before(request, tmp_path):
    return filled(tmp_path, request.param)


@pytest.fixture
def full(tmp_path):
    return filled(tmp_path, 2)


def filled(tmp_path, count):
    storage = dw.SimulationStorage(tmp_path / "before")
    storage.path.mkdir()
    for seed in range(count):
        storage.store_simulation(small(seed))
    return storage


def traced(monkeypatch, storage, seed, traced_os) -> None:
    """Store while the operations are traced."""
    with monkeypatch.context() as patched:
        patched.setattr(files, "os", traced_os)
        patched.setattr(commit, "os", traced_os)
        storage.store_simulation(small(seed))


@pytest.mark.slow
def test_a_power_cut_at_any_moment_costs_nothing(before, tmp_path, monkeypatch):
    disk = Disk(before.path)
    cuts = Cuts(disk, tmp_path / "cut", seeds(before), NEW)
    traced_os = TracedOs(disk, cuts.look)
    traced(monkeypatch, before, NEW, traced_os)
    cuts.look(stored=NEW)
    print(f"{cuts.count} states after {len(traced_os.done)} operations")
    assert cuts.wrong == []
    assert cuts.count > 30


@pytest.mark.slow
def test_every_fsync_is_needed(full, tmp_path, monkeypatch):
    needed, number = [], 0
    while True:
        copy = dw.SimulationStorage(shutil.copytree(full.path, tmp_path / str(number)))
        disk = Disk(copy.path)
        cuts = Cuts(disk, tmp_path / "cut", seeds(copy), NEW)
        traced_os = TracedOs(disk, cuts.look, skip_sync=number)
        traced(monkeypatch, copy, NEW, traced_os)
        cuts.look(stored=NEW)
        if number >= traced_os.syncs:
            break
        if cuts.wrong:
            needed.append(number)
        number += 1
    print(f"{len(needed)} of {number} fsyncs are needed: {needed}")
    assert len(needed) == NEEDED_SYNCS
    assert needed == list(range(number - NEEDED_SYNCS, number))
    assert cuts.wrong == []  # the last one, which forgot nothing


def killed_then_cut(monkeypatch, copy, place, old, kill_at, forgotten) -> Cuts:
    """Kill a commit, and let the power be cut while the next one cleans up, and at its end."""
    disk = Disk(copy.path)
    with pytest.raises(Killed):
        traced(monkeypatch, copy, NEW, TracedOs(disk, kill_at=kill_at))
    cuts = Cuts(disk, place, old, NEW, SECOND)

    def before_each():
        # Cleaning ends with nothing left to lose; from there on it is a commit as any other.
        if "mkdir" not in second.done:
            cuts.look()

    second = TracedOs(disk, before_each, skip_sync=forgotten)
    traced(monkeypatch, copy, SECOND, second)
    cuts.look(stored=SECOND)
    return cuts


@pytest.mark.slow
@pytest.mark.parametrize("forgotten", [-1, SYNC_BEFORE_CLEANING])
def test_a_power_cut_after_a_kill_costs_nothing_for_the_fsync_before_cleaning(
    full, tmp_path, monkeypatch, forgotten
):
    whole = TracedOs(Disk(full.path))
    copy = dw.SimulationStorage(shutil.copytree(full.path, tmp_path / "whole"))
    traced(monkeypatch, copy, NEW, whole)
    wrong, states = [], 0
    for kill_at in range(whole.done.index("replace"), len(whole.done)):
        copy = dw.SimulationStorage(shutil.copytree(full.path, tmp_path / str(kill_at)))
        cuts = killed_then_cut(monkeypatch, copy, tmp_path / "cut", seeds(full), kill_at, forgotten)
        wrong += cuts.wrong
        states += cuts.count
    print(f"{states} states after {len(whole.done) - whole.done.index('replace')} kills")
    assert bool(wrong) == (forgotten == SYNC_BEFORE_CLEANING), wrong[:3]
