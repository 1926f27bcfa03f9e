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
    r"repeat(?:s)? (?:the|this|its) saving throw (?:at the end of|on) each of (?:its|their) turns",
    re.IGNORECASE,
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
#: What comes true a day later, or of what only who meets the monster again hears.
LATE = re.compile(
    r"[^.]*(?:lycanthropy|24 hours|After 1 minute|has no effect for 1 minute|contract a disease"
    r"|until the disease is cured, the target|disease is cured on a success|curse lasts until"
    r"|reduces? (?:its|the target's) hit point maximum to 0|reduction (?:to the target's hit point"
    r" maximum )?lasts until|as a result of this disease|slain in this way"
    r"|dies from this attack|ages 1d4)[^.]*\.?",
    re.IGNORECASE,
)
#: Turning to stone in two steps.
STONE = re.compile(r"begins to turn to stone and is restrained")
#: What a text does to somebody in other words than a condition's.
GRANTS = {
    "no_reactions": re.compile(r"can't (?:use|take) reactions"),
    "one_attack": re.compile(r"can't make more than one attack on its turn"),
    "no_bonus_action": re.compile(r"either an action or a bonus action"),
    "no_healing": re.compile(r"can't regain hit points(?! except| unless)"),
    "melee_disadvantage": re.compile(r"disadvantage on Strength-based attack rolls"),
}
#: Of whoever does it, not of its victim.
OF_OWNER = re.compile(r"(?:unless|until|while|if) the [\w ]+ is(?:n't)? incapacitated(?: or dies)?")
HURTS_LATER = re.compile(
    r"takes? \d+ \((\d+d\d+(?: \+ \d+)?)\) (\w+) damage at the (?:start|end) of each of (?:its|the"
    r"|their)"
    r"|at the start of each of the target's turns, the target takes \d+ \((\d+d\d+(?: \+ \d+)?)\)"
    r" (\w+)"
    r"|loses? \d+ \((\d+d\d+)\) hit points at the start of each of its turns"
)
#: A grapple is escaped by an action, which nobody here takes; it is taken to hold so many turns.
GRAPPLE_TURNS = 2


def effect_of(name: str, text: str) -> dict[str, Any] | None:
    """Return the effect that a text tells of, or None for no condition."""
    if STONE.search(text):
        stone = {"name": f"{name}: stone", "conditions": ["petrified"]}
        turning = {"name": name, "conditions": ["restrained"], "save_ends": True, "worsens": stone}
        return turning | ({"badly": stone} if "instantly petrified" in text else {})
    repeats = REPEATS.search(text) is not None
    breaks = re.search(
        r"As an action, the restrained|can use its action|escape|pull|takes an action to douse"
        r"|action to stanch",
        text,
    )
    text = OF_OWNER.sub("", text)
    whole, text = text, AFTERWARDS.sub("", BADLY.sub("", LATE.sub("", text)))
    conditions = list(dict.fromkeys(SUFFERS.findall(text)))
    grants = [word for word, said in GRANTS.items() if said.search(BADLY.sub("", whole))]
    later = turn_damage(text)
    if not (conditions or grants or later):
        return None
    effect: dict[str, Any] = {"name": name, "conditions": conditions, "grants": grants}
    effect = {key: value for key, value in effect.items() if value != []}
    if "melee_disadvantage" in grants:
        effect["save_disadvantage"] = ["str"]
    if later:
        effect["turn_damage"] = later
    if repeats:
        effect |= {"save_ends": True, "duration": 10}
    elif "for 1 minute" in text:
        effect["duration"] = 10
    elif breaks:
        effect["duration"] = GRAPPLE_TURNS
    elif re.search(r"until the end of its next turn", text):
        effect["duration"] = 1
    elif re.search(r"until the start of its next turn|until the end of its turn", text):
        effect |= {"duration": 1, "clock": "start_of_turn"}
    elif re.search(r"until the end of the [\w' ]+ next turn", text):
        effect |= {"duration": 1, "clock": "end_of_source_turn"}
    elif re.search(r"until the start of (?:the|its) [\w' ]+ next turn", text):
        effect |= {"duration": 1, "clock": "start_of_source_turn"}
    if "takes any damage" in text or "takes damage" in text:
        effect["ends_on"] = ["damage"]
    badly = badly_of(name, whole)
    if badly:
        effect["badly"] = badly
    return effect


def turn_damage(text: str) -> str | None:
    """Return what hurts somebody in each of its turns, as damage."""
    found = HURTS_LATER.search(text)
    if found is None:
        return None
    dice, kind = next(
        (found[k], found[k + 1] if k < 5 else "") for k in (1, 3, 5) if found[k] is not None
    )
    return f"{dice.replace(' ', '')} {kind}".strip()


def badly_of(name: str, text: str) -> dict[str, Any] | None:
    """Return what comes of a saving throw that fails by 5 or more."""
    found = BADLY.search(text)
    if found is None or "unconscious" not in found[0]:
        return None
    asleep = {"name": f"{name}: asleep", "conditions": ["unconscious"], "duration": 10}
    return asleep | ({"ends_on": ["damage"]} if "takes damage" in found[0] else {})


def save_of(text: str) -> dict[str, Any] | None:
    """Return DC and ability of the first saving throw in a text."""
    found = SAVE.search(text)
    return {"dc": int(found[1]), "ability": found[2][:3].lower()} if found else None


def condition_rider(name: str, hit: str, notes: list[str]) -> dict[str, Any] | None:
    """Return what a hit does to a target besides damage, as a rider."""
    if GRAPPLE.search(hit):
        held = ["grappled", "restrained"] if "restrained" in hit else ["grappled"]
        held += ["blinded"] if "restrained, blinded" in hit else []
        effect = {"name": f"{name} (grapple)", "conditions": held, "duration": GRAPPLE_TURNS}
        effect["ends_on"] = ["source_down"]
        later = turn_damage(hit)
        if later:
            effect["turn_damage"] = later
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
