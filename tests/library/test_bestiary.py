from __future__ import annotations

import pytest

from dualslot_widgets.library import bestiary
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.scenario.scenario import Scenario

#: SRD 5.1, "Experience Points by Challenge Rating".
XP = {
    0: (0, 10),
    0.125: (25,),
    0.25: (50,),
    0.5: (100,),
    1: (200,),
    2: (450,),
    3: (700,),
    4: (1100,),
    5: (1800,),
    6: (2300,),
    7: (2900,),
    8: (3900,),
    9: (5000,),
    10: (5900,),
    11: (7200,),
    12: (8400,),
    13: (10000,),
    14: (11500,),
    15: (13000,),
    16: (15000,),
    17: (18000,),
    19: (22000,),
    20: (25000,),
    21: (33000,),
    22: (41000,),
    23: (50000,),
    24: (62000,),
    30: (155000,),
}


def monster(name):
    value = {
        "players": [{"name": "A", "max_hp": 1, "armor_class": 1}],
        "encounters": [{"monsters": [{"monster": name}]}],
    }
    return Scenario.from_dict(value).encounters[0].monsters[0]


def attacks(name):
    return {a["name"]: a.get("damage") for a in bestiary.stat_block(name)["actions"]}


def test_it_holds_all_334_monsters_of_the_srd():
    assert len(KEYS) == 334
    assert len(set(bestiary.names())) == 334


KEYS = bestiary.keys()


@pytest.mark.parametrize("key", KEYS)
def test_every_stat_block_can_be_played(key):
    read = monster(key)
    assert read.name == bestiary.stat_block(key)["name"]
    assert read == monster(read.name.upper())


def test_a_monster_is_found_by_key_or_name_in_any_case():
    names = ("adult-red-dragon", "Adult Red Dragon", " ADULT red dragon ")
    assert len({str(bestiary.stat_block(name)) for name in names}) == 1
    assert bestiary.stat_block("adult purple dragon") is None


def test_what_a_caller_changes_does_not_change_the_bestiary():
    bestiary.stat_block("ogre")["actions"].clear()
    assert len(bestiary.stat_block("ogre")["actions"]) == 2


def test_find_looks_up_names_and_challenge_ratings():
    found = bestiary.find("DRAGON", cr=17)
    assert found.key.tolist() == ["adult-gold-dragon", "adult-red-dragon", "dragon-turtle"]
    assert found.coverage.tolist()[1] == "full"
    assert len(bestiary.find()) == 334
    assert bestiary.find("no such thing").empty
    assert bestiary.find("no such thing").columns.tolist() == found.columns.tolist()


def test_experience_is_what_the_challenge_rating_is_worth():
    wrong = [
        row.key for row in bestiary.find().itertuples() if row.xp not in XP[row.challenge_rating]
    ]
    assert wrong == []


def test_known_stat_blocks_read_as_published():
    ogre = bestiary.stat_block("ogre")
    assert (ogre["max_hp"], ogre["armor_class"], ogre["initiative_bonus"]) == (59, 11, -1)
    assert attacks("ogre")["Greatclub"] == "2d8+4 bludgeoning"
    dragon = monster("Adult Red Dragon")
    assert dragon.multiattack == ("Frightful Presence", "Bite", "Claw", "Claw")
    assert (dragon.legendary_actions, dragon.legendary_resistance) == (3, 3)
    assert str(dragon.hit_dice) == "19d12+133"
    tail, wing = dragon.actions[-2:]
    assert (tail.time, tail.legendary_cost, wing.legendary_cost) == ("legendary", 1, 2)
    assert (wing.dc, wing.effect.conditions) == (22, ("prone",))
    fear = next(action for action in dragon.actions if action.name == "Frightful Presence")
    assert (fear.once, fear.effect.save_ends, fear.effect.conditions) == (
        *(True, True),
        ("frightened",),
    )
    assert dragon.saves["con"] == 13
    assert dragon.immunities == ("fire",)
    breath = next(action for action in dragon.actions if action.name == "Fire Breath")
    assert (breath.dc, breath.ability, breath.on_success, breath.recharge, breath.targets) == (
        21,
        "dex",
        "half",
        5,
        4,
    )


