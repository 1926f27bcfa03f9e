"""What changed from one scenario to another, in words: "Ogre: armor class 11 -> 13".

Stands beside `similarity` on the scenario floor, and pairs creatures and actions as it does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dualslot_widgets.scenario.identity.matching import Matching
from dualslot_widgets.scenario.identity.similarity import (
    creature_cost,
    match_actions,
    match_creatures,
    match_encounters,
)
from dualslot_widgets.words.visible import visible

if TYPE_CHECKING:
    from dualslot_widgets.scenario.identity.parameters import ScenarioParameters

Content = Mapping[str, Any]

# Creatures of different names this far apart (see `similarity`) are told as one that left and one
# that came, rather than as one that was changed beyond recognition.
ANOTHER = 0.5

_NUMBERS = {
    "max_hp": "hit points",
    "armor_class": "armor class",
    "initiative_bonus": "initiative bonus",
}
_LISTS = ("multiattack", "resistances", "immunities", "vulnerabilities")
_WORDS = {"dc": "DC"}
#: What a key's value is when it is absent; other keys then say "none".
_USUAL: dict[str, object] = {
    "critical_range": 20,
    "uses": "unlimited",
    "arrives": 1,
    "position": "front",
    "role": "striker",
    "time": "action",
    "hit_points": "average",
    "spread": "normal",
}
_NAMED = {"count", "name", "saving_throws", "actions", "targeting", *_NUMBERS, *_LISTS}


def differences(first: ScenarioParameters, second: ScenarioParameters) -> list[str]:
    """Return what changed from the first to the second, one line each; empty when equal."""
    if first.fingerprint == second.fingerprint:
        return []
    lines = list(_creatures(first.content["players"], second.content["players"], "", "party"))
    lines += _encounters(first.content["encounters"], second.content["encounters"])
    settings = first.content["settings"], second.content["settings"]
    lines += _others("settings", "", *settings, ())
    lines += _change("rules", "version", first.rules_version, second.rules_version)
    return [visible(line) for line in lines]


def _encounters(first: Sequence[Content], second: Sequence[Content]) -> Iterator[str]:
    found = match_encounters(first, second)
    several = max(len(first), len(second)) > 1
    for one, other in found.pairs:
        where = f"encounter {one + 1}" if several else ""
        prefix = f"{where}: " if several else ""
        yield from _creatures(
            first[one]["monsters"], second[other]["monsters"], prefix, where or "monsters"
        )
        yield from _others(where or "encounter", "", first[one], second[other], ("monsters",))
    for index in found.removed:
        yield f"encounter {index + 1} removed ({_roll_call(first[index])})"
    for index in found.added:
        yield f"encounter {index + 1} added ({_roll_call(second[index])})"
    if _reordered(found):
        yield "encounters: order changed"


def _creatures(
    first: Sequence[Content], second: Sequence[Content], prefix: str, where: str
) -> Iterator[str]:
    found = match_creatures(first, second)
    removed, added = [*found.removed], [*found.added]
    for one, other in found.pairs:
        names = first[one]["name"], second[other]["name"]
        if names[0] != names[1] and creature_cost(first[one], second[other]) > ANOTHER:
            removed.append(one)
            added.append(other)
        else:
            yield from _creature(first[one], second[other], prefix + names[0])
    for index in sorted(removed):
        yield f"{prefix}{first[index]['name']} removed ({first[index]['count']})"
    for index in sorted(added):
        yield f"{prefix}{second[index]['name']} added ({second[index]['count']})"
    if _reordered(found):
        yield f"{where}: order changed"


def _creature(first: Content, second: Content, name: str) -> Iterator[str]:
    yield from _change(name, "name", first["name"], second["name"])
    if first["count"] != second["count"]:
        yield f"{name}: {first['count']} -> {second['count']}"
    for key, words in _NUMBERS.items():
        yield from _change(name, words, first[key], second[key])
    saves = first["saving_throws"], second["saving_throws"]
    for key in ("str", "dex", "con", "int", "wis", "cha"):
        yield from _change(name, f"{key} save", saves[0].get(key, 0), saves[1].get(key, 0))
    yield from _actions(first["actions"], second["actions"], name)
    for key in _LISTS:
        yield from _change(name, key, first[key], second[key])
    yield from _change(name, "targeting", first["targeting"], second["targeting"])
    yield from _others(name, "", first, second, _NAMED)


def _actions(first: Sequence[Content], second: Sequence[Content], name: str) -> Iterator[str]:
    found = match_actions(first, second)
    for one, other in found.pairs:
        before, after = first[one], second[other]
        yield from _change(name, "action", before["name"], after["name"])
        yield from _others(name, after["name"], before, after, ("name",))
    for index in found.removed:
        yield f"{name}: {first[index]['name']} removed"
    for index in found.added:
        yield f"{name}: {second[index]['name']} added"
    if _reordered(found):
        yield f"{name}: order of actions changed"


def _others(
    name: str, of: str, before: Content, after: Content, told: Collection[str]
) -> Iterator[str]:
    """Tell every other key that changed; inside an object, each of its own keys."""
    for key in [*after, *(key for key in before if key not in after)]:
        if key in told:
            continue
        words = f"{of} {_WORDS.get(key, key.replace('_', ' '))}".strip()
        usual = _USUAL.get(key)
        yield from _structure(name, words, before.get(key, usual), after.get(key, usual))


def _structure(name: str, words: str, before: Any, after: Any) -> Iterator[str]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _others(name, words, before, after, ())
    elif _objects(before) and _objects(after) and len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            yield from _others(name, f"{words} {one.get('name', '')}".strip(), one, other, ())
    elif isinstance(before, bool) or isinstance(after, bool):  # an absent flag is false
        yield from _change(name, words, bool(before), bool(after))
    else:
        yield from _change(name, words, before, after)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _change(name: str, words: str, before: object, after: object) -> Iterator[str]:
    if before != after:
        yield f"{name}: {words} {_word(before)} -> {_word(after)}"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return str(value["name"]) if "name" in value else ", ".join(map(str, value.values()))
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_word, value)) or "none"
    return "none" if value is None else str(value)


def _roll_call(encounter: Content) -> str:
    return ", ".join(f"{each['count']} {each['name']}" for each in encounter["monsters"])


def _reordered(found: Matching) -> bool:
    others = [other for _, other in found.pairs]
    return others != sorted(others)
