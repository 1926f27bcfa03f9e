"""What a reader's system asks for: forced colours and less motion, in a real JupyterLab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import AXE, OPEN_ALL, assert_axe_finds_nothing
from tests.browser.test_slots import two

__all__ = ["two"]  # a fixture that is used here, too

#: What is drawn and not written, and which of its colours it is drawn in.
DRAWN = {
    ".ds-interval u": "backgroundColor",
    ".ds-interval b": "backgroundColor",
    ".ds-forest b": "backgroundColor",
    ".ds-timeline .ds-meter .ds-foe": "backgroundColor",
    ".ds-quintile i": "backgroundColor",
    ".ds-strip-blocks i": "backgroundColor",
    ".ds-fill-q3": "fill",
    ".ds-transport .ds-icon": "fill",
    ".ds-slot.ds-on": "outlineColor",
    ".ds-acts": "borderLeftColor",
}
#: Whether each of them can be told from the ground, as [selector, colour, ground] where it cannot.
UNSEEN = """(drawn) => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
  const ground = getComputedStyle(document.querySelector('.dualslot')).backgroundColor;
  const seen = (color) => {
    canvas.fillStyle = ground;
    canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data.join();
  };
  return Object.entries(drawn)
    .map(([selector, name]) => {
      const node = document.querySelector(selector);
      return [selector, node && seen(getComputedStyle(node)[name]), seen(ground)];
    })
    .filter(([, color, behind]) => color === null || color === behind);
}"""
#: What would move by itself: names of animations and transitions that are on within the widgets.
MOVING = """() => Array.from(document.querySelectorAll('.dualslot *')).flatMap((node) => {
  const style = getComputedStyle(node);
  const changes = style.transitionDuration === '0s' ? [] : [style.transitionProperty];
  return style.animationName === 'none' ? changes : [...changes, style.animationName];
})"""
#: A bar that is busy while an engine is compiled, which no test has the time to wait for.
BUSY = """() => document.querySelector('.ds-job').insertAdjacentHTML(
  'beforeend', '<div class="ds-bar ds-busy"><i style="width: 30%"></i></div>')"""


def replay(page: Page) -> None:
    """Tell a run up to an event in which somebody acts on somebody else."""
    page.locator(".ds-replay-button").first.click()
    expect(page.locator(".ds-events li").first).to_be_visible()
    page.get_by_role("button", name="A round on").click()
    page.get_by_role("button", name="A round on").click()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_in_forced_colours_all_is_seen_and_axe_finds_nothing(two, theme):
    page = two.page
    page.emulate_media(forced_colors="active")
    two.set_theme(theme)
    replay(page)
    two.call(OPEN_ALL)
    assert two.call(UNSEEN, DRAWN) == []
    page.add_script_tag(path=AXE)
    assert_axe_finds_nothing(two, "forced colours, everything open")
    page.get_by_role("button", name="Let me choose").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_axe_finds_nothing(two, "forced colours, the dialog")


def test_in_forced_colours_the_one_that_is_chosen_is_told_from_the_others(two):
    page = two.page
    page.emulate_media(forced_colors="active")
    color = "(node) => getComputedStyle(node).backgroundColor"
    newest, similar = (page.get_by_role("button", name=name) for name in ("Newest", "Most similar"))
    assert newest.evaluate(color) != similar.evaluate(color)
    outline = "(node) => getComputedStyle(node).outlineStyle"
    assert page.locator(".ds-slot.ds-on").evaluate(outline) == "solid"
    assert page.locator(".ds-slot:not(.ds-on)").evaluate(outline) == "none"


@pytest.mark.parametrize(
    ("motion", "moving"), [("no-preference", {"width", "ds-busy"}), ("reduce", set())]
)
def test_nothing_moves_by_itself_for_who_wants_less_motion(two, motion, moving):
    two.page.emulate_media(reduced_motion=motion)
    replay(two.page)
    two.call(BUSY)
    assert set(two.call(MOVING)) == moving
