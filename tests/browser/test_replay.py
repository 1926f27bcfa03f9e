"""All runs as a strip, and any of them told blow by blow, in a real JupyterLab."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.test_dashboard import (
    BENCH,
    CONTRASTS,
    FIRST_JOB,
    board,
    two_results,
)

__all__ = ["two_results"]  # a fixture that is used here, too

#: Writes down what the replay and the strip say they are of, whenever that changes.
WATCH = """() => {
  const heads = () => ['.ds-replay .ds-caption', '.ds-strip-head'].map(
    (head) => document.querySelector(head)?.textContent ?? '');
  window.dualslotSeen = [heads()];
  new MutationObserver(() => window.dualslotSeen.push(heads())).observe(
    document.querySelector('.dualslot'), {subtree: true, childList: true, characterData: true});
}"""


@pytest.fixture
def played(lab):
    """A dashboard with one stored result."""
    lab.write("bench.ipynb", BENCH, FIRST_JOB)
    lab.open("bench.ipynb")
    lab.run_all()
    board(lab.page)
    expect(lab.page.locator(".ds-timeline")).to_have_count(5)
    return lab


def strip(page: Page) -> Locator:
    return page.get_by_role("slider", name="worst to best")


def test_the_run_of_every_timeline_is_drawn_at_a_click(played):
    page = played.page
    for button in page.locator(".ds-timeline .ds-replay-button").all():
        run = button.get_attribute("aria-label").rpartition(" ")[2]
        button.click()
        replay = page.locator('.ds-replay[aria-busy="false"]')
        expect(replay.locator(".ds-caption h3")).to_have_text(f"Run {run}")
        expect(replay.locator(".ds-events li")).not_to_have_count(0)


def test_the_keyboard_alone_finds_a_run_replays_it_and_comes_back(played):
    page = played.page
    strip(page).focus()
    page.keyboard.press("Home")
    page.keyboard.press("PageUp")
    expect(strip(page)).to_have_attribute("aria-valuenow", "202")
    expect(page.locator(".ds-strip-said")).to_contain_text("rank 202 of 1,005, Struggle")
    page.keyboard.press("Enter")
    time = page.get_by_role("slider", name="Time", exact=True)
    expect(time).to_be_focused()
    expect(page.locator(".ds-chosen")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(time).to_have_value("1")
    expect(page.locator(".ds-now")).to_contain_text("Fighter: initiative")
    page.keyboard.press("Shift+ArrowRight")
    expect(time).to_have_value("11")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="To the end")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Escape")
    expect(page.locator(".ds-replay")).to_have_count(0)
    expect(strip(page)).to_be_focused()


def test_at_its_end_a_replay_shows_the_hit_points_of_its_timeline(played):
    page = played.page
    for name in ("Disaster", "Typical", "Legend"):
        line = page.locator(f'[data-quintile="{name}"]')
        line.get_by_role("button", name="Replay").click()
        page.get_by_role("button", name="To the end").click()
        party = page.get_by_role("list", name="Party").locator(".ds-who > .ds-numbers")
        expect(party).to_have_text(
            line.locator(".ds-bars").first.locator("span.ds-numbers").all_inner_texts()
        )


def test_a_range_of_runs_is_dragged_and_told(played):
    page = played.page
    strip(page).scroll_into_view_if_needed()
    box = strip(page).bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20, steps=5)
    page.mouse.up()
    expect(page.locator(".ds-strip-range")).to_contain_text("% won, on average")
    expect(page.locator(".ds-replay")).to_have_count(0)
    page.get_by_role("button", name="Clear range").click()
    expect(page.locator(".ds-brush")).to_have_count(0)


def test_a_replay_alone_follows_python_and_says_what_cannot_be(lab):
    made = (
        "import dualslot_widgets as dw\n"
        "data = dw.simulate(dw.starter_scenario())\n"
        "replay = dw.RunReplay(data)\nreplay"
    )
    words = 'replay.selected_run = 17\nprint("\\n".join(data.replay(17).sentences))'
    lab.write("replay.ipynb", made, words, "")
    lab.open("replay.ipynb")
    lab.run_all()
    page = lab.page
    expect(page.locator(".ds-replay .ds-caption")).to_contain_text("Run 17")
    told = next(o["text"] for o in lab.outputs() if o["output_type"] == "stream")
    expect(page.locator(".ds-events li")).to_have_text(told.splitlines())
    page.get_by_role("button", name="Close the replay").click()
    expect(page.locator(".ds-invitation")).to_contain_text("No run is selected")
    page.get_by_role("spinbutton", name="Run").fill("1005")
    page.get_by_role("button", name="Replay", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(
        "there is no run 1005; runs are numbered 0 to 1004"
    )


def test_an_open_replay_and_the_strip_follow_a_preview_and_then_what_is_stored(two_results):
    page = two_results.page
    page.get_by_role("button", name="Replay the Typical run").click()
    caption = page.locator(".ds-replay .ds-caption")
    expect(caption).to_contain_text("slot 1")
    two_results.call(WATCH)
    page.get_by_label("Ogre: armor class, slider").press("ArrowRight")
    expect(caption).to_contain_text("slot 0")
    expect(page.locator(".ds-strip-head")).to_contain_text("worst to best, slot 0")
    seen = two_results.call("() => window.dualslotSeen")
    # A preview lives for less than a second: what it was is not waited for, but looked up.
    assert any("preview: Ogre at the bridge" in replay for replay, _ in seen)
    assert any("worst to best, preview" in strip for _, strip in seen)


def test_where_two_runs_part_is_shown_gone_to_and_followed_to_the_next(two_results):
    page = two_results.page
    page.get_by_role("button", name="Replay the Typical run").click()
    parting = page.get_by_role("region", name="Where two runs part")
    expect(parting).to_contain_text("of 1,005 runs part.")
    page.get_by_role("button", name="First run that parts").click()
    expect(page.locator(".ds-replay .ds-caption")).to_contain_text("Run 0")
    expect(parting).to_contain_text("Parts from slot 0 at event")
    sides = parting.locator(".ds-parted > section")
    expect(sides.locator("b")).to_have_text(["Slot 1", "Slot 0"])
    here, there = (sides.nth(n).locator("li").first.inner_text() for n in (0, 1))
    assert here != there
    parting.get_by_role("button", name="Go there").click()
    expect(page.locator(".ds-now")).to_contain_text(here)
    expect(page.locator(".ds-events [aria-current]")).to_have_text(here)
    before = page.locator(".ds-replay h3").inner_text()
    page.get_by_role("button", name="Next run that parts").click()
    expect(page.locator(".ds-replay h3")).not_to_have_text(before)
    expect(page.get_by_role("slider", name="Time", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Replay the Typical run")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_replay_can_be_read_in_both_themes(played, theme):
    played.page.locator(".ds-replay-button").nth(1).click()
    expect(played.page.locator(".ds-events li").first).to_be_visible()
    played.page.keyboard.press("End")
    played.set_theme(theme)
    low = {text: ratio for text, ratio in played.call(CONTRASTS) if ratio < 4.5}
    assert not low, f"contrast below WCAG's 4.5 in the {theme} theme: {low}"
