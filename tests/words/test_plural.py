"""One is one; all other numbers, and none, are many."""

from __future__ import annotations

from dualslot_widgets.words.plural import plural


def test_numbers_of_things_are_told_in_their_right_form():
    told = [plural(number, "round") for number in (0, 1, 2, 1005)]
    assert told == ["0 rounds", "1 round", "2 rounds", "1,005 rounds"]
    assert plural(2, "body", "bodies") == "2 bodies"
