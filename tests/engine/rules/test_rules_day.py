"""The adventuring day: rests, hit dice, waves, surprise, rolled hit points, front and back line."""

from __future__ import annotations

from collections import Counter

import pytest

from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.tables_of import attack, by, creature, first, heal, played, save, z


def day(players: list[dict], *encounters: dict, runs: int = 300, rounds: int = 3, **settings):
    scenario = Scenario.from_dict(
        {
            "players": players,
            "encounters": list(encounters),
            "settings": {"runs": runs, "max_rounds": rounds} | settings,
        }
    )
    return played(scenario)


def rat(**more) -> dict:
    return {"monsters": [creature("Rat", hp=1, ac=0)], **more}


SLAYER = first(creature("Slayer", attack("9", automatic=True)))


def test_a_short_rest_gives_back_what_it_should():
    def pool(name: str, per: str) -> dict:
        return save("5", name=name, uses=1, per=per)

    def uses(rest: str | None) -> Counter:
        fights = [rat(), rat(rest=rest) if rest else rat()]
        hero = first(creature("Hero", pool("Short", "short_rest"), attack("1")))
        other = creature("Other", pool("Long", "long_rest"))
        events = day([hero, other | {"initiative_bonus": 99}], *fights, runs=1)["events"]
        return Counter(e["action"] for e in events if e["action"])

    assert uses(None)["Short"] <= 1
    assert uses("short_rest")["Short"] >= 1


def test_uses_are_spread_over_the_encounters_before_the_rest_that_brings_them_back():
    blast = save("500d1", name="Blast", uses=3, per="short_rest", on_success="half")
    hero = first(creature("Hero", blast, attack("9", automatic=True)))
    brute = {"monsters": [creature("Brute", hp=1000)]}

    def spent(*rests: str | None) -> list[int]:
        fights = [brute | ({"rest": rest} if rest else {}) for rest in rests]
        events = day([hero], *fights, runs=1, rounds=2)["events"]
        return [len(by(events, encounter=n + 1, action="Blast")) for n in range(len(rests))]

    # Two blasts fell a brute; the round cap ends a day, so every fight is won or it is over.
    assert spent(None) == [2]
    assert spent(None, "short_rest") == [2, 2]
    assert spent(None, "long_rest") == [2, 2]


def test_hit_dice_are_spent_in_a_short_rest_and_half_of_them_come_back_in_a_long_one():
    hurt = {"monsters": [creature("Ogre", attack("30", automatic=True, uses=1), hp=9, ac=0,
                                  initiative_bonus=100)]}  # fmt: skip
    hero = creature("Hero", attack("9", automatic=True), hp=100, hit_dice="4d1+8")
    tables = day([hero], hurt, hurt | {"rest": "short_rest"}, runs=5)
    # Each die gives 1 + 2; all four are spent, as thirty hit points are missing.
    assert {e["amount"] for e in by(tables["events"], action="Hit Dice")} == {12}
    tables = day([hero], hurt, hurt | {"rest": "short_rest"}, hurt | {"rest": "long_rest"},
                 hurt | {"rest": "short_rest"}, runs=5)  # fmt: skip
    assert [e["amount"] for e in by(tables["events"], run=0, action="Hit Dice")] == [12, 6]
    assert [e["amount"] for e in by(tables["events"], run=0, action="Long Rest")] == [48]


def test_a_long_rest_makes_whole_and_raises_nobody():
    killer = {"monsters": [creature("Giant", attack("500d1", automatic=True, uses=1), hp=9, ac=0,
                                    initiative_bonus=100, targeting="lowest_hp")]}  # fmt: skip
    slow = SLAYER | {"initiative_bonus": 0}
    squire = creature("Squire", hp=10)
    tables = day([slow, squire], killer, rat(rest="long_rest"), runs=5)
    assert {e["state"] for e in by(tables["combatants"], name="Squire")} == {"dead"}
    knocked = {"monsters": [creature("Giant", attack("15", automatic=True, uses=1), hp=9, ac=0,
                                     initiative_bonus=100)]}  # fmt: skip
    tables = day([slow, squire], knocked, rat(rest="short_rest"), runs=5)
    assert {e["final_hp"] for e in by(tables["combatants"], name="Squire")} == {1}


def test_waves_arrive_in_their_round_and_the_fight_waits_for_them():
    orcs = {"monsters": [creature("Orc", hp=1, ac=0), creature("Chief", hp=1, ac=0, arrives=3)]}
    tables = day([SLAYER], orcs, rounds=5)
    assert {(e["actor"], e["round"]) for e in by(tables["events"], kind="arrival")} == {
        ("Chief", 3)
    }
    assert {e["outcome"] for e in tables["runs"]} == {"win"}
    assert {e["rounds"] for e in tables["runs"]} == {3}
    assert not [e for e in tables["events"] if e["target"] == "Chief" and 1 <= e["round"] < 3]


