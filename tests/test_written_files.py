"""What scripts write from the schema and the protocol is what these give today."""

from __future__ import annotations

import re
from typing import get_type_hints

import pytest

from dualslot_widgets.widgets.protocol import state
from scripts import write_keys
from scripts.write_protocol import FOLDER, texts
from tests.widgets.protocol.protocol_examples import KIT, own_traits

TEXTS = texts()


def unformatted(text: str) -> str:
    """Return TypeScript without what a formatter may change."""
    bare = re.sub(r"\s", "", text)
    return re.sub(r"(?<=[=:\[])\||,(?=[\]})])", "", bare)


@pytest.mark.parametrize("name", TEXTS)
def test_a_written_file_is_fresh(name):
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert unformatted(committed) == unformatted(TEXTS[name]), "remedy: make js"
    assert committed.startswith("// Written by scripts/write_protocol.py; do not edit.")


def test_the_tables_of_keys_are_fresh():
    committed = write_keys.DOCUMENT.read_text(encoding="utf-8")
    assert committed == write_keys.document(), "remedy: make js"


def test_every_file_of_the_protocol_is_written():
    assert {path.name for path in FOLDER.iterdir()} == TEXTS.keys()


def test_a_trait_of_a_widget_is_one_that_the_front_end_knows():
    known = get_type_hints(state.DashboardState).keys()
    dashboard = next(kind for kind in KIT if kind.__name__ == "SimulationDisplay")
    assert set(own_traits(dashboard)) == known
    assert all(set(own_traits(kind)) <= known for kind in KIT)
