"""Every operation on the disk fails once, in every kind of commit: nothing old is lost."""

from __future__ import annotations

import errno
import shutil

import pytest

import dualslot_widgets as dw
from tests.crash.bound_os import bind_os
from tests.crash.failing_os import MOST_OPERATIONS, FailingOs
from tests.crash.promise import problems
from tests.crash.summary import report
from tests.storage.small_data import assert_healthy, seeds, small


@pytest.fixture(params=[0, 1, 2], ids=lambda number: f"{number} stored before")
def before(request, tmp_path):
    """A folder in which some results are stored, and their seeds by slot."""
    storage = dw.SimulationStorage(tmp_path / "before")
    storage.path.mkdir()
    for seed in range(request.param):
        storage.store_simulation(small(seed))
    return storage.path, seeds(storage)


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.EIO, None], ids=str)  # others: test_system_faults
def test_an_operation_that_fails_costs_nothing_old(before, tmp_path, monkeypatch, code):
    folder, old = before
    tried = unknown = 0
    for fail_at in range(1, MOST_OPERATIONS):
        place = tmp_path / "tried"
        shutil.copytree(folder, place)
        storage = dw.SimulationStorage(place)
        failing = FailingOs(fail_at, code)
        stored = None
        with monkeypatch.context() as patched:
            bind_os(failing, patched.setattr)
            try:
                stored = storage.store_simulation(small(9))
            except dw.StorageError as error:
                message = str(error)
            except KeyboardInterrupt:
                message = ""
        again = dw.SimulationStorage(place)
        now = seeds(again)
        new = [now[0] if now[0] == 9 else old[0], now[1] if now[1] == 9 else old[1]]
        assert now == new  # a slot holds what it held, or the new result
        assert now.count(9) <= 1
        if stored is not None:
            assert now[stored] == 9
        elif message and 9 in now:
            assert "reads back as the new result" in message
            unknown += 1
        assert_healthy(again)
        assert again.store_simulation(small(10)) in (0, 1)
        assert_healthy(again)
        assert problems(again, committed=True) == []
        shutil.rmtree(place)
        if not failing.failed:
            break
        tried += 1
    else:
        pytest.fail("a commit takes more operations than expected")
    print(f"{tried} operations failed with {code}, {unknown} with an unknown outcome")
    report("operations that fail", [], operations=tried)
    assert tried > 30
    assert failing.failed == ""
