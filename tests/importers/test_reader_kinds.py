"""Each kind of wording that stat blocks use is read rightly, or what is lost is named."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.scenario.dice import parse_damage
from tests.importers.blocks import (  # fmt: skip
    BITE,
    CLAWS,
    HIT,
    TAIL,
    action,
    assumed,
    creature,
    imported,
    left_out,
)


def average(damage: str) -> float:
    return sum(term.average for term in parse_damage(damage))


@pytest.mark.parametrize(
    "text",
    [
        (
            "Each creature in a 30-foot cone must make a DC 16 DEX save, taking 42 (12d6) fire "
            "damage on a failed save, or half as much damage on a successful one."
        ),
        "A 60' line of flame: 42 (12d6) fire (DC 16 Dex half).",
        (
            "Dexterity Saving Throw: DC 16, each creature in a 30-foot Cone. Failure: 42 (12d6) "
            "Fire damage. Success: Half damage."
        ),
        (
            "Each creature within 10 feet of it takes 42 (12d6) fire damage, or half with a "
            "successful DC 16 Dexterity saving throw."
        ),
        (
            "Creatures in a 20-foot cube make a DC 16 Dexterity saving throw. On a failure, they "
            "take 42 (12d6) fire damage, or half the damage on a success."
        ),
        (
            "Creatures in the area take 42 (12d6) fire damage; a successful DC 16 Dexterity save "
            "halves "
            "the damage."
        ),
    ],
)
def test_a_saving_throw_is_found_in_all_its_clothes(text):
    breath = action(text, "Fire Breath (Recharge 5-6)")
    assert breath["type"] == "save"
    assert (breath["dc"], breath["ability"], breath["damage"]) == (16, "dex", "12d6 fire")
    assert (breath["on_success"], breath["recharge"]) == ("half", 5)


@pytest.mark.parametrize("bonus", [0, 6])
def test_an_attack_bonus_beside_a_saving_throw_does_not_make_it_an_attack(bonus):
    text = (
        "The beast spits in a 30-foot line. Each creature there must make a DC 14 Constitution "
        "saving throw, taking 21 (6d6) acid damage on a failed save."
    )
    spit = action(text, "Spit", attack_bonus=bonus, damage_dice="6d6")
    assert (spit["type"], spit["dc"], spit["damage"]) == ("save", 14, "6d6 acid")


@pytest.mark.parametrize(
    ("hit", "damage"),
    [
        ("10 (2d6 + 3) piercing damage + 9 (2d8) necrotic.", "2d6+3 piercing + 2d8 necrotic"),
        ("10 (2d6 + 3) piercing and 3 (1d6) cold damage.", "2d6+3 piercing + 1d6 cold"),
        ("1 piercing damage plus 7 (2d6) poison damage.", "1 piercing + 2d6 poison"),
        ("5 (1d6 + 2) cold, fire, or acid damage (its choice).", "1d6+2 cold"),
        ("5 (1d6 + 2) bludgeoning, piercing, or slashing damage.", "1d6+2 bludgeoning"),
        ("7 (2d6) fire damage plus 4 (1d8) cold damage or 4 (1d8) acid damage.",
         "2d6 fire + 1d8 cold"),
        (("8 (1d8 + 4) slashing damage, or 9 (1d10 + 4) slashing damage if used with two hands, "
         "plus 13 (3d8) fire damage."), "1d8+4 slashing + 3d8 fire"),
        ("7 (1d8 + 3) kinetic damage.", "1d8+3"),
        ("8 (1d8 + 4).", "1d8+4"),
    ],
)  # fmt: skip
def test_the_clauses_of_a_hit_are_added_up(hit, damage):
    assert action(HIT + hit)["damage"] == damage


def test_a_type_of_somebodys_own_making_is_one_that_nothing_resists():
    found = imported({"name": "Blaster", "desc": f"{HIT}8 (1d8 + 4) plasma damage."})
    assert "plasma damage is a type that nothing resists" in assumed(found)


@pytest.mark.parametrize(
    "header",
    ["Melee Weapon Attack. +7 to hit, reach 5 ft. Hit:", "*Melee Weapon Attack:* +7 to hit. _Hit:_",
     "Melee Attack Roll: +7, reach 5 ft. Hit:", ("Melee Weapon Attack: +7 to hit, 5 ft., one "
     "target,")],
)  # fmt: skip
def test_the_header_of_an_attack_may_be_written_in_many_ways(header):
    found = action(f"{header} 9 (2d4 + 4) slashing damage.")
    assert (found["attack_bonus"], found["damage"]) == (7, "2d4+4 slashing")


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        (("9 (2d8) cold damage, and the target makes a DC 15 Strength check. On a failure, it is "
         "knocked prone."), (15, "str")),
        ("9 (2d8) cold damage, and it must succeed on a DC 12 CON save or be poisoned.",
         (12, "con")),
        (("9 (2d8) cold damage and target: DC 13 Con save or be stunned until the end of its next "
         "turn."), (13, "con")),
        ("9 (2d8) cold damage and target knocked prone (DC 13 Str not prone).", (13, "str")),
        (("9 (2d8) cold damage, and the target is blinded unless it succeeds on a DC 11 "
         "Constitution "
         "saving throw."), (11, "con")),
        (("9 (2d8) cold damage. If the target is a creature, it must succeed on a DC 14 Wisdom "
         "saving throw. On a failed save, the target is frightened for 1 minute."), (14, "wis")),
        (("9 (2d8) Cold damage, and the target is subjected to the following effect. Constitution "
         "Saving Throw: DC 12. Failure: The target has the Poisoned condition for 1 minute."),
         (12, "con")),
        (("9 (2d8) cold damage  and the creature makes a DC 10 Strength saving throw  falling "
         "prone on a failure."), (10, "str")),
    ],
)  # fmt: skip
def test_a_condition_whose_text_has_a_dc_never_comes_without_it(text, guard):
    found = action(HIT + text)
    assert found["damage"] == "2d8 cold"
    (rider,) = found["on_hit"]
    assert (rider["dc"], rider.get("ability", "con")) == guard
    assert rider["effect"]["conditions"]


def test_a_throw_without_an_ability_is_taken_as_constitution_and_says_so():
    found = imported({"name": "Bite", "desc": f"{HIT}5 (2d4) piercing damage, and the target "
                      "must succeed on a DC 16 saving throw or take 10 (3d6) poison damage."}
    )  # fmt: skip
    (bite,) = found.creatures[0].to_dict()["actions"]
    assert bite["damage"] == "2d4 piercing"
    assert bite["on_hit"][0]["dc"] == 16
    assert "names no ability" in assumed(found)


def test_a_grapple_keeps_its_hold_and_an_escape_is_no_saving_throw():
    found = action(f"{HIT}8 (1d8 + 4) bludgeoning damage, and the target is grappled (escape "
                    "DC 14). "
                   "Until this grapple ends, the target is restrained.")  # fmt: skip
    (rider,) = found["on_hit"]
    assert "dc" not in rider
    assert rider["effect"]["conditions"] == ["grappled", "restrained"]


def test_what_comes_with_a_charge_comes_with_a_charge():
    found = action(
        f"{HIT}6 (1d6 + 3) piercing damage. If the target is a Large or smaller creature and the "
        "beast moved 20+ feet straight toward it immediately before the hit, the target takes an "
        "extra 5 (2d4) piercing damage and has the Prone condition."
    )
    assert found["damage"] == "1d6+3 piercing"
    assert [rider["when"] for rider in found["on_hit"]] == ["charge", "charge"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("7 (2d6) cold damage, and if the target is undead it takes 10 (3d6) radiant damage.",
         "10 (3d6) radiant damage in other circumstances"),
        (("7 (2d6) cold damage. The target must succeed on a DC 15 Constitution saving throw "
         "or gain "
         "one level of exhaustion."), "DC 15 Constitution saving throw"),
        (("7 (2d6) cold damage, and the target must succeed on a DC 13 Strength saving throw or be "
         "pushed 10 feet away."), "DC 13 Strength saving throw, which decides nothing here"),
        ("7 (2d6) cold damage, and the target's Strength score is reduced by 1d4.", "what else"),
    ],
)  # fmt: skip
def test_what_is_not_played_of_a_hit_is_named(text, named):
    found = imported({"name": "Strike", "desc": HIT + text})
    assert found.creatures[0].to_dict()["actions"][0]["damage"] == "2d6 cold"
    assert named in left_out(found)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It attacks twice.", ["Bite", "Bite"]),
        ("The beast makes one claw attack and one bite attack.", ["Bite", "Claws"]),
        (("The beast makes two attacks: one with its bite and one with its tail. While flying, it "
         "can use its claws in place of one other attack."), ["Bite", "Tail"]),
        ("It makes two claw attacks. It can use its bite instead of one of these.",
         ["Claws", "Claws"]),
        ("It makes two tail attacks. It can also make a bite attack.", ["Bite", "Tail", "Tail"]),
        ("The beast attacks once with its bite and twice with its claws.",
         ["Bite", "Claws", "Claws"]),
        ("Three melee attacks, only one of which can be a Bite.", ["Bite", "Claws", "Claws"]),
        ("It makes two Tail or Bite attacks.", ["Bite", "Bite"]),
        ("It makes as many bite attacks as it has heads.", ["Bite"] * 5),
        (("In wolf form, it makes one bite attack and one tail attack. In its true form, it makes "
         "two tail attacks."), ["Bite", "Tail"]),
    ],
)  # fmt: skip
def test_multiattacks_are_as_long_as_they_say(text, names):
    found = creature({"name": "Multiattack", "desc": text}, BITE, CLAWS, TAIL)
    assert sorted(found["multiattack"]) == names


def test_the_ways_of_a_multiattack_are_weighed_with_their_riders():
    sting = {"name": "Sting", "desc": f"{HIT}6 (1d4 + 4) piercing damage, and the target must "
             "make a "
             "DC 15 Constitution saving throw, taking 24 (7d6) poison damage on a failed save, or "
             "half as much damage on a successful one."}  # fmt: skip
    text = "It makes two attacks: one with its claws and one with its bite or its sting."
    found = creature({"name": "Multiattack", "desc": text}, BITE, CLAWS, sting)
    assert found["multiattack"] == ["Claws", "Sting"]


def bonus(text: str, name: str = "Quick") -> list[dict]:
    found = creature(BITE, bonus_actions=[{"name": name, "desc": text}])
    return [each for each in found["actions"] if each.get("time") == "bonus_action"]


def test_a_bonus_action_that_makes_an_attack_makes_it_with_its_limit():
    (quick,) = bonus("The beast makes one bite attack.", "Frenzy (3/Day)")
    assert (quick["attack_bonus"], quick["damage"], quick["uses"]) == (7, "2d6+4 piercing", 3)
    (charged,) = bonus("The beast makes one bite attack.", "Frenzy (Recharge 5-6)")
    assert charged["recharge"] == 5
    (prone,) = bonus("The beast makes a bite attack against a prone creature.")
    assert prone["requires"] == ["prone"]
    (twice,) = bonus("The beast makes two bite attacks.")
    assert twice["attacks"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "The beast has advantage on its next bite attack.",
        "If the beast hits with its bite, it can move 10 feet.",
        "When the beast is bloodied, it makes a bite attack.",
        "Until the end of its turn its bite attacks deal an extra die.",
        "After it was hit, the beast makes a bite attack against who hit it.",
    ],
)
def test_an_attack_that_is_merely_mentioned_is_no_attack(text):
    assert bonus(text) == []
    found = imported(BITE, bonus_actions=[{"name": "Quick", "desc": text}])
    assert "Quick" in left_out(found)


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("Roar (1/Day)", {"uses": 1}),
        ("Roar (3/Day each)", {"uses": 3}),
        ("Roar (Recharge 6)", {"recharge": 6}),
        ("Roar, recharge 5-6", {"recharge": 5}),
        ("Roar (Recharges after a Short Rest)", {"uses": 1, "per": "short_rest"}),
        ("Roar (2/Short Rest)", {"uses": 2, "per": "short_rest"}),
        ("Roar (Recharges at Half Hit Points)", {"uses": 1}),
        ("Roar (Recharge when Bloodied)", {"uses": 1}),
    ],
)
def test_limits_are_read_wherever_they_stand_in_a_name(name, limit):
    text = "Each creature within 10 feet takes 7 (2d6) thunder damage (DC 12 Con half)."
    found = action(text, name)
    assert {key: found[key] for key in limit} == limit


@pytest.mark.parametrize(
    ("phrase", "kinds", "named"),
    [
        ("poison,poisoned", ["poison"], "poisoned"),
        ("cold,Swarm Resilience", ["cold"], "Swarm Resilience"),
        ("fire; nonmagical B/P/S attacks", ["fire", *(f"nonmagical {kind}" for kind in (
            "bludgeoning", "piercing", "slashing"))], ""),
        ("slashing from nonmagical weapons", ["nonmagical slashing"], ""),
        ("cold, fire, and thunder", ["cold", "fire", "thunder"], ""),
        ("damage from spells", [], "damage from spells"),
    ],
)  # fmt: skip
def test_a_list_of_defences_loses_the_unknown_word_alone(phrase, kinds, named):
    found = imported(BITE, damage_resistances=phrase)
    assert sorted(found.creatures[0].to_dict().get("resistances", [])) == sorted(kinds)
    assert named in left_out(found)


TRAITS = (
    "Ambusher", "Assassinate", "Blood Frenzy", "Evasion", "Gnome Cunning", "Grappler",
    "Magic Resistance", "Pack Tactics", "Reactive", "Reckless", "Steadfast", "Undead Fortitude",
)  # fmt: skip


@pytest.mark.parametrize("trait", TRAITS)
def test_every_trait_that_a_creature_can_have_is_read(trait):
    found = creature(BITE, special_abilities=[{"name": trait, "desc": "As printed."}])
    assert found["traits"] == [trait.lower().replace(" ", "_")]


def test_traits_of_every_kind_come_into_play():
    found = creature(BITE, special_abilities=[
        {"name": "Heated Body", "desc": "A creature that touches it or hits it with a melee attack "
         "while within 5 ft. of it takes 5 (1d10) fire damage."},
        {"name": "Death Burst", "desc": "When it dies, it explodes. Each creature within 5 "
         "ft. of it "
         "must make a DC 11 Dexterity saving throw, taking 7 (2d6) fire damage on a failed save."},
        {"name": "Brave", "desc": "It has advantage on saving throws against being frightened."},
        {"name": "Rend the Weak", "desc": "If it moves at least 20 feet straight toward a "
         "target and "
         "then hits it with a bite attack on the same turn, the target takes an extra 7 (2d6) "
         "piercing damage."},
    ])  # fmt: skip
    times = {each["name"]: each.get("time", "action") for each in found["actions"]}
    assert times == {"Bite": "action", "Heated Body": "start", "Death Burst": "death"}
    assert found["condition_advantage"] == ["frightened"]
    assert found["actions"][0]["on_hit"][0]["when"] == "charge"


def test_several_breath_weapons_share_one_recharge():
    found = creature({"name": "Breath Weapons (Recharge 5-6)", "desc": "It uses one of these.\n"
                      "Frost Breath. Each creature in a 30-foot cone must make a DC 14 "
                      "Constitution "
                      "saving throw, taking 18 (4d8) cold damage on a failed save.\nSleep "
                      "Breath. Each "
                      "creature in a 30-foot cone must succeed on a DC 14 Constitution saving "
                      "throw or "
                      "fall unconscious for 1 minute."})  # fmt: skip
    frost, sleep = found["actions"]
    assert (frost["name"], frost["recharge"]) == ("Frost Breath", 5)
    assert sleep["shares"] == "Frost Breath"


def test_saves_in_snake_case_and_without_types_are_those_of_the_web_page():
    def one(name, bonus, damage):
        attack = {"id": "a", "name": "Attack", "action_slot": 0, "targets": 1, "dpr": damage,
                  "to_hit": bonus, "target": "enemy_with_most_hp"}  # fmt: skip
        return {"id": name, "name": name, "count": 1, "hp": 20, "ac": 13, "actions": [attack]}

    save = {"players": [one("A", 7, 9)], "encounters": [{"monsters": [one("B", 4, "1d6+2")]}]}
    scenario = dw.import_data(save).scenario
    (ours,), (theirs,) = scenario.players[0].actions, scenario.encounters[0].monsters[0].actions
    assert (ours.attack_bonus, theirs.attack_bonus, str(theirs.damage[0])) == (7, 4, "1d6+2")
    assert scenario.players[0].targeting == "highest_hp"


def test_a_throw_told_in_the_next_sentence_guards_what_it_names():
    found = action(
        f"{HIT}5 (1d6 + 2) piercing damage plus 6 (1d12) poison damage and the target is poisoned "
        "until the end of its next turn. A successful DC 11 Constitution save halves the poison "
        "damage and prevents poisoning."
    )
    (rider,) = found["on_hit"]
    assert (found["damage"], rider["damage"], rider["dc"]) == ("1d6+2 piercing", "1d12 poison", 11)
    assert (rider["on_success"], rider["effect"]["conditions"]) == ("half", ["poisoned"])


def test_half_of_one_kind_of_damage_leaves_the_other_alone():
    found = action(
        f"{HIT}6 (1d8 + 2) piercing damage plus 22 (4d10) poison damage, or half as much poison "
        "damage with a successful DC 12 Constitution saving throw."
    )
    (rider,) = found["on_hit"]
    assert (found["damage"], rider["damage"]) == ("1d8+2 piercing", "4d10 poison")
    assert (rider["dc"], rider["on_success"]) == (12, "half")


def test_a_second_failure_makes_an_effect_worse():
    gaze = action(
        "Constitution Saving Throw: DC 13, each creature in a 30-foot Cone. First Failure: The "
        "target has the Restrained condition and repeats the save at the end of its next turn. "
        "Second Failure: The target has the Petrified condition.",
        "Gaze",
    )
    effect = gaze["effect"]
    assert (effect["conditions"], effect["save_ends"]) == (["restrained"], True)
    assert effect["worsens"]["conditions"] == ["petrified"]


def test_damage_of_later_turns_is_not_that_of_the_hit():
    found = action(
        f"{HIT}9 (2d8) slashing damage, and the target must succeed on a DC 14 Constitution save "
        "or lose 7 (2d6) hit points at the start of each of its turns until it takes an action to "
        "stanch the wound."
    )
    (rider,) = found["on_hit"]
    assert (found["damage"], rider["effect"]["turn_damage"]) == ("2d8 slashing", "2d6")


def test_a_disease_of_another_day_costs_no_damage_of_the_hit():
    found = imported({"name": "Bite", "desc": f"{HIT}13 (2d8 + 4) piercing damage, and the target "
                      "must succeed on a DC 14 Constitution saving throw or contract a disease."}
    )  # fmt: skip
    assert found.creatures[0].to_dict()["actions"][0]["damage"] == "2d8+4 piercing"
    assert "DC 14 Constitution saving throw, which decides nothing here" in left_out(found)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Frenzy (While Bloodied)", "The beast makes a bite attack."),
        ("Last Bite (10 HP or Fewer)", "The beast makes a bite attack."),
        ("Order", "One ally can use its reaction to make one melee attack."),
    ],
)
def test_a_bonus_action_of_some_moment_or_of_somebody_else_is_named(name, text):
    assert bonus(text, name) == []
    found = imported(BITE, bonus_actions=[{"name": name, "desc": text}])
    assert name.split(" (")[0] in left_out(found)


def test_a_trait_that_is_played_names_what_it_leaves_out():
    spines = {"name": "Spines", "desc": "A creature that hits it with a melee attack within 5 "
              "feet of it takes 3 (1d6) piercing damage and 2 (1d4) poison damage, and must make a "
              "DC 13 Constitution saving throw or be paralyzed."}  # fmt: skip
    found = imported(BITE, special_abilities=[spines])
    (_, spiny) = found.creatures[0].to_dict()["actions"]
    assert spiny["effect"]["retribution"] == "1d6 piercing + 1d4 poison"
    assert "DC 13 Constitution saving throw" in left_out(found)


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ("Each creature in a line 5 feet wide and 60 feet long", 3),
        ("Each creature within 15 feet makes", 4),
        ("up to three creatures within 60 feet of it. Each creature", 3),
    ],
)
def test_areas_are_measured_however_they_are_told(text, caught):
    blast = action(f"{text} makes a DC 12 Dexterity save, taking 7 (2d6) fire damage on a failure.")
    assert blast["targets"] == caught