def test_what_only_the_published_text_says_is_there_too():
    assert attacks("pit-fiend")["Mace"] == "2d6+8 bludgeoning + 6d6 fire"
    (bite,) = (a for a in monster("giant-spider").actions if a.name == "Bite")
    (venom,) = bite.on_hit
    assert (venom.dc, venom.ability, venom.on_success, str(venom.damage[0])) == (
        *(11, "con", "half"),
        "2d8 poison",
    )
    assert venom.effect is None  # the paralysis is for those it fells
    assert attacks("badger")["Bite"] == "1 piercing"
    assert attacks("azer")["Warhammer"] == "1d8+3 bludgeoning + 1d6 fire"
    assert attacks("aboleth")["Tentacle"] == "2d6+5 bludgeoning"
    winter_wolf = monster("winter wolf")
    assert winter_wolf.actions[1].on_success == "half"


def test_an_area_catches_more_the_larger_it_is():
    def caught(name):
        return next(a.targets for a in monster(name).actions if a.name == "Fire Breath")

    wyrmling, young, adult, ancient = (
        caught(name)
        for name in (
            "red dragon wyrmling",
            "young red dragon",
            "adult red dragon",
            "ancient red dragon",
        )
    )
    assert (wyrmling, young, adult, ancient) == (2, 3, 4, 5)


def test_only_at_will_actions_stand_in_a_multiattack():
    for key in KEYS:
        read = monster(key)
        at_will = {action.name for action in read.actions if action.at_will}
        assert set(read.multiattack) <= at_will, key


def test_who_can_do_nothing_says_so():
    idle = [key for key in KEYS if not monster(key).actions]
    assert sorted(idle) == ["frog", "sea-horse", "shrieker", "vampire-mist"]
    for key in idle:
        name = bestiary.stat_block(key)["name"]
        assert "every action" in bestiary.find(name).left_out.iloc[0]


def test_coverage_counts_what_is_played():
    coverage = bestiary.coverage().set_index("key")
    counts = coverage.coverage.value_counts()
    print(counts.to_dict())
    assert counts.sum() == 334
    assert counts["none"] == 4
    assert counts["full"] >= 250
    assert (coverage.left_out[coverage.coverage == "full"] == "").all()
    assert (coverage.left_out[coverage.coverage != "full"] != "").all()
    for key in ("troll", "wolf", "ghoul", "adult-red-dragon", "zombie", "orc", "lion", "gnoll"):
        assert coverage.coverage[key] == "full", coverage.left_out[key]


def test_traits_are_words_of_the_scenario():
    troll, wolf, ghoul, knight, mage = map(monster, ("troll", "wolf", "ghoul", "knight", "mage"))
    assert (troll.regeneration.hp, troll.regeneration.stopped_by) == (10, ("acid", "fire"))
    assert troll.regeneration.revives
    assert wolf.traits == ("pack_tactics",)
    assert wolf.actions[0].on_hit[0].effect.conditions == ("prone",)
    (paralysis,) = ghoul.actions[1].on_hit
    assert (paralysis.dc, paralysis.effect.conditions) == (10, ("paralyzed",))
    assert paralysis.effect.save_ends
    assert ghoul.condition_immunities == ("poisoned", "charmed")
    assert [a.armor_class for a in knight.actions if a.name == "Parry"] == [2]
    assert mage.spell_slots == (4, 3, 3, 3, 1)
    assert {"Fireball", "Counterspell", "Shield"} <= {action.name for action in mage.actions}
    assert "nonmagical slashing" in monster("gargoyle").resistances
    assert monster("zombie").traits == ("undead_fortitude",)
    assert monster("boar").relentless == 7
    assert monster("lich").legendary_resistance == 3


def test_hit_dice_have_the_average_that_is_published():
    for key in KEYS:
        read = monster(key)
        assert abs(read.hit_dice.average - read.max_hp) <= 1, key


def test_it_carries_its_attribution():
    assert 'the System Reference Document 5.1 ("SRD 5.1") by Wizards of the Coast LLC' in (
        bestiary.attribution()
    )


def test_the_starter_is_four_characters_against_six_goblins_and_an_ogre():
    scenario = starter_scenario()
    assert len(scenario.players) == 4
    monsters = scenario.encounters[0].monsters
    assert [(each.name, each.count) for each in monsters] == [("Goblin", 6), ("Ogre", 1)]


