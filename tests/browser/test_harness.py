"""The harness itself: it runs notebooks, and it hears what goes wrong."""

from __future__ import annotations

import sys
import time

import pytest

from tests.patience import SECONDS

BACKGROUND = "() => getComputedStyle(document.body).getPropertyValue('--jp-layout-color0')"


def test_a_notebook_runs_to_its_end_in_the_kernel_under_test(lab):
    lab.write("sum.ipynb", "a = 40", "import sys\nprint(a + 2, sys.executable)")
    lab.open("sum.ipynb")
    lab.run_all()
    assert [output["text"] for output in lab.outputs()] == [f"42 {sys.executable}\n"]


def test_a_cell_that_raises_fails_the_run(lab):
    lab.write("broken.ipynb", "1 / 0")
    lab.open("broken.ipynb")
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        lab.run_all()


def test_a_cell_that_hangs_fails_in_time(lab):
    lab.write("hangs.ipynb", "import time\ntime.sleep(60)")
    lab.open("hangs.ipynb")
    with pytest.raises(Exception, match="nothing happened within 1 s"):
        lab.run_all(seconds=1)


def test_a_restart_forgets_the_kernel_and_keeps_the_outputs(lab):
    lab.write("state.ipynb", "print('seen' in globals())\nseen = True")
    lab.open("state.ipynb")
    lab.run_all()
    lab.restart_kernel()
    assert [output["text"] for output in lab.outputs()] == ["False\n"]
    lab.run_all()
    assert [output["text"] for output in lab.outputs()] == ["False\n"]


def test_the_theme_switches_both_ways(lab):
    lab.load()
    backgrounds = []
    for theme in ("light", "dark", "light"):
        lab.set_theme(theme)
        backgrounds.append(lab.call(BACKGROUND))
    light, dark, again = backgrounds
    assert light == again != dark


def test_faults_of_the_page_are_heard(page, faults):
    page.evaluate("() => console.error('a console error')")
    page.evaluate("() => void setTimeout(() => { throw new Error('an exception') })")
    page.evaluate("() => fetch('https://example.org/').catch(() => null)")
    wanted = (
        "a console error",
        "uncaught: an exception",
        "request to another machine: https://example.org/",
        "ERR_NAME_NOT_RESOLVED (https://example.org/)",
    )
    end = time.monotonic() + SECONDS
    while not all(one in "\n".join(faults) for one in wanted) and time.monotonic() < end:
        page.wait_for_timeout(20)  # events of the page reach us while we wait
    heard = "\n".join(faults)
    assert [one for one in wanted if one not in heard] == []
    faults.clear()
