"""What all widgets of a workbench look at: steps that can be undone, and who is told."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.workbench import screen as screen_module
from dualslot_widgets.workbench.screen import UNDO_STEPS, Screen
from tests.every_step import interrupted_everywhere

ARMOR = "players[0].armor_class"
STARTER = dw.starter_scenario()


def armored(value: int) -> dw.Scenario:
    return STARTER.with_value(ARMOR, value)


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(0, 12))
def test_undo_and_redo_walk_through_the_same_scenarios(values, back):
    screen = Screen(STARTER)
    seen = [STARTER]
    for value in values:
        screen.change(armored(value))
        if screen.scenario != seen[-1]:
            seen.append(screen.scenario)
    walked = [screen.scenario for _ in range(back) if screen.undo()]
    assert walked == seen[::-1][1 : back + 1]
    assert screen.steps == (len(seen) - 1 - len(walked), len(walked))
    while screen.redo():
        pass
    assert screen.scenario == seen[-1]


def test_a_drag_is_one_step_and_the_next_number_another(monkeypatch):
    monkeypatch.setattr(screen_module, "DRAG_SECONDS", 3600)  # a hand that never rests
    screen = Screen(STARTER)
    for value in (10, 11, 12):
        screen.change(armored(value), step=ARMOR)
    screen.change(armored(12).with_value("players[0].max_hp", 33), step="players[0].max_hp")
    assert screen.undo()
    assert screen.scenario == armored(12)
    assert screen.undo()
    assert screen.scenario == STARTER
    assert not screen.undo()


def test_a_change_after_an_undo_forgets_what_was_undone():
    screen = Screen(STARTER)
    screen.change(armored(10))
    screen.undo()
    screen.change(armored(11))
    assert not screen.redo()
    assert screen.scenario == armored(11)


def test_no_more_steps_are_kept_than_are_promised():
    screen = Screen(STARTER)
    for seed in range(UNDO_STEPS + 20):
        screen.change(STARTER.with_value("settings.seed", 1000 + seed))
    assert screen.steps == (UNDO_STEPS, 0)


def test_a_scenario_that_cannot_be_played_changes_nothing():
    screen = Screen(STARTER)
    with pytest.raises(dw.ScenarioError):
        screen.change({"players": []})
    assert (screen.scenario, screen.steps) == (STARTER, (0, 0))


def test_everybody_hears_of_a_change_even_behind_one_who_fails():
    screen, heard = Screen(STARTER), []

    def fail() -> None:
        raise ZeroDivisionError

    screen.subscribe(fail)
    stop = screen.subscribe(lambda: heard.append(screen.scenario))
    screen.scenario = armored(9)
    assert heard == [armored(9)]
    stop()
    screen.scenario = armored(10)
    assert len(heard) == 1


@pytest.mark.parametrize("run", [-1, True, 1.0, "3"])
def test_a_run_that_cannot_be_is_not_selected(run):
    screen = Screen(STARTER)
    with pytest.raises(dw.DualSlotError, match="is no run"):
        screen.selected_run = run
    assert screen.selected_run is None


def test_a_change_that_is_interrupted_anywhere_is_done_or_not_and_nothing_between():
    screen = Screen(STARTER)
    for value in (10, 11, 12):
        screen.change(armored(value))
    line = [STARTER, armored(10), armored(11), armored(12)]

    def there_and_back():
        screen.undo()
        screen.undo()
        screen.redo()
        screen.redo()

    count = 0
    for _ in interrupted_everywhere(there_and_back, "screen.py"):
        count += 1
        undone, redone = screen.steps  # which takes the lock, too
        assert undone + redone == 3
        assert screen.scenario == line[undone]
        while screen.redo():
            pass
        assert screen.scenario == line[3]
    print(f"{count} interrupts")
    assert count > 20


def test_an_interrupt_in_one_listener_lets_the_others_hear_and_is_raised():
    screen, heard = Screen(STARTER), []

    def interrupted():
        raise KeyboardInterrupt

    screen.subscribe(interrupted)
    screen.subscribe(lambda: heard.append(1))
    with pytest.raises(KeyboardInterrupt):
        screen.change(armored(10))
    assert heard == [1]
    assert screen.notify.failure == ""


def test_an_interrupt_of_who_keeps_the_scenario_lets_the_listeners_hear():
    screen, heard = Screen(STARTER), []

    def interrupted(_scenario):
        raise KeyboardInterrupt

    screen.keep = interrupted
    screen.subscribe(lambda: heard.append(1))
    with pytest.raises(KeyboardInterrupt):
        screen.change(armored(10))
    assert heard == [1]
