"""How long effects last, what ends them, what their numbers do. SRD 5.1, "Concentration" too."""

from __future__ import annotations

import pytest

from tests.engine.tables_of import ENDLESS, attack, by, creature, fight, first, save, z

RUNS = 6_000


def enchant(effect: dict, name: str = "Spell", **more) -> dict:
    return {"type": "effect", "name": name, "effect": {"name": name} | effect} | more


def hex_of(effect: dict, **more) -> dict:
    """A saving throw that always fails, and nothing but an effect."""
    return {"type": "save", "name": "Hex", "dc": 100, "ability": "wis", "effect": effect} | more


def rounds_of(events, word: str) -> set[int]:
    return {e["round"] for e in by(events, kind=word)}


@pytest.mark.parametrize(
    ("clock", "duration", "ends_in", "acts_in"),
    [
        # The witch (first in the order) acts once; her victim moves after her.
        ("start_of_turn", 1, 1, {1, 2, 3, 4}),
        ("end_of_turn", 1, 1, {2, 3, 4}),
        ("end_of_turn", 2, 2, {3, 4}),
        ("start_of_source_turn", 1, 2, {2, 3, 4}),
        ("end_of_source_turn", 1, 2, {2, 3, 4}),  # of her next turn, not of this one
        ("end_of_source_turn", 2, 3, {3, 4}),
    ],
)
def test_clocks(clock, duration, ends_in, acts_in):
    effect = {"name": "Stun", "conditions": ["stunned"], "clock": clock, "duration": duration}
    witch = first(creature("Witch", hex_of(effect, uses=1)))
    events = fight([witch], [creature("Ogre", attack("1"))], rounds=4, runs=20)["events"]
    assert rounds_of(events, "effect") == {1}
    assert rounds_of(events, "effect_ended") == {ends_in}
    assert {e["round"] for e in by(events, actor="Ogre", action="Blow")} == acts_in


def test_a_saving_throw_at_the_end_of_each_turn_ends_an_effect():
    effect = {"name": "Stun", "conditions": ["stunned"], "save_ends": True}
    witch = first(creature("Witch", hex_of(effect, uses=1) | {"dc": 11}))
    victim = creature("Ogre", attack("1"))
    events = fight([witch], [victim], rounds=3, runs=RUNS)["events"]
    begun = len(by(events, kind="effect"))
    assert abs(z(begun, RUNS, 0.5)) < 4.5
    for number in (1, 2, 3):
        ended = len(by(events, kind="effect_ended", round=number))
        assert abs(z(ended, RUNS, 0.5 ** (number + 1))) < 4.5


def test_the_same_effect_does_not_add_up_and_another_does():
    def armored(*names: str) -> float:
        actions = [
            enchant({"armor_class": 4}, name, on="self", time=time)
            for name, time in zip(names, ("action", "bonus_action"), strict=True)
        ]
        for action in actions:
            action["effect"]["name"] = action["name"].split()[0]
        knight = first(creature("Knight", *actions, ac=9))
        events = fight([knight], [creature("Ogre", attack("1", bonus=0))], runs=RUNS)["events"]
        return len(by(events, actor="Ogre", kind="miss")) / RUNS

    assert armored("Shield", "Ward") == pytest.approx(0.8, abs=0.015)  # armor class 17
    assert armored("Shield 1", "Shield 2") == pytest.approx(0.6, abs=0.015)  # 13


@pytest.mark.parametrize(
    ("bonus", "mean"), [("1d4", 0.5 + 2.5 / 20), ("-1d4", 0.5 - 2.5 / 20), ("3", 0.65)]
)
def test_dice_on_attack_rolls_and_saving_throws(bonus, mean):
    blessing = {"attack_roll": bonus, "saving_throw": bonus}
    priest = first(creature("Priest", enchant(blessing, on="allies", targets=2), position="back"))
    knight = creature("Knight", attack("1", bonus=0), initiative_bonus=50)
    ogre = creature("Ogre", save("0", dc=11, on_success="none"), ac=11)
    if bonus.startswith("-"):  # a curse goes to enemies
        priest = first(creature("Priest", hex_of({"name": "Bane"} | blessing), position="back"))
        knight, ogre = ogre | {"initiative_bonus": 50}, creature("Ogre", attack("1", bonus=0))
        knight["name"] = "Knight"
        ogre["armor_class"] = knight["armor_class"] = 11
    events = fight([priest, knight], [ogre], runs=RUNS)["events"]
    blows = [e for e in events if e["action"] == "Blow"]
    saves = [e for e in events if e["action"] == "Blast"]
    assert len(blows) == len(saves) == RUNS
    hits = sum(e["kind"] != "miss" for e in blows)
    assert abs(z(hits, RUNS, mean)) < 4.5
    made = [e for e in saves if e["target"] != "Priest" and e["kind"] == "save_made"]
    of_all = len([e for e in saves if e["target"] != "Priest"])
    if of_all:
        assert abs(z(len(made), of_all, mean)) < 4.5


