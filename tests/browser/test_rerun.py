"""A cell that is run again and again leaves one dashboard: no models, threads or listeners more."""

from __future__ import annotations

import ast

RERUNS = 50
BENCH = """import dualslot_widgets as dw
bench = dw.Workbench("simulations", dw.starter_scenario())
bench"""
COUNT = """import gc, threading, time
import dualslot_widgets as dw
from ipywidgets.widgets.widget import _instances
gc.collect()
bench.kept.close()  # a scenario that has just come on screen is written once it rests
for _ in range(600):  # a closed widget's thread may still be importing what a beat prepares
    threads = [thread.name for thread in threading.enumerate() if "dualslot" in thread.name]
    if len(threads) < 2:
        break
    time.sleep(0.1)
print([len(_instances), len(threads), len(bench.screen.notify)])"""
#: Runs the first cell many times, as a person does who changes a line of it, then the second.
RERUN = """async (times) => {
  const {commands, shell} = window.jupyterapp;
  const notebook = shell.currentWidget.content;
  for (let time = 0; time < times; time++) {
    notebook.activeCellIndex = 0;
    await commands.execute('notebook:run-cell');
  }
  notebook.activeCellIndex = 1;
  await commands.execute('notebook:run-cell');
}"""


def counted(lab) -> list[int]:
    (text,) = (output["text"] for output in lab.outputs() if output["output_type"] == "stream")
    return ast.literal_eval(text)


def test_fifty_reruns_leave_what_one_run_leaves(lab, faults):
    lab.write("bench.ipynb", BENCH, COUNT)
    lab.open("bench.ipynb")
    lab.call(RERUN, 1, seconds=60)
    once = counted(lab)
    lab.call(RERUN, RERUNS, seconds=200)
    many = counted(lab)
    print(f"widgets, threads, listeners: {once} after one run, {many} after {1 + RERUNS}")
    assert many == once
    lab.page.locator(".ds-slots").first.wait_for()
    # JupyterLab's own: a view whose widget is closed while a message to it is on its way.
    faults[:] = [fault for fault in faults if "processLuminoMessage" not in fault]
