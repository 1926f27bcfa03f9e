"""The grammar's notation does what it says, and reading takes work in proportion to the text."""

from __future__ import annotations

import pytest

from dualslot_widgets.importers.statblock.grammar import Grammar
from dualslot_widgets.importers.statblock.reading import MAX_FACTS, Reading
from dualslot_widgets.importers.statblock.tokens import MAX_TOKENS, tokens_of
from dualslot_widgets.importers.statblock.trait_wording import TRAIT_GRAMMAR
from dualslot_widgets.importers.statblock.wording import FACTS, GRAMMAR

SMALL = Grammar(
    """
# how much
much = NUMBER "(" roll:DICE ")" | flat:NUMBER
hurt = much:<much> (TYPE (or TYPE)*)? damage
later = hurt ..3 later
"""
)
#: A word of each class that a rule may begin with.
SAMPLES = {"NUMBER": "10", "DICE": "2d6", "COUNT": "two", "CONDITION": "prone", "TYPE": "fire",
           "ABILITY": "Strength", "WORD": "thing"}  # fmt: skip
NEAR_MISSES = (
    "10 (2d6 + 3 ", "DC 15 Dexterity saving ", "if the target fails ", "until the end of the ",
    "repeat the saving throw at the ", "hit point maximum is reduced by ", "one of which can ",
    "within 10 feet ", "on a failed ", "2d6 + ", "((((", "fire, cold or ", "be knocked ", "+ 5 to ",
)  # fmt: skip


def words(text: str, rule: str) -> dict[str, str] | None:
    tokens = tokens_of(text)
    found = SMALL.search(rule, tokens)
    if found is None:
        return None
    return {name: " ".join(t.text for t in tokens[a:b]) for name, (a, b) in found.parts.items()}


def test_parts_have_names_and_ways_are_tried_in_order():
    assert words("It takes 7 (2d6) fire or cold damage.", "hurt") == {
        "much": "7 ( 2d6 )",
        "roll": "2d6",
    }
    assert words("It takes 7 damage.", "hurt") == {"much": "7", "flat": "7"}
    assert words("It takes 7 feet.", "hurt") is None


def test_what_is_skipped_stays_within_a_sentence():
    assert words("hurt a bit later", "later") == {}
    assert words("hurt. Much later", "later") is None
    assert words("hurt a very little bit later", "later") is None


def test_a_rule_that_fits_nothing_is_refused():
    with pytest.raises(ValueError, match="fits nothing"):
        Grammar("empty = word?")


class Counted(tuple):  # noqa: SLOT001
    """Tokens that count how often somebody looks at one."""

    looks = 0

    def __getitem__(self, at):
        Counted.looks += 1
        return super().__getitem__(at)


def work(text: str) -> int:
    Counted.looks = 0
    tokens = Counted(tokens_of(text))
    GRAMMAR.scan(FACTS, tokens, len(tokens))
    for rule in ("fallen", "another_day", "special"):
        GRAMMAR.search(rule, tokens)
    for rule in ("charge", "follows", "again", "touched", "advantage"):
        TRAIT_GRAMMAR.search(rule, tokens)
    return Counted.looks


def beginnings() -> list[str]:
    firsts = {SAMPLES.get(word, word) for rule in FACTS for word in GRAMMAR.first(rule)}
    return sorted(f"{word} " for word in firsts)


@pytest.mark.parametrize("piece", [*NEAR_MISSES, *beginnings()])
def test_twice_the_text_takes_about_twice_the_work(piece):
    times = 200 // len(piece.split()) or 1
    once, twice = work(piece * times), work(piece * 2 * times)
    assert twice <= 2.3 * once
    assert twice <= 2_000 * len(tokens_of(piece * 2 * times))


def test_what_is_beyond_the_bounds_of_a_text_is_known():
    long = Reading("DC 15 Dexterity saving throw. " * (2 * MAX_FACTS))
    assert len(long.facts) <= MAX_FACTS
    assert not long.is_whole
    assert len(tokens_of("word " * 5 * MAX_TOKENS)) == MAX_TOKENS + 1
    assert Reading("It is quiet.").is_whole
