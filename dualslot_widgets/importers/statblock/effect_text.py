"""The English of what an action does besides damage: saving throws, conditions, how long they last.

Patterns are those of stat blocks of the SRD 5.1 and of
the newer wording ("Failure: The target has the Prone condition"). Every pattern is linear: texts
are cut into sentences first, nothing is repeated inside a repetition.
"""

from __future__ import annotations

import re
from typing import Any

from dualslot_widgets.scenario.effects import ABILITIES, CONDITIONS

#: Deafened and invisible are never what an enemy's action is about.
_CONDITION = "|".join(c for c in CONDITIONS if c not in ("deafened", "invisible"))
_ABILITY = "strength|dexterity|constitution|intelligence|wisdom|charisma"
_SAVES = (
    re.compile(rf"DC (\d{{1,2}}) ({_ABILITY})\b(?: or \w{{1,12}})? sav", re.IGNORECASE),
    re.compile(rf"({_ABILITY}) saving throw: DC (\d{{1,2}})", re.IGNORECASE),
    re.compile(rf"({_ABILITY}) saving throw \(DC (\d{{1,2}})\)", re.IGNORECASE),
)
_SUFFERS = re.compile(
    r"\b(?:be|become|becomes|is|are|fall|falls|knocked|and) (?:knocked )?(?:magically )?"
    rf"({_CONDITION})\b|\bha(?:s|ve) the ({_CONDITION})(?: and ({_CONDITION}))? condition",
    re.IGNORECASE,
)
_REPEATS = re.compile(
    r"repeats? (?:the|this) sav[\w ]{0,20} at the end of each of its", re.IGNORECASE
)
#: What happens only to somebody whom it fells, or much later.
_AFTERWARDS = re.compile(
    r"reduces? (?:the|a) (?:target|creature) to 0|reduced to 0|\bdies\b|until cured|24 hours"
    r"|long rest|swallow|petrified|ends? (?:on|for) itself|Second Failure",
    re.IGNORECASE,
)
#: From here on a text tells what happens to who fails badly, which has no word.
_BADLY = re.compile(r"(?:If the saving throw )?fails by 5 or more|5 or lower", re.IGNORECASE)
_GRAPPLE = re.compile(r"\(escape DC \d{1,2}\)|is grappled by", re.IGNORECASE)
_BREAKS = re.compile(
    r"As an action, the restrained|can use its action|\bescape\b|\bpull\b", re.IGNORECASE
)
_ENDS_LATER = (
    (re.compile(r"until the end of its next turn", re.IGNORECASE), "end_of_turn"),
    (re.compile(r"until the end of [\w' ]{1,60} next turn", re.IGNORECASE), "end_of_source_turn"),
    (
        re.compile(r"until the start of [\w' ]{1,60} next turn", re.IGNORECASE),
        "start_of_source_turn",
    ),
)
#: A grapple is escaped by an action, which nobody here takes; it is taken to hold so many turns.
GRAPPLE_TURNS = 2


def save_of(text: str) -> dict[str, Any] | None:
    """Return ``dc`` and ``ability`` of the first saving throw in a text, or None."""
    found = [(match.start(), match) for match in (s.search(text) for s in _SAVES) if match]
    if not found:
        return None
    one, two = min(found, key=lambda pair: pair[0])[1].groups()
    dc, ability = (one, two) if one.isdigit() else (two, one)
    return {"dc": int(dc), "ability": ability[:3].lower()}


def after_save(text: str) -> str:
    """Return what stands behind the first saving throw of a text; all of it without one."""
    ends = [match.end() for match in (s.search(text) for s in _SAVES) if match]
    return text[min(ends) :] if ends else text


def sentences(text: str) -> list[str]:
    """Cut a text behind each full stop that ends a sentence."""
    return re.split(r"(?<=[.!?]) (?=[A-Z])", text)


def effect_of(name: str, text: str) -> dict[str, Any] | None:
    """Return the effect that a text tells of, as scenario JSON, or None for no condition."""
    badly = _BADLY.search(text)
    kept = text[: badly.start()] if badly else text
    lasting = " ".join(part for part in sentences(kept) if not _AFTERWARDS.search(part))
    conditions = list(
        dict.fromkeys(word.lower() for words in _SUFFERS.findall(lasting) for word in words if word)
    )
    if not conditions:
        return None
    effect: dict[str, Any] = {"name": name[:100], "conditions": conditions}
    if _REPEATS.search(text):
        effect |= {"save_ends": True, "duration": 10}
    elif "for 1 minute" in lasting:
        effect["duration"] = 10
    elif _BREAKS.search(text):
        effect["duration"] = GRAPPLE_TURNS
    else:
        clock = next((clock for pattern, clock in _ENDS_LATER if pattern.search(lasting)), None)
        if clock is not None:
            effect |= {"duration": 1} | ({} if clock == "end_of_turn" else {"clock": clock})
    if "takes any damage" in text or "takes damage" in text:
        effect["ends_on"] = ["damage"]
    return effect


def condition_rider(name: str, hit: str) -> dict[str, Any] | None:
    """Return what a hit does to its target besides damage, as a rider, or None."""
    if _GRAPPLE.search(hit):
        held = ["grappled", "restrained"] if "restrained" in hit.lower() else ["grappled"]
        label = f"{name[:90]} (grapple)"
        effect = {"name": label, "conditions": held, "duration": GRAPPLE_TURNS}
        return {"name": label, "effect": effect}
    label = f"{name[:90]} (effect)"
    lasting = effect_of(label, after_save(hit))
    if lasting is None:
        return None
    save = save_of(hit)
    if save is None:
        lasting.pop("save_ends", None)
    return {"name": label, "effect": lasting} | (save or {})


def modifier(score: float | None) -> int:
    """Return the modifier of an ability score; SRD 5.1, "Ability Scores and Modifiers"."""
    return 0 if score is None else int((score - 10) // 2)


ABILITY_WORDS = dict(zip(ABILITIES, _ABILITY.split("|"), strict=True))
