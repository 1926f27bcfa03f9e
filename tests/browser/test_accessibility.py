"""axe-core finds nothing wrong with any state of the dashboard, in both themes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import Lab

AXE = Path(__file__).parents[2] / "js" / "node_modules" / "axe-core" / "axe.min.js"
OGRE_ARMOR = 'input[data-path="encounters[0].monsters[1].armor_class"]'
BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
bench"""
PLAY = "assert bench.add_to_queue().wait(120)"
HOMEBREW = """import dualslot_widgets as dw
from dualslot_widgets.editing import new_actions
ogre = "encounters[0].monsters[1]"
made = new_actions.add_action(dw.starter_scenario(), ogre, "template", "venomous_attack")
made = new_actions.add_action(made, ogre, "adult-red-dragon", "Fire Breath")
made = made.with_value(f"{ogre}.max_hp", 77)
dw.EncounterEditor(made)"""
#: What is wrong within the widgets, a line each: rule, how bad, where.
VIOLATIONS = """async () => {
  const found = await axe.run('.dualslot', {resultTypes: ['violations']});
  return found.violations.flatMap(({id, impact, nodes}) =>
    nodes.map((node) => `${id} (${impact}): ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""

OPEN_ALL = """() => {
  for (const details of document.querySelectorAll('.dualslot details')) details.open = true;
}"""


def assert_axe_finds_nothing(lab: Lab, state: str) -> None:
    for theme in ("light", "dark"):
        lab.set_theme(theme)
        found = lab.call(VIOLATIONS)
        assert not found, f"{state}, {theme}:\n" + "\n".join(found)


def begin(lab: Lab, *cells: str) -> Page:
    lab.write("bench.ipynb", *cells)
    lab.open("bench.ipynb")
    lab.run_all()
    lab.page.add_script_tag(path=AXE)
    lab.page.locator(".dualslot").first.scroll_into_view_if_needed()
    return lab.page


def test_axe_finds_nothing_before_the_first_result(lab):
    begin(lab, BENCH)
    assert_axe_finds_nothing(lab, "empty slots")


def test_axe_finds_nothing_with_two_results_and_everything_open(lab):
    page = begin(lab, BENCH, PLAY)
    page.locator(OGRE_ARMOR).fill("16")
    page.locator(OGRE_ARMOR).press("Tab")
    expect(page.locator('[data-slot="1"]')).to_contain_text("Exactly the scenario above")
    assert_axe_finds_nothing(lab, "two results")

    page.get_by_role("button", name="Replay").first.click()
    expect(page.get_by_role("button", name="Copy as text")).to_be_visible()
    lab.call(OPEN_ALL)
    page.locator(OGRE_ARMOR).fill("1000")
    expect(page.locator(OGRE_ARMOR)).to_have_attribute("aria-invalid", "true")
    assert_axe_finds_nothing(lab, "a replay, all details, a wrong number")

    page.locator(OGRE_ARMOR).fill("16")
    page.get_by_role("button", name="Let me choose").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_axe_finds_nothing(lab, "the dialog")


def test_axe_finds_nothing_in_an_editor_with_all_details_unfolded(lab):
    page = begin(lab, HOMEBREW)
    page.get_by_role("button", name="Ogre: Actions").click()
    for what in ("Defences and spell slots", "Sting: Details", "Fire Breath: Details"):
        page.get_by_role("button", name=f"Ogre: {what}").click()
    page.get_by_role("combobox", name="Ogre: resistances: add").fill("fier")
    page.get_by_role("button", name="Ogre: add an action").click()
    page.keyboard.type("fire")
    expect(page.get_by_role("listbox", name="Actions")).to_be_visible()
    assert_axe_finds_nothing(lab, "a new action, a wrong word")


@pytest.mark.slow
def test_axe_finds_nothing_in_errors_and_damage(lab):
    page = begin(
        lab,
        BENCH,
        PLAY,
        'from pathlib import Path\nPath("simulations/slot_0/metadata.json").write_text("{")\n'
        'bench.display_mode = "newest"\n'
        'bench.display._report("what could not be done, in words")',
    )
    expect(page.locator('[data-slot="0"]')).to_contain_text("Damaged")
    expect(page.get_by_role("alert").first).to_be_visible()
    assert_axe_finds_nothing(lab, "an error and a damaged slot")
