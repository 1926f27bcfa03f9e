"""Reports are bounded without hiding a creature; unknown files are told which export to take."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.importers.report import MAX_LINES, Notes
from tests.importers.blocks import BITE, imported

II = {
    "Creatures": ["one"],
    "Creatures.one": {
        "Name": "Marsh Brute", "HP": {"Value": 52, "Notes": "(7d10+14)"}, "AC": {"Value": 13},
        "InitiativeModifier": 2, "Abilities": {"Str": 17, "Dex": 8, "Con": 14, "Int": 6},
        "Saves": [{"Name": "Str", "Modifier": 5}], "DamageResistances": ["cold"],
        "Actions": [{"Name": "Club", "Content": "Melee Weapon Attack: +5 to hit. Hit: 10 (2d6 + 3) "
                     "bludgeoning damage."}],
        "Reactions": [{"Name": "Parry", "Content": "It adds 2 to its AC against one melee "
                       "attack."}],
    },
}  # fmt: skip


def test_a_report_with_more_to_say_than_lines_counts_equal_remarks_and_hides_no_creature():
    notes = Notes()
    for index in range(3 * MAX_LINES):
        notes.leave(f"monster[{index}]", "trait Night Eyes")
    notes.leave("monster[7]", "Quiet Thing has no action that can be played")
    report = notes.report([f"Beast {index}" for index in range(3 * MAX_LINES)])
    assert len(report.understood) == 3 * MAX_LINES
    assert [remark.why for remark in report.left_out] == [
        "Quiet Thing has no action that can be played",
        f"trait Night Eyes ({3 * MAX_LINES} places)",
    ]


def test_a_report_with_too_many_kinds_says_how_many_more_there_are():
    notes = Notes()
    for index in range(MAX_LINES + 5):
        notes.leave("monster", f"trait {index}")
    *_, last = notes.report([]).left_out
    assert last.why == "5 more remarks"


def test_what_decides_nothing_is_named_apart():
    found = imported(BITE, {"name": "Teleport", "desc": "It teleports up to 60 feet."})
    (remark,) = found.report.left_out
    assert remark.why == "Teleport, which decides nothing here"


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("<?xml version='1.0'?><compendium/>", "looks like XML"),
        ("name: Ogre\nhp: 59\n", "looks like YAML"),
        ("---\nstatblock: true\n", "looks like YAML"),
        ("{", "export it once more"),
    ],
)
def test_a_file_that_is_no_json_is_told_which_export_to_take(text, advice):
    with pytest.raises(dw.ScenarioError, match=advice):
        dw.import_data(text)


def test_an_export_of_improved_initiative_is_read():
    found = dw.import_data(II)
    (brute,) = found.creatures
    assert found.format == "Improved Initiative creature"
    assert (brute.max_hp, brute.armor_class, brute.initiative_bonus) == (52, 13, 1)
    assert (brute.saves["str"], brute.saves["con"]) == (5, 2)
    assert brute.resistances == ("cold",)
    assert [action.name for action in brute.actions] == ["Club", "Parry"]
    assert dw.import_data(II["Creatures.one"]).creatures == found.creatures


def test_a_copy_of_an_srd_creature_is_that_creature_with_its_changes():
    copy = {"name": "Gate Ogre", "source": "Own", "_copy": {"name": "Ogre", "source": "MM"},
            "hp": {"average": 80, "formula": "10d10 + 25"}, "ac": [16], "trait": []}  # fmt: skip
    found = dw.import_data({"monster": [copy]})
    (gate,) = found.creatures
    assert (gate.name, gate.max_hp, gate.armor_class) == ("Gate Ogre", 80, 16)
    assert str(gate.hit_dice) == "10d10+25"
    assert [action.name for action in gate.actions] == ["Greatclub", "Javelin"]
    assert any("besides hit points" in remark.why for remark in found.report.left_out)