def test_marks_and_extra_damage():
    mark = enchant({"marked_damage": "6 force"}, "Mark", on="enemies", time="bonus_action")
    rage = enchant(
        {"damage_roll": 3, "extra_damage": "1d1 fire"}, "Rage", on="self", time="bonus_action"
    )
    for action, spell, expected in (
        (mark, {}, {8: "hit", 9 + 0: "critical"}),
        (rage, {}, {2 + 3 + 1: "hit", 3 + 3 + 2: "critical"}),
        (rage, {"spell": 0}, {2: "hit", 3: "critical"}),  # of weapons only
        (rage, {"ranged": True}, {2 + 1: "hit", 3 + 2: "critical"}),  # melee only, the bonus
    ):
        ranger = first(creature("Ranger", attack("1d1+1") | spell, action))
        friend = creature("Friend", attack("1d1+1", name="Poke"))
        events = fight([ranger, friend], [creature("Ogre")], rounds=2)["events"]
        found = {e["amount"]: e["kind"] for e in by(events, actor="Ranger", action="Blow")}
        found.pop(0, None)  # misses
        if action is mark:
            assert found == {8: "hit", 9: "critical"}
        else:
            assert found == expected
        assert {e["amount"] for e in by(events, actor="Friend", kind="hit")} == {2}


def test_ongoing_damage_with_and_without_a_saving_throw():
    burning = {"name": "Fire", "turn_damage": "9 fire"}
    for turn_save, amounts in ((None, {9}), ("half", {4}), ("none", {0})):
        effect = burning | ({"turn_save": turn_save} if turn_save else {})
        witch = first(creature("Witch", hex_of(effect, uses=1) | {"dc": 20}))
        ogre = creature("Ogre", saving_throws={"wis": -100})
        events = fight([witch], [ogre], rounds=3, runs=50)["events"]
        sturdy = creature("Ogre", saving_throws={"wis": 100})
        logged = by(events, actor="Witch", action="Fire")
        hurt = [e for e in logged if e["kind"] in ("damage", "save_failed")]
        assert {e["amount"] for e in hurt} == {9}
        assert {e["round"] for e in hurt} == {1, 2, 3}
        if turn_save:
            gift = enchant(effect, "Fire", on="enemies", dc=20, ability="wis", uses=1)
            events = fight([first(creature("Witch", gift))], [sturdy], rounds=3, runs=50)["events"]
            assert {e["amount"] for e in by(events, kind="save_made")} == amounts


def test_an_aura_hurts_so_many_enemies_at_the_start_of_their_turns_those_in_front_first():
    aura = enchant({"turn_damage": "5 radiant", "aura": 2}, "Spirits", on="self", uses=1)
    archer = creature("Archer", position="back", initiative_bonus=5)
    events = fight([first(creature("Priest", aura))], [archer, creature("Orc", count=3)], rounds=2)
    hurt = by(events["events"], kind="damage")
    assert {(e["target"], e["amount"]) for e in hurt} == {("Orc 1", 5), ("Orc 2", 5)}
    assert len(hurt) == 600 * 2 * 2


def test_regained_and_temporary_hit_points():
    gift = enchant({"turn_healing": "4"}, "Regrowth", on="self", uses=1)
    hero = first(creature("Hero", gift, hp=100, ac=0))
    events = fight([hero], [creature("Ogre", attack("10"))], rounds=3, runs=200)["events"]
    healed = [e for e in events if e["kind"] == "heal" and e["amount"]]
    assert {e["amount"] for e in healed} == {4}
    ward = enchant({"temporary_hp": "12"}, "Ward", on="self", uses=1)
    hero = first(creature("Hero", ward, hp=100, ac=0))
    events = fight([hero], [creature("Ogre", attack("10"))], rounds=2, runs=200)["events"]
    assert {e["total"] for e in by(events, kind="temporary_hp")} == {12}
    hits = [e for e in events if e["actor"] == "Ogre" and e["kind"] in ("hit", "critical")]
    per_run: dict[int, list[int]] = {}
    for e in hits:
        per_run.setdefault(e["run"], []).append(e["amount"])
    assert {tuple(v) for v in per_run.values()} <= {(0, 8), (0,)}


def test_temporary_hit_points_never_add_up():
    lesser, greater = ({"type": "heal", "name": n, "temporary_hp": t, "on": "self", "uses": 1}
                       for n, t in (("Lesser", "5"), ("Greater", "8")))  # fmt: skip
    hero = first(creature("Hero", greater, lesser, hp=100))
    events = fight([hero], [creature("Ogre", attack("20"))], rounds=2, runs=200)["events"]
    assert {e["total"] for e in by(events, kind="temporary_hp")} <= {8, 5}
    first_round = by(events, round=1, kind="temporary_hp")
    assert {e["action"] for e in first_round} == {"Greater"}


