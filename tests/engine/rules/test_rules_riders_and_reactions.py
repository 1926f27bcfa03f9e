"""What rides on a hit and what answers it: Sneak Attack, poison, Smite, Shield, Parry and so on."""

from __future__ import annotations

import pytest

from tests.engine.tables_of import attack, by, creature, fight, first, save, z

RUNS = 6_000
SNEAK = {
    "name": "Sneak Attack",
    "damage": "7",
    "when": "advantage_or_ally",
    "once_per_turn": True,
}


def blows(striker: dict, *others: dict, target: dict | None = None, **options) -> list[dict]:
    target = target or creature("Dummy")
    events = fight([first(striker), *others], [target], **options)["events"]
    return [e for e in events if e["actor"] == striker["name"] and e["kind"] != "initiative"]


def test_sneak_attack_once_a_turn_with_an_ally_or_advantage():
    rogue = creature(
        "Rogue", attack("1"), attack("1", name="Off hand"),
        multiattack=["Blow", "Off hand"], riders=[SNEAK],
    )  # fmt: skip
    alone = blows(rogue)
    assert {e["amount"] for e in by(alone, kind="hit")} == {1}
    events = blows(rogue, creature("Friend"), rounds=2)
    for number in range(600):
        for turn in (1, 2):
            hits = [e for e in by(events, run=number, round=turn) if e["kind"] != "miss"]
            assert [e["amount"] for e in hits] in ([8, 1], [8], [])
    lucky = rogue | {"actions": [a | {"advantage": True} for a in rogue["actions"]]}
    assert {e["amount"] for e in blows(lucky) if e["kind"] != "miss"} == {1, 8}
    unlucky = rogue | {"actions": [a | {"disadvantage": True} for a in rogue["actions"]]}
    assert {e["amount"] for e in blows(unlucky, creature("Friend")) if e["kind"] != "miss"} == {1}


def test_a_critical_hit_doubles_the_dice_of_riders():
    rogue = creature("Rogue", attack("1d1"), riders=[SNEAK | {"damage": "3d1+2"}])
    events = blows(rogue, creature("Friend"))
    assert {e["amount"] for e in by(events, kind="hit")} == {1 + 5}
    assert {e["amount"] for e in by(events, kind="critical")} == {2 + 8}


def test_a_rider_on_critical_hits_only():
    barbarian = creature(
        "Barbarian",
        attack("1", on_hit=[{"name": "Sting", "damage": "5", "when": "critical"}]),
    )
    events = blows(barbarian)
    assert {e["amount"] for e in by(events, kind="hit")} == {1}
    assert {e["amount"] for e in by(events, kind="critical")} == {6}


@pytest.mark.parametrize(("on_success", "left"), [("half", 5), ("none", 0)])
def test_poison_on_a_hit_with_its_saving_throw(on_success, left):
    sting = {"name": "Venom", "dc": 11, "damage": "11 poison", "on_success": on_success}
    events = blows(creature("Spider", attack("1", on_hit=[sting])), runs=RUNS)
    saves = by(events, action="Venom")
    hits = [e for e in by(events, action="Blow") if e["kind"] != "miss"]
    assert len(saves) == len(hits)
    failed = by(saves, kind="save_failed")
    assert abs(z(len(failed), len(saves), 0.5)) < 4.5
    assert {e["amount"] for e in failed} == {11}
    assert {e["amount"] for e in by(saves, kind="save_made")} == {left}


def test_knocked_prone_by_a_bite_and_up_again_for_half_the_movement():
    prone = {"name": "Trip", "dc": 100, "ability": "str",
             "effect": {"name": "Prone", "conditions": ["prone"]}}  # fmt: skip
    wolf = creature("Wolf", attack("1", on_hit=[prone]))
    friend = creature("Friend", attack("1", bonus=0), initiative_bonus=50)
    events = fight([first(wolf), friend], [creature("Ogre", ac=11)], runs=RUNS)["events"]
    tripped = {e["run"] for e in by(events, kind="effect")}
    pokes = [e for e in by(events, actor="Friend", action="Blow") if e["run"] in tripped]
    assert abs(z(sum(e["kind"] != "miss" for e in pokes), len(pokes), 0.75)) < 4.5
    assert {e["target"] for e in by(events, kind="effect_ended")} == {"Ogre"}


