"""Reads the English of one action of a stat block into an action of the scenario JSON.

It serves every format of monsters, in the wording of 2014 ("Melee Weapon Attack: +5 to hit ... Hit:
8 (1d10 + 3) slashing damage") and of 2024 ("Melee Attack Roll: +5 ... Hit: 8 (1d10 + 3) Slashing
damage"). The text decides where it says something; numbers that a format gives beside it fill the
gaps, and what contradicts the text is named.
"""

from __future__ import annotations

import re
from typing import Any

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock import harmless
from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.hits import read_hit
from dualslot_widgets.importers.statblock.names import limit_of, plain_name
from dualslot_widgets.importers.statblock.passage import Passage
from dualslot_widgets.importers.statblock.reading import GUARDS, Reading
from dualslot_widgets.importers.statblock.remainder import name_the_rest
from dualslot_widgets.importers.statblock.saving_throws import read_save
from dualslot_widgets.importers.statblock.tokens import tidy
from dualslot_widgets.scenario.dice import DiceError, parse_damage

_AIMED = frozenset(
    ("creature", "target", "humanoid", "one", "creatures", "targets", "ally", "allies")
)
_ONLY = frozenset(("only", "while", "bloodied", "form"))
_SWALLOWS = frozenset(("swallowed", "swallows", "swallow", "regurgitate", "regurgitates"))
#: Whose owner leaves the field with its victim, or is not itself afterwards.
_LEFT = frozenset(("possession", "possess"))
_GRAPPLES = re.compile(r"Instead of dealing damage, (?:the )?[\w ]{1,60} can grapple")
#: In whose grip, or in what state, a target must be.
_HOLDS = frozenset(
    ["grappled", "charmed", "swallowed", "engulfed", "frightened", "restrained", "incapacitated"]
)


def read_action(passage: Passage, notes: Notes) -> dict[str, Any] | None:
    """Return an action as scenario JSON, or None with a remark on why it is left out."""
    found = read_actions(passage, notes)
    return found[0] if found else None


def read_actions(passage: Passage, notes: Notes) -> list[dict[str, Any]]:
    """Return the actions that a passage describes: one, or each of several breath weapons.

    Several share one limit. What is left out is noted.
    """
    parts = _choices(passage)
    found: list[dict[str, Any]] = []
    limit = passage.limit or limit_of(passage.name)
    if not limit and passage.text.lstrip().startswith("("):
        limit = limit_of(passage.text[:60])
    if _ONLY & set(Reading(passage.name).texts(0, 20)):
        notes.assume(passage.place, f"{passage.name}: taken as possible at any time")
    for name, text in parts:
        if harmless.is_action(name, text):
            notes.skip(passage.place, name)
            continue
        action = _one(passage, name, Reading(text), notes)
        if action is None:
            continue
        if found and limit:
            found.append(action | {"shares": found[0]["name"]})
        else:
            found.append(action | (limit_of(text[:60]) if not limit and len(parts) > 1 else limit))
    return found


def grappling(text: str, attack: dict[str, Any]) -> dict[str, Any] | None:
    """Return a second way to use an attack: "instead of dealing damage, it can grapple"."""
    found = _GRAPPLES.search(tidy(text))
    if found is None or attack["type"] != "attack":
        return None
    name = f"{attack['name'][:80]} (grapple)"
    grapple = {"name": name, "conditions": ["grappled"], "duration": 2, "ends_on": ["source_down"]}
    rider = {"name": name, "effect": grapple}
    return {**attack, "name": name, "damage": "0", "on_hit": [rider]}


def _choices(passage: Passage) -> list[tuple[str, str]]:
    """Return name and text of an action; of several breath weapons or roars each one."""
    lines = [line.strip(" -*•") for line in passage.text.split("\n") if line.strip(" -*•")]
    whole = Reading(passage.text)
    titled = [_titled(line) for line in lines]
    saving = [each for each in titled if each is not None]
    if len(saving) < 2 or whole.of("attack"):
        return [(plain_name(passage.name), passage.text)]
    return saving


def _titled(line: str) -> tuple[str, str] | None:
    """Return the title and the text of a line that begins with a title and has a throw."""
    title, dot, rest = tidy(line).partition(". ")
    if not dot or len(title) > 50 or not Reading(rest).of(*GUARDS):
        return None
    return plain_name(tidy(title)), tidy(line)


