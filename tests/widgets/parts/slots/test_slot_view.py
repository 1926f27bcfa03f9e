"""Slots and previews as the browser gets them: figures, problems and comparisons in words."""

from __future__ import annotations

from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.results.pairs.comparison_cache import Comparisons
from dualslot_widgets.widgets.parts.compare.compare_words import describe_versus
from dualslot_widgets.widgets.parts.slots import slot_view
from dualslot_widgets.widgets.parts.slots.slot_static import static_slot
from dualslot_widgets.widgets.parts.slots.slot_view import preview_view
from tests.widgets.data_sets import STORED_AT, played, stored, unreadable, views

STARTER = starter_scenario()
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 17)
FIRST, SECOND = stored(0, 7, STARTER), stored(1, 8, HARDER, losses=300, unresolved=20)
BOTH = views((FIRST, SECOND), (None, None), 1, STARTER)


def test_a_slot_shows_the_numbers_of_its_data_set():
    for view, data in zip(BOTH, (FIRST, SECOND), strict=True):
        assert view["analysis"] == data.analysis.to_dict()
        assert view["generation"] == data.metadata.generation
        assert view["generation_count"] == data.metadata.generation_count
        assert view["compressed_size"] == data.metadata.compressed_size
        assert view["timestamp"] == STORED_AT.isoformat()
        assert view["similarity"] == data.parameters.similarity(STARTER.parameters)
        assert (view["state"], view["problem"]) == ("ok", "")


def test_one_slot_is_newest_and_the_one_with_equal_parameters_is_exact():
    assert [view["newest"] for view in BOTH] == [False, True]
    assert [view["exact"] for view in BOTH] == [True, False]
    assert [view["differences"] for view in BOTH] == [[], ["Ogre: armor class 17 -> 11"]]


def test_each_slot_is_compared_with_the_other_one_from_its_side():
    compare = Comparisons().versus
    assert BOTH[0]["versus"] == describe_versus(compare(FIRST, SECOND), "slot 1")
    assert BOTH[1]["versus"] == describe_versus(compare(SECOND, FIRST), "slot 0")
    assert "points easier than slot 1" in BOTH[0]["versus"]
    assert "points harder than slot 0" in BOTH[1]["versus"]
    assert [view["versus"].split()[-1] for view in BOTH] == ["here.", "there."]


def test_a_slot_alone_is_compared_with_nothing():
    both = views((FIRST, None), (None, None), 0, STARTER)
    assert [view["versus"] for view in both] == ["", ""]
    assert both[1]["state"] == "empty"


def test_very_many_differences_are_counted_and_not_listed(monkeypatch):
    monkeypatch.setattr(slot_view, "LISTED_DIFFERENCES", 6)
    changed = STARTER
    for index, player in enumerate(STARTER.players):
        changed = changed.with_value(f"players[{index}].max_hp", player.max_hp + 1)
        changed = changed.with_value(f"players[{index}].armor_class", player.armor_class + 1)
    view = views((stored(0, 1, changed), None), (None, None), 0, STARTER)[0]
    assert len(view["differences"]) == 7
    assert view["differences"][-1] == "2 more"


def test_a_damaged_slot_says_so_and_does_not_cost_the_other_one():
    both = views((unreadable(0, 7), SECOND), (None, None), 1, STARTER)
    assert both[0]["state"] == "damaged"
    assert "bytes that were written" in both[0]["problem"]
    assert both[0]["analysis"] is None
    assert (both[1]["state"], both[1]["versus"]) == ("ok", "")
    assert both[1]["analysis"] == SECOND.analysis.to_dict()


def test_a_slot_of_which_only_the_metadata_is_damaged_is_not_called_empty():
    view = views((None, None), (None, "metadata.json is not JSON"), None, STARTER)[1]
    assert view["state"] == "damaged"
    assert view["problem"].startswith("Damaged: metadata.json is not JSON. ")


def test_a_slot_that_cannot_be_read_now_is_not_called_damaged():
    problem = "metadata.json cannot be read now: Input/output error"
    both = views((None, SECOND), (problem, None), 1, STARTER, (True, False))
    assert [view["state"] for view in both] == ["barred", "ok"]
    assert both[0]["problem"] == f"Cannot be used now: {problem}. No result takes its place."
    words = static_slot(both[0]).text
    assert both[0]["problem"] in words
    assert "amaged" not in words


def test_beside_a_damaged_slot_the_other_one_is_said_to_be_untouched():
    damaged, _ = views((None, SECOND), ("it is gone", None), 1, STARTER)
    assert damaged["problem"] == (
        "Damaged: it is gone. The other slot is untouched; the next result goes here."
    )


def test_no_slot_is_called_untouched_where_both_are_damaged():
    for view in views((None, None), ("it is gone", "so is this"), None, STARTER):
        assert "untouched" not in view["problem"]
        assert view["problem"].endswith("Both slots are; the next two results take their place.")


def test_a_preview_is_compared_with_the_slot_that_is_shown():
    seen = played(losses=500)
    versus = Comparisons().versus(seen, SECOND)
    view = preview_view(seen, 1, versus)
    assert view["runs"] == 1005
    assert view["versus"] == describe_versus(versus, "slot 1")
    assert view["analysis"] == seen.analysis.to_dict()


def test_a_preview_beside_a_slot_that_cannot_be_read_is_compared_with_nothing():
    seen = played()
    view = preview_view(seen, 0, Comparisons().versus(seen, unreadable(0, 7)))
    assert view["versus"] == ""
