"""Laws over generated scenarios of the whole vocabulary, and over real monsters and characters."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings, strategies as st

import dualslot_widgets as dw
from dualslot_widgets.engine.simulate import Simulation
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.tables import KINDS
from tests.engine.laws.test_laws import (
    assert_events_lead_to_the_final_hit_points,
    assert_runs_follow_from_combatants,
    by_run,
    of_run,
    tables,
)
from tests.scenario.strategies import scenarios

FEW = settings(max_examples=max(settings.default.max_examples // 4, 5))


@FEW
@given(scenario=scenarios(max_runs=30), data=st.data())
def test_a_run_played_alone_is_the_same_run(scenario, data):
    run = data.draw(st.integers(0, scenario.settings.runs - 1))
    whole, alone = tables(scenario), tables(scenario, first_run=run, runs=1)
    for name, table in alone.items():
        assert table.equals(of_run(whole[name], run)), name


@FEW
@given(scenario=scenarios(max_runs=30), batch=st.integers(1, 31))
def test_neither_batches_nor_threads_change_anything(scenario, batch):
    expected = tables(scenario)

    def in_batches(size: int) -> dict:
        simulation = Simulation(scenario)
        while simulation.play_batch(size):
            pass
        return simulation.take_tables()

    with ThreadPoolExecutor(3) as pool:
        for found in pool.map(in_batches, (batch, 1, 67)):
            assert found == expected


def assert_hit_points_add_up(scenario: Scenario) -> None:
    played = tables(scenario)
    people = by_run(played["combatants"])
    assert (
        people["start_hp"] - people["damage_taken"] + people["healing_received"]
        == people["final_hp"]
    ).all()
    assert_runs_follow_from_combatants(played, people)
    assert_events_lead_to_the_final_hit_points(played, people, 0)


@st.composite
def known_fights(draw: st.DrawFn) -> Scenario:
    """Ready-made characters against monsters of the bestiary, over one or two encounters."""
    classes = st.sampled_from(sorted(dw.characters.classes()))
    player = st.builds(
        lambda word, level: {"character": word, "level": level}, classes, st.integers(1, 20)
    )
    monster = st.builds(
        lambda key, count, arrives: {"monster": key, "count": count, "arrives": arrives},
        st.sampled_from(sorted(dw.bestiary.keys())),
        st.integers(1, 3),
        st.integers(1, 2),
    )
    first = monster.map(lambda foe: foe | {"arrives": 1})
    fight = st.fixed_dictionaries(
        {
            "monsters": st.builds(
                lambda one, more: [one, *more], first, st.lists(monster, max_size=2)
            )
        },
        optional={
            "rest": st.sampled_from(("short_rest", "long_rest")),
            "surprised": st.sampled_from(("party", "monsters")),
        },
    )
    return Scenario.from_dict(
        {
            "players": draw(st.lists(player, min_size=1, max_size=4)),
            "encounters": draw(st.lists(fight, min_size=1, max_size=2)),
            "settings": {
                "runs": 10,
                "seed": draw(st.integers(0, 2**53 - 1)),
                "hit_points": draw(st.sampled_from(("average", "rolled"))),
            },
        }
    )


@FEW
@given(scenario=known_fights())
def test_hit_points_add_up_for_real_monsters_and_characters(scenario):
    assert_hit_points_add_up(scenario)


@pytest.mark.slow
def test_generated_scenarios_reach_every_kind_of_event():
    """What the laws are tried on: no word of the vocabulary may silently drop out of it."""
    seen: set[str] = set()

    @settings(max_examples=150, derandomize=True, database=None)
    @given(scenario=scenarios(max_runs=20))
    def play(scenario: Scenario) -> None:
        seen.update(tables(scenario)["events"]["kind"].unique().to_pylist())

    play()
    # Counterspell needs two casters who meet; "option" is only in a trace.
    assert set(KINDS) - seen - {"countered"} == {"option"}