def test_a_party_that_falls_before_help_arrives_waits_for_it():
    ogre = {"monsters": [creature("Ogre", attack("99", automatic=True), hp=20, ac=0)]}
    hero = creature("Hero", hp=5)
    late = first(creature("Late", attack("20", automatic=True), arrives=2))
    tables = day([hero, late], ogre, rounds=4)
    assert {e["outcome"] for e in tables["runs"]} == {"win"}
    assert {e["rounds"] for e in tables["runs"]} == {2}


@pytest.mark.parametrize(("side", "actor"), [("party", "Hero"), ("monsters", "Ogre")])
def test_the_surprised_do_nothing_in_the_first_round(side, actor):
    hero, ogre = creature("Hero", attack("1")), creature("Ogre", attack("1"))
    events = day([hero], {"monsters": [ogre], "surprised": side})["events"]
    acts = {(e["actor"], e["round"]) for e in events if e["action"]}
    assert (actor, 1) not in acts
    assert (actor, 2) in acts
    other = {"Hero": "Ogre", "Ogre": "Hero"}[actor]
    assert (other, 1) in acts


def test_rolled_hit_points_follow_their_dice():
    ogre = creature("Ogre", hp=59, hit_dice="2d6+3")
    tables = day([SLAYER], {"monsters": [ogre]}, runs=20_000, hit_points="rolled")
    found = Counter(row["start_hp"] for row in by(tables["combatants"], name="Ogre"))
    for total in range(2, 13):
        ways = 6 - abs(7 - total)
        assert abs(z(found[total + 3], 20_000, ways / 36)) < 4.5
    assert set(found) == set(range(5, 16))
    average = day([SLAYER], {"monsters": [ogre]})["combatants"]
    assert {row["start_hp"] for row in by(average, name="Ogre")} == {59}
    tiny = day([SLAYER], {"monsters": [creature("Rat", hit_dice="1d4-3")]}, hit_points="rolled")
    assert {row["start_hp"] for row in by(tiny["combatants"], name="Rat")} == {1}


def test_melee_reaches_the_back_only_when_nobody_stands_in_front():
    orc = creature("Orc", attack("20", automatic=True), count=2)
    wall = creature("Wall", hp=30)
    mage = creature("Mage", hp=5, position="back")
    events = day([wall, mage], {"monsters": [orc]}, runs=50)["events"]
    blows = [e["target"] for e in by(events, run=0, action="Blow")]
    assert blows == ["Wall", "Wall", "Mage"]
    archer = creature("Archer", attack("20", automatic=True, ranged=True), count=2)
    events = day([wall, mage], {"monsters": [archer]}, runs=50)["events"]
    assert next(e["target"] for e in by(events, run=0, action="Blow")) == "Mage"


@pytest.mark.parametrize(("spread", "caught"), [("loose", 2), ("normal", 4), ("tight", 6)])
def test_how_many_an_area_catches(spread, caught):
    blast = save("1", targets=4, area=True)
    orcs = {"monsters": [creature("Orc", count=8)]}
    events = day([first(creature("Mage", blast))], orcs, rounds=1, runs=5, spread=spread)["events"]
    assert len(by(events, run=0, action="Blast")) == caught
    bolts = save("1", targets=4)  # no area: so many bolts are thrown, however they stand
    events = day([first(creature("Mage", bolts))], orcs, rounds=1, runs=5, spread=spread)["events"]
    assert len(by(events, run=0, action="Blast")) == 4


def test_an_action_surge_once_until_a_short_rest():
    surge = {"type": "surge", "name": "Action Surge", "uses": 1, "per": "short_rest"}
    fighter = first(creature("Fighter", attack("1", automatic=True), surge))
    events = day([fighter], {"monsters": [creature("Wall")]}, runs=5)["events"]
    assert [len(by(events, run=0, round=n, action="Blow")) for n in (1, 2, 3)] == [2, 1, 1]


def test_second_wind_is_for_its_owner_alone():
    wind = heal("10", name="Second Wind", on="self", time="bonus_action", uses=1)
    fighter = creature("Fighter", attack("1"), wind, hp=100)
    squire = creature("Squire", hp=50)
    ogre = creature("Ogre", attack("30", automatic=True))
    events = day([fighter, squire], {"monsters": [ogre]}, rounds=6)["events"]
    assert {e["target"] for e in by(events, action="Second Wind")} == {"Fighter"}