def test_at_least_319_have_a_routine_that_hurts():
    def hurts(action):
        lasting = getattr(action, "effect", None)
        riders = [rider.effect for rider in getattr(action, "on_hit", ()) if rider.effect]
        ongoing = [effect for effect in (lasting, *riders) if effect and effect.turn_damage]
        dealt = sum(term.average for term in getattr(action, "damage", ()))
        return dealt > 0 or bool(ongoing)

    able = [
        key
        for key in KEYS
        if any(a.at_will and a.time == "action" and hurts(a) for a in monster(key).actions)
    ]
    assert len(able) >= 319


def action(key, name):
    return next(action for action in monster(key).actions if action.name == name)


def test_charges_and_pounces_ride_on_their_attack():
    extra, down = action("boar", "Tusk").on_hit
    assert (str(extra.damage[0]), extra.when, down.when) == ("1d6 slashing", "charge", "charge")
    assert (down.dc, down.ability, down.effect.conditions) == (11, "str", ("prone",))
    (pounce,) = action("lion", "Claw").on_hit
    assert (pounce.follow_up, pounce.once_per_turn) == ("Bite", True)
    assert action("elephant", "Stomp").requires == ("prone",)


def test_a_metallic_dragon_has_two_breaths_and_one_recharge():
    for color, breath, what in (
        ("brass", "Sleep Breath", ("unconscious",)),
        ("silver", "Paralyzing Breath", ("paralyzed",)),
    ):
        second = action(f"adult-{color}-dragon", breath)
        assert (second.recharge, second.effect.conditions) == (None, what)
        assert action(f"adult-{color}-dragon", second.shares).recharge == 5
    slow = action("adult-copper-dragon", "Slowing Breath").effect
    assert set(slow.grants) == {"no_reactions", "one_attack", "no_bonus_action"}
    weak = action("adult-gold-dragon", "Weakening Breath").effect
    assert (weak.grants, weak.save_disadvantage) == (("melee_disadvantage",), ("str",))


def test_what_comes_by_itself_is_read_from_its_trait():
    heat = action("azer", "Heated Body")
    assert (heat.time, str(heat.effect.retribution[0])) == ("start", "1d10 fire")
    burst = action("magma-mephit", "Death Burst")
    assert (burst.time, burst.dc, burst.on_success, burst.targets) == ("death", 11, "half", 2)
    stench = action("ghast", "Stench")
    assert (stench.time, stench.once, stench.effect.clock) == ("aura", True, "start_of_turn")
    aura = action("balor", "Fire Aura").effect
    assert (aura.aura, str(aura.turn_damage[0])) == (2, "3d6 fire")
    assert action("pit-fiend", "Fear Aura").effect.conditions == ("frightened",)
    assert action("invisible-stalker", "Invisibility").effect.conditions == ("invisible",)
    imp = action("imp", "Invisibility")
    assert (imp.time, imp.concentration, imp.effect.ends_on) == ("start", True, ("attack",))
    assert str(action("swarm-of-rats", "Bites").wounded_damage[0]) == "1d6 piercing"


def test_what_bodies_are_proof_against_is_read_from_their_traits():
    assert monster("knight").condition_advantage == ("frightened",)
    assert monster("drow").condition_advantage == ("charmed",)
    assert "unconscious" in monster("ettin").condition_advantage
    assert monster("iron-golem").absorbs == ("fire",)
    assert monster("bearded-devil").traits == ("magic_resistance", "steadfast")
    assert monster("marilith").traits == ("magic_resistance", "reactive")


def test_stone_sleep_and_drained_life_are_read_from_the_text():
    gaze = action("medusa", "Petrifying Gaze").effect
    assert gaze.worsens.conditions == gaze.badly.conditions == ("petrified",)
    (bolt,) = action("drow", "Hand Crossbow").on_hit
    assert (bolt.effect.conditions, bolt.effect.badly.conditions) == (
        *(("poisoned",), ("unconscious",)),
    )
    (drain,) = action("wight", "Life Drain").on_hit
    assert (drain.drains, drain.dc, drain.heals) == ("necrotic", 13, False)
    spawn = monster("vampire-spawn")
    assert spawn.multiattack == ("Claws (grapple)", "Bite")
    bite = action("vampire-spawn", "Bite")
    assert "grappled" in bite.requires
    assert bite.on_hit[0].heals
    (rot,) = action("mummy", "Rotting Fist").on_hit
    assert rot.effect.grants == ("no_healing",)
