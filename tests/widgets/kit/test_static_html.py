"""A saved notebook shows the result without kernel, script or markup of somebody else's."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.widgets.kit.static_html import static_titled
from dualslot_widgets.widgets.parts.editor.scenario_view import scenario_view
from dualslot_widgets.widgets.parts.slots.slot_static import static_slot
from dualslot_widgets.words.plural import plural
from tests.widgets.data_sets import HOSTILE, LONG
from tests.widgets.protocol.protocol_examples import examples

EXAMPLES = examples()
STARTER = EXAMPLES["scenario"]["starter"]
SLOTS = EXAMPLES["slots"]


def named(scenario):
    return static_titled(scenario["name"], scenario["summary"])


def fallback_text(scenario, slots):
    return "\n".join(part.text for part in (named(scenario), *map(static_slot, slots)))


def fallback_html(scenario, slots):
    return "".join(part.html for part in (named(scenario), *map(static_slot, slots)))


ALLOWED = {"p", "strong", "table", "thead", "tbody", "tr", "th", "td"}


class Reader(HTMLParser):
    """Collects what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize("slots", SLOTS)
@pytest.mark.parametrize("scenario", ["starter", "hostile"])
def test_the_page_has_only_plain_elements_and_no_handler(scenario, slots):
    page = read(fallback_html(EXAMPLES["scenario"][scenario], SLOTS[slots]))
    assert {tag for tag, _ in page.elements} <= ALLOWED
    assert {key for _, attributes in page.elements for key in attributes} <= {"scope"}


def test_hostile_names_are_words_on_the_page():
    page = read(fallback_html(EXAMPLES["scenario"]["hostile"], SLOTS["hostile"]))
    assert page.words.count(HOSTILE) >= 3  # the scenario, and each slot's
    assert LONG in page.words


@pytest.mark.parametrize("make", [fallback_text, lambda *a: read(fallback_html(*a)).words])
def test_both_slots_are_told_in_figures(make):
    words = make(STARTER, SLOTS["both"])
    for slot in SLOTS["both"]:
        analysis = slot["analysis"]
        assert f"{plural(analysis['runs'], 'run')}, {analysis['win_rate']:.1%} won" in words
        assert analysis["label"] in words
    assert STARTER["summary"] in words


def test_the_five_timelines_of_each_slot_are_a_table():
    page = read(fallback_html(STARTER, SLOTS["both"]))
    names = [tag for tag, attributes in page.elements if attributes.get("scope") == "row"]
    assert len(names) == 10
    for block in SLOTS["both"][1]["analysis"]["quintiles"]:
        assert block["name"] in page.words
        assert str(block["party_hp"]) in page.words


@pytest.mark.parametrize("make", [fallback_text, lambda *a: read(fallback_html(*a)).words])
def test_an_empty_and_a_damaged_slot_say_so(make):
    assert make(STARTER, SLOTS["empty"]).count("empty") == 2
    problem = SLOTS["damaged"][0]["problem"]
    assert problem.startswith("Damaged: ")
    assert problem in make(STARTER, SLOTS["damaged"])


def test_a_name_cannot_close_an_attribute_or_an_element():
    scenario = scenario_view(starter_scenario().with_value("name", "</p>\"'><svg onload=x>"), 1)
    page = read(fallback_html(scenario, SLOTS["empty"]))
    assert "svg" not in {tag for tag, _ in page.elements}
    assert "</p>\"'><svg onload=x>" in page.words
