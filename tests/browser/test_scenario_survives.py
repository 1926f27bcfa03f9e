"""A scenario outlives its kernel, results can be edited again, and names forge nothing."""

from __future__ import annotations

from playwright.sync_api import expect

FILLED = """import dualslot_widgets as dw
bench = dw.Workbench("simulations")
ogre = "encounters[0].monsters[1].armor_class"
for armor in (10, 18):
    assert bench.add_to_queue(dw.starter_scenario().with_value(ogre, armor)).wait(120)
bench"""
BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("simulations")
bench"""
FORGED = r"""import dualslot_widgets as dw
scenario = dw.starter_scenario().with_value("name", "Bridge\u202eegdirB")
scenario = scenario.with_value("encounters[0].monsters[1].name", "Ogre\u2066\x9b\u200b")
bench = dw.Workbench("simulations", scenario)
assert bench.add_to_queue().wait(120)
bench"""
OGRE_ARMOR = 'input[data-path="encounters[0].monsters[1].armor_class"]'
#: Everything that the page says, in texts, attributes and inputs.
SAID = """() => {
  const said = [document.querySelector('.dualslot').innerHTML];
  for (const input of document.querySelectorAll('.dualslot input')) said.push(input.value);
  return said.join(' ');
}"""


def test_a_result_is_edited_again_and_survives_the_kernel(lab):
    lab.write("filled.ipynb", FILLED)
    lab.write("bench.ipynb", BENCH)
    lab.open("filled.ipynb")
    lab.run_all()
    page = lab.page
    expect(page.locator('[data-slot="1"]')).to_have_class("ds-slot ds-ok ds-on")
    page.locator('[data-slot="0"]').get_by_role("button", name="Edit this").click()
    expect(page.locator(OGRE_ARMOR)).to_have_value("10")
    expect(page.locator('[data-slot="0"]')).to_have_class("ds-slot ds-ok ds-on")
    page.get_by_role("button", name="2 finished").click()
    page.get_by_role("button", name="Edit this").last.click()  # the older job, the same scenario
    page.locator("[data-job]").first.get_by_role("button", name="Edit this").click()
    expect(page.locator(OGRE_ARMOR)).to_have_value("18")
    page.locator(OGRE_ARMOR).fill("15")
    page.locator(OGRE_ARMOR).press("Tab")
    expect(page.locator(".ds-slot", has_text="Exactly the scenario above")).to_have_count(1)
    page.goto("about:blank")
    lab._server.end_sessions()
    lab.open("bench.ipynb")
    lab.run_all()
    expect(lab.page.locator(OGRE_ARMOR)).to_have_value("15")


def test_names_that_forge_are_seen_escaped_everywhere(lab):
    lab.write("forged.ipynb", FORGED)
    lab.open("forged.ipynb")
    lab.run_all()
    page = lab.page
    expect(page.locator("h2", has_text=r"Bridge\u202eegdirB")).to_be_visible()
    expect(page.locator(".ds-timeline", has_text=r"Ogre\u2066\u009b\u200b")).to_have_count(5)
    page.get_by_role("button", name="Replay").first.click()
    expect(page.get_by_role("button", name="Copy as text")).to_be_visible()
    said = page.evaluate(SAID)
    assert not [hex(ord(c)) for c in said if c in "\u202e\u2066\u200b\x9b"]
    assert r"Ogre\u2066\u009b\u200b" in said
