"""The main job as a newcomer does it: the quickstart in a real JupyterLab, mouse and keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.lab import DO

SWITCHES = 4
OGRE_ARMOR = 'input[data-path="encounters[0].monsters[1].armor_class"]'
GOBLIN_COUNT = 'input[data-path="encounters[0].monsters[0].count"]'
BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
bench"""
#: How long a number must rest before it is stored.
REST = """from dualslot_widgets.workbench import live_preview
live_preview.REST_SECONDS = {seconds}"""
FIRST_JOB = "job = bench.add_to_queue()\nassert job.wait(120)\njob.result().analysis.win_rate"


def board(page: Page) -> Locator:
    """The dashboard, scrolled to."""
    found = page.locator(".dualslot").first
    found.scroll_into_view_if_needed()
    return found


def win_rates(page: Page) -> list[str]:
    return [page.locator(f'[data-slot="{slot}"] .ds-win').inner_text() for slot in (0, 1)]


def timelines(page: Page) -> str:
    return page.locator(".ds-timelines").inner_text()


def await_other_timelines(page: Page, shown: str) -> None:
    expect(page.locator(".ds-timelines")).not_to_have_text(shown, use_inner_text=True)


def edit(page: Page, field: str, value: int) -> None:
    page.locator(field).fill(str(value))
    page.locator(field).press("Tab")


@pytest.fixture
def two_results(lab):
    """A dashboard with two stored results: the ogre with armor class 11, and with 16."""
    lab.write("bench.ipynb", BENCH, FIRST_JOB)
    lab.open("bench.ipynb")
    lab.run_all()
    board(lab.page)
    edit(lab.page, OGRE_ARMOR, 16)
    expect(lab.page.locator('[data-slot="1"] .ds-tag', has_text="newest")).to_be_visible()
    expect(lab.page.locator('[data-slot="1"]')).to_contain_text("Exactly the scenario above")
    return lab


def test_the_quickstart_from_first_run_to_kernel_restart(lab, notebooks):
    lab.copy(notebooks / "quickstart.ipynb")
    lab.open("quickstart.ipynb")
    lab.run_all(seconds=240)
    page = lab.page
    board(page)
    expect(page.locator(".ds-timeline")).to_have_count(5)
    expect(page.locator(".ds-slot.ds-ok")).to_have_count(2)

    edit(page, OGRE_ARMOR, 17)
    exact = page.locator(".ds-slot", has_text="Exactly the scenario above")
    expect(exact).to_contain_text("generation 3")
    expect(exact.locator(".ds-tag")).to_have_text("newest")
    expect(exact).to_contain_text(re.compile(r"points easier than slot [01], 95 %"))
    found = win_rates(page)

    shown = timelines(page)
    page.locator(".ds-show", has_text="Show this slot").click()
    await_other_timelines(page, shown)

    lab.restart_kernel()
    lab.execute("notebook:move-cursor-up")
    lab.write("again.ipynb", BENCH)
    lab.open("again.ipynb")
    lab.run_all()
    expect(page.locator(".ds-slot.ds-ok")).to_have_count(2)
    assert win_rates(page) == found


