"""What the English of an action does besides damage: saving throws, conditions, how long.

Used by bestiary_actions.py; patterns are those of the SRD 5.1's stat blocks.
"""

from __future__ import annotations

import re
from typing import Any

CONDITION = (
    "blinded|charmed|deafened|frightened|grappled|incapacitated|paralyzed|petrified|poisoned|prone"
    "|restrained|stunned|unconscious"
)
SAVE = re.compile(
    r"DC (\d+) (Strength|Dexterity|Constitution|Intelligence|Wisdom|Charisma)(?: or \w+)? saving"
)
SUFFERS = re.compile(
    r"(?:be|become|becomes|is|are|fall|falls|knocked|and) (?:knocked )?(?:magically )?"
    rf"({CONDITION})\b"
)
GRAPPLE = re.compile(r"grappled \(escape DC (\d+)\)|is grappled by")
REPEATS = re.compile(
    r"repeat(?:s)? (?:the|this) saving throw at the end of each of its turns", re.IGNORECASE
)
#: What a hit does only to somebody whom it fells, or much later.
AFTERWARDS = re.compile(
    r"[^.]*(?:reduces? (?:the|a) (?:target|creature) to 0|reduced to 0|dies|until cured|24 hours"
    r"|long rest|swallow|petrified|ends? (?:on|for) itself)[^.]*\."
)
#: From here on a text tells what happens to who fails badly, which has no word.
BADLY = re.compile(
    r"If the saving throw fails by 5 or more.*|fails by 5 or more.*|[^.]*5 or lower.*", re.DOTALL
)
#: A grapple is escaped by an action, which nobody here takes; it is taken to hold so many turns.
GRAPPLE_TURNS = 2


def effect_of(name: str, text: str) -> dict[str, Any] | None:
    """Return the effect that a text tells of, or None for no condition."""
    repeats = REPEATS.search(text) is not None
    breaks = re.search(r"As an action, the restrained|can use its action|escape|pull", text)
    text = AFTERWARDS.sub("", BADLY.sub("", text))
    conditions = list(dict.fromkeys(SUFFERS.findall(text)))
    if not conditions:
        return None
    effect: dict[str, Any] = {"name": name, "conditions": conditions}
    if repeats:
        effect |= {"save_ends": True, "duration": 10}
    elif "for 1 minute" in text:
        effect["duration"] = 10
    elif breaks:
        effect["duration"] = GRAPPLE_TURNS
    elif re.search(r"until the end of its next turn", text):
        effect["duration"] = 1
    elif re.search(r"until the end of the [\w' ]+ next turn", text):
        effect |= {"duration": 1, "clock": "end_of_source_turn"}
    elif re.search(r"until the start of (?:the|its) [\w' ]+ next turn", text):
        effect |= {"duration": 1, "clock": "start_of_source_turn"}
    if "takes any damage" in text or "takes damage" in text:
        effect["ends_on"] = ["damage"]
    return effect


def save_of(text: str) -> dict[str, Any] | None:
    """Return DC and ability of the first saving throw in a text."""
    found = SAVE.search(text)
    return {"dc": int(found[1]), "ability": found[2][:3].lower()} if found else None


def condition_rider(name: str, hit: str, notes: list[str]) -> dict[str, Any] | None:
    """Return what a hit does to a target besides damage, as a rider."""
    if GRAPPLE.search(hit):
        held = ["grappled", "restrained"] if "restrained" in hit else ["grappled"]
        effect = {"name": f"{name} (grapple)", "conditions": held, "duration": GRAPPLE_TURNS}
        return {"name": f"{name} (grapple)", "effect": effect}
    save = save_of(hit)
    after = hit[SAVE.search(hit).end() :] if save else hit  # type: ignore[union-attr]
    effect = effect_of(f"{name} (effect)", after)
    if effect is None:
        return None
    rider: dict[str, Any] = {"name": f"{name} (effect)", "effect": effect}
    if save:
        return rider | save
    if effect.pop("save_ends", False):
        notes.append(f"saving throw that ends {name}")
    return rider
