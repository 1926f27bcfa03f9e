"""`Compare` says what two results come to, in words that the numbers bear out."""

from __future__ import annotations

import pytest

import dualslot_widgets as dw
from dualslot_widgets.results.analysis.sample_size import runs_to_see_paired
from dualslot_widgets.results.pairs import comparison_cache
from dualslot_widgets.results.pairs.comparison_cache import Comparisons
from dualslot_widgets.widgets.parts.compare.compare_view import compare_view
from dualslot_widgets.widgets.parts.compare.compare_words import describe_figure
from tests.widgets.data_sets import HOSTILE, hostile_scenario, played, stored, unreadable

STARTER = dw.starter_scenario()
HARDER = STARTER.with_value("encounters[0].monsters[1].armor_class", 17)
PLACES = ("slot 1", "slot 0")


def view(first, second):
    return compare_view(first, second, Comparisons().comparison(first, second), PLACES)


@pytest.fixture
def compared():
    """Make a widget of two data sets, closed when the test is over."""
    made = []

    def make(*data):
        made.append(dw.Compare(*data))
        return made[-1]

    yield make
    for widget in made:
        widget.close()


def test_the_numbers_are_those_of_the_comparison():
    first, second = played(HARDER, losses=159), played(STARTER)
    found = first.compare(second)
    told = view(first, second)["directions"][0]["contrasts"]
    for name, contrast in zip(("win_rate", "survivors", "rounds", "party_hp"), told, strict=True):
        expected = getattr(found, name)
        assert (contrast["delta"], contrast["low"], contrast["high"]) == (
            expected.delta,
            expected.low,
            expected.high,
        )
        means = getattr(found, f"mean_{name}")
        assert [contrast["here"], contrast["there"]] == [
            describe_figure(mean, contrast["unit"]) for mean in means
        ]
        assert means[0] - means[1] == pytest.approx(contrast["delta"])


def test_the_other_direction_is_what_comparing_the_other_way_round_gives():
    first, second = played(HARDER, losses=159, unresolved=3), played(STARTER)
    mine, its = (
        view(first, second),
        compare_view(second, first, Comparisons().comparison(second, first), PLACES[::-1]),
    )
    assert mine["directions"] == its["directions"][::-1]
    assert mine["sides"] == its["sides"][::-1]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_mirrored_comparison_is_the_comparison_of_the_other_way_round(seed):
    first, second = dw.simulate(HARDER, seed=seed), dw.simulate(STARTER)
    assert first.compare(second).mirrored() == second.compare(first)


def test_a_clear_difference_is_called_one_and_an_unclear_one_is_not():
    clear = view(played(HARDER, losses=159), played(STARTER))["directions"]
    assert "points harder than slot 0" in clear[0]["verdict"]
    assert "points easier than slot 1" in clear[1]["verdict"]
    unclear = view(played(HARDER, losses=85), played(STARTER))["directions"][0]
    assert unclear["verdict"].startswith("No difference in wins that 1,005 runs could show")


def test_where_too_few_runs_differ_it_is_said_how_many_would_be_needed():
    first, second = dw.simulate(STARTER, seed=1, runs=105), dw.simulate(STARTER, seed=2, runs=105)
    told = view(first, second)["directions"][0]
    assert not told["paired"]
    assert "Seeds or numbers of runs differ" in told["dice"]
    assert "runs would be needed to see 1 point" in told["verdict"]
    assert runs_to_see_paired(0, 1005) < 1005  # and where enough were played, that is said instead
    enough = view(played(HARDER, losses=85), played(STARTER))["directions"][0]
    assert "a difference of 1 point would most likely have shown" in enough["verdict"]


def test_the_same_fight_with_the_same_dice_is_called_that():
    told = view(played(STARTER), played(STARTER))["directions"][0]
    assert told["verdict"] == (
        "Every one of 1,005 fights ended the same: it is the same scenario with the same dice."
    )
    assert told["changes"] == []


def test_what_changed_is_told_from_there_to_here():
    told = view(played(HARDER), played(STARTER))["directions"]
    assert told[0]["changes"] == ["Ogre: armor class 11 -> 17"]
    assert told[1]["changes"] == ["Ogre: armor class 17 -> 11"]


def test_two_data_sets_are_compared_without_a_workbench(compared):
    widget = compared(dw.simulate(HARDER), dw.simulate(STARTER))
    assert [side["place"] for side in widget.comparison["sides"]] == ["the first", "the second"]
    assert widget.comparison["directions"][0]["paired"]


def test_one_result_alone_is_told_so(compared):
    widget = compared(played())
    assert widget.comparison["directions"] == []
    assert "only one result" in widget.comparison["missing"]
    assert "only one result" in widget._draw_static()[0].text


def test_a_data_set_that_cannot_be_read_is_told_so(compared):
    widget = compared(played(), unreadable(1, 2))
    assert "cannot be read" in widget.comparison["missing"]
    assert widget.error == ""


def test_the_newest_slot_is_compared_with_the_other_and_computed_once(watched, bench, monkeypatch):
    counted = []
    compare_paired = comparison_cache.compare_paired

    def count(*tables):
        counted.append(tables)
        return compare_paired(*tables)

    monkeypatch.setattr(comparison_cache, "compare_paired", count)
    assert "Both slots are empty" in watched.display.comparison["missing"]
    bench.storage.store_simulation(played(STARTER))
    bench.screen.notify()
    watched.until(lambda d: "only one result" in d.comparison["missing"])
    bench.storage.store_simulation(played(HARDER, losses=159))
    bench.screen.notify()
    watched.until(lambda d: d.comparison["directions"])
    assert [side["place"] for side in watched.display.comparison["sides"]] == ["slot 1", "slot 0"]
    for seed in range(5):
        bench.scenario = STARTER.with_value("settings.seed", 50 + seed)
        watched.until(lambda d, seed=seed: d.scenario_view["settings"][1]["value"] == 50 + seed)
    assert len(counted) == 1


def test_a_preview_is_compared_with_the_slot_that_is_shown(watched, bench, engine):
    bench.storage.store_simulation(dw.simulate(HARDER))
    watched.tell(type="edit", path="encounters[0].monsters[1].armor_class", value=14)
    watched.until(lambda d: d.preview is not None and d.comparison["directions"])
    sides = watched.display.comparison["sides"]
    assert [side["place"] for side in sides] == ["the preview", "slot 0"]


def test_the_fallback_tells_verdict_changes_and_figures(compared):
    widget = compared(played(HARDER, losses=159), played(STARTER))
    text = "\n".join(part.text for part in widget._draw_static())
    for words in (
        "points harder than the second",
        "Ogre: armor class 11 -> 17",
        "Party hit points",
    ):
        assert words in text
    html = "".join(part.html for part in widget._draw_static())
    assert html.count("<table>") == 2


def test_hostile_names_are_escaped_in_the_fallback(compared):
    hostile = hostile_scenario()
    changed = hostile.with_value("players[0].max_hp", 21)
    widget = compared(stored(0, 1, changed), stored(1, 2, hostile, losses=300))
    html = "".join(part.html for part in widget._draw_static())
    assert HOSTILE not in html
    assert "&lt;img" in html
