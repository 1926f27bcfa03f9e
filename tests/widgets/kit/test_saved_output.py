"""The picture that a notebook keeps: under the live view, renewed at rest, never in its way."""

from __future__ import annotations

import gc
import re
import weakref

import pytest

from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.widgets.kit import kit_widget, saved_output
from dualslot_widgets.widgets.kit.saved_output import SavedOutput
from dualslot_widgets.widgets.kit.static_html import static_line
from tests.widgets.watched import SECONDS

VIEW = "application/vnd.jupyter.widget-view+json"


class Shown:
    """A form of one line, and what it published."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.line = "first"
        self.fail: Exception | None = None
        self.published: list[tuple[dict, dict]] = []
        monkeypatch.setattr(saved_output, "_publish", self.publish)
        monkeypatch.setattr(saved_output, "_renew_after_cells", lambda: None)
        self.form = SavedOutput(self.draw)

    def publish(self, data, **options):
        if self.fail is not None:
            raise self.fail
        self.published.append((data, options))

    def draw(self):
        return [static_line(self.line)]

    def change(self, line: str) -> None:
        self.line = line
        self.form.note_change()
        self.form.renew()


@pytest.fixture
def shown(monkeypatch):
    return Shown(monkeypatch)


def test_the_live_view_comes_first_and_is_never_updated(shown):
    shown.form.show({VIEW: {"model_id": "1"}, "text/plain": "<View>"})
    shown.change("second")
    (live, plainly), (form, named), (renewed, update) = shown.published
    assert live == {VIEW: {"model_id": "1"}, "text/plain": "<View>", "text/html": ""}
    assert plainly == {}
    assert VIEW not in form
    assert VIEW not in renewed
    assert update == {**named, "update": True}
    assert "first" in form["text/html"]
    assert "second" in renewed["text/html"]


def test_what_is_not_shown_is_not_renewed(shown):
    shown.change("second")
    assert shown.published == []


def test_the_same_is_not_published_twice(shown):
    shown.form.show({})
    shown.change("first")
    shown.form.renew()
    assert len(shown.published) == 2


def test_what_could_not_be_published_is_tried_again_and_raises_nothing(shown, caplog):
    shown.form.show({})
    shown.fail = OSError("the socket is closed")
    shown.change("second")
    shown.form.renew()
    assert caplog.text.count("could not be renewed") == 1
    shown.fail = None
    shown.form.renew()
    assert "second" in shown.published[-1][0]["text/plain"]


def test_it_says_when_it_was_made_and_what_to_do(shown):
    text = shown.form.bundle()["text/plain"]
    assert re.match(
        r"A saved picture of \d{4}-\d\d-\d\d \d\d:\d\d UTC; run the cell to go on\.", text
    )


def test_it_keeps_no_widget_alive():
    class Widget:
        def draw(self):
            return [static_line("first")]

    one = Widget()
    form, gone = SavedOutput(one.draw), weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None
    assert "saved picture" in form.bundle()["text/plain"]


def test_where_there_is_no_kernel_the_bundle_is_shown(bench):
    with pytest.raises(NotImplementedError):
        bench._ipython_display_()
    bundle = bench._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert {VIEW, "text/html", "text/plain"} <= data.keys()


def test_a_dashboards_form_follows_its_results(bench, staged, monkeypatch):
    published: list[tuple[dict, dict]] = []
    monkeypatch.setattr(saved_output, "_publish", lambda data, **o: published.append((data, o)))
    monkeypatch.setattr(saved_output, "_renew_after_cells", lambda: None)
    monkeypatch.setattr(kit_widget, "in_a_kernel", lambda: True)
    bench._ipython_display_()
    assert VIEW in published[0][0]
    assert "Slot 0: empty" in published[1][0]["text/plain"]
    staged.freely()
    assert bench.add_to_queue().wait(SECONDS)
    bench.display._saved.renew()  # as after a cell
    text = published[-1][0]["text/plain"]
    assert f"Slot 0: {starter_scenario().name}, " in text
    assert "Legend" in text
    for word in ("1,005 runs", "% won (95 %", "timeline | standing"):
        assert word in text
