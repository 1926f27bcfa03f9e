"""Folders with a history, as its tests share them."""

from __future__ import annotations

import shutil

import pytest

import dualslot_widgets as dw
from dualslot_widgets.storage.history import history
from dualslot_widgets.storage.history.history_file import open_segment
from tests.storage.history.rows import NAMES, SMALL
from tests.storage.small_data import small


@pytest.fixture
def storage(tmp_path):
    return dw.SimulationStorage(tmp_path / "simulations")


@pytest.fixture
def small_files(monkeypatch):
    for name, value in SMALL.items():
        monkeypatch.setattr(history, name, value)


@pytest.fixture(scope="module")
def seven(tmp_path_factory):
    """A folder with seven commits, five of them in the older file; never changed."""
    with pytest.MonkeyPatch.context() as patched:
        for name, value in SMALL.items():
            patched.setattr(history, name, value)
        storage = dw.SimulationStorage(tmp_path_factory.mktemp("seven"))
        for number in range(7):
            storage.store_simulation(small(number))
    assert [open_segment(storage.path / name).last for name in NAMES] == [7, 3]
    return storage.path


@pytest.fixture
def folder(seven, tmp_path):
    return shutil.copytree(seven, tmp_path / "simulations")
