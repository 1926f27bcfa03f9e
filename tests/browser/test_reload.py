"""A page that is reloaded goes on: no edit is lost, and no message goes to a shell that is gone."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, expect

from tests.browser.lab import Lab

RELOADS = 20
#: Each time something changes the kernel writes down what it knows; asking it would be a message
#: more, and could mend by itself what this test is about. A fight of one against one, with nearly
#: nothing to play: nobody waits for its jobs.
BENCH = """import threading
import dualslot_widgets as dw
scenario = dw.starter_scenario().to_dict()
encounter = scenario["encounters"][0]
scenario["players"] = scenario["players"][:1]
encounter["monsters"] = [encounter["monsters"][1]]
scenario["settings"]["runs"] = 105
bench = dw.Workbench("{name}", scenario)
noting = threading.Lock()  # listeners are called from any thread
def note():
    with noting, open("{name}.txt", "w") as file:
        file.write(str(bench.scenario.encounters[0].monsters[0].armor_class))
keep = bench.screen.subscribe(note)
bench"""
OGRE_ARMOR = 'input[data-path="encounters[0].monsters[0].armor_class"]'
SHOWN = ".jp-NotebookPanel:not(.lm-mod-hidden)"
MODEL_NOT_FOUND = "model not found"


def reload_with_a_dashboard(lab: Lab) -> Locator:
    """Reload the page until the notebook in front has a live dashboard; return its input.

    On a busy machine JupyterLab now and then draws outputs before it has asked the kernel for
    their models. It says so, the still form stands there, and no edit can be made.
    """
    while True:
        lab.reload()
        field = lab.page.locator(f"{SHOWN} {OGRE_ARMOR}")
        gone = lab.page.locator(SHOWN).get_by_text(MODEL_NOT_FOUND)
        field.or_(gone).first.wait_for(state="attached")
        if field.count():
            return field
        expect(lab.page.locator(f"{SHOWN} .ds-still")).to_be_visible()


def test_no_edit_is_lost_after_twenty_reloads_with_two_notebooks_open(lab, server, faults):
    names = ("one", "two")
    for name in names:
        lab.write(f"{name}.ipynb", BENCH.format(name=name))
    lab.load()
    for name in names:
        lab.show(f"{name}.ipynb")
        lab.run_all()
        lab.save()
    lab.await_workspace(*(f"{name}.ipynb" for name in names))
    known = Path(lab.folder, f"{names[-1]}.txt")
    logged = server.log.stat().st_size
    for reload in range(RELOADS):
        field = reload_with_a_dashboard(lab)
        armor = str(12 + reload % 8)
        field.fill(armor)
        field.press("Tab")
        lab.until(lambda: known.exists() and known.read_text(), armor)
    log = server.log.read_bytes()[logged:].decode(errors="replace")
    assert "Unknown subshell_id" not in log
    faults[:] = [fault for fault in faults if MODEL_NOT_FOUND not in fault]
