"""Slots, upcasting, concentration, Counterspell, the bonus-action rule. SRD 5.1, "Spellcasting"."""

from __future__ import annotations

from collections import Counter

from tests.engine.tables_of import attack, by, creature, fight, first, save, z

RUNS = 20_000


def bolt(name: str = "Bolt", level: int = 1, damage: str = "10", **more) -> dict:
    return save(damage, name=name, spell=level, on_success="none", **more)


def casts(caster: dict, *encounters: list[dict], rounds: int = 6, runs: int = 200, **more):
    fights = encounters or ([creature("Dummy")],)
    return fight([first(caster)], *fights, rounds=rounds, runs=runs, **more)["events"]


def test_a_spell_is_cast_as_often_as_there_are_slots():
    mage = creature("Mage", bolt(), attack("1"), spell_slots=[2])
    events = casts(mage)
    assert Counter(e["round"] for e in by(events, action="Bolt")) == {1: 200, 2: 200}
    assert {e["round"] for e in by(events, action="Blow")} == {3, 4, 5, 6}


def test_higher_slots_make_a_spell_stronger_and_lower_ones_are_left():
    mage = creature("Mage", bolt(upcast={"damage": "5"}), attack("1"), spell_slots=[1, 1, 1])
    events = casts(mage)
    amounts = [e["amount"] for e in by(events, run=0, action="Bolt")]
    assert amounts == [20, 15, 10]


def test_no_slot_is_wasted_on_an_enemy_that_a_lower_one_fells():
    mage = creature("Mage", bolt(upcast={"damage": "5"}), spell_slots=[1, 1])
    events = casts(mage, [creature("Rat", hp=9)])
    assert by(events, run=0, action="Bolt")[0]["amount"] == 9
    rays = attack("3", name="Rays", attacks=3, ranged=True, spell=2, upcast={"attacks": 1})
    mage = creature("Mage", rays, spell_slots=[0, 1, 1])
    events = casts(mage)
    assert [len(by(events, run=0, round=n, action="Rays")) for n in (1, 2, 3)] == [4, 3, 0]


def test_pact_magic_casts_everything_at_its_one_level():
    warlock = creature(
        "Warlock", bolt(upcast={"damage": "5"}), attack("1"),
        pact_magic={"slots": 2, "level": 3},
    )  # fmt: skip
    amounts = [e["amount"] for e in by(casts(warlock), run=0, action="Bolt")]
    assert amounts == [20, 20]


def test_innate_spells_have_uses_of_their_own_and_cantrips_none():
    drow = creature("Drow", bolt("Fire", 3, uses=1), save("3", name="Spark", spell=0))
    events = by(casts(drow), run=0)
    assert [e["action"] for e in events if e["action"]] == ["Fire"] + ["Spark"] * 5


def test_a_bonus_action_spell_leaves_a_cantrip_only():
    word = bolt("Word", 1, "4", time="bonus_action", uses=99)
    spark = save("3", name="Spark", spell=0)
    great = bolt("Great", 3, "50", uses=99)
    small = bolt("Small", 1, "6", uses=99)
    # 50 is more than 4 + 3, and 6 is less.
    for other, expected in ((great, ["Great"]), (small, ["Spark", "Word"])):
        mage = creature("Mage", word, spark, other)
        events = by(casts(mage, rounds=1), run=0)
        assert sorted(e["action"] for e in events if e["action"]) == expected
    kick = attack("4", name="Kick", time="bonus_action")
    events = by(casts(creature("Mage", kick, great), rounds=1), run=0)
    assert sorted(e["action"] for e in events if e["action"]) == ["Great", "Kick"]


def test_who_concentrates_does_not_cast_another_such_spell():
    hold = {"name": "Hold", "conditions": ["paralyzed"]}
    cage = bolt("Hold", 2, concentration=True, effect=hold)
    del cage["damage"]
    fog = {"type": "effect", "name": "Fog", "spell": 1, "concentration": True, "on": "self",
           "effect": {"name": "Fog", "grants": ["attacked_disadvantage"]}}  # fmt: skip
    mage = creature("Mage", cage, fog, attack("1"), spell_slots=[4, 4])
    events = casts(mage, [creature("Ogre", attack("30"))])
    begun = [e["action"] for e in by(events, run=0, kind="effect")]
    assert len(begun) == 1


def test_counterspell_by_a_slot_as_high_is_sure_and_by_a_check_below():
    counter = {"type": "counter", "name": "Counterspell", "check_bonus": 3, "spell": 3}
    for slots, share in (([0, 0, 1], 9 / 20), ([0, 0, 0, 0, 1], 1.0)):
        mage = creature("Mage", counter, spell_slots=slots)
        lich = first(creature("Lich", bolt("Doom", 5, "9", uses=1), position="back"))
        events = fight([mage], [lich], runs=RUNS)["events"]
        stopped = len(by(events, kind="countered"))
        # d20 + 3 against 15: nine faces, from 12 on.
        assert stopped == RUNS if share == 1 else abs(z(stopped, RUNS, share)) < 4.5
        assert len(by(events, action="Doom")) == RUNS - stopped
        assert {e["roll"] is None for e in by(events, action="Counterspell")} == {share == 1.0}


def test_counterspell_is_no_answer_to_cantrips_and_breath():
    counter = {"type": "counter", "name": "Counterspell", "uses": 5, "spell": 9}
    for action in (bolt("Spark", 0), save("5", name="Breath")):
        events = fight([creature("Mage", counter)], [first(creature("Foe", action))])["events"]
        assert not by(events, action="Counterspell")


def test_magic_missile_hits_without_a_roll_and_a_shield_does_not_help():
    missile = attack("3", name="Missile", automatic=True, attacks=3, spell=1, ranged=True)
    shield = {"type": "defend", "name": "Shield", "armor_class": 5, "uses": 3}
    events = casts(creature("Mage", missile, spell_slots=[9]), [creature("Foe", shield, ac=100)])
    logged = by(events, action="Missile")
    assert {(e["kind"], e["roll"], e["amount"]) for e in logged} == {("hit", None, 3)}
    assert len(logged) == 200 * 6 * 3


def test_lay_on_hands_gives_what_is_missing_point_by_point():
    touch = {"type": "heal", "name": "Touch", "points": "pool"}
    paladin = first(creature("Paladin", touch, resources={"pool": {"uses": 12}}))
    victim = creature("Victim", hp=20, ac=0)
    events = fight([paladin, victim], [creature("Ogre", attack("15"), targeting="lowest_hp")],
                   rounds=4, runs=100)["events"]  # fmt: skip
    given = [e["amount"] for e in by(events, run=3, action="Touch")]
    assert sum(given) <= 12
    assert max(e["amount"] for e in by(events, action="Touch")) == 12
