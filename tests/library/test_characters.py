"""Ready-made characters: hand-computed sheets, and laws over all 240 of them."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.errors import ScenarioError
from dualslot_widgets.library import characters
from dualslot_widgets.library.characters.progression import (
    CASTERS,
    FULL_CASTER,
    pact_magic,
    proficiency,
    scores,
    spell_slots,
)
from dualslot_widgets.library.characters.spells import SPELLS

LEVELS = range(1, 21)
ALL = [(name, level) for name in characters.classes() for level in LEVELS]


def actions(name: str, level: int) -> dict[str, dict]:
    return {action["name"]: action for action in characters.character(name, level)["actions"]}


def test_every_character_can_be_played():
    for name, level in ALL:
        built = {"character": name, "level": level}
        scenario = dw.Scenario.from_dict(
            {"players": [built], "encounters": [{"monsters": [{"monster": "ogre"}]}]}
        )
        (creature,) = scenario.players
        assert creature.level == level
        assert creature.to_dict()["max_hp"] == characters.character(name, level)["max_hp"]


@pytest.mark.parametrize(
    ("name", "level", "hp", "armor", "attack", "damage"),
    [
        # Human: strength 16, constitution 15 at level 1.
        ("fighter", 1, 12, 16, ("Greatsword", 5), "2d6+3 slashing"),
        # Four points by level 6 make strength 20: 10 + 5 x 6 + 6 x 2.
        ("fighter", 6, 52, 18, ("Greatsword", 8), "2d6+5 slashing"),
        ("barbarian", 1, 14, 14, ("Greataxe", 5), "1d12+3 slashing"),
        ("rogue", 3, 24, 15, ("Rapier", 5), "1d8+3 piercing"),
        ("paladin", 5, 44, 20, ("Longsword", 7), "1d8+6 slashing"),
        ("ranger", 5, 44, 16, ("Longbow", 9), "1d8+4 piercing"),
        ("monk", 1, 10, 15, ("Quarterstaff", 5), "1d8+3 bludgeoning"),
    ],
)
def test_sheets_worked_out_by_hand(name, level, hp, armor, attack, damage):
    built = characters.character(name, level)
    weapon = actions(name, level)[attack[0]]
    found = (built["max_hp"], built["armor_class"], weapon["attack_bonus"], weapon["damage"])
    assert found == (hp, armor, attack[1], damage)


def test_attacks_grow_with_levels():
    def swings(name: str) -> list[int]:
        sheets = [characters.character(name, level) for level in (1, 5, 11, 20)]
        return [len(sheet.get("multiattack", [1])) for sheet in sheets]

    assert swings("fighter") == [1, 2, 3, 4]
    assert swings("barbarian") == swings("paladin") == swings("ranger") == [1, 2, 2, 2]
    assert swings("rogue") == swings("wizard") == [1, 1, 1, 1]
    assert [actions("fighter", n)["Greatsword"].get("critical_range") for n in (2, 3, 15)] == [
        *(20, 19, 18)
    ]
    sneak = [characters.character("rogue", n)["riders"][0]["damage"] for n in (1, 2, 3, 20)]
    assert sneak == ["1d6", "1d6", "2d6", "10d6"]


def test_spells_of_a_ninth_level_wizard():
    spells = actions("wizard", 9)
    # Intelligence 16, four points: 20. DC 8 + 4 + 5.
    assert spells["Fireball"] | {"area": True} == {
        "name": "Fireball",
        "type": "save",
        "spell": 3,
        "ability": "dex",
        "dc": 17,
        "damage": "8d6 fire",
        "targets": 4,
        "area": True,
        "upcast": {"damage": "1d6 fire"},
    }
    assert spells["Fire Bolt"]["damage"] == "2d10 fire"
    assert spells["Fire Bolt"]["attack_bonus"] == 9
    assert spells["Counterspell"]["check_bonus"] == 5
    assert actions("wizard", 10)["Fireball"]["damage"] == "8d6+5 fire"  # Empowered Evocation
    assert actions("cleric", 1)["Cure Wounds"]["healing"] == "1d8+6"  # 3, and 2 + 1 of Life
    assert (
        actions("warlock", 5)["Eldritch Blast"] | {"attacks": 2, "damage": "1d10+4 force"}
        == (actions("warlock", 5)["Eldritch Blast"])
    )


@pytest.mark.parametrize(
    ("name", "level", "slots"),
    [
        ("wizard", 1, (2,)),
        ("cleric", 5, (4, 3, 2)),
        ("druid", 20, (4, 3, 3, 3, 3, 2, 2, 1, 1)),
        ("paladin", 1, ()),
        ("paladin", 2, (2,)),
        ("ranger", 9, (4, 3, 2)),
        ("paladin", 20, (4, 3, 3, 3, 2)),
        ("fighter", 20, ()),
    ],
)
def test_slots(name, level, slots):
    assert spell_slots(name, level) == slots


def test_pact_magic_and_proficiency():
    found = [tuple(pact_magic("warlock", n).values()) for n in (1, 2, 3, 9, 11, 17)]
    assert found == [(1, 1), (2, 1), (2, 2), (2, 5), (3, 5), (4, 5)]
    assert [proficiency(n) for n in (1, 4, 5, 8, 9, 13, 17, 20)] == [2, 2, 3, 3, 4, 5, 6, 6]


def test_laws_over_all_characters():
    for name in characters.classes():
        sheets = [characters.character(name, level) for level in LEVELS]
        hp = [sheet["max_hp"] for sheet in sheets]
        assert hp == sorted(set(hp))
        for level, sheet in zip(LEVELS, sheets, strict=True):
            assert max(scores(name, level).values()) <= (24 if name == "barbarian" else 20)
            count, sides = sheet["hit_dice"].split("+")[0].split("d")
            assert int(count) == level
            assert int(sides) in (6, 8, 10, 12)
            highest = (
                len(spell_slots(name, level)) or (pact_magic(name, level) or {"level": 0})["level"]
            )
            for action in sheet["actions"]:
                if action["name"] in SPELLS:
                    spell = SPELLS[action["name"]]
                    assert name in spell.classes
                    assert spell.level <= highest
            assert all(characters.left_out(name, level))


def test_full_casters_share_one_table():
    for name, (_, kind) in CASTERS.items():
        if kind == "full":
            assert [spell_slots(name, level) for level in LEVELS] == list(FULL_CASTER)


def test_the_table_of_spells():
    table = characters.spells()
    assert len(table[table.level > 0]) >= 45
    for name, level in (("Bless", 1), ("Fireball", 3), ("Hold Person", 2), ("Meteor Swarm", 9)):
        assert table.set_index("name").level[name] == level


@pytest.mark.parametrize(
    ("built", "message"),
    [
        ({"character": "fihgter", "level": 1}, 'players.0..character: .* did you mean "fighter"'),
        ({"character": 5, "level": 1}, "players.0..character: 5 is not a class"),
        ({"character": "wizard", "level": 21}, "players.0..level: 21 is not a whole number"),
        ({"character": "wizard", "level": "x"}, "players.0..level: 'x' is not a whole number"),
    ],
)
def test_what_is_no_character_is_refused_with_its_path(built, message):
    with pytest.raises(ScenarioError, match=message):
        dw.Scenario.from_dict(
            {"players": [built], "encounters": [{"monsters": [{"monster": "ogre"}]}]}
        )


def test_what_stands_beside_overrides():
    scenario = dw.Scenario.from_dict(
        {
            "players": [{"character": "cleric", "level": 3, "name": "Ann", "max_hp": 30}],
            "encounters": [{"monsters": [{"monster": "ogre"}]}],
        }
    )
    assert (scenario.players[0].name, scenario.players[0].max_hp) == ("Ann", 30)


def test_casters_use_their_spells():
    party = [{"character": name, "level": 7} for name in ("cleric", "wizard", "bard", "warlock")]
    foes = [{"monster": "ogre", "count": 6}]
    scenario = dw.Scenario.from_dict({"players": party, "encounters": [{"monsters": foes}]})
    events = dw.simulate(scenario, runs=200).events.to_pandas()
    cast = set(events.action[events.action.isin(list(SPELLS))])
    assert len(cast) >= 10
    slots = events[events.actor == "Wizard"].action.isin([n for n, s in SPELLS.items() if s.level])
    assert slots.groupby(events.run).any().all()