def test_a_click_on_the_other_slot_changes_the_timelines_back_and_forth(two_results):
    page = two_results.page
    seen = [timelines(page)]
    for _ in range(SWITCHES):
        page.get_by_role("button", name="Show this slot").click()
        await_other_timelines(page, seen[-1])
        seen.append(timelines(page))
    assert seen == [seen[0], seen[1]] * (SWITCHES // 2) + [seen[0]]


def test_a_number_that_cannot_be_is_marked_and_changes_nothing(two_results):
    page = two_results.page
    before = win_rates(page)
    page.locator(OGRE_ARMOR).fill("1000")
    expect(page.locator(OGRE_ARMOR)).to_have_attribute("aria-invalid", "true")
    page.locator(OGRE_ARMOR).fill("16")
    expect(page.locator(OGRE_ARMOR)).to_have_attribute("aria-invalid", "false")
    assert win_rates(page) == before


def test_too_many_combatants_are_refused_in_words_and_nothing_is_lost(two_results):
    page = two_results.page
    before = win_rates(page)
    edit(page, GOBLIN_COUNT, 60)
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("60")
    alert.get_by_role("button", name="Dismiss").click()
    expect(alert).to_have_count(0)
    expect(page.locator(GOBLIN_COUNT)).to_have_value("6")
    assert win_rates(page) == before


def test_a_dragged_slider_moves_the_timelines_before_anything_is_stored(two_results):
    page = two_results.page
    slider = page.get_by_label("Ogre: armor class, slider")
    slider.focus()
    shown = timelines(page)
    two_results.call(DO, REST.format(seconds=3600))  # the hand does not rest
    slider.press("ArrowRight")
    expect(page.locator(".ds-preview")).to_contain_text("preview of the numbers above")
    expect(page.locator(".ds-preview")).to_contain_text("slot 1")
    assert timelines(page) != shown
    two_results.call(DO, REST.format(seconds=0))
    slider.press("ArrowRight")
    expect(page.locator(".ds-slot.ds-ok").first).to_contain_text("generation 3")
    expect(page.locator(".ds-preview")).to_have_count(0)


def test_keyboard_alone_runs_and_switches(two_results):
    page = two_results.page
    page.get_by_role("button", name="Run again").focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-slot="1"]')).to_contain_text("generation 3 (played 2 times)")
    page.get_by_role("button", name="Show this slot").focus()
    page.keyboard.press("Space")
    expect(page.locator('[data-slot="0"]')).to_have_class("ds-slot ds-ok ds-on")
    expect(page.get_by_role("button", name="Let me choose")).to_have_attribute(
        "aria-pressed", "true"
    )


def test_a_pinned_slot_is_kept_and_says_so(two_results):
    page = two_results.page
    before = win_rates(page)
    page.get_by_role("button", name="Pin slot 1").click()
    expect(page.get_by_role("button", name="Pin slot 1")).to_have_text("Pinned")
    expect(page.get_by_role("button", name="Pin slot 0")).to_be_disabled()
    for armor in (18, 19):
        edit(page, OGRE_ARMOR, armor)
        expect(page.locator('[data-slot="0"]')).to_contain_text(f"generation {armor - 15}")
    assert win_rates(page)[1] == before[1]


def test_a_dead_kernel_is_noticed_within_seconds(two_results, faults):
    two_results.execute("kernelmenu:shutdown")
    expect(two_results.page.get_by_role("alert")).to_contain_text("Disconnected")
    faults.clear()  # JupyterLab itself complains about the kernel that has gone


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_in_both_themes(two_results, theme):
    two_results.set_theme(theme)
    ratios = two_results.call(CONTRASTS)
    assert len(ratios) > 50
    low = {text: ratio for text, ratio in ratios if ratio < 4.5}
    assert not low, f"contrast below WCAG's 4.5 in the {theme} theme: {low}"


#: [text, contrast ratio] of every element that holds text itself (WCAG 2.1, relative luminance).
CONTRASTS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const luminance = (color) => [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => {
    const c = color[i] / 255;
    return sum + share * (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  }, 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const found = rgba(getComputedStyle(at).backgroundColor);
      if (found[3] > 250) return found;
    }
    return [255, 255, 255, 255];
  };
  const own = (node) => Array.from(node.childNodes).some(
    (child) => child.nodeType === 3 && child.data.trim());
  return Array.from(document.querySelectorAll('.dualslot *'))
    .filter((node) => own(node) && node.checkVisibility())
    .map((node) => {
      const pair = [rgba(getComputedStyle(node).color), behind(node)].map(luminance);
      const [low, high] = pair.sort((a, b) => a - b);
      return [node.textContent.trim().slice(0, 40), (high + 0.05) / (low + 0.05)];
    });
}"""
