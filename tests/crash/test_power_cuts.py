"""A power cut at any moment of a commit: every state that may be left is whole."""

from __future__ import annotations

import pytest

from dualslot_widgets.storage.drafts.draft_folders import DRAFTS_NAME
from tests.crash.bound_os import bind_os
from tests.crash.cuts import Cuts, copied, filled, recorded, traced
from tests.crash.disk_model import Disk
from tests.crash.promise import generation_folder
from tests.crash.summary import report
from tests.crash.traced_os import TracedOs
from tests.storage.small_data import seeds

NEW = 9


@pytest.fixture(params=[0, 1, 2], ids=lambda number: f"{number} stored before")
def before(request, tmp_path):
    return filled(tmp_path / "before", request.param)


@pytest.fixture
def full(tmp_path):
    return filled(tmp_path / "before", 2)


@pytest.mark.slow
def test_a_power_cut_at_any_moment_costs_nothing(before, tmp_path, monkeypatch, seed):
    disk = Disk(before.path, seed)
    cuts = Cuts(disk, tmp_path, seeds(before), {NEW})
    traced_os = TracedOs(disk, cuts.look)
    traced(monkeypatch, before, NEW, traced_os)
    cuts.look(stored=NEW)
    disk.assert_complete()
    assert cuts.count > 40
    report("power cuts", cuts.wrong, moments=len(traced_os.done) + 1, states=cuts.count)


@pytest.mark.parametrize("pinned", [None, 1], ids=["pinning", "letting go"])
def test_a_power_cut_while_a_slot_is_pinned_costs_nothing(
    full, tmp_path, monkeypatch, pinned, seed
):
    full.pin(pinned)
    disk = Disk(full.path, seed)
    cuts = Cuts(disk, tmp_path, seeds(full), ())
    with monkeypatch.context() as patched:
        traced_os = TracedOs(disk, cuts.look)
        bind_os(traced_os, patched.setattr)
        full.pin(1 if pinned is None else None)
    cuts.look()
    disk.assert_complete()
    report("power cuts", cuts.wrong, moments=len(traced_os.done) + 1, states=cuts.count)


def promised(trace: TracedOs) -> list[int]:
    """The numbers of the fsyncs that the promise rests on, of a recorded commit.

    Those of the draft's files and its folder; and in the slot's folder, once the draft was moved
    there. The history rests on none: a row can be told again by its slot.
    """
    moved = next(n for n, (kind, _) in enumerate(trace.done) if kind == "rename")
    slot = trace.done[moved][1].partition("/")[0]
    syncs = [(n, name) for n, (kind, name) in enumerate(trace.done) if kind == "fsync"]
    return [
        number
        for number, (step, name) in enumerate(syncs)
        if name.startswith(f"{DRAFTS_NAME}/") or (step > moved and name.partition("/")[0] == slot)
    ]


@pytest.mark.slow
def test_every_fsync_that_the_promise_rests_on_is_needed(full, tmp_path, monkeypatch):
    trace = recorded(monkeypatch, full, tmp_path / "whole", NEW)
    assert any(generation_folder(name) for kind, name in trace.done if kind == "rename")
    not_missed = []
    for number in promised(trace):
        copy = copied(full, tmp_path / str(number))
        disk = Disk(copy.path)
        cuts = Cuts(disk, tmp_path, seeds(copy), {NEW})

        def look(cuts=cuts):
            if not cuts.wrong:  # one is enough
                cuts.look()

        traced(monkeypatch, copy, NEW, TracedOs(disk, look, skip_sync=number))
        cuts.look(stored=NEW)
        if not cuts.wrong:
            not_missed.append(number)
    assert not_missed == []
    print(f"{len(promised(trace))} fsyncs, each forgotten in turn: all are missed")
    assert len(promised(trace)) >= 9  # five files, their folder, the slot's, metadata, the slot's
