"""A widget is the sum of its parts: their traits, and each message taken by exactly one of them."""

from __future__ import annotations

from typing import ClassVar, get_args, get_type_hints

import pytest
import traitlets

import dualslot_widgets as dw
from dualslot_widgets.library.starter import starter_scenario
from dualslot_widgets.widgets.kit.kit_widget import KitWidget
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.sources import source_from
from dualslot_widgets.widgets.protocol.messages import Message

KINDS = {*get_args(get_type_hints(Message)["type"])}


class Door(Part):
    traits: ClassVar = {"doors": traitlets.Int(0)}
    takes = frozenset({"undo", "redo"})

    def __init__(self, source):
        super().__init__(source)
        self.count = 0

    def draw(self, now):
        return {"doors": self.count}

    def take(self, message):
        self.count += 1


class House(KitWidget):
    part_types = (Door,)


@pytest.fixture
def house():
    made = House(source_from(starter_scenario()))
    yield made
    made.close()


def test_a_widget_has_the_traits_of_its_parts_and_the_browser_is_given_them(house):
    assert "doors" in house.keys
    assert house.doors == 0
    assert House.class_traits()["doors"].this_class is House
    assert not KitWidget.class_traits().get("doors")


def test_a_message_is_taken_by_the_part_that_names_its_type(house):
    house._handle_custom_msg({"type": "undo"}, [])
    assert house.parts[0].count == 1


def test_a_message_that_no_part_takes_is_refused_in_words_until_one_is_taken(house):
    house._handle_custom_msg({"type": "run"}, [])
    assert house._error == "this widget does not take the message 'run'"
    house._handle_custom_msg({"type": "redo"}, [])
    assert house._error == ""


def test_each_message_is_taken_by_one_part_of_the_dashboard():
    taken = sorted(kind for part in dw.SimulationDisplay.part_types for kind in part.takes)
    assert taken == sorted(KINDS - {"dismiss"})
