"""What would not be seen, or would forge what is seen, is an escape wherever it is shown."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, strategies as st

import dualslot_widgets as dw
from dualslot_widgets import charts
from dualslot_widgets.results.pairs.parting import Parting
from dualslot_widgets.words.visible import (
    HIDDEN,
    JOINERS,
    as_shown,
    from_shown,
    visible,
    visible_lines,
)
from tests.widgets.data_sets import played

#: A name that reads "Ogre" to its end, hides what follows, and colours a terminal.
FORGED = "Ogre\u202e\x9b31m\u2066\u200b\x7f\u2028"
SHOWN = r"Ogre\u202e\u009b31m\u2066\u200b\u007f\u2028"
#: Visible signs of old scripts, which Unicode counts as format characters.
SEEN_ALL_THE_SAME = [0x600, 0x601, 0x602, 0x603, 0x604, 0x605, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2]
SEEN_ALL_THE_SAME += [0x110BD, 0x110CD]
EVERYTHING = [chr(point) for point in range(0x110000)]
texts = st.text(st.characters() | st.sampled_from("\u202e\x7f\u200d❤\ufe0f\\u\U000e0041\ud83d"))


def forged_scenario() -> dw.Scenario:
    content = dw.starter_scenario().with_value("name", FORGED).to_dict()
    content["players"][0]["name"] = FORGED
    content["players"][0]["actions"][0]["name"] = FORGED
    content["players"][0]["multiattack"] = []
    content["encounters"][0]["monsters"][1]["name"] = FORGED + "!"
    content["settings"]["runs"] = 5
    return dw.Scenario.from_dict(content)


def unseen(text: str) -> list[str]:
    return [hex(ord(c)) for c in text if c != "\n" and visible(c) != c]


def test_every_control_and_format_character_of_unicode_is_an_escape():
    kinds = ("Cc", "Cf", "Cs", "Zl", "Zp")
    left = [c for c in EVERYTHING if visible(c) == c and unicodedata.category(c) in kinds]
    assert left == [chr(point) for point in SEEN_ALL_THE_SAME]


def test_nothing_that_is_seen_is_an_escape():
    changed = [c for c in EVERYTHING if visible(c) != c]
    ranges = (*HIDDEN, *JOINERS)
    assert len(changed) == sum(last - first + 1 for first, last in ranges)
    letters = [c for c in changed if unicodedata.category(c)[0] in "LNPS"]
    assert letters == list("\u115f\u1160\u3164\uffa0")  # fillers, which look like nothing


@pytest.mark.parametrize(
    "text", ["❤️‍🔥", "👨‍👩‍👧", "☠️", "می‌خواهم", "क्‍ष", "Łódź", "𝔊oblin", "ogre's lair"]
)
def test_emoji_and_scripts_that_join_stay_as_they_are(text):
    assert visible(text) == text


@pytest.mark.parametrize("text", ["Go\u200dblin", "Go\u200cblin", "Ogre\ufe0f", "\u200dOgre"])
def test_a_joiner_where_nothing_joins_is_an_escape(text):
    assert unseen(text)
    assert visible(text).isascii()


@given(texts)
def test_a_shown_text_is_visible_and_stays_as_it_is(text):
    assert unseen(visible(text)) == []
    assert "\n" not in visible(text)
    assert visible(visible(text)) == visible(text)


@given(texts.filter(lambda text: "\\" not in text))
def test_a_shown_text_is_read_back_exactly(text):
    assert from_shown(visible(text)) == text


@given(st.dictionaries(texts, texts | st.lists(texts), max_size=4))
def test_shown_json_means_the_same(value):
    text = json.dumps(value, ensure_ascii=False, indent=1)
    assert json.loads(visible_lines(text)) == value


def test_views_without_anything_unseen_are_the_same_objects():
    view = {"a": ["x", {"b": "y\nz"}, 3, None, True, 1.5]}
    assert as_shown(view) is view


def test_the_data_stay_as_they_are():
    scenario = forged_scenario()
    assert dw.Scenario.from_dict(json.loads(scenario.to_json())) == scenario
    assert scenario.name == FORGED


def test_errors_say_names_with_escapes():
    scenario = forged_scenario()
    with pytest.raises(dw.ScenarioError) as caught:
        scenario.with_value("settings", {FORGED: 1})
    assert unseen(str(caught.value)) == []
    assert unseen(str(dw.DualSlotError(f"slot 0: {FORGED}\nand more"))) == []
    assert str(dw.DualSlotError("two\nlines in C:\\users")) == "two\nlines in C:\\users"


def test_replays_and_partings_say_names_with_escapes():
    data = dw.simulate(forged_scenario())
    other = dw.simulate(forged_scenario().with_value("players[0].armor_class", 10))
    here, there = data.replay(0), other.replay(0)
    for told in (str(here), repr(here), *here.sentences, str(Parting.of(here, there))):
        assert unseen(told) == []
    assert SHOWN in str(here)


def test_differences_say_names_with_escapes():
    before = forged_scenario()
    after = before.with_value("encounters[0].monsters[1].armor_class", 3)
    (line,) = before.parameters.differences(after.parameters)
    assert line.startswith(f"{SHOWN}!: armor class")


def test_charts_say_names_with_escapes():
    figure = charts.quintiles(played(forged_scenario(), runs=5, losses=1))
    assert SHOWN in figure.layout.title.text
    assert unseen(figure.to_json()) == []
    assert all(unseen(name) == [] for bar in figure.data for name in bar.x)


def test_reprs_say_names_with_escapes(tmp_path):
    scenario = forged_scenario()
    with dw.Workbench(tmp_path / "slots", scenario) as bench:
        bench.storage.store_simulation(played(scenario, runs=5, losses=1))
        job = bench.add_to_queue(scenario)
        for thing in (bench, bench.storage, bench.storage.slots[0], job, scenario):
            assert unseen(repr(thing)) == [], type(thing)
        assert SHOWN in repr(bench)


def test_an_import_says_names_with_escapes():
    report = dw.importers.report.Report(understood=(f"{FORGED}: 3 hit points",))
    assert unseen(str(report)) == []
