"""What the browser asks for reaches the kernel once, or the dashboard says why not."""

from __future__ import annotations

import ipykernel
import pytest
from playwright.sync_api import Page, expect

OGRE_ARMOR = 'input[data-path="encounters[0].monsters[1].armor_class"]'
GOBLIN_ARMOR = 'input[data-path="encounters[0].monsters[0].armor_class"]'
#: The kernel writes down what it knows whenever it changes; see `knows`.
BENCH = """import json, threading, time
from pathlib import Path
import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
noting = threading.Lock()  # listeners are called from any thread
def note():
    with noting:
        armor = bench.scenario.encounters[0].monsters[1].armor_class
        Path("new.json").write_text(json.dumps([armor, len(bench.jobs)]))
        Path("new.json").replace("known.json")
note()
keep = bench.screen.subscribe(note)
display = bench.display
display"""
#: So many deliveries never reach the widget, as when their subshell is gone.
LOSES = """handle, lost = display._handle_custom_msg, []
def loses(content, buffers):
    if len(lost) >= {times}:
        return handle(content, buffers)
    lost.append(content)
display._handle_custom_msg = loses"""
#: The browser never hears that its first message was taken.
LOSES_AN_ANSWER = """send, lost = display.publisher._send, []
def loses(content):
    if lost or content["type"] != "taken":
        return send(content)
    lost.append(content)
    note()
display.publisher._send = loses"""
SENT_AGAIN = """handle, count = display._handle_custom_msg, []
def counts(content, buffers):
    handle(content, buffers)
    count.append(content["type"])
    Path("count.json").write_text(",".join(count))
display._handle_custom_msg = counts"""
#: Stays busy until a file appears.
BUSY = """Path("busy").touch()
while not Path("go").exists():
    time.sleep(0.02)"""
#: Runs the last cell with this in it, and does not wait for its end.
BEGIN = """(source) => {
  const notebook = window.jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = notebook.widgets.length - 1;
  notebook.activeCell.model.sharedModel.setSource(source);
  void window.jupyterapp.commands.execute('notebook:run-cell');
}"""

#: Drops the connection to the kernel, and tries to make a new one.
RECONNECT = """() => {
  const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
  kernel.reconnect().catch(() => null);
}"""


@pytest.fixture
def knows(lab):
    """Read what the kernel has noted last: the ogre's armor class, and how many jobs there were."""
    return (lab.folder / "known.json").read_text


def open_bench(lab, *more: str) -> Page:
    lab.write("bench.ipynb", BENCH, *more)
    lab.open("bench.ipynb")
    lab.run_all()
    lab.page.locator(".dualslot").first.scroll_into_view_if_needed()
    return lab.page


def edit(page: Page, armor: int) -> None:
    page.locator(OGRE_ARMOR).fill(str(armor))
    page.locator(OGRE_ARMOR).press("Tab")


def test_a_message_that_is_lost_is_said_to_wait_and_sent_again(lab, knows):
    page = open_bench(lab, LOSES.format(times=2))  # also when it is sent again for the first time
    page.get_by_role("button", name="Run 1,005").click()
    expect(page.get_by_role("status").filter(has_text="1 change is waiting")).to_be_visible()
    lab.until(knows, "[11, 1]")
    expect(page.locator(".ds-link")).to_have_count(0)


def test_a_message_that_comes_twice_is_carried_out_once(lab, knows):
    page = open_bench(lab, LOSES_AN_ANSWER, SENT_AGAIN)
    page.get_by_role("button", name="Run 1,005").click()
    count = lab.folder / "count.json"  # more than twice on a machine that has too much to do
    lab.until(lambda: count.exists() and "run,run" in count.read_text(), value=True)
    expect(page.locator(".ds-slot.ds-ok")).to_have_count(1)
    assert knows() == "[11, 1]"


def test_edits_are_made_in_the_order_they_were_typed_when_the_first_is_lost(lab, knows):
    page = open_bench(lab, LOSES.format(times=1))
    edit(page, 17)
    edit(page, 18)
    lab.until(lambda: knows()[:3], "[18")
    expect(page.locator(".ds-link")).to_have_count(0)
    assert knows()[:3] == "[18"


@pytest.mark.skipif(
    (7, 1) <= ipykernel.version_info[:2] < (7, 4),
    reason="this ipykernel takes messages while a cell runs",
)
def test_a_busy_kernel_is_told_from_a_lost_one_and_takes_the_change_in_the_end(lab, knows):
    page = open_bench(lab, "1")
    lab.call(BEGIN, BUSY)
    lab.until((lab.folder / "busy").exists, value=True)
    edit(page, 18)
    waits = page.get_by_role("status").filter(has_text="busy with a cell; your change waits")
    expect(waits).to_contain_text("armor class 18")
    assert knows()[:3] == "[11"
    (lab.folder / "go").touch()
    lab.until(lambda: knows()[:3], "[18")
    expect(page.locator(".ds-link")).to_have_count(0)


def test_what_is_asked_for_while_the_connection_is_lost_is_done_once_when_it_is_back(
    lab, knows, faults
):
    page = open_bench(lab)
    edit(page, 17)
    lab.until(lambda: knows()[:3], "[17")  # the kernel was heard
    goblin = page.locator(GOBLIN_ARMOR)
    goblin.fill("19")
    goblin.press("Tab")
    expect(page.get_by_role("button", name="finished")).to_be_visible()
    page.context.set_offline(True)
    lab.call(RECONNECT)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("alert").filter(has_text="Disconnected")).to_contain_text("“undo”")
    expect(goblin).to_have_value("19")
    page.context.set_offline(False)
    lab.call(RECONNECT)
    expect(goblin).to_have_value("15")
    expect(page.locator(".ds-link")).to_have_count(0)
    expect(page.locator(OGRE_ARMOR)).to_have_value("17")  # one step was taken back, not two
    faults.clear()  # JupyterLab itself complains about the connection


def test_a_kernel_that_is_gone_is_named_with_what_it_was_not_told(lab, knows, faults):
    page = open_bench(lab)
    edit(page, 17)
    lab.until(lambda: knows()[:3], "[17")
    lab.execute("kernelmenu:shutdown")
    edit(page, 18)
    # A listener of the notebook may fail beside it: its names go before the last job is cancelled.
    alert = page.get_by_role("alert").filter(has_text="Disconnected")
    expect(alert).to_contain_text("The kernel does not answer")
    expect(alert).to_contain_text("armor class 18")
    expect(alert).to_contain_text("run the cell again")
    faults.clear()  # JupyterLab itself complains about the kernel that has gone
