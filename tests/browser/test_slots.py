"""Slots, jobs and comparison in a real JupyterLab: dialog, queue, verdict."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
harder = bench.scenario.with_value("encounters[0].monsters[1].armor_class", 16)
for scenario in (bench.scenario, harder):
    bench.add_to_queue(scenario).result(180)
bench"""
KIT = "dw.JobMonitor(bench)", "dw.SlotBrowser(bench)", "dw.Compare(bench)"
LONG = """long = bench.scenario.with_value("settings.runs", 1_000_000)
for seed in range(2, 6):
    fight = long.with_value("settings.seed", seed)
    bench.add_to_queue(fight.with_value("name", f"Fight {seed}"))"""


def picture(page: Page, name: str) -> None:
    """Keep a picture, where somebody asked for pictures."""
    folder = os.environ.get("DUALSLOT_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png")


@pytest.fixture
def two(lab):
    """A dashboard with two stored results."""
    lab.write("bench.ipynb", BENCH)
    lab.open("bench.ipynb")
    lab.run_all(seconds=240)
    lab.page.locator(".dualslot").first.scroll_into_view_if_needed()
    expect(lab.page.locator(".ds-slot.ds-ok")).to_have_count(2)
    return lab


def test_the_dialog_keeps_the_focus_takes_the_keys_and_gives_the_focus_back(two):
    page = two.page
    opener = page.get_by_role("button", name="Let me choose")
    newest = page.get_by_role("button", name="Newest")
    expect(page.locator("dialog")).to_have_count(0)
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Which result should be shown?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Show slot 1")).to_be_focused()
    picture(page, "dialog-light")
    for _ in range(7):
        page.keyboard.press("Tab")
        assert dialog.evaluate("node => node.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    expect(newest).to_have_attribute("aria-pressed", "true")

    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(dialog.get_by_role("button", name="Show slot 0")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-slot="0"]')).to_have_class("ds-slot ds-ok ds-on")
    two.save()
    two.open("bench.ipynb")
    expect(page.locator("dialog")).to_have_count(0)
    expect(page.locator(".jp-CodeCell")).to_have_count(1)  # no key became a command of the notebook


def test_a_click_beside_the_dialog_or_on_cancel_changes_nothing_and_one_on_a_slot_shows_it(two):
    page = two.page
    two.set_theme("dark")
    opener, dialog = page.get_by_role("button", name="Let me choose"), page.locator("dialog")
    opener.click()
    picture(page, "dialog-dark")
    page.mouse.click(5, 5)
    expect(dialog).to_have_count(0)
    opener.click()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Newest")).to_have_attribute("aria-pressed", "true")
    opener.click()
    dialog.get_by_role("button", name="Show slot 0").click()
    expect(page.locator('[data-slot="0"]')).to_have_class("ds-slot ds-ok ds-on")


def test_the_dialog_says_which_slot_is_pinned_and_still_shows_either(two):
    page = two.page
    page.get_by_role("button", name="Pin slot 0").click()
    expect(page.get_by_role("button", name="Pin slot 0")).to_have_text("Pinned")
    page.get_by_role("button", name="Let me choose").click()
    choices = page.get_by_role("dialog").locator(".ds-choice")
    expect(choices.nth(0).locator(".ds-tag")).to_have_text(["pinned"])
    expect(choices.nth(1).locator(".ds-tag")).to_have_text(["newest", "shown now"])
    page.get_by_role("button", name="Show slot 0").click()
    expect(page.locator('[data-slot="0"]')).to_have_class("ds-slot ds-ok ds-on")


def test_the_dialog_says_what_is_wrong_with_a_damaged_slot_and_offers_only_the_other(lab):
    damage = (
        "from pathlib import Path\n"
        'Path("simulations/slot_0/metadata.json").write_text("{")\n'
        "bench = dw.Workbench('simulations')\nbench"
    )
    lab.write("bench.ipynb", BENCH.rpartition("\n")[0] + "\nbench.close()", damage)
    lab.open("bench.ipynb")
    lab.run_all(seconds=240)
    page = lab.page
    page.get_by_role("button", name="Let me choose").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".ds-damaged")).to_contain_text("its hash is wrong. The other slot")
    expect(dialog.locator(".ds-damaged").get_by_role("button")).to_have_count(0)
    expect(dialog.get_by_role("button", name="Show slot 1")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(dialog.get_by_role("button", name="Show slot 1")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator('[data-slot="1"]')).to_have_class("ds-slot ds-ok ds-on")


def test_the_comparison_says_what_the_change_came_to_and_can_be_turned_round(two):
    page = two.page
    fold = page.locator(".ds-compare-fold")
    expect(fold.locator("summary")).to_contain_text("Slot 1 is")
    fold.locator("summary").click()
    verdict = fold.locator(".ds-verdict")
    expect(verdict).to_contain_text("points harder than slot 0")
    fold.scroll_into_view_if_needed()
    picture(page, "compare-light")
    fold.get_by_role("button", name="Swap").click()
    expect(verdict).to_contain_text("points easier than slot 1")
    two.set_theme("dark")
    page.set_viewport_size({"width": 700, "height": 1000})
    fold.scroll_into_view_if_needed()
    picture(page, "compare-dark-700")


def test_the_queue_is_rearranged_by_keyboard_and_each_part_works_alone(lab):
    lab.write("kit.ipynb", BENCH.rpartition("\n")[0], *KIT, LONG)
    lab.open("kit.ipynb")
    lab.run_all(seconds=240)
    page = lab.page
    queue = page.get_by_role("list", name="Waiting jobs")
    expect(queue.locator("li .ds-name")).to_have_text(["Fight 3", "Fight 4", "Fight 5"])
    page.get_by_role("button", name="Play next: Fight 5").focus()
    page.keyboard.press("Enter")
    expect(queue.locator("li .ds-name")).to_have_text(["Fight 5", "Fight 3", "Fight 4"])
    expect(page.get_by_role("status").filter(has_text="Fight 5 is now 1 of 3")).to_have_count(1)
    picture(page, "jobs-light")
    page.get_by_role("button", name="Move down: Fight 5").focus()
    page.keyboard.press("Space")
    expect(queue.locator("li .ds-name")).to_have_text(["Fight 3", "Fight 5", "Fight 4"])
    page.get_by_role("button", name="Remove: Fight 3").click()
    expect(page.get_by_role("button", name="Remove: Fight 5")).to_be_focused()
    for seed in (2, 5, 4):
        expect(page.locator(".ds-job-details")).to_contain_text(f"Fight {seed},")
        page.get_by_role("button", name="Cancel", exact=True).click()
    finished = page.get_by_role("list", name="Finished jobs")
    expect(finished.locator('li[data-status="cancelled"]')).to_have_count(4)
    expect(page.get_by_role("button", name="Run again")).not_to_have_count(0)
    picture(page, "jobs-finished")
    page.get_by_role("button", name="Clear finished").click()
    expect(finished).to_have_count(0)
    page.locator(".ds-compare").scroll_into_view_if_needed()
    picture(page, "kit")