def _one(passage: Passage, name: str, reading: Reading, notes: Notes) -> dict[str, Any] | None:
    header = next(iter(reading.of("attack")), None)
    guards = reading.of(*GUARDS)
    has_hit = bool(reading.of("hit"))
    held = [] if header else _held(reading)
    if header is None and _SWALLOWS & set(reading.texts(0, len(reading.tokens))):
        notes.leave(passage.place, f"{name}: who is swallowed has no word")
        return None
    if header is None and passage.attack_bonus is not None and guards and not has_hit:
        if passage.attack_bonus:
            notes.leave(passage.place, f"{name}: the attack bonus beside its saving throw")
    elif header or (passage.attack_bonus is not None and (passage.damage or reading.of("damage"))):
        return _attack(passage, name, reading, header, notes)
    if name.casefold() in _LEFT:
        notes.leave(passage.place, name)
        return None
    action = read_save(passage, name, reading, notes) or _heal(name, reading)
    if action is None:
        notes.leave(passage.place, _why_nothing(name, reading))
        return None
    name_the_rest(passage.place, name, reading, 0, notes)
    if held and action["type"] == "save":
        action["requires"] = held
    return action


def _why_nothing(name: str, reading: Reading) -> str:
    if reading.of("damage"):
        return f"{name}: its damage comes without an attack roll or a saving throw"
    if reading.of(*GUARDS):
        return f"{name}: what its saving throw is for has no word"
    return f"{name}: no attack, saving throw or healing was found in it"


def _held(reading: Reading) -> list[str]:
    """Return in whose grip a target must be: "one creature grappled by it must make ..."."""
    guards = reading.of(*GUARDS)
    stop = guards[0].start if guards else min(len(reading.tokens) - 1, 60)
    words = reading.texts(0, stop)
    for at, word in enumerate(words):
        if word == "grappling" and words[max(at - 2, 0) : at] == ["it", "is"]:
            return ["grappled"]
        if word in _HOLDS and words[at + 1 : at + 2] == ["by"] and _AIMED & set(words[:at]):
            return [word]
    return []


def _requires(reading: Reading, header: Match) -> list[str]:
    """Return the conditions of which a target must suffer one: "one prone creature"."""
    ends = reading.of("hit", "damage", start=header.end)
    words = reading.tokens[header.end : ends[0].start if ends else header.end + 30]
    texts = [token.text for token in words]
    named = [token.text for token in words if "CONDITION" in token.classes]
    aimed = bool(_AIMED & set(texts))
    return list(dict.fromkeys(named)) if named and aimed and "not" not in texts else []


def _attack(
    passage: Passage, name: str, reading: Reading, header: Match | None, notes: Notes
) -> dict[str, Any] | None:
    hits = reading.of("hit")
    start = hits[0].end if hits else header.end if header else 0
    misses = reading.of("miss", start=start)
    end = misses[0].start if misses else len(reading.tokens) - 1
    hit = read_hit(name, reading, start, end, passage.place, notes)
    name_the_rest(passage.place, name, reading, start, notes)
    if misses:
        notes.leave(passage.place, f"what {name} does on a miss")
    bonus = passage.attack_bonus
    if header:
        sign, number = reading.texts(*header.parts["bonus"])
        bonus = min(int(number), 100) * (-1 if sign == "-" else 1)
        if passage.attack_bonus not in (None, 0, bonus):
            notes.assume(passage.place, f"{name}: {bonus:+d} to hit, as its text says")
    if not hit.terms and not hit.riders and passage.damage:
        hit.terms.append(passage.damage)
    if not hit.terms and not hit.riders:
        notes.leave(passage.place, f"{name}: no damage and no effect was found in it")
        return None
    action: dict[str, Any] = {
        "type": "attack",
        "name": name,
        "attack_bonus": bonus,
        "damage": " + ".join(hit.terms[:10]) or "0",
    }
    if "damage dice three times" in reading.text and hit.terms:
        count = hit.terms[0].partition("d")[0]
        action["critical_dice"] = min(int(count), 10) if count.isdigit() else 1
        notes.assume(passage.place, f"{name}: a critical hit rolls its first damage three times")
    if hit.wounded:
        action["wounded_damage"] = hit.wounded
    if header and (required := _requires(reading, header)):
        action["requires"] = required
    kind = (
        " ".join(reading.texts(*header.parts["kind"])) if header and "kind" in header.parts else ""
    )
    if kind == "ranged":
        action["ranged"] = True
    if header and "spell" in reading.texts(header.start, header.end):
        action["magical"] = True
    if hit.riders:
        action["on_hit"] = hit.riders[:10]
    return action


def _heal(name: str, reading: Reading) -> dict[str, Any] | None:
    if reading.of(*GUARDS):
        return None
    for fact in reading.of("heal"):
        if "amount" not in fact.parts:
            continue
        reading.use(fact)
        others = _AIMED & set(reading.texts(fact.start - 2, fact.start))
        amount = reading.dice(fact)
        try:
            parse_damage(amount)
        except DiceError:
            return None
        key = "temporary_hp" if "temporary" in fact.parts else "healing"
        heal: dict[str, Any] = {"type": "heal", "name": name, key: amount}
        return heal | ({"targets": 1} if others else {"on": "self"})
    return None