@pytest.mark.parametrize(
    ("ends_on", "blow", "rounds"),
    [("attack", "Stab", {1}), ("attacked", "Blow", {1}), ("damage", "Blow", {1})],
)
def test_what_ends_an_effect_early(ends_on, blow, rounds):
    veil = enchant(
        {"conditions": ["invisible"], "ends_on": [ends_on]}, "Veil", on="self", time="bonus_action",
        uses=1,
    )  # fmt: skip
    rogue = first(creature("Rogue", attack("1", name="Stab"), veil, ac=0))
    events = fight([rogue], [creature("Ogre", attack("1"))], rounds=2, runs=300)["events"]
    ended = by(events, kind="effect_ended")
    assert {e["round"] for e in ended} >= rounds
    for e in ended:
        before = events[events.index(e) - 1]
        assert before["action"] in (blow, "Veil", "Stab")


def test_damage_breaks_concentration_by_the_saving_throw_s_chance():
    """DC 10 or half the damage: with +0 a save against 10 fails with 9 of 20 faces."""
    bless = enchant({"attack_roll": "1d4"}, "Bless", on="self", concentration=True, uses=1)
    for damage, share in (("1", 9 / 20), ("20", 9 / 20), ("30", 14 / 20), ("50", 1.0)):
        priest = first(creature("Priest", bless, attack("1", bonus=-90)))
        ogre = creature("Ogre", attack(damage, automatic=True))
        events = fight([priest], [ogre], runs=RUNS)["events"]
        ended = len(by(events, kind="effect_ended"))
        assert ended == RUNS if share == 1 else abs(z(ended, RUNS, share)) < 4.5


def test_a_new_concentration_ends_the_old_one_and_so_does_falling():
    fire = {"name": "Fire", "turn_damage": "1 fire"}
    web = {"name": "Web", "conditions": ["restrained"]}
    witch = first(
        creature(
            "Witch",
            hex_of(fire, concentration=True, uses=1),
            hp=5,
            ac=0,
        )
    )
    ogre = creature("Ogre", attack("50"))
    tables = fight([witch, creature("Friend")], [ogre], rounds=2)
    ended = by(tables["events"], kind="effect_ended")
    assert {e["target"] for e in ended} == {"Ogre"}
    fallen = {e["run"] for e in tables["events"] if e["target"] == "Witch" and e["target_hp"] == 0}
    assert {e["run"] for e in ended} == fallen
    assert web  # the policy never drops a concentration of its own accord; see test_choices


def test_effects_end_with_their_encounter():
    curse = hex_of({"name": "Stun", "conditions": ["stunned"]}, uses=1)
    ogre = first(creature("Ogre", curse, hp=1, ac=0))
    knight = creature("Knight", attack("5"))
    helper = creature("Helper", attack("5", name="Poke"))
    events = fight(
        [knight, helper], [ogre], [creature("Rat", hp=ENDLESS)], runs=300, rounds=3
    )["events"]  # fmt: skip
    second = [e for e in events if e["encounter"] == 2 and e["round"] == 1]
    assert {e["actor"] for e in second} == {"Knight", "Helper"}


def test_a_clock_goes_by_the_turns_of_a_dead_source_too():
    stun = {"name": "Stun", "conditions": ["stunned"], "duration": 2, "clock": "end_of_source_turn"}
    witch = first(creature("Witch", hex_of(stun, uses=1), hp=1))
    hero = creature("Hero", attack("5"), hp=100)
    spear = attack("9", name="Spear", automatic=True, ranged=True)
    foes = [creature("Ogre", attack("1")), creature("Archer", spear, initiative_bonus=50)]
    events = fight([witch, hero], foes, rounds=4, runs=20)["events"]
    assert rounds_of(events, "effect_ended") <= {3}
    assert by(events, kind="effect_ended")


def test_nobody_concentrates_on_what_an_ally_does_already():
    bane = {"name": "Bane", "attack_roll": "-1d4"}
    one = first(creature("One", hex_of(bane, concentration=True, uses=2), attack("1")))
    other = creature("Other", *one["actions"], initiative_bonus=50)
    foe = creature("Ogre", attack("30", bonus=-90))
    events = fight([one, other], [foe], rounds=2, runs=20)["events"]
    assert [e["actor"] for e in by(events, run=0, kind="effect")] == ["One"]


def test_what_hurts_at_the_start_of_a_turn_hurts_once_even_if_the_list_of_effects_changes():
    """The burning witch concentrates on two; losing that must not make her burn twice."""
    fire = {"name": "Fire", "turn_damage": "40 fire"}
    slow = {"name": "Slow", "armor_class": -2}
    witch = creature("Witch", hex_of(slow, concentration=True, targets=2, uses=1), hp=500,
                     initiative_bonus=50)  # fmt: skip
    devil = first(creature("Devil", hex_of(fire, uses=1)))
    imp = creature("Imp", attack("1", bonus=-90))
    events = fight([witch], [devil, imp], rounds=4, runs=300)["events"]
    burns = by(events, kind="damage", target="Witch")
    assert len(burns) == len({(e["run"], e["round"]) for e in burns})
    assert any(e["kind"] == "effect_ended" and e["action"] == "Slow" for e in events)
