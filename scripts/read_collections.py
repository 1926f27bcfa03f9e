r"""Counts how collections of published monsters are read, beside an independent reading.

    python scripts/read_collections.py FOLDER [--table OTHER.json] [--json OUT.json]

FOLDER holds what was fetched and is never part of this repository: monsters of 5e-bits/5e-database,
fixtures of open5e/open5e-api (``data/v1/*/Monster.json``, and folders of ``data/v2`` with
Creature.json beside CreatureAction.json, CreatureActionAttack.json and CreatureTrait.json), and
5etools bestiaries. For each collection the columns say

- imported: monsters that came in, of those in the file;
- idle: of them, those without an action;
- attacks: attack rolls whose bonus and unconditional damage agree with the independent reading;
- saves: actions with a DC in their text that have it when imported, and those lost without a word;
- limits: actions with a recharge or uses that have them when imported, and those lost;
- remarks: lines of what is left out, a creature.

The independent reading below shares nothing with the reader of the package: it is rough, but rough
in another way. ``--json`` writes the counts, ``--table`` puts those of an earlier run beside.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import dualslot_widgets as dw

LISTS = ("actions", "bonus_actions", "legendary_actions", "action", "bonus", "legendary")
BONUS = re.compile(r"([+-]\d+) to hit|Attack(?: Roll)?[:.]? ?\*?([+-]\d+)", re.IGNORECASE)
DICE = re.compile(r"\(?(\d+)d(\d+)(?: ?([+-]) ?(\d+))?\)?")
THROW = re.compile(
    r"DC (\d+) (?:Str|Dex|Con|Int|Wis|Cha)\w*\.?(?: or \w+)? sav|"
    r"(?:Strength|Dexterity|Constitution|Intelligence|Wisdom|Charisma) Saving Throw: DC (\d+)|"
    r"DC (\d+) (?:Str|Dex|Con|Int|Wis|Cha)\w* half",
    re.IGNORECASE,
)
TWO_HANDS = re.compile(
    r",? or \d+ \([^)]*\) \w+ damage if used with two hands(?: to make a melee attack)?",
    re.IGNORECASE,
)
LIMIT = re.compile(r"\(Recharge \d|\(\d+/Day|Recharges after", re.IGNORECASE)
TAGS = (
    (r"\{@h\}", "Hit: "),
    (r"\{@hit (-?\d+)[^}]*\}", r"+\1"),
    (r"\{@dc (\d+)[^}]*\}", r"DC \1"),
    (r"\{@recharge ?(\d?)\}", r"(Recharge \1)"),
    (r"\{@atkr? [^}]*\}", "Attack:"),
    (r"\{@actSave (\w+)\}", r"\1 Saving Throw:"),
    (r"\{@\w+ ([^}|]*)[^}]*\}", r"\1"),
)
WORDS = {
    "str": "Strength",
    "dex": "Dexterity",
    "con": "Constitution",
    "int": "Intelligence",
    "wis": "Wisdom",
    "cha": "Charisma",
}


def collections(folder: Path) -> Iterable[tuple[str, list[dict[str, Any]]]]:
    """Yield the name and the monsters of each collection, in the words of its own format."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path / "Creature.json").exists():
            yield path.name, _open5e_2(path)
        elif path.suffix == ".json":
            value = json.loads(path.read_text(encoding="utf-8"))
            if isinstance(value, dict):
                yield path.stem, value.get("monster", value.get("results", []))
            elif value and "fields" in value[0]:
                yield path.stem, [_open5e_1(entry["fields"]) for entry in value]
            else:
                yield path.stem, value


