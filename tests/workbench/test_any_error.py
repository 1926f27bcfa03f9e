"""Whatever any stage of a job raises, of whatever class, fails that job alone, in words."""

from __future__ import annotations

import asyncio
import threading

import pytest

import dualslot_widgets as dw
from dualslot_widgets.results.draft import DraftInMemory
from dualslot_widgets.workbench import live_preview
from dualslot_widgets.workbench.live_preview import LivePreview
from dualslot_widgets.workbench.screen import Listeners
from dualslot_widgets.workbench.worker import BackgroundSimulator
from tests.widgets.staged_play import StagedPlay, StagedSimulation
from tests.workbench.diary import SECONDS
from tests.workbench.memory_slots import MemorySlots

SCRIPTED = dw.Priority.SCRIPTED
FAILED, COMPLETED = dw.JobStatus.FAILED, dw.JobStatus.COMPLETED


class OfItsOwn(BaseException):
    """No `Exception`, and nothing that Python knows."""


KINDS = [
    RuntimeError,
    SystemExit,
    KeyboardInterrupt,
    GeneratorExit,
    asyncio.CancelledError,
    MemoryError,
    RecursionError,
    StopIteration,
    OfItsOwn,
]


class Unsayable(BaseException):
    """What it says is an error itself."""

    def __str__(self) -> str:
        raise SystemExit("there are no words for it")


def trouble(kind: type[BaseException], raised: list[BaseException]):
    """A function that raises once, whatever it is called with."""

    def raise_once(*_arguments, **_options):
        raised.append(kind("no such die"))
        raise raised[-1]

    return raise_once


#: Where the worker can be hit: what is replaced, and by which name.
STAGES = {
    "making the simulation": (StagedPlay, "__call__"),
    "a batch": (StagedSimulation, "play_batch"),
    "the tables": (StagedSimulation, "take_tables"),
    "the draft": (MemorySlots, "begin"),
    "writing": (DraftInMemory, "write"),
    "sealing": (DraftInMemory, "seal"),
    "discarding": (DraftInMemory, "discard"),
    "storing": (MemorySlots, "store_simulation"),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stage", STAGES)
def test_an_error_fails_its_job_in_words_and_the_next_one_is_played(
    simulator, staged, slots, scenario, monkeypatch, stage, kind
):
    raised: list[BaseException] = []
    staged.freely()
    with monkeypatch.context() as patch:
        if stage == "discarding":
            patch.setattr(DraftInMemory, "write", trouble(ValueError, []))
        patch.setattr(*STAGES[stage], trouble(kind, raised))
        job = simulator.add(scenario(1), SCRIPTED)
        assert job.wait(SECONDS)
    assert (job.status, job.error) == (FAILED, raised[0])
    with pytest.raises(dw.SimulationFailed, match=f"{kind.__name__}: no such die") as caught:
        job.result(0)
    assert caught.value.__cause__ is raised[0]
    assert simulator.add(scenario(2), SCRIPTED).result(SECONDS).scenario == scenario(2)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_in_looking_at_the_slots_fails_the_job_and_keeps_its_result(
    simulator, staged, slots, scenario, monkeypatch, kind
):
    staged.freely()
    with monkeypatch.context() as patch:
        patch.setattr(MemorySlots, "slots", property(trouble(kind, []), lambda *_: None), False)
        job = simulator.add(scenario(1), SCRIPTED)
        assert job.wait(SECONDS)
    assert isinstance(job.error, kind)
    assert job.unsaved.scenario == scenario(1)
    slots.slots = (None, None)
    assert simulator.add(scenario(2), SCRIPTED).result(SECONDS).scenario == scenario(2)


@pytest.mark.parametrize("kind", KINDS)
def test_a_listener_that_raises_ends_neither_job_nor_worker(slots, staged, scenario, kind, caplog):
    def listener():
        if threading.current_thread() is not threading.main_thread():
            raise kind("no such die")

    simulator = BackgroundSimulator(slots, listener, staged)
    staged.freely()
    for seed in (1, 2):
        assert simulator.add(scenario(seed), SCRIPTED).result(SECONDS).scenario == scenario(seed)
    assert simulator.close(SECONDS)
    assert "no such die" in caplog.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_subscriber_that_raises_is_told_of_on_screen_until_that_is_dismissed(
    tmp_path, staged, scenario, kind
):
    heard = []

    def subscriber():
        if threading.current_thread() is not threading.main_thread():
            raise kind("no such die")

    with dw.Workbench(tmp_path, scenario(1)) as bench:
        bench.simulator._play = staged
        staged.freely()
        bench.subscribe(subscriber)
        bench.subscribe(lambda: heard.append(threading.current_thread().name))
        assert bench.add_to_queue().wait(SECONDS)
        assert bench.add_to_queue(scenario(2)).result(SECONDS).scenario == scenario(2)
        assert "dualslot-worker" in heard
        assert bench.problem == f"a listener of the workbench failed: {kind.__name__}: no such die"
        bench.dismiss()
        assert bench.problem == ""


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not KeyboardInterrupt])
def test_in_the_main_thread_too_a_listener_keeps_nobody_from_hearing(kind):
    heard, tell = [], Listeners()
    tell.subscribe(trouble(kind, []))
    tell.subscribe(lambda: heard.append(1))
    tell()
    assert heard == [1]


