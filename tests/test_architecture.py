"""ARCHITECTURE.md and CONTRIBUTING.md name files, functions and folders that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "docs/scenarios.md")
PLACE = re.compile(r"`((?:dualslot_widgets|js|tests|scripts|docs|notebooks|binder)/[\w./-]*)`")
CALL = re.compile(rf"{PLACE.pattern} `(\w+)`")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_folder_that_a_page_names_is_there(page):
    named = PLACE.findall((ROOT / page).read_text(encoding="utf-8"))
    assert named
    assert [place for place in named if not (ROOT / place).exists()] == []


def test_every_function_of_the_life_of_an_edit_is_in_its_file():
    calls = CALL.findall((ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"))
    assert len(calls) > 15
    defined = r"(?:def|class|function|const) {}\b"
    assert [
        (place, name)
        for place, name in calls
        if not re.search(defined.format(name), (ROOT / place).read_text(encoding="utf-8"))
    ] == []


def test_every_folder_of_the_package_is_in_the_picture():
    picture = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").split("```")[1]
    package = ROOT / "dualslot_widgets"
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    assert {name for name in folders if f"{name}/" not in picture} == set()


def test_both_sides_have_the_same_parts():
    python, script = (ROOT / side / "parts" for side in ("dualslot_widgets/widgets", "js/src"))
    names = [
        sorted(path.name for path in side.iterdir() if path.is_dir() and path.name[0] != "_")
        for side in (python, script)
    ]
    assert names[0] == names[1]


def test_a_command_of_contributing_is_a_target_of_make():
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", page)) <= targets
