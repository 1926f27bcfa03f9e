"""The foot of the dashboard: how much memory and disk is taken, and the version."""

from __future__ import annotations

from typing import Any, ClassVar

import traitlets

from dualslot_widgets._version import __version__
from dualslot_widgets.widgets.kit.part import Part
from dualslot_widgets.widgets.kit.snapshot import Snapshot
from dualslot_widgets.widgets.protocol.footer import FooterView


class FooterPart(Part):
    """Draws `footer`, a `protocol.footer.FooterView`."""

    traits: ClassVar = {"footer": traitlets.Dict()}

    def draw(self, now: Snapshot) -> dict[str, Any]:
        """Return the bytes of both slots and of this process."""
        memory = self.bench.memory_usage()
        footer: FooterView = {
            "slots_bytes": sum(data.metadata.compressed_size or 0 for data in now.slots if data),
            "tables_bytes": memory.slots,
            "queue_bytes": memory.queue,
            "background_bytes": memory.background,
            "process_bytes": memory.total,
            "peak_bytes": memory.peak,
            "version": __version__,
        }
        return {"footer": footer}
