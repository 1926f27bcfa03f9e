"""What changed from one scenario to another, in words: "Ogre: armor class 11 -> 13".

Creatures and actions are paired as `similarity` pairs them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from dualslot_widgets.scenario.actions import ACTION_CLASSES
from dualslot_widgets.scenario.creature import Creature
from dualslot_widgets.scenario.effects import ABILITIES
from dualslot_widgets.scenario.identity.matching import Matching
from dualslot_widgets.scenario.identity.similarity import (
    Content,
    creature_cost,
    match_actions,
    match_creatures,
    match_encounters,
)
from dualslot_widgets.scenario.schema import Declared, declared_in
from dualslot_widgets.scenario.settings import Settings
from dualslot_widgets.words.visible import visible

# Creatures of different names this far apart (see `similarity`) are described as one that left and
# one that came, rather than as one that was changed beyond recognition.
ANOTHER = 0.5


def differences(first: Content, second: Content) -> list[str]:
    """Return what changed from the first to the second, one line each.

    Parameters
    ----------
    first, second : dict
        As `ScenarioParameters.content`.
    """
    lines = list(_creatures(first["players"], second["players"], "", "party"))
    lines += _encounters(first["encounters"], second["encounters"])
    lines += _others("settings", "", first["settings"], second["settings"], ())
    return [visible(line) for line in lines]


@cache
def _declared() -> Mapping[str, Declared]:
    """Return what has words of its own, by key alone; the first class that has the key decides."""
    found: dict[str, Declared] = {}
    for cls in (Creature, Settings, *ACTION_CLASSES.values()):
        for key, declared in declared_in(cls).items():
            found.setdefault(key, declared)
    return found


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
    keys = [
        key
        for key, declared in declared_in(Creature).items()
        if declared.spelled or declared.always
    ]
    for key in keys:
        before, after = first[key], second[key]
        if key == "count" and before != after:
            yield f"{name}: {before} -> {after}"
        elif key == "saving_throws":
            for ability in ABILITIES:
                yield from changed(
                    name, f"{ability} save", before.get(ability, 0), after.get(ability, 0)
                )
        elif key == "actions":
            yield from _actions(before, after, name)
        elif key != "count":
            yield from changed(name, declared_in(Creature)[key].label, before, after)
    yield from _others(name, "", first, second, keys)


def _actions(first: Sequence[Content], second: Sequence[Content], name: str) -> Iterator[str]:
    found = match_actions(first, second)
    for one, other in found.pairs:
        before, after = first[one], second[other]
        yield from changed(name, "action", before["name"], after["name"])
        yield from _others(name, after["name"], before, after, ("name",))
    for index in found.removed:
        yield f"{name}: {first[index]['name']} removed"
    for index in found.added:
        yield f"{name}: {second[index]['name']} added"
    if _reordered(found):
        yield f"{name}: order of actions changed"


def _others(
    name: str, of: str, before: Content, after: Content, described: Collection[str]
) -> Iterator[str]:
    """Describe every other key that changed; inside an object, each of its own keys."""
    for key in [*after, *(key for key in before if key not in after)]:
        if key in described:
            continue
        declared = _declared().get(key)
        words = f"{of} {declared.label if declared else key.replace('_', ' ')}".strip()
        usual = declared.absent if declared else None
        yield from _structure(name, words, before.get(key, usual), after.get(key, usual))


def _structure(name: str, words: str, before: Any, after: Any) -> Iterator[str]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _others(name, words, before, after, ())
    elif _objects(before) and _objects(after) and len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            yield from _others(name, f"{words} {one.get('name', '')}".strip(), one, other, ())
    elif isinstance(before, bool) or isinstance(after, bool):  # an absent flag is false
        yield from changed(name, words, bool(before), bool(after))
    else:
        yield from changed(name, words, before, after)


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def changed(name: str, words: str, before: object, after: object) -> Iterator[str]:
    """Yield the line of a value that changed, nothing for one that did not."""
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