def _open5e_1(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a fixture of Open5e v1 as its API serves it."""
    lists = {
        key[:-5]: json.loads(value or "null") or []
        for key, value in fields.items()
        if key.endswith("_json")
    }
    return {**fields, **lists, "document__slug": str(fields.get("document"))}


def _open5e_2(folder: Path) -> list[dict[str, Any]]:
    """Return fixtures of Open5e v2 as its API serves them."""

    def rows(name: str) -> list[dict[str, Any]]:
        path = folder / f"{name}.json"
        return json.loads(path.read_text(encoding="utf-8") or "[]") if path.exists() else []

    inside: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    attacks = defaultdict(list)
    for row in rows("CreatureActionAttack"):
        attacks[row["fields"]["parent"]].append(row["fields"])
    for row in rows("CreatureTrait"):
        inside[row["fields"]["parent"]]["traits"].append(row["fields"])
    for row in rows("CreatureAction"):
        fields = row["fields"]
        kind, param = fields.get("uses_type"), fields.get("uses_param")
        usage = {"type": kind, "param": param} if kind else None
        action = {**fields, "usage_limits": usage, "attacks": attacks[row["pk"]]}
        inside[fields["parent"]]["actions"].append(action)
    found = []
    for row in rows("Creature"):
        fields = row["fields"]
        scores = {w.lower(): fields[f"ability_score_{w.lower()}"] for w in WORDS.values()}
        saves = {w.lower(): fields.get(f"saving_throw_{w.lower()}") for w in WORDS.values()}
        own = inside[row["pk"]]
        found.append(
            {
                **fields,
                "ability_scores": scores,
                "saving_throws": saves,
                "traits": own["traits"],
                "actions": own["actions"],
            }
        )
    return found


def text_of(entry: dict[str, Any]) -> str:
    """Return the text of an action of any format, without tags."""
    raw = entry.get("desc") or entry.get("entries") or ""
    text = raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False)
    for tag, plain in TAGS:
        text = re.sub(tag, plain, text)
    for short, word in WORDS.items():
        text = text.replace(f"{short} Saving Throw:", f"{word} Saving Throw:")
    return text.replace("−", "-").replace("*", "")


def attack_of(text: str) -> tuple[int, float] | None:
    """Return bonus and average of the unconditional damage of an attack, read independently."""
    bonus = BONUS.search(text)
    if not bonus:
        return None
    hit = text[bonus.end() :].split("Hit:", 1)[-1].replace("ft.", "ft")
    hit = TWO_HANDS.sub("", hit)
    hit = re.split(r"\. [A-Z]|DC \d|, or |\bor \d| if |reduced by|loses| extra ", hit)[0]
    averages = []
    for count, sides, sign, flat in DICE.findall(hit):
        value = int(count) * (int(sides) + 1) / 2
        averages.append(value + (int(f"{sign}{flat}") if flat else 0))
    averages += [int(flat) for flat in re.findall(r"(?<!\d)(\d+) \w+ damage", hit)]
    return (int(bonus[1] or bonus[2]), sum(averages)) if averages else None


def average(damage: str) -> float:
    """Return the average of a damage text of the scenario JSON."""
    total = 0.0
    for sign, count, sides, flat in re.findall(r"([+-]?) ?(?:(\d+)d(\d+)|(\d+))", damage):
        value = int(count) * (int(sides) + 1) / 2 if count else int(flat)
        total += -value if sign == "-" else value
    return total


def dcs(action: dict[str, Any]) -> set[int]:
    """Return every DC in an imported action."""
    return {action.get("dc", -1), *(r.get("dc", -1) for r in action.get("on_hit", ()))} - {-1}


def judge(monster: dict[str, Any], counts: Counter[str]) -> None:
    """Import one monster and count how it agrees."""
    counts["monsters"] += 1
    try:
        imported = dw.import_data(monster if "hp" not in monster else {"monster": [monster]})
    except dw.ScenarioError:
        counts["refused"] += 1
        return
    creature = imported.creatures[0].to_dict()
    remarks = [str(line) for line in imported.report.left_out]
    said = " ".join(remarks) + " ".join(map(str, imported.report.assumed))
    counts["remarks"] += len(remarks)
    counts["imported"] += 1
    own = creature.get("actions", [])
    counts["idle"] += not own
    for key in LISTS:
        for entry in monster.get(key) or []:
            if isinstance(entry, dict):
                _judge_action(entry, own, said, counts)


def _judge_action(
    entry: dict[str, Any], own: list[dict[str, Any]], said: str, counts: Counter[str]
) -> None:
    name, text = str(entry.get("name", "")), text_of(entry)
    word = re.split(r" \(| \{", name)[0].strip()
    mine = [action for action in own if action["name"].split(" (")[0].casefold() == word.casefold()]
    if expected := attack_of(text):
        counts["attacks"] += 1
        found = [(a["attack_bonus"], average(a["damage"])) for a in mine if a["type"] == "attack"]
        counts["attacks right"] += any(
            bonus == expected[0] and abs(damage - expected[1]) < 0.6 for bonus, damage in found
        )
        if not found and word not in said:
            counts["attacks lost in silence"] += 1
    throws = {int(next(filter(None, each))) for each in THROW.findall(text)}
    if throws:
        counts["saves"] += 1
        imported = set().union(*map(dcs, own)) if own else set()
        if throws & (set().union(*map(dcs, mine)) if mine else imported):
            counts["saves right"] += 1
        elif word not in said:
            counts["saves lost in silence"] += 1
    if LIMIT.search(name) or LIMIT.search(text[:40]) or entry.get("usage_limits"):
        counts["limits"] += 1
        parts = [a for a in own if a["name"].casefold() in text.casefold()]  # of several breaths
        limited = [a for a in mine or parts if {"recharge", "uses", "shares"} & a.keys()]
        counts["limits right"] += bool(limited) or (not mine and word in said)


COLUMNS = ("monsters", "imported", "idle", "attacks", "saves", "silent", "limits", "remarks")


def line(counts: dict[str, int]) -> list[str]:
    """Return the cells of one collection."""

    def share(what: str) -> str:
        whole = counts.get(what, 0)
        return f"{counts.get(f'{what} right', 0) / whole:.1%} of {whole}" if whole else "-"

    silent = counts.get("saves lost in silence", 0) + counts.get("attacks lost in silence", 0)
    each = counts.get("remarks", 0) / max(counts.get("imported", 0), 1)
    return [
        str(counts.get("monsters", 0)),
        str(counts.get("imported", 0)),
        str(counts.get("idle", 0)),
        share("attacks"),
        share("saves"),
        str(silent),
        share("limits"),
        f"{each:.1f}",
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--table", type=Path)
    wanted = parser.parse_args()
    before = json.loads(wanted.table.read_text()) if wanted.table else {}
    results: dict[str, dict[str, Any]] = {}
    print("| collection | " + " | ".join(COLUMNS) + " |")
    print("|---" * (len(COLUMNS) + 1) + "|")
    for name, monsters in collections(wanted.folder):
        counts: Counter[str] = Counter()
        for monster in monsters:
            judge(monster, counts)
        digest = hashlib.sha256(json.dumps(monsters, sort_keys=True).encode()).hexdigest()[:12]
        results[name] = dict(counts) | {"sha256": digest}
        for label, each in ((f"{name} before", before.get(name)), (name, results[name])):
            if each:
                print(f"| {label} | " + " | ".join(line(each)) + " |")
    if wanted.json:
        wanted.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
