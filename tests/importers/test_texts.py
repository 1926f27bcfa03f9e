"""English of stat blocks, tags of 5etools and formulas of simulators, read one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from dualslot_widgets.importers.formats.five_e_tools_text import entries_text, rendered
from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.saves import battlesim_numbers as numbers
from dualslot_widgets.importers.statblock.actions import read_action
from dualslot_widgets.importers.statblock.areas import caught
from dualslot_widgets.importers.statblock.defences import defences
from dualslot_widgets.importers.statblock.effects import effect, lasts
from dualslot_widgets.importers.statblock.multiattack import routine
from dualslot_widgets.importers.statblock.names import cost_of, limit_of, plain_name
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.reading import GRANTS, Reading
from dualslot_widgets.importers.statblock.spells import casting_of_text
from dualslot_widgets.scenario.dice import parse_damage

FRIGHTENS = (
    "or become frightened for 1 minute. It can repeat the saving throw at the end of each of its "
    "turns, ending the effect on itself on a success."
)
GAZES = (
    "The beast can use its Dread Gaze. It then makes two attacks: one with its bite and one with "
    "its claws."
)


def save_of(text: str) -> dict | None:
    reading = Reading(text)
    found = reading.of("save", "bare")
    return reading.guard(found[0]) if found else None


def effect_of(name: str, text: str) -> dict | None:
    reading = Reading(text)
    badly = [mark.start for mark in reading.of("badly")]
    facts = reading.of("suffers", *GRANTS, "damage", end=min(badly, default=None))
    return effect(name, reading, [fact for fact in facts if lasts(reading, fact)], 0)


def read(text: str, name: str = "Strike") -> dict:
    action = read_action(Passage("here", name, text), Notes())
    assert action is not None
    return action


@pytest.mark.parametrize(
    ("hit", "damage"),
    [
        ("Hit: 5 (1d6 + 2) piercing damage.", "1d6+2 piercing"),
        ("Hit: 1 piercing damage.", "1 piercing"),
        ("Hit: 9 (2d8) cold damage plus 7 (2d6) fire damage.", "2d8 cold + 2d6 fire"),
        ("Hit: 3 (1d6) lightning or thunder damage.", "1d6 lightning"),
        ("Hit: 6 (1d8 − 2) cold damage.", "1d8-2 cold"),
        ("Hit: 2d6+3 slashing damage.", "2d6+3 slashing"),
        ("Hit: 4 (1d6 + 1) piercing damage, or 5 (1d8 + 1) piercing damage if used with two hands.",
         "1d6+1 piercing"),
    ],
)  # fmt: skip
def test_the_damage_of_a_hit_is_read_with_its_first_choice(hit, damage):
    action = read(f"Melee Weapon Attack: +4 to hit, reach 5 ft., one target. {hit}")
    assert (action["attack_bonus"], action["damage"]) == (4, damage)


def test_a_saving_throw_on_a_hit_is_a_rider_whatever_its_wording():
    older = read(
        "Melee Weapon Attack: +4 to hit, reach 5 ft., one creature. Hit: 3 (1d6) piercing damage, "
        "and the target must make a DC 11 Constitution saving throw, taking 9 (2d8) poison damage "
        "on a failed save, or half as much damage on a successful one."
    )
    newer = read(
        "Melee Attack Roll: +4, reach 5 ft. Hit: 3 (1d6) Piercing damage, and the target is "
        "subjected to the following effect. Constitution Saving Throw: DC 11. Failure: 9 (2d8) "
        "Poison damage. Success: Half damage."
    )
    for action in (older, newer):
        (rider,) = action["on_hit"]
        assert action["damage"] == "1d6 piercing"
        assert rider["damage"] == "2d8 poison"
        assert (rider["dc"], rider["ability"], rider["on_success"]) == (11, "con", "half")


def test_what_is_for_a_held_target_needs_one_and_what_is_for_a_swallowed_one_is_left_out():
    text = "One creature grappled by it must make a DC 15 Strength saving throw or take 3 damage."
    assert read(text, "Squeeze")["requires"] == ["grappled"]
    notes = Notes()
    text = "One creature that it has swallowed must make a DC 15 Strength saving throw."
    assert read_action(Passage("here", "Digest", text), notes) is None
    (remark,) = notes.report([]).left_out
    assert "swallowed" in remark.why


@pytest.mark.parametrize(
    ("text", "save"),
    [
        ("must make a DC 15 Dexterity saving throw", {"dc": 15, "ability": "dex"}),
        ("Wisdom Saving Throw: DC 9, one creature", {"dc": 9, "ability": "wis"}),
        ("a Charisma saving throw (DC 20)", {"dc": 20, "ability": "cha"}),
        ("a DC 12 Strength check", None),
    ],
)
def test_saving_throws_are_found_in_three_wordings(text, save):
    assert save_of(text) == save


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("or be knocked prone.", {"conditions": ["prone"]}),
        ("The target has the Stunned condition until the end of its next turn.",
         {"conditions": ["stunned"], "duration": 1}),
        (FRIGHTENS,
         {"conditions": ["frightened"], "save_ends": True, "duration": 10}),
        ("is blinded until the end of the wyvern's next turn.",
         {"conditions": ["blinded"], "duration": 1, "clock": "end_of_source_turn"}),
        ("If the saving throw fails by 5 or more, the target is paralyzed.", None),
    ],
)  # fmt: skip
def test_conditions_and_how_long_they_last(text, effect):
    assert effect_of("It", text) == (effect and {"name": "It"} | effect)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Each creature in a 60-foot cone", 4),
        ("Each creature in a line that is 90 feet long", 4),
        ("in a 60-foot line that is 5 feet wide", 3),
        ("Each creature within 10 feet of it", 3),
        ("each creature in a 20-foot-radius sphere", 5),
        ("Each creature within 120 feet of it", 6),
        ("one creature it can see within 60 feet of it", 1),
    ],
)
def test_areas_catch_as_many_as_the_rule_says(text, number):
    assert caught(Reading(text)) == number


@pytest.mark.parametrize(
    ("name", "limit"),
    [
        ("Fire Breath (Recharge 5-6)", {"recharge": 5}),
        ("Fire Breath (Recharge 5–6)", {"recharge": 5}),
        ("Web (Recharge 6)", {"recharge": 6}),
        ("Enslave (3/Day)", {"uses": 3}),
        ("Wail (Recharges after a Short or Long Rest)", {"uses": 1, "per": "short_rest"}),
        ("Odd (Recharge 9-6)", {}),
        ("Bite (Bat Form Only)", {}),
    ],
)
def test_limits_stand_behind_names(name, limit):
    assert limit_of(name) == limit
    assert plain_name(name) == name.split(" (")[0]


def test_costs_of_legendary_actions_stand_behind_their_names():
    assert cost_of("Wing Attack (Costs 2 Actions)") == 2
    assert cost_of("Detect") is None


ACTIONS = [
    {"type": "attack", "name": "Bite", "damage": "2d10 piercing"},
    {"type": "attack", "name": "Claw", "damage": "2d6 slashing"},
    {"type": "attack", "name": "Longbow", "damage": "1d8 piercing", "ranged": True},
    {"type": "save", "name": "Dread Gaze", "dc": 10},
    {"type": "save", "name": "Breath", "damage": "9d9", "recharge": 5},
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The beast makes three attacks: one with its bite and two with its claws.",
         ["Bite", "Claw", "Claw"]),
        ("The beast makes two claw attacks.", ["Claw", "Claw"]),
        (GAZES, ["Dread Gaze", "Bite", "Claw"]),
        ("It makes one claw attack and two longbow attacks.", ["Claw", "Longbow", "Longbow"]),
        ("It makes three Claw attacks. It can replace one attack with a Bite attack.",
         ["Claw", "Claw", "Claw"]),
        ("It makes two attacks with its claws or two attacks with its bite.", ["Bite", "Bite"]),
        ("It makes two melee attacks.", ["Bite", "Bite"]),
        ("It makes two ranged attacks.", ["Longbow", "Longbow"]),
        ("It does something else altogether.", []),
    ],
)  # fmt: skip
def test_multiattacks_name_their_actions(text, names):
    found = routine(Passage("here", "Multiattack", text), ACTIONS, Notes())
    assert sorted(found) == sorted(names)


def test_spells_listed_in_a_text_come_with_slots_and_uses():
    casting = casting_of_text(
        "here",
        "The sage is a 9th-level spellcaster (spell save DC 14, +6 to hit with spell attacks):\n"
        "Cantrips (at will): fire bolt, light\n1st level (4 slots): magic missile, shield\n"
        "2/day each: blur, web",
    )
    assert (casting.dc, casting.attack_bonus, casting.level) == (14, 6, 9)
    assert casting.slots[0] == 4
    assert ("magic missile", None) in casting.spells
    assert ("blur", 2) in casting.spells


def test_defences_keep_apart_what_only_magic_overcomes():
    notes = Notes()
    found = defences(
        ["fire, cold; bludgeoning and piercing from nonmagical attacks", "damage from spells"],
        "here", notes,
    )  # fmt: skip
    assert found == ["fire", "cold", "nonmagical bludgeoning", "nonmagical piercing"]
    assert [str(line) for line in notes.report([]).left_out] == ['here: "damage from spells"']


@pytest.mark.parametrize(
    ("tagged", "plain"),
    [
        ("{@atk mw,rw} {@hit 5} to hit", "Melee or Ranged Weapon Attack: +5 to hit"),
        ("{@atk ms} {@hit -1} to hit", "Melee Spell Attack: -1 to hit"),
        ("{@atkr m,r} {@hit 11}", "Melee or Ranged Attack Roll: +11"),
        ("{@h}7 ({@damage 1d8 + 3})", "Hit: 7 (1d8 + 3)"),
        ("{@actSave dex} {@dc 18}", "Dexterity Saving Throw: DC 18"),
        ("{@recharge 5} {@recharge}", "(Recharge 5-6) (Recharge 6)"),
        ("{@variantrule Cone [Area of Effect]|XPHB|Cone}", "Cone"),
        ("{@note a {@condition prone|XPHB} one}", "a prone one"),
        ("<i>Hit:</i> {@dice 2d6}", "Hit: 2d6"),
    ],
)
def test_tags_become_what_a_book_prints(tagged, plain):
    assert rendered(tagged) == plain


def test_entries_keep_the_names_of_their_parts():
    entries = ["One of these.", {"type": "list", "items": [
        {"type": "item", "name": "Frost.", "entry": "{@dc 12}"}, "Fog."]}]  # fmt: skip
    assert entries_text(entries) == "One of these.\nFrost. DC 12\nFog."


@given(st.integers(0, 1800).map(lambda halves: halves / 2))
def test_a_number_of_points_keeps_its_average(points):
    (*_, last) = terms = parse_damage(numbers.damage(points, "fire", "damage", "here", Notes()))
    assert sum(term.average for term in terms) == points
    assert last.type == "fire"


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(2, 12)), max_size=4), st.integers(0, 99))
def test_a_formula_keeps_its_average_whatever_its_labels(dice, flat):
    text = " + ".join([*(f"{count}d{sides}[DIE]" for count, sides in dice), f"{flat}[STR]"])
    expected = sum(count * (sides + 1) / 2 for count, sides in dice) + flat
    found = parse_damage(numbers.damage(text, "", "damage", "here", Notes()))
    assert sum(term.average for term in found) == expected


@pytest.mark.parametrize(
    ("formula", "bonus"),
    [(7, 7), ("3[PB] + 5[STR] - 5[GWM]", 3), ("1d20+5", 5), ("100", 100), (4.5, 5), ("5+1d4", 8)],
)
def test_bonuses_are_whole_numbers(formula, bonus):
    assert numbers.bonus(formula, "toHit", "here", Notes()) == bonus


@pytest.mark.parametrize(
    "formula", ["", "d", "2d6kh1", "1d6*2", None, True, [], "1 2", "1d6 - 1d4"]
)
def test_what_is_no_sum_is_refused(formula):
    with pytest.raises(numbers.FormulaError):
        numbers.damage(formula, "", "damage", "here", Notes())
