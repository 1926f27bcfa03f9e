"""What a saved notebook shows where there is no kernel: static HTML, and text.

Room of the widgets below the parts. Widget state is not saved with a notebook; this is. No script,
and every name is text in which everything is visible.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from dualslot_widgets.words.visible import visible


class Still(NamedTuple):
    """A part of a widget as lines of text, and as HTML."""

    text: str
    html: str


def still_scenario(name: str, summary: str) -> Still:
    """Return a scenario as a line."""
    return Still(
        visible(f"{name}: {summary}"),
        f"<p><strong>{_words(name)}</strong> {_words(summary)}</p>",
    )


def still_line(text: str) -> Still:
    """Return a line of text, which may hold anything."""
    return Still(visible(text), f"<p>{_words(text)}</p>")


def still_lines(title: str, lines: Sequence[str]) -> Still:
    """Return a title and lines of text under it, which may hold anything."""
    shown = [visible(line) for line in lines]
    body = f"<pre>{html.escape(chr(10).join(shown))}</pre>" if lines else ""
    return Still("\n".join([visible(title), *shown]), f"<p>{_words(title)}</p>{body}")


def still_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[Still]:
    """Return a table, the first cell of each row its heading; nothing when it has no row."""
    lines = [[visible(str(cell)) for cell in row] for row in rows]
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
    return still_result(f"{slot['place']}: {_headline(slot)}", slot["analysis"])


def still_result(line: str, analysis: Mapping[str, Any] | None) -> Still:
    """Return a line on a result, and a table of its five timelines, if it has any."""
    told = still_line(line[0].upper() + line[1:])
    if not analysis:
        return told
    (table,) = still_table(
        ("timeline", "standing", "party hit points", "monster hit points", "rounds"),
        [
            (q["name"], q["survivors"], q["party_hp"], q["monster_hp"], q["rounds"])
            for q in analysis["quintiles"]
        ],
    )
    return Still(f"{told.text}\n{table.text}", told.html + table.html)


def still_unsaved(scenario: str, reason: str, analysis: Mapping[str, Any]) -> Still:
    """Return a result that could not be stored, with the reason."""
    return still_result(f"not stored ({reason}): {summary_of(scenario, analysis)}", analysis)


def _headline(slot: Mapping[str, Any]) -> str:
    analysis = slot["analysis"]
    if slot["state"] == "damaged":
        return f"damaged: {slot['problem']}"
    if slot["state"] == "barred":
        return f"cannot be used now: {slot['problem']}"
    if not analysis:
        return "empty"
    origin = f" ({slot['origin']['words']})" if slot["origin"] else ""
    return summary_of(slot["scenario"], analysis) + origin


def summary_of(scenario: str, analysis: Mapping[str, Any]) -> str:
    """Return a result in a line: runs, win rate with its interval, grade, tier, label."""
    low, high = 100 * analysis["win_rate_low"], 100 * analysis["win_rate_high"]
    return (
        f"{scenario}, {analysis['runs']} runs, {analysis['win_rate']:.1%} won "
        f"(95 % {low:.1f} to {high:.1f}), {analysis['grade_name']}, {analysis['tier_name']}: "
        f"{analysis['label']}"
    )


def _words(text: str) -> str:
    return html.escape(visible(text))
