from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, strategies as st

from dualslot_widgets.scenario.dice import (
    DamageTerm,
    DiceError,
    damage_text,
    parse_damage,
    parse_healing,
)
from tests.scenario.action_strategies import damage_texts, damages


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("1d8+4 slashing", [(1, 8, 4, "slashing")]),
        ("2d6+8 slashing + 2d6 fire", [(2, 6, 8, "slashing"), (2, 6, 0, "fire")]),
        ("1D6-1 Cold", [(1, 6, -1, "cold")]),
        ("d6", [(1, 6, 0, "")]),
        ("  3 ", [(0, 1, 3, "")]),
        ("1 piercing + 3d4 poison", [(0, 1, 1, "piercing"), (3, 4, 0, "poison")]),
        ("1d4 + 1d6 + 2 fire", [(1, 4, 0, ""), (1, 6, 2, "fire")]),
        ("2d6+3-1+4", [(2, 6, 6, "")]),
        ("1000d1000+100", [(1000, 1000, 100, "")]),
    ],
)
def test_damage_is_a_sum_of_dice_bonus_type_terms(text, terms):
    assert parse_damage(text) == tuple(DamageTerm(*term) for term in terms)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty; write dice such as"),
        ("2d", '"d" without a number of sides'),
        ("2d6 3", 'needs a "+" before it'),
        ("2d6 +", "nothing after the last sign"),
        ("+ 2d6", "without a value before it"),
        ("2d6 ++ 3", "without a value before it"),
        ("fire 2d6", '"fire" without dice before it'),
        ("2d6 fire cold", '"cold" without dice before it'),
        ("2d6 fier", 'unknown damage type "fier", did you mean "fire"?'),
        ("2d6 - 1d4", "dice cannot be subtracted"),
        ("2d6 fire - 1", "must stand right behind its dice"),
        ("0d6", "rolls no die"),
        ("1d0", "0 sides are outside 1 to 1000"),
        ("1d1001", "1001 sides are outside 1 to 1000"),
        ("1001d6", "1001 dice are more than 1000"),
        ("600d6 fire + 600d6 cold", "1200 dice are more than 1000"),
        ("1d6+1001", "bonus 1001 is outside -1000 to 1000"),
        ("1d6 + " * 20 + "1d6", "21 terms; at most 20"),
        ("1" * 501, "is 501 characters long"),
        ("1d6; import os", "cannot read"),
        (7, "expected a dice text"),
        (None, "expected a dice text"),
    ],
)
def test_bad_dice_text_is_refused_with_the_place_and_a_remedy(text, message):
    with pytest.raises(DiceError, match=message.replace("+", r"\+").replace("?", r"\?")):
        parse_damage(text)


@given(damage_texts)
def test_the_canonical_text_is_read_back_unchanged(text):
    terms = parse_damage(text)
    assert parse_damage(damage_text(terms)) == terms
    assert damage_text(parse_damage(damage_text(terms))) == damage_text(terms)


@given(damages.map(tuple))
def test_terms_built_in_python_keep_their_damage_by_type_in_their_text(terms):
    def by_type(found):
        return {kind: sum(term.average for term in found if term.type == kind) for kind in kinds}

    kinds = {term.type for term in terms}
    assert by_type(parse_damage(damage_text(terms))) == by_type(terms)


@given(st.text(max_size=40))
def test_any_text_is_either_read_or_refused(text):
    with contextlib.suppress(DiceError):
        assert parse_damage(text)


def test_the_average_is_exact():
    assert DamageTerm(2, 6, 3).average == 10
    assert DamageTerm(0, 1, 5).average == 5


@pytest.mark.parametrize("text", ["1d4+3 fire", "1d4 + 1d6", "fire"])
def test_healing_is_one_term_without_a_type(text):
    assert parse_healing("1d4+3") == DamageTerm(1, 4, 3)
    with pytest.raises(DiceError):
        parse_healing(text)
