"""Names what a text says and nobody has used: a remainder is never silent."""

from __future__ import annotations

from dualslot_widgets.importers.report import Notes
from dualslot_widgets.importers.statblock import clauses
from dualslot_widgets.importers.statblock.grammar import Match
from dualslot_widgets.importers.statblock.reading import Reading
from dualslot_widgets.importers.statblock.wording import GRAMMAR


def name_the_rest(place: str, name: str, reading: Reading, start: int, notes: Notes) -> None:
    """Note what a text says that nobody used: a remainder is never silent."""
    tokens = reading.tokens
    at, end = start, len(tokens) - 1
    while found := GRAMMAR.search("special", tokens, at):
        if _is_special(reading, found):
            notes.leave(place, f"what else {name} does")
            end = reading.sentence(found.start)[0]
            break
        at = found.end
    if not reading.is_whole:
        notes.leave(place, f"{name}: what is beyond the first parts of its long text")
    for words in clauses.idle_guards(reading, start):
        notes.skip(place, f"{name}: {words}")
    for words in clauses.unused(reading, start, end):
        notes.leave(place, f"{name}: {words[:80]!r}")


def _is_special(reading: Reading, found: Match) -> bool:
    """Say whether words of `special` tell of something that is not played otherwise."""
    words = reading.texts(found.start, found.end)
    if "swallowed" in words or "swallows" in words:
        return True
    if "0" in words and "instead" in reading.texts(*reading.sentence(found.start)):
        return True
    if "petrified" in words and reading.of("turns_to_stone"):
        return False
    if "cursed" in words and reading.of("no_healing"):
        return False
    if "maximum" in words:
        told = set(reading.texts(*reading.sentence(found.start)))
        fallen = {"24", "disease", "curse", "dies", "to"} & told and "rest" not in told
        return not reading.of("drains") and not fallen
    return not clauses.aside(reading, found)
