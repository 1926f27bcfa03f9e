"""Bonus actions, reactions and legendary actions, which often name an action to be taken again."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock import harmless
from dualslot_widgets.importers.statblock.actions import read_actions
from dualslot_widgets.importers.statblock.attack_names import names_in
from dualslot_widgets.importers.statblock.names import cost_of, limit_of, plain_name
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.reading import Reading
from dualslot_widgets.importers.statblock.remainder import name_the_rest
from dualslot_widgets.importers.statblock.tokens import NUMBER_WORDS, Token
from dualslot_widgets.importers.statblock.trait_wording import TRAIT_GRAMMAR
from dualslot_widgets.importers.statblock.worth import average

_VERBS = frozenset(("makes", "make", "uses", "use", "making", "using"))
#: In the name of an action: it can be taken only then, as "(52 HP or Fewer)" says.
_STATES = frozenset(("while", "bloodied", "when", "fewer"))
_CASES = frozenset(
    ("if", "when", "while", "after", "unless", "each", "until", "immediately", "bloodied", "hits")
)


def out_of_turn(passage: Passage, own: list[dict[str, Any]], notes: Notes) -> list[dict[str, Any]]:
    """Return a bonus action, reaction, legendary or lair action as scenario JSON, or nothing.

    Parameters
    ----------
    passage : Passage
    own : list of dict
        The actions of the creature, which the text may name.
    notes : Notes
        What is left out is noted.
    """
    name, reading = plain_name(passage.name), Reading(passage.text)
    timed: dict[str, Any] = {"time": passage.time}
    if passage.time == "reaction":
        return _reaction(passage, name, reading, notes)
    if harmless.is_action(name, passage.text):
        notes.skip(passage.place, name)
        return []
    legendary = passage.time == "legendary"
    if legendary:
        if harmless.is_legendary(name, passage.text):
            notes.skip(passage.place, f"legendary {name}")
            return []
        timed["name"] = f"{name[:80]} (legendary)"
        cost = cost_of(passage.name) or passage.legendary_cost
        timed |= {"legendary_cost": cost} if 1 < cost <= 5 else {}
    if not reading.of("attack", "save", "check", "bare", "hit"):
        return _again(passage, name, reading, own, timed, notes)
    return [action | timed for action in read_actions(passage, notes)]


def _reaction(passage: Passage, name: str, reading: Reading, notes: Notes) -> list[dict[str, Any]]:
    found = TRAIT_GRAMMAR.search("parry", reading.tokens)
    if found:
        number = next(w for w in reading.texts(found.start, found.end) if w.isdigit())
        return [
            {
                "type": "defend",
                "name": name,
                "armor_class": max(1, min(int(number), 20)),
                "melee_only": True,
            }
        ]
    if harmless.is_action(name, passage.text):
        notes.skip(passage.place, name)
    else:
        notes.leave(passage.place, f"reaction {name}")
    return []


def _again(
    passage: Passage,
    name: str,
    reading: Reading,
    own: list[dict[str, Any]],
    timed: dict[str, Any],
    notes: Notes,
) -> list[dict[str, Any]]:
    """Return an action that a text makes once more: "The dragon makes a tail attack."."""
    what = f"{passage.time.replace('_', ' ')} {name}"
    when = Reading(passage.name)
    if _STATES & set(when.texts(0, len(when.tokens))):
        notes.leave(passage.place, f"{what}: only in some case ({passage.name[:80]})")
        return []
    made = _made(reading, own)
    if made is None:
        healed = [fact for fact in reading.of("heal") if "amount" in fact.parts]
        if healed:
            return [action | timed for action in read_actions(passage, notes)]
        notes.leave(passage.place, what)
        return []
    action, at, times = made
    copied = {key: value for key, value in action.items() if key != "time"}
    if {"recharge", "uses", "shares"} & action.keys():
        notes.leave(passage.place, f"{what}: {action['name']} is limited")
        return []
    start, end = reading.sentence(at)
    behind = reading.tokens[at:end]
    words = set(reading.texts(start, at)) | {t.text for t in behind}
    if {"reaction", "reactions"} & words:
        notes.leave(passage.place, f"{what}: an attack of others")
        return []
    required = [t.text for t in behind if "CONDITION" in t.classes]
    if words & _CASES and not (required and not set(reading.texts(start, at)) & _CASES):
        notes.leave(passage.place, f"{what}: only in some case ({reading.words(start, end)[:80]})")
        return []
    if required and copied["type"] in ("attack", "save"):
        copied["requires"] = list(dict.fromkeys(required))
    if times > 1 and copied["type"] == "attack":
        copied["attacks"] = min(times, 20)
    copied["name"] = name
    name_the_rest(passage.place, name, reading, at, notes)
    return [copied | (passage.limit or limit_of(passage.name)) | timed]


def _made(reading: Reading, own: list[dict[str, Any]]) -> tuple[dict[str, Any], int, int] | None:
    """Return the action that a text makes, where the name ends, and how often."""
    usable = {
        plain_name(a["name"]).casefold(): a["name"]
        for a in reversed(own)
        if a["type"] in ("attack", "save") and "spell" not in a
    }
    by_name = {action["name"]: action for action in own}
    tokens = reading.tokens[:-1]
    for start, end, name in names_in(tokens, usable):
        first = reading.sentence(start)[0]
        before = reading.texts(max(first, start - 7), start)
        if _VERBS & set(before):
            verb = max(at for at, word in enumerate(before) if word in _VERBS)
            return by_name[name], end, _times(before[verb:])
    for at, token in enumerate(tokens):
        if token.text in _VERBS and (found := _any_attack(tokens, at, own)):
            return found
    return None


def _times(before: list[str]) -> int:
    return next((NUMBER_WORDS[word] for word in before if word in NUMBER_WORDS), 1)


def _any_attack(
    tokens: tuple[Token, ...], at: int, own: list[dict[str, Any]]
) -> tuple[dict[str, Any], int, int] | None:
    """Return the best attack for "makes one melee attack", "makes a weapon attack"."""
    words = [token.text for token in tokens[at + 1 : at + 6]]
    stop = next((i for i, word in enumerate(words) if word in ("attack", "attacks")), None)
    plain = {"one", "two", "a", "an", "three", "melee", "ranged", "weapon", "single", "another"}
    if stop is None or not set(words[:stop]) <= plain:
        return None
    kind = next((word for word in words if word in ("melee", "ranged")), "")
    fitting = [
        a
        for a in own
        if a["type"] == "attack"
        and "requires" not in a
        and not {"recharge", "uses"} & a.keys()
        and "spell" not in a
        and not (kind == "ranged" and not a.get("ranged"))
        and not (kind == "melee" and a.get("ranged"))
    ]
    if not fitting:
        return None
    return max(fitting, key=average), at + 2 + stop, _times(words[:stop])
