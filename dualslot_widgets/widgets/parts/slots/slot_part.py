"""Both slots: what each holds, which of them is shown, and which is pinned."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.kit.static_html import Static
from dualslot_widgets.widgets.parts.slots.slot_static import static_slot, static_unsaved
from dualslot_widgets.widgets.parts.slots.slot_view import slot_cards, slot_views
from dualslot_widgets.widgets.protocol.messages import Message


class SlotPart(Part):
    """Draws both slots as `protocol.results.SlotView`, and takes which is shown or pinned."""

    traits: ClassVar = {
        "slots": traitlets.List(),
        "display_mode": traitlets.Unicode("newest"),
        "shown_slot": traitlets.Int(allow_none=True, default_value=None),
    }
    takes: ClassVar = frozenset({"display_mode", "choose_slot", "edit_slot", "pin"})

    def draw(self, now: Snapshot) -> dict[str, Any]:
        """Return both slots, each compared with the other and with the scenario on screen."""
        first, second = now.slots
        compare = self.source.comparisons.versus
        versus = (compare(first, second), compare(second, first))
        views = slot_views(now.slots, now.damage, now.newest, now.scenario, versus, now.barred)
        return {
            "slots": views,
            "display_mode": self.source.screen.display_mode.value,
            "shown_slot": now.shown_slot,
        }

    def take(self, message: Message) -> None:
        """Show, pin or edit a slot."""
        screen = self.source.screen
        match message["type"]:
            case "display_mode":
                self._leave_preview()
                screen.display_mode = message["mode"]
            case "choose_slot":
                self._leave_preview()
                screen.chosen_slot = message["slot"]
                screen.display_mode = "let_user_choose"
            case "edit_slot":
                slot = message["slot"]
                data = None if slot is None else self.bench.storage.slots[slot]
                if data is None:
                    raise DualSlotError(f"slot {slot} holds no scenario to edit; run one")
                self.edit_again(data.scenario)
            case "pin":
                self.bench.storage.pin(message["slot"])
                screen.notify()

    def _leave_preview(self) -> None:
        if self.source.bench is not None:
            self.source.bench.result.leave_preview()

    def draw_static(self, now: Snapshot) -> list[Static]:
        """Return both slots, after a result that could not be stored, if there is one."""
        cards = slot_cards(now.slots, now.damage, now.newest, now.barred)
        unsaved: list[Static] = []
        if now.unsaved is not None and now.preview is not None:
            unsaved = [static_unsaved(now.unsaved, now.preview)]
        return [*unsaved, *map(static_slot, cards)]
