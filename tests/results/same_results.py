"""Thirty scenarios and what they give: a change that is not one of the rules leaves every bit.

``python -m tests.results.same_results --write`` takes what is given now for right. What was written
is `tests/fixtures/results/`: the scenarios in full, so that no library they came from matters.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa

import dualslot_widgets as dw

FOLDER = Path(__file__).parents[1] / "fixtures" / "results"
SCENARIOS = FOLDER / "scenarios.json"
HASHES = FOLDER / "hashes.json"
TABLES = ("runs", "combatants", "rounds", "events")
TRIO = ("fighter", "cleric", "wizard")


def _fights() -> list[dict[str, Any]]:
    """Return the scenarios, short: classes at a level against monsters of the bestiary."""
    fights = [dw.starter_scenario().to_dict()]

    def fight(
        level: int, classes: tuple[str, ...], *encounters: dict[str, int], **more: Any
    ) -> None:
        days = more.pop("encounter", ({},) * len(encounters))
        party = [{"character": name, "level": level} | more.get("player", {}) for name in classes]
        fights.append(
            {
                "name": f"{', '.join(classes)} of level {level}",
                "players": party,
                "encounters": [
                    {"monsters": [{"monster": m, "count": c} for m, c in monsters.items()]} | day
                    for monsters, day in zip(encounters, days, strict=True)
                ],
                "settings": {"seed": len(fights)} | more.get("settings", {}),
            }
        )

    for level, name in enumerate(dw.characters.classes(), start=3):
        fight(level, (name, "fighter"), {"ogre": 1 + level // 4, "orc": level // 3})
    fight(1, TRIO, {"goblin": 4})
    fight(2, (*TRIO, "rogue"), {"wolf": 4, "bandit": 1}, settings={"spread": "tight"})
    fight(5, (*TRIO, "rogue"), {"young-red-dragon": 1})
    fight(9, (*TRIO, "paladin"), {"adult-white-dragon": 1}, settings={"hit_points": "rolled"})
    fight(17, (*TRIO, "warlock", "bard"), {"ancient-red-dragon": 1})
    fight(20, ("barbarian", "sorcerer", "druid", "monk"), {"lich": 1, "wraith": 3})
    fight(11, ("ranger", *TRIO), {"troll": 4}, {"fire-giant": 1}, settings={"max_rounds": 20})
    rests = ({}, {"rest": "short_rest"}, {"rest": "long_rest", "surprised": "monsters"})
    fight(6, (*TRIO, "monk"), {"ghoul": 4}, {"wight": 2}, {"mummy": 2}, encounter=rests)
    fight(8, TRIO, {"vampire-spawn": 2}, {"zombie": 9}, encounter=({"surprised": "party"}, {}))
    fight(13, (*TRIO, "druid"), {"roc": 1})
    fight(14, (*TRIO, "rogue"), {"iron-golem": 1}, player={"targeting": "focus_fire"})
    fight(7, TRIO, {"swarm-of-rats": 5, "wererat-hybrid": 2}, player={"targeting": "random"})
    fight(4, (*TRIO, "bard"), {"ghost": 1, "specter": 2}, settings={"spread": "loose"})
    fight(10, ("wizard", "sorcerer", "warlock"), {"mage": 2, "knight": 2})
    fight(12, (*TRIO, "paladin"), {"kraken": 1}, settings={"runs": 333})
    fight(16, ("cleric", "druid", "wizard", "fighter"), {"balor": 1, "vrock": 2})
    fight(3, TRIO, {"skeleton": 6}, settings={"runs": 2010, "max_rounds": 8})
    return [dw.Scenario.from_dict(each).to_dict() for each in fights]


def scenarios() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(SCENARIOS.read_text(encoding="utf-8"))
    return read


def results(content: dict[str, Any], neighbor: dict[str, Any]) -> dict[str, Any]:
    """Return what a scenario gives, as hashes; how it stands to another one is its own entry."""
    scenario, other = dw.Scenario.from_dict(content), dw.Scenario.from_dict(neighbor)
    data = dw.simulate(scenario)
    differences = scenario.parameters.differences(other.parameters)
    return {
        "scenario": digest(scenario.to_dict()),
        "parameters": digest(scenario.parameters.to_dict()),
        **{name: digest_table(getattr(data, name)) for name in TABLES},
        "analysis": digest(data.analysis.to_dict()),
        "replays": digest([str(data.replay(q.run)) for q in data.analysis.quintiles]),
        "similarity": scenario.parameters.similarity(other.parameters).hex(),
        "differences": digest([str(each) for each in differences]),
    }


def digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def digest_table(table: pa.Table) -> str:
    """Return a hash of names, types, nulls and values, however they lie in memory."""
    seal = hashlib.sha256(str(table.schema.remove_metadata()).encode())
    for column in table.columns:
        whole = column.combine_chunks()
        if pa.types.is_dictionary(whole.type):
            whole = whole.dictionary_decode()
        seal.update(whole.is_valid().to_numpy(zero_copy_only=False).tobytes())
        if pa.types.is_string(whole.type) or pa.types.is_large_string(whole.type):
            codes = whole.dictionary_encode()
            seal.update(json.dumps(codes.dictionary.to_pylist()).encode())
            whole = codes.indices
        seal.update(whole.fill_null(0).to_numpy(zero_copy_only=False).tobytes())
    return seal.hexdigest()[:16]


def _write(path: Path, rows: list[Any], of: Callable[[Any], str] = json.dumps) -> None:
    path.write_text("[\n" + ",\n".join(map(of, rows)) + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        raise SystemExit("say --write to take what is given now for right")
    FOLDER.mkdir(exist_ok=True)
    if not SCENARIOS.exists():
        _write(SCENARIOS, _fights())
    given = scenarios()
    _write(HASHES, [results(each, given[index - 1]) for index, each in enumerate(given)])
