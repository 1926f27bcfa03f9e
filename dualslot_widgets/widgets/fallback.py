"""What a saved notebook shows where there is no kernel: static HTML, and text.

Room of the widgets below the parts. Widget state is not saved with a notebook; this is. No script,
and every name is escaped.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple


class Still(NamedTuple):
    """A part of a widget as lines of text, and as HTML."""

    text: str
    html: str


def still_scenario(scenario: Mapping[str, Any]) -> Still:
    """Return a scenario's view as a line."""
    name, summary = html.escape(scenario["name"]), html.escape(scenario["summary"])
    return Still(
        f"{scenario['name']}: {scenario['summary']}",
        f"<p><strong>{name}</strong> {summary}</p>",
    )


def still_line(text: str) -> Still:
    """Return a line of text, which may hold anything."""
    return Still(text, f"<p>{html.escape(text)}</p>")


def still_lines(title: str, lines: Sequence[str]) -> Still:
    """Return a title and lines of text under it, which may hold anything."""
    body = f"<pre>{html.escape(chr(10).join(lines))}</pre>" if lines else ""
    return Still("\n".join([title, *lines]), f"<p>{html.escape(title)}</p>{body}")


def still_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[Still]:
    """Return a table, the first cell of each row its heading; nothing when it has no row."""
    lines = [[str(cell) for cell in row] for row in rows]
    if not lines:
        return []
    body = "".join(
        f"<tr><th scope='row'>{html.escape(first)}</th>"
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in lines
    )
    titles = "".join(f"<th>{html.escape(title)}</th>" for title in head)
    return [
        Still(
            "\n".join(" | ".join(line) for line in [list(head), *lines]),
            f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>",
        )
    ]


def still_slot(slot: Mapping[str, Any]) -> Still:
    """Return a slot's view as a line, in HTML with a table of its five timelines."""
    line = f"{slot['place']}: {_headline(slot)}"
    told = still_line(line[0].upper() + line[1:])
    return told if not slot["analysis"] else Still(told.text, told.html + _table(slot["analysis"]))


def _table(analysis: Mapping[str, Any]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(q['name'])}</th>"
        f"<td>{q['survivors']}</td><td>{q['party_hp']}</td>"
        f"<td>{q['monster_hp']}</td><td>{q['rounds']}</td></tr>"
        for q in analysis["quintiles"]
    )
    return (
        "<table><thead><tr><th>timeline</th><th>standing</th><th>party hit points</th>"
        f"<th>monster hit points</th><th>rounds</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def _headline(slot: Mapping[str, Any]) -> str:
    analysis = slot["analysis"]
    if slot["state"] == "damaged":
        return f"damaged: {slot['problem']}"
    if not analysis:
        return "empty"
    low, high = 100 * analysis["win_rate_low"], 100 * analysis["win_rate_high"]
    origin = f" ({slot['origin']['words']})" if slot["origin"] else ""
    return (
        f"{slot['scenario']}, {analysis['runs']} runs, {analysis['win_rate']:.1%} won "
        f"(95 % {low:.1f} to {high:.1f}), {analysis['grade_name']}, {analysis['tier_name']}: "
        f"{analysis['label']}{origin}"
    )
