"""A comparison as a saved notebook shows it: what it comes to, and two tables of figures."""

from __future__ import annotations

from dualslot_widgets.widgets.kit.static_html import Static, static_line, static_table
from dualslot_widgets.widgets.protocol.comparison import CompareView


def static_comparison(view: CompareView) -> list[Static]:
    """Return the first result minus the second, or why there is no comparison."""
    if not view["directions"]:
        return [static_line(f"Compare: {view['missing']}")]
    here, there = view["sides"]
    found = view["directions"][0]
    kind = "paired, with the same dice" if found["paired"] else "not paired: other dice"
    differences = static_table(
        ("here minus there", here["place"], there["place"], "difference", "95 %"),
        [
            (one["name"], one["here"], one["there"], one["words"], one["change"])
            for one in found["contrasts"]
        ],
    )
    ends = static_table(
        (
            "timeline",
            *(f"{side['place']}: standing, party hit points" for side in (here, there)),
        ),
        [
            (mine["name"], *(f"{end['survivors']}, {end['party_hp']}" for end in (mine, its)))
            for mine, its in zip(here["timelines"], there["timelines"], strict=True)
        ],
    )
    return [
        static_line(f"{found['verdict']} ({kind})"),
        static_line(f"What changed: {'; '.join(found['changes']) or 'nothing'}"),
        *differences,
        *ends,
    ]
