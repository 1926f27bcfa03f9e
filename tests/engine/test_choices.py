"""What creatures choose: what is worth most now, by role, as a trace logs it."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.tables_of import attack, by, creature, fight, first, heal, save


def choices(*players: dict, foes: list[dict] | None = None, rounds: int = 1):
    scenario = Scenario.from_dict(
        {
            "players": list(players),
            "encounters": [{"monsters": foes or [creature("Ogre", attack("10", bonus=5))]}],
            "settings": {"runs": 5, "max_rounds": rounds},
        }
    )
    return dw.simulate(scenario).replay(0).choices


def test_a_trace_tells_every_option_with_its_worth():
    blast = save("8", dc=16, on_success="half", targets=2, uses=1, name="Blast")
    mage = first(creature("Mage", attack("2d1", bonus=0, name="Dart"), blast))
    weighed = choices(mage, foes=[creature("Orc", ac=11, count=3)])
    mine = weighed[weighed.chooser == "Mage"].set_index("option")
    # Dart hits with 10 of 20 faces for 2, and one of them doubles it; 15 of 20 fail the blast.
    assert mine.worth["Dart"] == pytest.approx(0.5 * 2 + 0.05 * 2, abs=0.1)
    assert mine.worth["Blast"] == pytest.approx(2 * (0.75 * 8 + 0.25 * 4), abs=0.1)
    assert set(mine.time) == {"action"}
    assert list(weighed.columns) == [
        *("encounter", "round", "turn", "chooser", "time", "option", "slot", "worth")
    ]


def test_a_trace_changes_nothing():
    data = dw.simulate(dw.starter_scenario(), runs=5)
    replay = data.replay(3)
    before = replay.events
    assert len(replay.choices) > 0
    assert "option" not in set(before["kind"].to_pylist())
    assert data.replay(3).events.equals(before)


def test_harm_counts_only_to_what_is_left():
    big, small = attack("50", name="Big", uses=9), attack("5", name="Small")
    for hp, expected in ((5, {"Small"}), (50, {"Big"})):
        hero = first(creature("Hero", small, big))
        events = fight([hero], [creature("Rat", hp=hp)], runs=50)["events"]
        assert {e["action"] for e in by(events, actor="Hero") if e["action"]} == expected


def test_casters_use_what_they_have():
    """A cleric with Bless, Hold and a heal does each of them when it is worth most."""
    hold = save("1", name="Hold", dc=15, effect={"name": "Held", "conditions": ["paralyzed"],
                "save_ends": True}, uses=1)  # fmt: skip
    bless = {"type": "effect", "name": "Bless", "on": "allies", "targets": 3, "uses": 1,
             "effect": {"name": "Blessed", "attack_roll": "1d4"}}  # fmt: skip
    cure = heal("20", name="Cure", uses=2)
    cleric = first(creature("Cleric", attack("3"), hold, bless, cure, hp=90))
    knight = creature("Knight", attack("10", bonus=5), hp=40, ac=0)
    foes = [creature("Giant", attack("25", bonus=50))]
    events = fight([cleric, knight], foes, rounds=8, runs=100)["events"]
    done = {e["action"] for e in by(events, actor="Cleric") if e["action"]}
    assert {"Hold", "Blessed", "Cure", "Blow"} <= done
    assert by(events, run=0, actor="Cleric", round=1)[0]["action"] == "Hold"


@pytest.mark.parametrize(
    ("role", "expected"), [("brute", "Axe"), ("controller", "Net"), ("healer", "Mend")]
)
def test_a_role_weighs_harm_control_and_help(role, expected):
    net = save("1", name="Net", dc=100, effect={"name": "Net", "conditions": ["restrained"],
               "duration": 1})  # fmt: skip
    axe = attack("12", name="Axe")
    mend = heal("14", name="Mend")
    hero = creature("Hero", axe, net, mend, role=role, hp=200)
    friend = creature("Friend", hp=30, ac=0)
    foe = first(creature("Foe", attack("18", automatic=True), attack("2", name="Poke")))
    weighed = choices(hero, friend, foes=[foe])
    mine = weighed[weighed.chooser == "Hero"]
    assert mine.loc[mine.worth.idxmax(), "option"] == expected


def test_nobody_enchants_whom_it_already_did():
    mark = {"type": "effect", "name": "Mark", "on": "enemies", "time": "bonus_action",
            "effect": {"name": "Marked", "marked_damage": "6"}}  # fmt: skip
    ranger = first(creature("Ranger", attack("1"), mark))
    events = fight([ranger], [creature("Ogre")], rounds=3, runs=20)["events"]
    assert {e["round"] for e in by(events, kind="effect")} == {1}
    two = fight([ranger], [creature("Ogre", count=2)], rounds=3, runs=20)["events"]
    assert len(by(two, run=0, kind="effect")) == 2
