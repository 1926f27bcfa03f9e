"""The protocol is what its fixtures say, and nothing gets past it unchecked."""

from __future__ import annotations

import json
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.starter import starter_scenario
from dualslot_widgets.widgets.protocol import comparison, footer, jobs, results
from dualslot_widgets.widgets.protocol import scenario as scenario_views
from dualslot_widgets.widgets.protocol.messages import read_message
from tests.widgets.protocol_examples import FOLDER, examples, invalid_messages, valid_messages

EXAMPLES = examples()
VALID = valid_messages()
INVALID = [
    pytest.param(content, words, id=f"{words}-{index}")
    for words, contents in invalid_messages().items()
    for index, content in enumerate(contents)
]


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_fixture_is_what_the_kernel_makes_today(name):
    found = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    remedy = "if that is meant: python -m tests.widgets.protocol_examples --write"
    assert found == EXAMPLES[name], remedy


def test_no_fixture_is_left_over():
    assert {path.stem for path in FOLDER.iterdir()} == EXAMPLES.keys()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (scenario_views.ScenarioView, list(EXAMPLES["scenario"].values())),
        (scenario_views.CreatureView, EXAMPLES["scenario"]["hostile"]["creatures"]),
        (scenario_views.Field, EXAMPLES["scenario"]["hostile"]["settings"]),
        (jobs.JobView, [job for job in EXAMPLES["job"].values() if job]),
        (results.SlotView, [slot for pair in EXAMPLES["slots"].values() for slot in pair]),
        (results.Versus, [slot["versus"] for slot in EXAMPLES["slots"]["both"]]),
        (results.SameDice, [slot["versus"]["same_dice"] for slot in EXAMPLES["slots"]["both"]]),
        (results.PreviewView, [view for view in EXAMPLES["preview"].values() if view]),
        (comparison.CompareView, list(EXAMPLES["comparison"].values())),
        (comparison.Side, EXAMPLES["comparison"]["paired"]["sides"]),
        (comparison.TimelineEnd, EXAMPLES["comparison"]["paired"]["sides"][0]["timelines"]),
        (comparison.Direction, EXAMPLES["comparison"]["paired"]["directions"]),
        (comparison.Contrast, EXAMPLES["comparison"]["single"]["directions"][0]["contrasts"]),
        (footer.FooterView, list(EXAMPLES["footer"].values())),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_view_has_exactly_the_keys_of_its_type(kind, values):
    assert values
    assert [value.keys() for value in values] == [get_type_hints(kind).keys()] * len(values)


@pytest.mark.parametrize("content", VALID.values(), ids=VALID)
def test_a_valid_message_is_read_as_it_is(content):
    assert read_message(content) == content


@pytest.mark.parametrize("content", VALID.values(), ids=VALID)
def test_what_a_message_need_not_have_is_dropped(content):
    assert read_message({**content, "extra": "x" * 1000, "Value": 3}) == content


@pytest.mark.parametrize(("content", "words"), INVALID)
def test_an_invalid_message_is_refused_in_words(content, words):
    with pytest.raises(DualSlotError, match=words) as caught:
        read_message(content)
    assert len(str(caught.value)) < 200


def test_a_refusal_repeats_no_flood():
    flood = "settings.runs" + "!" * 1_000_000
    for content in (
        {"type": flood},
        {"type": "edit", "path": flood, "value": 1},
        {"type": "edit", "path": "settings.runs", "value": flood},
        {"type": "display_mode", "mode": flood},
        {"type": "choose_slot", "slot": 10**5000},
    ):
        with pytest.raises(DualSlotError) as caught:
            read_message(content)
        assert len(str(caught.value)) < 200


def fields_of(view: dict[str, Any]) -> list[dict[str, Any]]:
    fields = [field for creature in view["creatures"] for field in creature["fields"]]
    return fields + view["settings"]


@pytest.mark.parametrize("name", ["starter", "hostile"])
def test_every_field_on_screen_may_be_edited_and_has_its_value_in_bounds(name):
    for field in fields_of(EXAMPLES["scenario"][name]):
        path, value = field["path"], field["value"]
        content = {"type": "edit", "path": path, "value": value}
        assert read_message(content) == content
        assert field["min"] <= value <= field["max"]
        if field["slider"]:
            low, high = field["slider"]
            assert field["min"] <= low <= value <= high <= field["max"]


def test_an_edit_of_every_field_changes_that_number_alone():
    scenario = starter_scenario()
    for field in fields_of(EXAMPLES["scenario"]["starter"]):
        value = field["value"] + 1
        changed = scenario.with_value(field["path"], value)
        assert changed != scenario
        assert changed.with_value(field["path"], field["value"]) == scenario


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)
words = st.sampled_from(
    ["run", "edit", "display_mode", "choose_slot", "newest", "settings.runs", "players[0].count"]
)


@given(json_values)
def test_any_json_is_read_or_refused(content):
    assert_read_or_refused(content)


@given(
    st.fixed_dictionaries(
        {"type": words | json_values},
        optional=dict.fromkeys(("path", "value", "mode", "slot"), words | json_values),
    )
)
def test_anything_that_looks_like_a_message_is_read_or_refused(content):
    assert_read_or_refused(content)


def assert_read_or_refused(content: object) -> None:
    try:
        message = read_message(content)
    except DualSlotError:
        return
    assert isinstance(content, dict)
    assert message.items() <= content.items()
    assert read_message(message) == message