def test_smite_takes_the_highest_slot_left_and_only_melee_weapon_hits():
    smite = {"name": "Smite", "damage": "2d1 radiant", "spell": 1, "attacks": "melee_weapon",
             "upcast": {"damage": "1d1 radiant"}}  # fmt: skip
    paladin = creature("Paladin", attack("1d1"), riders=[smite], spell_slots=[1, 1])
    events = blows(paladin, rounds=4)
    for run in range(600):
        hits = [e for e in by(events, run=run) if e["kind"] != "miss"]
        dice = [e["amount"] // (2 if e["kind"] == "critical" else 1) for e in hits]
        assert dice == [1 + 3, 1 + 2, 1, 1][: len(hits)]
    archer = paladin | {"actions": [attack("1d1", ranged=True)]}
    assert {e["amount"] for e in by(blows(archer), kind="hit")} == {1}


def test_a_stunning_strike_takes_ki_until_it_works():
    strike = {"name": "Stunning Strike", "dc": 11, "ability": "con", "cost": {"ki": 1},
              "effect": {"name": "Stunned", "conditions": ["stunned"], "duration": 1,
                         "clock": "end_of_source_turn"}}  # fmt: skip
    monk = creature(
        "Monk", attack("1"), multiattack=["Blow"] * 4, riders=[strike],
        resources={"ki": {"uses": 2, "per": "short_rest"}},
    )  # fmt: skip
    events = blows(monk, runs=2000)
    for run in range(200):
        saves = by(events, run=run, action="Stunning Strike")
        kinds = [e["kind"] for e in saves]
        assert kinds in (["save_failed"], ["save_made", "save_failed"], ["save_made"] * 2,
                         ["save_made"], [])  # fmt: skip


@pytest.mark.parametrize(("armor", "lasting"), [(5, True), (5, False), (2, True)])
def test_shield_turns_hits_that_it_can_and_parry_one_attack(armor, lasting):
    shield = {
        "type": "defend",
        "name": "Shield",
        "armor_class": armor,
        "lasting": lasting,
        "uses": 9,
    }
    mage = creature("Mage", shield, ac=11)
    ogre = creature("Ogre", attack("1", bonus=0), multiattack=["Blow"] * 3)
    events = fight([mage], [ogre], runs=RUNS)["events"]
    reactions = by(events, kind="reaction")
    assert {e["actor"] for e in reactions} == {"Mage"}
    blows_by_run: dict[int, list[dict]] = {}
    for e in by(events, actor="Ogre", action="Blow"):
        blows_by_run.setdefault(e["run"], []).append(e)
    for in_order in list(blows_by_run.values())[:2000]:
        up = False
        for e in in_order:
            could = 11 <= e["total"] < 11 + armor and e["roll"] < 20
            if not up and could:
                assert e["kind"] == "miss"  # the shield turned it
                up = True
            elif up and lasting:
                assert (e["kind"] == "miss") == (e["total"] < 11 + armor and e["roll"] < 20)
            else:
                assert (e["kind"] == "miss") == (
                    (e["total"] < 11 and e["roll"] < 20) or e["roll"] == 1
                )


def test_uncanny_dodge_halves_one_attack_a_round():
    dodge = {"type": "defend", "name": "Uncanny Dodge", "halve": True}
    rogue = creature("Rogue", dodge, ac=0)
    ogre = creature("Ogre", attack("9"), multiattack=["Blow"] * 2)
    events = fight([rogue], [ogre], rounds=2)["events"]
    for run in range(300):
        for number in (1, 2):
            hits = by(events, run=run, round=number, kind="hit")
            if len(hits) == 2:
                assert [e["amount"] for e in hits] == [4, 9]


def test_a_reaction_answers_a_hit_or_a_miss_of_its_own_enemy():
    rebuke = save("6 fire", name="Rebuke", time="reaction")
    riposte = attack("3", name="Riposte", time="reaction", trigger="missed")
    for action, against in ((rebuke, {"hit", "critical"}), (riposte, {"miss"})):
        hero = creature("Hero", action, ac=11)
        ogre = creature("Ogre", attack("1", bonus=0), multiattack=["Blow"] * 2)
        events = fight([hero], [ogre])["events"]
        answers = by(events, actor="Hero", action=action["name"])
        assert answers
        assert len({e["run"] for e in answers}) == len(answers)  # one a round
        for e in answers:
            assert events[events.index(e) - 1]["kind"] in against
            assert e["target"] == "Ogre"


def test_who_is_stunned_or_has_no_reactions_does_not_react():
    dodge = {"type": "defend", "name": "Dodge", "halve": True}
    for change in ({"conditions": ["stunned"]}, {"grants": ["no_reactions"]}):
        hex_ = save("0", name="Hex", effect={"name": "Hex"} | change)
        del hex_["damage"]
        witch = first(creature("Witch", hex_))
        fighter = creature("Fighter", attack("8"), initiative_bonus=50)
        events = fight([witch, fighter], [creature("Rogue", dodge, ac=0)])["events"]
        assert not by(events, kind="reaction")
        assert {e["amount"] for e in by(events, actor="Fighter", kind="hit")} == {8}


def test_riders_of_two_attacks_are_once_a_turn_each_for_itself():
    def sting(name: str) -> dict:
        return {"name": name, "damage": "5", "once_per_turn": True}

    wasp = creature(
        "Wasp",
        attack("1", automatic=True, on_hit=[sting("A")]),
        attack("1", automatic=True, name="Tail", on_hit=[sting("B")]),
        multiattack=["Blow", "Blow", "Tail", "Tail"],
    )
    amounts = [e["amount"] for e in by(blows(wasp, runs=1), run=0)]
    assert amounts == [6, 1, 6, 1]


def test_a_free_action_comes_on_top():
    eye = attack("2", name="Eye", time="free", automatic=True)
    events = blows(creature("Beholder", attack("1", automatic=True), eye), runs=3)
    assert [e["action"] for e in by(events, run=0)] == ["Blow", "Eye"]
