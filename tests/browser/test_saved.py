"""A dashboard on a page without a kernel: a saved notebook, or a web page made of one."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.widgets.kit.kit_widget import read_bundle
from dualslot_widgets.widgets.simulation_display import SimulationDisplay
from dualslot_widgets.workbench.workbench import Workbench

#: Heard nothing for so long, the browser takes it that there is no kernel.
SILENCE_MILLISECONDS = 5000
#: "29 Nov 2026, 21:30"
DATE = re.compile(r"\d{1,2} [A-Z][a-z]{2,3} \d{4}, \d\d:\d\d")
#: Buttons that need no kernel.
LOCAL = re.compile("Show this slot|Shown below|Actions|Defences|Swap|2 finished")
#: Draws a widget from its traits alone; its model hears nothing, and throws what is sent away.
DRAW = """async ([esm, css, traits]) => {
  document.head.append(Object.assign(document.createElement('style'), {textContent: css}));
  const address = URL.createObjectURL(new Blob([esm], {type: 'text/javascript'}));
  const {default: widget} = await import(address);
  const el = document.body.appendChild(document.createElement('div'));
  const nothing = () => undefined;
  const model = {get: (name) => traits[name], set: nothing, save_changes: nothing,
    on: nothing, off: nothing, send: nothing};
  await widget.render({model, el, signal: new AbortController().signal});
}"""


@pytest.fixture(scope="module")
def traits(tmp_path_factory):
    """What a dashboard over two results has in its traits."""
    with Workbench(tmp_path_factory.mktemp("saved") / "slots", starter_scenario()) as bench:
        for armor in (11, 16):
            path = "encounters[0].monsters[1].armor_class"
            bench.scenario = bench.scenario.with_value(path, armor)
            assert bench.add_to_queue().wait(120)
        display = SimulationDisplay(bench)
        state = display.get_state()
        display.close()
        own = (name for name in state if name not in ("layout", "_esm", "_css"))
        return json.loads(json.dumps({name: state[name] for name in own}))


@pytest.fixture
def saved(page: Page, traits) -> Page:
    """The page, once it is clear that nobody answers."""
    page.clock.install()
    page.evaluate(
        DRAW, [str(read_bundle("simulation_display.js")), str(read_bundle("kit.css")), traits]
    )
    page.clock.run_for(SILENCE_MILLISECONDS + 2000)
    expect(page.locator(".ds-saved-note")).to_be_visible()
    return page


def test_it_says_quietly_that_it_is_a_saved_result(saved):
    expect(saved.get_by_role("alert")).to_have_count(0)
    expect(saved.locator(".ds-saved-note")).to_have_text(
        "Saved result, read-only: run the cell to go on."
    )
    assert "Disconnected" not in saved.locator("body").inner_text()


def test_it_shows_both_results_and_when_they_were_stored(saved):
    expect(saved.locator(".ds-timeline")).to_have_count(5)
    for slot in (0, 1):
        expect(saved.locator(f'[data-slot="{slot}"]')).to_contain_text(DATE)
    assert " ago" not in saved.locator("body").inner_text()


def test_no_button_is_dead_and_no_input_takes_what_nobody_hears(saved):
    labels = [button.inner_text() for button in saved.get_by_role("button").all()]
    assert labels
    assert [label for label in labels if not LOCAL.match(label)] == []
    editor = saved.locator(".ds-editor")
    editor.get_by_role("button", name="Ogre: Actions").click()
    expect(editor.get_by_role("textbox", name="Greatclub").first).to_be_disabled()
    expect(editor.locator("input:enabled, select:enabled, textarea:enabled")).to_have_count(0)


def test_the_other_slot_can_be_looked_at(saved):
    shown = saved.locator(".ds-timelines").inner_text()
    saved.get_by_role("button", name="Show this slot").click()
    expect(saved.locator(".ds-timelines")).not_to_have_text(shown, use_inner_text=True)
