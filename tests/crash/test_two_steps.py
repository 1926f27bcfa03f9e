"""A process is killed while it stores, the next one cleans up and stores, and the power is cut.

Neither alone would cost anything: what the killed process had not made durable, the next one must
make durable before it deletes what stood there before.
"""

from __future__ import annotations

import random
from pathlib import PurePosixPath

import pytest

from dualslot_widgets.storage.drafts import draft_on_disk
from dualslot_widgets.storage.drafts.draft_folders import DRAFTS_NAME
from dualslot_widgets.storage.record.metadata import METADATA_NAME
from dualslot_widgets.storage.slots import commit
from dualslot_widgets.system import durable_files
from tests.crash.cuts import Cuts, copied, filled, recorded, traced
from tests.crash.disk_model import Disk
from tests.crash.summary import report
from tests.crash.traced_os import Killed, TracedOs
from tests.storage.small_data import seeds

FIRST, SECOND = 9, 10
#: States to open; a few times as many take minutes.
SAMPLE = 3000


class TwoSteps:
    """One kill of a first commit, then a second commit with a look before each operation.

    Parameters
    ----------
    storage : SimulationStorage
        A copy, which is used up.
    place : Path
        A folder for the folder in which states are laid out.
    kill_at : int
        Number of the operation before which the first process is gone.
    """

    def __init__(self, monkeypatch, storage, place, kill_at: int, seed: int) -> None:
        self._monkeypatch, self._storage = monkeypatch, storage
        self._disk = Disk(storage.path, seed)
        self.cuts = Cuts(self._disk, place, seeds(storage), {FIRST, SECOND})
        with monkeypatch.context() as patched:
            # Of a process that is gone nobody deletes the draft; the system frees its lock.
            patched.setattr(draft_on_disk, "discard", lambda _, held, __: held.release())
            with pytest.raises(Killed):
                traced(monkeypatch, storage, FIRST, TracedOs(self._disk, kill_at=kill_at))
        self.second = TracedOs(self._disk, self._before_each)

    def run(self, look) -> Cuts:
        """Store from the second process; `look` is called before each operation."""
        self._look = look
        traced(self._monkeypatch, self._storage, SECOND, self.second)
        self._disk.assert_complete()
        self.cuts.look(stored=SECOND)
        return self.cuts

    @property
    def cleaning(self) -> bool:
        """Whether the second process has its draft, and has not moved it into a slot."""
        sealed = any(
            kind == "fsync" and PurePosixPath(name).parent.name == DRAFTS_NAME
            for kind, name in self.second.done
        )
        return sealed and "rename" not in self.second.kinds

    def _before_each(self) -> None:
        self._look()


@pytest.fixture(params=[1, 2], ids=lambda number: f"{number} stored before")
def before(request, tmp_path):
    return filled(tmp_path / "before", request.param)


def two_steps(monkeypatch, before, tmp_path, kill_at: int, seed: int = 0) -> TwoSteps:
    copy = copied(before, tmp_path / f"killed at {kill_at}")
    return TwoSteps(monkeypatch, copy, tmp_path, kill_at, seed)


@pytest.mark.slow
def test_a_kill_and_then_a_power_cut_cost_nothing(before, tmp_path, monkeypatch, seed):
    trace = recorded(monkeypatch, before, tmp_path / "whole", FIRST)
    kills = range(len(trace.done))
    chance = random.Random(seed)
    wrong, moments, states = [], 0, 0
    for kill_at in kills:
        steps = two_steps(monkeypatch, before, tmp_path, kill_at, seed + kill_at)
        # A kill and a moment have so many states on average that this opens about SAMPLE of all.
        share = SAMPLE / len(kills) / (len(kills) * 60)

        def look(steps=steps, share=share):
            steps.cuts.look(share=share, chance=chance)

        cuts = steps.run(look)
        wrong += cuts.wrong
        states += cuts.count
        moments += len(steps.second.done) + 1
    report("power cuts after a kill", wrong, kills=len(kills), moments=moments, states=states)


def late_kills(trace: TracedOs) -> range:
    """Those from the replace of the metadata on: the new generation counts, but may not stay."""
    replaced = [
        n
        for n, (kind, name) in enumerate(trace.done)
        if kind == "replace" and name.endswith(METADATA_NAME)
    ]
    return range(replaced[0], len(trace.done))


def looked_at_while_cleaning(monkeypatch, before, tmp_path) -> tuple[list[str], int]:
    """All states while the second process cleans up, after each of the late kills."""
    trace = recorded(monkeypatch, before, tmp_path / "whole", FIRST)
    wrong, states = [], 0
    for kill_at in late_kills(trace):
        if wrong:
            break
        steps = two_steps(monkeypatch, before, tmp_path, kill_at)

        def look(steps=steps):
            if steps.cleaning and not steps.cuts.wrong:
                steps.cuts.look()

        cuts = steps.run(look)
        wrong += cuts.wrong
        states += cuts.count
    return wrong, states


@pytest.mark.slow
def test_cleaning_up_after_a_kill_and_a_power_cut_cost_nothing(before, tmp_path, monkeypatch):
    wrong, states = looked_at_while_cleaning(monkeypatch, before, tmp_path)
    report("power cuts after a kill", wrong, states=states)


@pytest.mark.slow
def test_cleaning_up_without_its_first_fsync_would_be_found_out(tmp_path, monkeypatch):
    before = filled(tmp_path / "before", 2)
    collect = commit.collect_garbage

    def careless(*arguments):
        traced_os = durable_files.os
        if not isinstance(traced_os, TracedOs):
            return collect(*arguments)
        traced_os.skip_sync = traced_os.syncs
        try:
            return collect(*arguments)
        finally:
            traced_os.skip_sync = -1

    monkeypatch.setattr(commit, "collect_garbage", careless)
    wrong, _ = looked_at_while_cleaning(monkeypatch, before, tmp_path)
    assert wrong
