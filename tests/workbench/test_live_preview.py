"""Live previews: at once, the latest wins, one in flight; what rests is queued once."""

from __future__ import annotations

import threading

import pytest

import dualslot_widgets as dw
from dualslot_widgets.engine.simulation import prepare_engine
from dualslot_widgets.workbench import live_preview
from dualslot_widgets.workbench.live_preview import LivePreview
from tests.patience import SECONDS

STARTER = dw.starter_scenario().with_value("settings.runs", 105)


def seeded(seed: int) -> dw.Scenario:
    return STARTER.with_value("settings.seed", seed)


class Told:
    """Counts what a preview tells, and can be waited for."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.queued: list[dw.Scenario] = []
        self.live = LivePreview(self.queue, self.tell)

    def queue(self, scenario: dw.Scenario) -> None:
        with self._changed:
            self.queued.append(scenario)

    def tell(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def until(self, holds) -> None:
        with self._changed:
            assert self._changed.wait_for(holds, SECONDS)


@pytest.fixture(scope="module", autouse=True)
def engine():
    prepare_engine()


@pytest.fixture
def told():
    told = Told()
    yield told
    told.live.close()


def ready(told: Told, scenario: dw.Scenario) -> bool:
    data, pending = told.live.of(scenario)
    return data is not None and not pending and data.scenario == scenario


def test_an_edit_is_played_and_then_queued_once(told):
    told.live.edit(seeded(1))
    told.until(lambda: ready(told, seeded(1)))
    told.until(lambda: told.queued)
    assert told.queued == [seeded(1)]
    assert told.live.of(seeded(1))[0].analysis == dw.simulate(seeded(1)).analysis


def test_only_the_value_at_rest_is_queued(told, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(live_preview, "REST_SECONDS", 3600)  # of these none has rested
        for seed in range(4):
            told.live.edit(seeded(seed))
    told.live.edit(seeded(4))
    told.until(lambda: told.queued)
    assert told.queued == [seeded(4)]


def test_the_last_preview_stays_until_the_next_is_there_and_no_two_are_in_flight(told, monkeypatch):
    gate, playing, most = threading.Semaphore(1), [], []
    play_preview = live_preview.play_preview

    def staged(scenario, begun):
        playing.append(scenario)
        most.append(len(playing))
        assert gate.acquire(timeout=SECONDS)
        try:
            return play_preview(scenario, begun)
        finally:
            playing.remove(scenario)

    monkeypatch.setattr(live_preview, "play_preview", staged)
    told.live.edit(seeded(1))
    told.until(lambda: ready(told, seeded(1)))
    told.live.edit(seeded(2))
    told.live.edit(seeded(3))
    last, pending = told.live.of(seeded(3))
    assert pending
    assert last.scenario == seeded(1)
    gate.release(2)
    told.until(lambda: ready(told, seeded(3)))
    assert max(most) == 1


def test_of_a_scenario_that_is_not_edited_there_is_no_preview(told):
    told.live.edit(seeded(1))
    told.until(lambda: ready(told, seeded(1)))
    assert told.live.of(seeded(2)) == (None, False)
    told.live.leave()
    assert told.live.of(seeded(1)) == (None, False)


def test_a_failure_is_told_and_what_comes_next_is_played(told, monkeypatch):
    with monkeypatch.context() as patch:

        def broken(*_arguments, **_options):
            raise MemoryError("no room")

        patch.setattr(live_preview, "play_preview", broken)
        told.live.edit(seeded(1))
        told.until(lambda: told.live.error)
        assert told.live.error == "MemoryError: no room"
    told.live.edit(seeded(2))
    assert told.live.error == ""
    told.until(lambda: ready(told, seeded(2)))


def test_the_thread_ends_when_nothing_is_left_to_do(told):
    told.live.edit(seeded(1))
    thread = told.live._thread
    assert thread is not None
    thread.join(SECONDS)
    assert not thread.is_alive()
    assert told.queued == [seeded(1)]


def test_a_closed_preview_plays_and_queues_nothing(told, monkeypatch):
    monkeypatch.setattr(live_preview, "REST_SECONDS", 3600)
    told.live.edit(seeded(1))
    told.live.close()
    told.live.edit(seeded(2))
    assert told.live.of(seeded(2)) == (None, False)
    assert told.queued == []
