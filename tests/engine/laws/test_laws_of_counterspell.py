"""Laws of Counterspell over generated fights of casters: what it stops, and what it costs.

SRD 5.1, "Counterspell", "Reactions", "Casting a Spell at a Higher Level". The counterers all act
before the casters or all after them, so that "between two of its turns" is "in a round".
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, settings, strategies as st

from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.tables_of import Rows, attack, by, creature, fight, played, save
from tests.scenario.strategies import scenarios

COUNTERS = ("countered", "reaction")
#: Kinds of events in which somebody does something to somebody.
DEEDS = {"miss", "hit", "critical", "save_failed", "save_made", "heal", "effect", "temporary_hp"}
RUNS, ROUNDS = 20, 9

#: At most ten, of levels 1 to 5; one at least for every spell here.
slots = st.tuples(*[st.integers(0, 2)] * 4, st.integers(1, 2)).map(list)
bonuses = st.sampled_from((-100, 100))


@st.composite
def spells(draw: st.DrawFn) -> dict[str, Any]:
    """A spell that is always worth its slot: an attack or a saving throw."""
    level, damage = draw(st.integers(1, 5)), f"{draw(st.integers(1, 4))}d6 fire"
    make = draw(st.sampled_from((attack, save)))
    dice = (
        {"bonus": draw(st.integers(0, 9))} if make is attack else {"dc": draw(st.integers(9, 20))}
    )
    return make(damage, name="Spell", spell=level, **dice)


@st.composite
def counterspells(draw: st.DrawFn) -> dict[str, Any]:
    bonus = draw(st.integers(-2, 9))
    return {"type": "counter", "name": "Counterspell", "spell": 3, "check_bonus": bonus}


def per(events: Rows, *keys: str) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(event[key] for key in keys) for event in events)


def attempts(events: Rows) -> Rows:
    return [event for event in by(events, action="Counterspell") if event["kind"] in COUNTERS]


@given(
    spell=spells(),
    caster_slots=slots,
    counter=counterspells(),
    counter_slots=slots,
    also=st.booleans(),
    initiative=bonuses,
    seed=st.integers(0, 2**53 - 1),
)
def test_both_slots_are_spent_whether_or_not_the_spell_is_stopped(
    spell, caster_slots, counter, counter_slots, also, initiative, seed
):
    """One caster with one spell, one counterer, who may cast a spell of its own by the same slots.

    Both go on until their slots are gone; there are at most ten of them, and a round for each.
    """
    bolt = attack("1 cold", name="Bolt", spell=3)
    mage = creature(
        "Mage", counter, *([bolt] if also else []), spell_slots=counter_slots,
        initiative_bonus=initiative,
    )  # fmt: skip
    lich = creature("Lich", spell, spell_slots=caster_slots)
    events = fight([mage], [lich], runs=RUNS, rounds=12, seed=seed)["events"]
    for run in range(RUNS):
        mine = by(events, run=run)
        tried, cast = attempts(mine), by(mine, action="Spell")
        stopped = by(tried, kind="countered")
        castable = sum(caster_slots[spell["spell"] - 1 :])
        assert len(cast) + len(stopped) == castable, (run, seed)
        answerable = sum(caster_slots[max(spell["spell"] - 1, 1) :])
        own = by(mine, action="Bolt")
        if also:
            assert len(tried) + len(own) == sum(counter_slots[2:]), (run, seed)
            assert len(tried) <= answerable
        else:
            assert len(tried) == min(answerable, sum(counter_slots[2:])), (run, seed)


@st.composite
def wars_of_casters(draw: st.DrawFn) -> tuple[dict[str, Rows], int]:
    """Counterers who can dodge as well, against casters with an attack at will and brutes."""
    initiative, seed = draw(bonuses), draw(st.integers(0, 2**53 - 1))
    dodge = {"type": "defend", "name": "Dodge", "halve": True, "uses": 9}
    mages = [
        creature(
            f"Mage {n}", draw(counterspells()), dodge, attack("1d4", name="Staff"),
            spell_slots=draw(slots), initiative_bonus=initiative, hp=draw(st.integers(30, 300)),
        )
        for n in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    foes = [
        creature(f"Lich {n}", draw(spells()), attack("1", name="Claw"), spell_slots=draw(slots))
        for n in range(draw(st.integers(1, 3)))
    ]
    foes.append(creature("Brute", attack("2d6", bonus=6, name="Club"), count=2))
    targeting = draw(st.sampled_from(("random", "lowest_hp")))
    foes = [foe | {"targeting": targeting} for foe in foes]
    return fight(mages, foes, runs=RUNS, rounds=ROUNDS, seed=seed), seed


@given(war=wars_of_casters())
def test_a_countered_spell_takes_the_turn_and_does_nothing(war):
    tables, seed = war
    events = tables["events"]
    turns = {
        (event["run"], event["round"], event["turn"]): event["target"]
        for event in by(events, kind="countered")
    }
    for event in events:
        caster = turns.get((event["run"], event["round"], event["turn"]))
        assert event["actor"] != caster or event["kind"] not in DEEDS, (event, seed)
        assert caster is None or event["amount"] == 0, (event, seed)


@given(war=wars_of_casters())
def test_a_counter_takes_the_one_reaction_between_two_turns(war):
    """A dodge takes it as well."""
    tables, seed = war
    reactions = [event for event in tables["events"] if event["kind"] in COUNTERS]
    found = per(reactions, "run", "round", "actor")
    assert max(found.values(), default=0) <= 1, (found.most_common(1), seed)


@settings(max_examples=settings.default.max_examples // 2)
@given(scenario=scenarios(max_runs=20))
def test_only_who_can_counter_counters(scenario: Scenario):
    """So without any counter among the combatants, nothing is ever countered."""
    groups = [*scenario.players, *(m for e in scenario.encounters for m in e.monsters)]
    able = {
        action.name
        for group in groups
        for action in group.actions
        if type(action).__name__ == "Counter"
    }
    told = by(played(scenario)["events"], kind="countered")
    assert {event["action"] for event in told} <= able
