"""Honest archives, made once for every module that tests them."""

from __future__ import annotations

import io
import tarfile

import lz4.frame
import pytest

import dualslot_widgets as dw
from tests.storage.small_data import small


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with seed 1 in slot 0, seed 2 in slot 1, and both exported; never changed."""
    folder = tmp_path_factory.mktemp("home")
    storage = dw.SimulationStorage(folder / "simulations")
    for seed in (1, 2):
        slot = storage.store_simulation(small(seed))
        storage.export(slot, folder / f"seed{seed}.dualslot")
    return folder


@pytest.fixture(scope="module")
def packed(home):
    return (home / "seed1.dualslot").read_bytes()


@pytest.fixture(scope="module")
def members(packed):
    """Name and content of every member of an honest archive, in its order."""
    with tarfile.open(fileobj=io.BytesIO(lz4.frame.decompress(packed))) as tar:
        return [(info.name, tar.extractfile(info).read()) for info in tar]