def test_in_the_main_thread_an_interrupt_is_the_users():
    tell = Listeners()
    tell.subscribe(trouble(KeyboardInterrupt, []))
    with pytest.raises(KeyboardInterrupt):
        tell()
    assert tell.failure == ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("stage", ["playing", "queueing", "telling"])
def test_an_error_of_a_preview_is_told_and_the_next_one_is_played(
    monkeypatch, scenario, kind, stage
):
    played, told, queued = threading.Event(), threading.Event(), []
    tell, queue = told.set, queued.append
    if stage == "telling":
        tell = lambda: told.set() or trouble(kind, [])()  # noqa: E731
    if stage == "queueing":
        queue = lambda _: queued.append(_) or trouble(kind, [])()  # noqa: E731
    monkeypatch.setattr(live_preview, "REST_SECONDS", 0.01)
    monkeypatch.setattr("dualslot_widgets.engine.simulation.engine_is_ready", lambda: True)

    def play(edited, _begun):
        if edited == scenario(1) and stage == "playing":
            raise kind("no such die")
        if edited == scenario(2):
            played.set()

    monkeypatch.setattr(live_preview, "play_preview", play)
    live = LivePreview(queue, tell)
    live.edit(scenario(1))
    assert told.wait(SECONDS)
    thread = live._thread
    if thread is not None:
        thread.join(SECONDS)
    assert queued == [scenario(1)]
    assert live.error.endswith(f"{kind.__name__}: no such die")
    live.edit(scenario(2))
    assert played.wait(SECONDS)
    live.close()


def test_an_error_without_words_fails_its_job_alone_and_is_told_by_its_kind(
    tmp_path, staged, scenario, monkeypatch
):
    staged.freely()
    with dw.Workbench(tmp_path, scenario(1)) as bench:
        bench.simulator._play = staged
        with monkeypatch.context() as patch:
            patch.setattr(StagedSimulation, "play_batch", trouble(Unsayable, []))
            job = bench.add_to_queue()
            assert job.wait(SECONDS)
        with pytest.raises(dw.SimulationFailed, match="Unsayable, which cannot be put in words"):
            job.result(0)
        assert "Unsayable, which cannot be put in words" in bench.display.history[0]["message"]
        assert bench.add_to_queue(scenario(2)).result(SECONDS).scenario == scenario(2)


def test_a_listener_that_fails_without_words_is_told_by_its_kind_and_keeps_nobody_from_hearing():
    heard, tell = [], Listeners()
    tell.subscribe(trouble(Unsayable, []))
    tell.subscribe(lambda: heard.append(1))
    tell()
    assert heard == [1]
    assert tell.failure.endswith("failed: Unsayable, which cannot be put in words")
