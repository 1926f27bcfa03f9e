"""Laws of temporary hit points, over generated fights whose damage is known from its action.

SRD 5.1, "Temporary Hit Points". A bookkeeper of a dozen lines reads the log: it knows what each
blow deals, so it knows what must be left of temporary and of real hit points after each event.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import given, strategies as st

from dualslot_widgets.scenario.scenario import Scenario
from tests.engine.tables_of import attack, by, creature, heal, played, save

RUNS = 8
#: Only dice are doubled by a critical hit, so that these numbers are all that a hit deals.
damages = st.integers(1, 30)
gifts = st.one_of(st.integers(1, 25).map(str), st.sampled_from(("2d6", "1d20", "3d4+5")))


@st.composite
def wards(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """An action that gives temporary hit points, as a heal or with an effect."""
    gift, on = draw(gifts), draw(st.sampled_from(("self", "allies")))
    shared = {"name": name, "on": on, "targets": draw(st.integers(1, 3)), "uses": 3}
    shared["time"] = draw(st.sampled_from(("action", "bonus_action")))
    if draw(st.booleans()):
        return {"type": "heal", "temporary_hp": gift} | shared
    effect = {"name": f"{name}ed", "temporary_hp": gift, "duration": draw(st.integers(1, 3))}
    return {"type": "effect", "effect": effect} | shared


@st.composite
def people(draw: st.DrawFn, side: str, damage: dict[str, int]) -> list[dict[str, Any]]:
    """Up to three fighters with wards; notes in `damage` what their actions deal."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        blow, blast = (f"{word} of {side} {number}" for word in ("Blow", "Blast"))
        damage[blow], damage[blast] = draw(damages), draw(damages)
        actions = [attack(str(damage[blow]), bonus=draw(st.integers(0, 12)), name=blow)]
        if draw(st.booleans()):
            half = draw(st.sampled_from(("half", "none")))
            limit = draw(st.sampled_from(({"recharge": 4}, {"uses": 2})))
            options = {"on_success": half, "targets": draw(st.integers(1, 3))} | limit
            actions.append(save(str(damage[blast]), dc=12, name=blast, **options))
        actions += [draw(wards(f"{word} of {number}")) for word in ("Ward", "Aegis")]
        if draw(st.booleans()):
            actions.append(heal("2d6", name=f"Mend of {number}", uses=2))
        found.append(
            creature(
                f"{side} {number}", *actions, hp=draw(st.integers(1, 60)), ac=12,
                level=draw(st.integers(1, 9)), role=draw(st.sampled_from(("healer", "striker"))),
            )
        )  # fmt: skip
    return found


@st.composite
def warded_fights(draw: st.DrawFn) -> tuple[Scenario, dict[str, int], dict[str, str]]:
    """A fight; what each action deals; and what of it who saves takes, by the action's name."""
    damage: dict[str, int] = {}
    players, monsters = draw(people("Hero", damage)), draw(people("Orc", damage))
    halves = {
        action["name"]: action["on_success"]
        for someone in (*players, *monsters)
        for action in someone["actions"]
        if action["type"] == "save"
    }
    fight = {
        "players": players,
        "encounters": [{"monsters": monsters}],
        "settings": {"runs": RUNS, "seed": draw(st.integers(0, 2**53 - 1)), "max_rounds": 12},
    }
    return Scenario.from_dict(fight), damage, halves


def dealt(event: dict[str, Any], damage: dict[str, int], halves: dict[str, str]) -> int:
    """What an event deals, before temporary hit points."""
    whole = damage.get(event["action"], 0)
    if event["kind"] == "save_made":
        return whole // 2 if halves[event["action"]] == "half" else 0
    return whole if event["kind"] in ("hit", "critical", "save_failed") else 0


@given(fight=warded_fights())
def test_temporary_hit_points_go_first_never_add_up_and_only_higher_ones_count(fight):
    scenario, damage, halves = fight
    tables = played(scenario)
    seed = scenario.settings.seed
    for run in range(RUNS):
        start = {row["name"]: row["start_hp"] for row in by(tables["combatants"], run=run)}
        hp, ward = dict(start), dict.fromkeys(start, 0)
        taken, healed = Counter[str](), Counter[str]()
        for event in by(tables["events"], run=run):
            who = event["target"]
            if event["kind"] == "temporary_hp":
                assert event["total"] > ward[who], (event, seed)
                ward[who] = event["total"]
            elif event["kind"] in ("heal", "death_save"):
                healed[who] += event["amount"]
                hp[who] += event["amount"]
            else:
                left = dealt(event, damage, halves)
                beyond = max(left - ward[who], 0)
                ward[who] = max(ward[who] - left, 0)
                lost = min(hp[who], beyond)
                assert event["amount"] == lost, (event, seed)
                taken[who] += lost
                hp[who] -= lost
            assert event["target_hp"] == hp[who] <= start[who], (event, seed)
        for row in by(tables["combatants"], run=run):
            who = row["name"]
            assert row["final_hp"] == start[who] + healed[who] - taken[who], (row, seed)
            assert row["damage_taken"] == taken[who], (row, seed)
            assert row["healing_received"] == healed[who], (row, seed)
