"""`Part`: one part of a widget: its traits, the messages that it takes, and what of it is saved.

A widget names the parts that it has (`KitWidget.part_types`); a part knows its source and nothing
of the widget or of other parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import traitlets

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.scenario.scenario import Scenario
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.kit.sources import Source
from dualslot_widgets.widgets.kit.static_html import Static
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.workbench.workbench import Workbench


def json_or_none() -> Any:
    """Return a trait that holds a view of the protocol, or None."""
    return traitlets.Dict(allow_none=True, default_value=None)


class Part:
    """One part of a widget.

    Parameters
    ----------
    source : Source
        What the widget shows.

    Attributes
    ----------
    traits : dict of str to traitlets.TraitType
        What the browser is given, by name; each widget of this part has these, synced.
    takes : frozenset of str
        The types of the messages that are this part's.
    """

    traits: ClassVar[Mapping[str, Any]] = {}
    takes: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, source: Source) -> None:
        self.source = source

    def draw(self, now: Snapshot) -> dict[str, Any]:  # noqa: ARG002  (parts use it)
        """Return the values of this part's traits; in the publisher's thread."""
        return {}

    def take(self, message: Message) -> None:
        """Do what a checked message asks for; on any thread, one message at a time, short."""

    def draw_static(self, now: Snapshot) -> list[Static]:  # noqa: ARG002  (parts use it)
        """Return what a saved notebook shows of this part; in any thread, short."""
        return []

    def edit_again(self, scenario: Scenario) -> None:
        """Put the scenario of a result on screen, as one step that can be undone."""
        with self.source.screen.editing:
            self.source.edit(scenario)

    @property
    def bench(self) -> Workbench:
        """The workbench; raises `DualSlotError` where results are shown by themselves."""
        if self.source.bench is None:
            raise DualSlotError("this widget shows results by themselves; it needs a Workbench")
        return self.source.bench
