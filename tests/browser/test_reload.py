"""A page that is reloaded goes on: no edit is lost, and no message goes to a shell that is gone."""

from __future__ import annotations

from pathlib import Path

RELOADS = 20
#: Each time something changes the kernel writes down what it knows; asking it would be a message
#: more, and could mend by itself what this test is about.
BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("{name}", dw.starter_scenario())
def note():
    armor = bench.scenario.encounters[0].monsters[1].armor_class
    with open("{name}.txt", "w") as file:
        file.write(str(armor))
keep = bench.screen.subscribe(note)
bench"""
OGRE_ARMOR = 'input[data-path="encounters[0].monsters[1].armor_class"]'


def test_no_edit_is_lost_after_twenty_reloads_with_two_notebooks_open(lab, server):
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
        lab.reload()
        armor = str(12 + reload % 8)
        field = lab.page.locator(OGRE_ARMOR).locator("visible=true")
        field.fill(armor)
        field.press("Tab")
        lab.until(lambda: known.exists() and known.read_text(), armor)
    log = server.log.read_bytes()[logged:].decode(errors="replace")
    assert "Unknown subshell_id" not in log
