"""What a saved notebook shows of the dashboard where there is no kernel: static HTML, and text.

Widget state is not saved with a notebook; this is. No script, and every name is escaped.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any


def fallback_text(scenario: Mapping[str, Any], slots: Sequence[Mapping[str, Any]]) -> str:
    """Return the scenario and both slots (their views) as lines of text."""
    lines = [f"{scenario['name']}: {scenario['summary']}"]
    lines += [f"Slot {slot['slot']}: {_headline(slot)}" for slot in slots]
    return "\n".join(lines)


def fallback_html(scenario: Mapping[str, Any], slots: Sequence[Mapping[str, Any]]) -> str:
    """Return the same as HTML, with a table of the five timelines for each slot."""
    name, summary = html.escape(scenario["name"]), html.escape(scenario["summary"])
    parts = [f"<p><strong>{name}</strong> {summary}</p>"]
    for slot in slots:
        parts.append(f"<p>Slot {slot['slot']}: {html.escape(_headline(slot))}</p>")
        if slot["analysis"]:
            rows = "".join(
                f"<tr><th scope='row'>{html.escape(q['name'])}</th>"
                f"<td>{q['survivors']}</td><td>{q['party_hp']}</td>"
                f"<td>{q['monster_hp']}</td><td>{q['rounds']}</td></tr>"
                for q in slot["analysis"]["quintiles"]
            )
            parts.append(
                "<table><thead><tr><th>timeline</th><th>standing</th><th>party hit points</th>"
                f"<th>monster hit points</th><th>rounds</th></tr></thead><tbody>{rows}</tbody>"
                "</table>"
            )
    return "".join(parts)


def _headline(slot: Mapping[str, Any]) -> str:
    analysis = slot["analysis"]
    if slot["state"] == "damaged":
        return f"damaged: {slot['problem']}"
    if not analysis:
        return "empty"
    low, high = 100 * analysis["win_rate_low"], 100 * analysis["win_rate_high"]
    return (
        f"{slot['scenario']}, {analysis['runs']} runs, {analysis['win_rate']:.1%} won "
        f"(95 % {low:.1f} to {high:.1f}), {analysis['grade_name']}, {analysis['tier_name']}: "
        f"{analysis['label']}"
    )
