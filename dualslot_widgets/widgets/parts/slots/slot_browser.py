"""`SlotBrowser`: both slots side by side, and which of them is shown.

One widget of the kit, and the part of the dashboard that draws what is stored.
"""

from __future__ import annotations

from typing import Any

import traitlets

from dualslot_widgets.errors import DualSlotError
from dualslot_widgets.widgets.kit.fallback import Still, still_slot, still_unsaved
from dualslot_widgets.widgets.kit.kit_widget import KitWidget, source
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.scene import Scene, stage_of
from dualslot_widgets.widgets.parts.jobs.job_view import reason_of
from dualslot_widgets.widgets.parts.slots.slot_view import slot_alone, slot_views
from dualslot_widgets.widgets.protocol.messages import Message
from dualslot_widgets.workbench.workbench import Workbench


class SlotPart(Part):
    """Draws both slots, and takes which one is shown or pinned.

    Attributes
    ----------
    slots : JSON
        Two `protocol.results.SlotView`.
    display_mode : str
    shown_slot : int or None
    """

    slots: Any = traitlets.List().tag(sync=True)
    display_mode = traitlets.Unicode("newest").tag(sync=True)
    shown_slot = traitlets.Int(allow_none=True, default_value=None).tag(sync=True)

    def _draw(self, scene: Scene) -> dict[str, Any]:
        first, second = scene.slots
        compare = self._stage.comparisons.versus
        versus = (compare(first, second), compare(second, first))
        views = slot_views(
            scene.slots, scene.damage, scene.newest, scene.scenario, versus, scene.barred
        )
        return super()._draw(scene) | {
            "slots": views,
            "display_mode": self._stage.screen.display_mode.value,
            "shown_slot": scene.shown_slot,
        }

    def _take(self, message: Message) -> None:
        screen = self._stage.screen
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
                data = None if slot is None else self._bench.storage.slots[slot]
                if data is None:
                    raise DualSlotError(f"slot {slot} holds no scenario to edit; run one")
                self._edit_again(data.scenario)
            case "pin":
                self._bench.storage.pin(message["slot"])
                screen.tell()
            case _:
                super()._take(message)

    def _leave_preview(self) -> None:
        if self._stage.bench is not None:
            self._stage.bench.result.leave_preview()

    def _still(self, scene: Scene) -> list[Still]:
        slots = zip(scene.slots, scene.damage, scene.barred, strict=True)
        views = [
            slot_alone(number, data, problem, scene.newest, barred=barred)
            for number, (data, problem, barred) in enumerate(slots)
        ]
        unsaved: list[Still] = []
        if scene.unsaved is not None and scene.preview is not None:
            reason = reason_of(scene.unsaved)
            analysis = scene.preview.analysis.to_dict()
            unsaved = [still_unsaved(scene.scenario.name, reason, analysis)]
        return [*unsaved, *map(still_slot, views), *super()._still(scene)]


class SlotBrowser(SlotPart, KitWidget):
    """Shows the two slots of a workbench: what each holds, and how it stands to the other.

    Parameters
    ----------
    bench : Workbench
    """

    _esm = source("slot_browser.js")

    def __init__(self, bench: Workbench) -> None:
        super().__init__(stage_of(bench))
