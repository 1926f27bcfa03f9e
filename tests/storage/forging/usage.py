"""Everything that a result is good for, done with one that was accepted."""

from __future__ import annotations

from pathlib import Path

import dualslot_widgets as dw
from dualslot_widgets import charts
from dualslot_widgets.storage.archive.archive import read_archive
from dualslot_widgets.tables import SCHEMAS
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.parts.replay.replay_view import Replays
from dualslot_widgets.widgets.parts.slots.slot_static import static_slot
from dualslot_widgets.widgets.parts.timelines.strip_view import strip_view
from tests.storage.forging.cases import honest
from tests.widgets.data_sets import views


def assert_is_the_game(data: dw.SimulationDataSet) -> None:
    """All that a result says is what the game gives for its scenario."""
    truth = dw.simulate(data.scenario)
    logs = ("rounds", "events") if data.events.num_rows else ()
    for name in ("runs", "combatants", *logs):
        assert getattr(data, name).equals(getattr(truth, name)), name
    assert data.analysis == truth.analysis
    assert data.parameters == truth.parameters


def use(path: Path, folder: Path) -> None:
    """Import a file that `read_archive` took, and do with it whatever can be done."""
    storage = dw.SimulationStorage(folder / "simulations")
    slot = storage.import_archive(path)
    data = storage.slots[slot]
    marked = data.metadata.origin
    assert marked.file == path.name
    assert marked.words in repr(data)
    scenario = data.scenario
    answers = storage.exact_slot(scenario.parameters) == slot
    assert answers == data.verified == (not storage.needs_new_simulation(scenario))
    for block in data.analysis.quintiles:
        assert str(data.replay(block.run)) if data.verified or data.events.num_rows else True
    assert len(data.quintiles) == 5
    charts.quintiles(data)
    charts.outcomes(data)
    for table in SCHEMAS:
        getattr(data, table).to_pandas()
    _compare(data, honest("duel"))
    _compare(data, data)
    _look(storage, slot, data)
    problems = [c for c in storage.verify(replay=True) if c.problem and c.slot is not None]
    assert problems == []
    again = storage.export(slot, folder / "again.dualslot")
    assert read_archive(again).verified == data.verified


def _compare(data: dw.SimulationDataSet, other: dw.SimulationDataSet) -> None:
    for one, two in ((data, other), (other, data)):
        one.compare(two).to_frame()
        assert one.parameters.differences(two.parameters) is not None
        assert 0 <= one.parameters.similarity(two.parameters) <= 1
        if one.shares_dice_with(two):
            one.paired_with(two)
            if one.events.num_rows and two.events.num_rows:
                one.runs_that_part_from(two)
                str(one.parting_from(two, 0))


def _look(storage: dw.SimulationStorage, slot: int, data: dw.SimulationDataSet) -> None:
    """Draw what the dashboard draws."""
    for scenario in (data.scenario, honest("duel").scenario):
        view = views(storage.slots, storage.damage, storage.newest_slot, scenario)[slot]
        assert view["origin"]["words"] in static_slot(view).text
        assert view["exact"] <= data.verified
    strip_view(data.runs, "slot 0", 1)
    replays = Replays(lambda: None)
    for block in data.analysis.quintiles:
        scene = Snapshot(
            scenario=data.scenario,
            slots=storage.slots,
            shown_slot=slot,
            selected_run=block.run,
        )
        told = replays.get(scene)
        assert not told["problem"] or not data.verified
