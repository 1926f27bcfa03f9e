"""The dashboard without a browser's help: what a saved notebook shows, as HTML and as text.

Room of the widgets floor, on `protocol`. Widget state is not saved with a notebook, so a code host,
nbconvert or an untrusted notebook shows this. No script; every name is escaped.
"""

from __future__ import annotations

from html import escape

from dualslot_widgets.widgets.protocol import AnalysisView, DisplayState, SlotView

_HEADINGS = ("Timeline", "Runs", "Outcome", "Standing", "Rounds", "Party HP", "Monster HP", "Won")


def fallback_text(state: DisplayState) -> str:
    """Return both slots as plain text."""
    scenario = state["scenario"]
    lines = [f"{scenario['name']}: {scenario['summary']}"]
    for card in state["slots"]:
        lines.append(f"{_title(card)}: {_verdict(card)}")
        analysis = card["analysis"]
        if analysis is None:
            continue
        rows = [_HEADINGS, *_rows(analysis)]
        widths = [max(len(row[i]) for row in rows) for i in range(len(_HEADINGS))]
        for row in rows:
            cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
            lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines)


def fallback_html(state: DisplayState) -> str:
    """Return both slots as HTML that needs neither script nor style sheet."""
    scenario = state["scenario"]
    parts = [f"<p><b>{escape(scenario['name'])}</b><br>{escape(scenario['summary'])}</p>"]
    for card in state["slots"]:
        parts.append(f"<p><b>{escape(_title(card))}</b>: {escape(_verdict(card))}</p>")
        analysis = card["analysis"]
        if analysis is None:
            continue
        head = "".join(f"<th>{heading}</th>" for heading in _HEADINGS)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in _rows(analysis)
        )
        advice = "".join(f"<li>{escape(line)}</li>" for line in analysis["suggestions"])
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
        parts.append(f"<ul>{advice}</ul>")
    parts.append("<p><i>Run the cell again for the live dashboard.</i></p>")
    return f"<div>{''.join(parts)}</div>"


def _title(card: SlotView) -> str:
    newest = ", newest" if card["newest"] else ""
    name = f" ({card['name']})" if card["name"] else ""
    return f"Slot {card['slot']}{newest}{name}"


def _verdict(card: SlotView) -> str:
    analysis = card["analysis"]
    if card["state"] == "damaged":
        return f"damaged: {card['problem']}"
    if analysis is None:
        return "empty"
    unresolved = f", {analysis['unresolved']} unresolved" if analysis["unresolved"] else ""
    return (
        f"{analysis['win_rate']:.1%} of {analysis['runs']} runs won "
        f"(95 %: {analysis['win_rate_low']:.1%} to {analysis['win_rate_high']:.1%}){unresolved}; "
        f"{analysis['label']}: {analysis['grade']} ({analysis['grade_name']}), "
        f"{analysis['tier_name']}; {(card['timestamp'] or '')[:16].replace('T', ' ')} UTC"
    )


def _rows(analysis: AnalysisView) -> list[tuple[str, ...]]:
    return [
        (
            block["name"],
            f"{block['first']}-{block['last']}",
            block["outcome"],
            str(block["survivors"]),
            str(block["rounds"]),
            str(block["party_hp"]),
            str(block["monster_hp"]),
            f"{block['win_share']:.0%}",
        )
        for block in analysis["quintiles"]
    ]
