"""The encounter editor in a real JupyterLab: mouse and keyboard, one state with Python."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

from dualslot_widgets.library.starter import starter_scenario
from tests.browser.lab import DO

OGRE = "encounters[0].monsters[1]"
OGRE_ARMOR = f'input[data-path="{OGRE}.armor_class"]'
OGRE_DAMAGE = f'input[data-path="{OGRE}.actions[0].damage"]'
EDITOR = """import dualslot_widgets as dw
editor = dw.EncounterEditor(dw.starter_scenario())
editor"""


def in_python(lab, expression: str) -> str:
    """Return what an expression is in the kernel."""
    found = lab.call(ASK, expression)
    assert isinstance(found, str)
    return found


#: Asks the kernel of the open notebook.
ASK = """async (expression) => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  const future = kernel.requestExecute({code: '', user_expressions: {asked: expression}});
  const reply = await future.done;
  return reply.content.user_expressions.asked.data['text/plain'];
}"""


@pytest.fixture
def editor(lab):
    """An editor by itself, in a notebook."""
    lab.write("editor.ipynb", EDITOR)
    lab.open("editor.ipynb")
    lab.run_all()
    lab.page.locator(".ds-editor").wait_for()
    return lab


def unfold(page: Page, name: str) -> None:
    page.get_by_role("button", name=f"{name}: Actions").click()


def test_a_monster_is_found_and_added_with_the_keyboard_alone(editor):
    page = editor.page
    page.get_by_role("combobox", name="Add a monster").focus()
    page.keyboard.type("wyv")
    found = page.get_by_role("listbox", name="Monsters of the bestiary").get_by_role("option")
    expect(found).to_have_count(1)
    expect(found).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Wyvern")).to_be_visible()
    expect(page.locator(".ds-said")).to_have_text("Wyvern added")
    assert in_python(editor, "editor.scenario.encounters[0].monsters[-1].name") == "'Wyvern'"
    page.keyboard.type("xyz")
    expect(page.get_by_text("No monster has such a name")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("No monster has such a name")).to_be_hidden()


def test_an_action_is_found_and_added_with_the_keyboard_alone(editor):
    page = editor.page
    page.get_by_role("button", name="Ogre: Actions").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ogre: add an action").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="Ogre: new action")).to_be_focused()
    page.keyboard.type("fire breath adult red")
    found = page.get_by_role("listbox", name="Actions").get_by_role("option")
    expect(found).to_have_count(1)
    page.keyboard.press("Enter")
    named = page.locator(f'input[data-path="{OGRE}.actions[2].name"]')
    expect(named).to_be_focused()
    expect(page.locator(".ds-said")).to_have_text("Fire Breath (Adult Red Dragon) added to Ogre")
    page.keyboard.type("Ogre's Breath")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Ogre: Ogre's Breath", exact=True)).to_be_visible()
    told = in_python(editor, "editor.scenario.encounters[0].monsters[1].actions[2]")
    assert "Ogre's Breath" in told
    assert "recharge=5" in told
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(named).to_have_count(0)
    assert in_python(editor, "editor.scenario == dw.starter_scenario()") == "True"


def test_a_condition_on_a_hit_is_added_and_changed_in_place(editor):
    page = editor.page
    unfold(page, "Ogre")
    page.get_by_role("button", name="Ogre: Greatclub: Details").click()
    page.get_by_role("button", name="Ogre: Greatclub: add condition on a hit").click()
    rider = f"{OGRE}.actions[0].on_hit[0]"
    page.locator(f'input[data-path="{rider}.dc"]').fill("17")
    page.get_by_label("Ogre: Greatclub: Venom: saving throw").select_option("str")
    conditions = page.get_by_role(
        "combobox", name="Ogre: Greatclub: Venom: On a failed save: conditions: add"
    )
    conditions.click()
    page.keyboard.press("Backspace")
    page.keyboard.type("pron")
    page.keyboard.press("Enter")
    page.locator(f'input[data-path="{rider}.effect.duration"]').fill("1")
    page.get_by_role("checkbox", name="Ogre: Greatclub: Venom: On a failed save: save ends").click()
    page.get_by_role("button", name="Ogre: Greatclub: Details").click()
    expect(page.get_by_text("on a hit: Venom (DC 17 str, prone for 1 round)")).to_be_visible()
    found = in_python(
        editor,
        "[(r.dc, r.ability, r.effect.conditions, r.effect.duration, r.effect.save_ends) "
        "for r in editor.scenario.encounters[0].monsters[1].actions[0].on_hit]",
    )
    assert found == "[(17, 'str', ('prone',), 1, False)]"


def test_what_python_sets_is_on_screen_and_what_is_typed_is_in_python(editor):
    page = editor.page
    page.locator(OGRE_ARMOR).fill("17")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    assert in_python(editor, "editor.scenario.encounters[0].monsters[1].armor_class") == "17"
    editor.call(DO, f'editor.scenario = editor.scenario.with_value("{OGRE}.armor_class", 13)')
    page.locator(OGRE_ARMOR).blur()
    expect(page.locator(OGRE_ARMOR)).to_have_value("13")


def test_dice_that_cannot_be_read_are_marked_and_kept_until_they_are_mended(editor):
    page = editor.page
    unfold(page, "Ogre")
    page.locator(OGRE_DAMAGE).fill("3d8+4 blud")
    expect(page.locator(OGRE_DAMAGE)).to_have_attribute("aria-invalid", "true")
    expect(page.locator(OGRE_DAMAGE)).to_have_accessible_description(
        'unknown damage type "blud", did you mean "bludgeoning"?'
    )
    page.locator(OGRE_ARMOR).focus()
    expect(page.locator(OGRE_DAMAGE)).to_have_value("3d8+4 blud")
    page.locator(OGRE_DAMAGE).fill("3d8+4 Bludgeoning")
    page.locator(OGRE_ARMOR).focus()
    expect(page.locator(OGRE_DAMAGE)).to_have_value("3d8+4 bludgeoning")
    told = in_python(editor, "str(editor.scenario.encounters[0].monsters[1].actions[0].damage[0])")
    assert told == "'3d8+4 bludgeoning'"


def test_undo_and_redo_with_keys_reach_the_editor_and_not_the_notebook(editor):
    page = editor.page
    page.locator(OGRE_ARMOR).fill("17")
    expect(page.get_by_role("button", name="Undo")).to_be_enabled()
    page.keyboard.press("Control+z")
    expect(page.locator(OGRE_ARMOR)).to_have_value("11")
    expect(page.locator(".ds-said")).to_have_text("Undone: Ogre: armor class 17 -> 11")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(OGRE_ARMOR)).to_have_value("17")
    expect(page.get_by_role("button", name="Redo")).to_be_disabled()
    cells = "() => window.jupyterapp.shell.currentWidget.content.model.cells.length"
    assert editor.call(cells) == 1


def test_a_pasted_scenario_replaces_the_other_once_it_has_no_problems(editor):
    page = editor.page
    content = starter_scenario().to_dict() | {"name": "<img src=x onerror=alert(1)>"}
    content["players"][0]["max_hp"] = 0
    page.get_by_role("button", name="Paste JSON").click()
    page.keyboard.insert_text(json.dumps(content))
    page.get_by_role("button", name="Put it on screen").click()
    expect(page.get_by_role("alert")).to_have_text("players[0].max_hp: 0 is outside 1 to 30000")
    content["players"][0]["max_hp"] = 77
    page.get_by_role("textbox", name="A scenario as JSON").fill(json.dumps(content))
    page.get_by_role("button", name="Put it on screen").click()
    expect(page.locator('input[data-path="name"]')).to_have_value(content["name"])
    expect(page.get_by_role("button", name="Paste JSON")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator('input[data-path="name"]')).to_have_value("Ogre at the bridge")


def test_the_scenario_is_copied_as_json(editor):
    page = editor.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy JSON").click()
    expect(page.locator(".ds-said")).to_have_text("Scenario copied as JSON")
    copied = editor.call("() => navigator.clipboard.readText()")
    assert json.loads(copied) == starter_scenario().to_dict()


def test_encounters_and_characters_come_and_go(editor):
    page = editor.page
    page.get_by_role("button", name="Add encounter").click()
    page.keyboard.type("wolf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Encounter 2")).to_be_visible()
    page.get_by_label("Encounter 2: rest before it").select_option("long_rest")
    page.get_by_label("Class of a new character").select_option("monk")
    page.get_by_label("Level of a new character").fill("5")
    page.get_by_label("Level of a new character").press("Enter")
    expect(page.get_by_role("group", name="Monk")).to_be_visible()
    page.get_by_label("Encounter 1: remove").click()
    expect(page.get_by_role("region", name="Encounter 2")).to_have_count(0)
    fights = in_python(editor, "[(f.rest, f.monsters[0].name) for f in editor.scenario.encounters]")
    assert fights == "[('long_rest', 'Wolf')]"
    assert in_python(editor, "editor.scenario.players[-1].level") == "5"
