"""What facts of a text do to somebody for a while, as an effect of the scenario JSON."""

from __future__ import annotations

from typing import Any

from dualslot_widgets.importers.statblock import clauses
from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.reading import GRANTS, GUARDS, Reading
from dualslot_widgets.importers.statblock.tokens import NUMBER_WORDS

#: A grapple is escaped by an action, which nobody here takes; it is taken to hold so many turns.
GRAPPLE_TURNS = 2
_STATES = ("suffers", "turns_to_stone", *GRANTS)
#: What ends which effect when, in the order in which a text is believed.
_CLOCKS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("own_end", {"duration": 1}),
    ("own_start", {"duration": 1, "clock": "start_of_turn"}),
    ("source_end", {"duration": 1, "clock": "end_of_source_turn"}),
    ("source_start", {"duration": 1, "clock": "start_of_source_turn"}),
)


def lasts(reading: Reading, fact: Match) -> bool:
    """Say whether a fact is a state, or damage of later turns, that comes with a failed throw.

    What befalls only the fallen, or comes on another day, is passed over.
    """
    if fact.rule not in ("turns_to_stone", *GRANTS) and clauses.aside(reading, fact):
        reading.use(fact)
        return False
    if clauses.in_case(reading, 0, fact) or clauses.is_instead(reading, fact):
        return False
    if fact.rule == "damage":
        turn = reading.later(fact)
        # "succeed on a DC 14 save at the start of each of its turns or take 13 damage"
        guarded = turn is not None and reading.of(*GUARDS, start=turn.start - 9, end=turn.start)
        if turn is None or (guarded and turn.start - guarded[-1].end <= 1):
            return False
        return is_every_turn(reading, turn)
    if fact.rule == "suffers":
        return not set(reading.conditions(fact)) <= {"petrified", "invisible"}
    return True


def is_every_turn(reading: Reading, turn: Match) -> bool:
    """Say whether words for later turns mean each of them."""
    words = set(reading.texts(turn.start, turn.end))
    return bool(words & {"each", "every", "when", "per", "subsequent", "ongoing"})


def effect(
    name: str, reading: Reading, facts: list[Match], start: int, end: int | None = None
) -> dict[str, Any] | None:
    """Return an effect made of facts, which lasts as long as the text between two tokens says."""
    if not facts:
        return None
    reading.use(*facts)
    if any(fact.rule == "turns_to_stone" for fact in facts):
        return _stone(name, reading)
    conditions = [
        word for fact in facts if fact.rule == "suffers" for word in reading.conditions(fact)
    ]
    escapes = reading.of("escape", start=start, end=end)
    if any(not clauses.aside(reading, fact) for fact in escapes) and "grappled" not in conditions:
        conditions.insert(0, "grappled")
    grants = [word for word in GRANTS if any(fact.rule == word for fact in facts)]
    hurts = [fact for fact in facts if fact.rule == "damage"]
    found: dict[str, Any] = {"name": name[:100]}
    found |= {"conditions": list(dict.fromkeys(conditions))} if conditions else {}
    found |= {"grants": grants} if grants else {}
    if "melee_disadvantage" in grants:
        found["save_disadvantage"] = ["str"]
    if hurts:
        found["turn_damage"] = " + ".join(reading.term(fact) for fact in hurts[:10])
    found |= _duration(reading, start, end, held="grappled" in conditions)
    badly = [mark.start for mark in reading.of("badly", start=start, end=end)]
    until = min(badly, default=end)
    if any(not _again(reading, f) for f in reading.of("hurt_ends", start=start, end=until)):
        found["ends_on"] = ["damage"]
    if steps := _second_step(name, reading, start, end):
        found |= {"worsens": steps, "save_ends": True}
        found.pop("duration", None)
        found.pop("clock", None)
    if worse := _badly(name, reading, found, start, end):
        found["badly"] = worse
    return found


def _again(reading: Reading, fact: Match) -> bool:
    """Say whether damage gives another saving throw instead of an end."""
    start, end = reading.sentence(fact.start)
    return bool(reading.of("repeats", start=start, end=end))


def _duration(reading: Reading, start: int, end: int | None, *, held: bool) -> dict[str, Any]:
    if any(_is_of_turns(reading, fact) for fact in reading.of("repeats", start=start, end=end)):
        return {"save_ends": True, "duration": 10}
    if held:
        return {"duration": GRAPPLE_TURNS, "ends_on": ["source_down"]}
    for fact in reading.of("minute", "round", start=start, end=end):
        if reading.texts(fact.start, fact.end)[0] != "for" and not any(
            state.end == fact.start for state in reading.of("suffers")
        ):
            continue
        return {"duration": 10 if fact.rule == "minute" else _count(reading, fact)}
    if reading.has("breaks", "escape", start=start, end=end):
        return {"duration": GRAPPLE_TURNS}
    for rule, clock in _CLOCKS:
        if reading.has(rule, start=start, end=end):
            return dict(clock)
    return {}


def _is_of_turns(reading: Reading, fact: Match) -> bool:
    words = reading.texts(fact.start, fact.end)
    return "end" in words or "turn" in words or "turns" in words


def _count(reading: Reading, fact: Match) -> int:
    word = reading.texts(fact.start, fact.end)[1]
    return max(1, min(NUMBER_WORDS.get(word) or int(word), 1000))


def _stone(name: str, reading: Reading) -> dict[str, Any]:
    """Return turning to stone in two steps."""
    stone = {"name": f"{name[:90]}: stone", "conditions": ["petrified"]}
    turning: dict[str, Any] = {"name": name[:100], "conditions": ["restrained"]}
    turning |= {"save_ends": True, "worsens": stone}
    reading.use(*reading.of("suffers", *GUARDS))
    return turning | ({"badly": stone} if "instantly petrified" in reading.text else {})


def _second_step(name: str, reading: Reading, start: int, end: int | None) -> dict[str, Any] | None:
    """Return what a second failed saving throw makes of an effect: "Second Failure: ..."."""
    for mark in reading.of("second", start=start, end=end):
        states = reading.of("suffers", start=mark.end, end=end)
        words = [word for fact in states for word in reading.conditions(fact)]
        if words:
            reading.use(*states)
            return {"name": f"{name[:90]}: worse", "conditions": list(dict.fromkeys(words))}
    return None


def _badly(
    name: str, reading: Reading, milder: dict[str, Any], start: int, end: int | None
) -> dict[str, Any] | None:
    """Return what comes of a saving throw that fails by 5 or more."""
    for mark in reading.of("badly", start=start, end=end):
        worse = reading.of("suffers", start=mark.end, end=end)
        words = [word for fact in worse for word in reading.conditions(fact)]
        if not words:
            continue
        reading.use(*worse)
        if "unconscious" in words:
            asleep = {"name": f"{name[:90]}: asleep", "conditions": ["unconscious"], "duration": 10}
            wakes = reading.has("hurt_ends", start=mark.end, end=end)
            return asleep | ({"ends_on": ["damage"]} if wakes else {})
        found = {"name": f"{name[:90]}: badly", "conditions": list(dict.fromkeys(words))}
        return found | {key: milder[key] for key in ("duration", "clock") if key in milder}
    return None
