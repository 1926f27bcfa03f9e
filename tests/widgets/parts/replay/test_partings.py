"""Where the selected run parts from the other slot's is found beside the replay, not in its way."""

from __future__ import annotations

import gc
import threading
import weakref

import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import DamagedSlotError
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.parts.replay import parting_view
from dualslot_widgets.widgets.parts.replay.parting_view import Partings
from tests.widgets.data_sets import unreadable
from tests.widgets.watched import SECONDS

STARTER = dw.starter_scenario().with_value("settings.runs", 105)
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 13)


@pytest.fixture(scope="module")
def pair():
    return dw.simulate(HARDER), dw.simulate(STARTER)


class Asked:
    """Partings, and a way to wait until they have more to say."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.partings = Partings(self.tell)

    def tell(self) -> None:
        with self.changed:
            self.changed.notify_all()

    def of(self, slots, run, **scene):
        scene = {"shown_slot": 0, **scene}
        return self.partings.get(Snapshot(scenario=STARTER, slots=slots, selected_run=run, **scene))

    def until(self, slots, run, **scene):
        """Wait until all is known of a run."""
        found = []

        def known() -> bool:
            view = self.of(slots, run, **scene)
            found[:] = [view]
            return view is not None and view["runs"] is not None

        with self.changed:
            assert self.changed.wait_for(known, SECONDS)
        return found[0]


def test_it_is_not_waited_for_and_then_is_what_python_says(pair):
    here, there = pair
    asked = Asked()
    parting = here.runs_that_part_from(there)
    run = parting[1]
    assert asked.of(pair, run) is None
    view = asked.until(pair, run)
    found = here.parting_from(there, run)
    assert (view["run"], view["at"]) == (run, found.at)
    assert (view["here"], view["there"]) == found.sentences(parting_view.LISTED_EVENTS)
    assert (view["runs"], view["first"], view["next"]) == (len(parting), parting[0], parting[2])
    end = there.runs.slice(run, 1).to_pylist()[0]
    assert view["ending"].startswith({"win": "won", "loss": "lost"}[end["outcome"]])
    assert view["ending"].endswith(f" in {end['rounds']} rounds, {end['survivors']} standing")


def test_from_the_other_side_both_change_places(pair):
    here, there = (Asked().until(pair, 17, shown_slot=slot) for slot in (0, 1))
    assert (here["here"], here["there"]) == (there["there"], there["here"])
    assert here["at"] == there["at"]


def test_the_next_one_of_the_last_is_none(pair):
    parting = pair[0].runs_that_part_from(pair[1])
    assert Asked().until(pair, parting[-1])["next"] is None


def test_another_run_is_looked_at_and_the_runs_that_part_are_counted_once(pair, monkeypatch):
    asked, counted = Asked(), []
    real = dw.SimulationDataSet.runs_that_part_from
    monkeypatch.setattr(
        dw.SimulationDataSet,
        "runs_that_part_from",
        lambda self, other: counted.append(1) or real(self, other),
    )
    for run in (3, 17, 104):
        assert asked.until(pair, run)["run"] == run
    assert len(counted) == 1


def test_without_another_result_with_the_same_dice_there_is_none(pair):
    here, there = pair
    other = dw.simulate(STARTER, seed=2)
    asked = Asked()
    assert asked.of(pair, None) is None
    for slots in ((here, None), (here, other), (here, unreadable(1, 8))):
        assert asked.of(slots, 3) is None
    assert asked.of(pair, 3, preview=there) is None
    assert asked.of(pair, 3, damage=(None, "its hash is wrong")) is None
    assert asked.partings._wanted is None


def test_a_log_that_turns_out_to_be_damaged_leaves_it_untold(pair, monkeypatch, caplog):
    told = threading.Event()
    partings = Partings(told.set)

    def damaged(*_):
        raise DamagedSlotError("events.arrow does not have the bytes that were stored")

    monkeypatch.setattr(parting_view, "parting_view", damaged)
    scene = Snapshot(scenario=STARTER, slots=pair, shown_slot=0, selected_run=3)
    assert partings.get(scene) is None
    assert told.wait(SECONDS)
    assert partings.get(scene) is None
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_no_data_set_is_kept_for_it(pair):
    asked = Asked()
    slots = (dw.simulate(HARDER), dw.simulate(STARTER))
    asked.until(slots, 3)
    gone = [weakref.ref(data) for data in slots]
    del slots
    for looking in threading.enumerate():
        if looking.name == "dualslot-partings":
            looking.join(SECONDS)
    gc.collect()
    assert not any(ref() for ref in gone)
