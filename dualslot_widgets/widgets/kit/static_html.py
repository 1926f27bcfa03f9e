"""What a saved notebook shows where there is no kernel: static HTML, and text.

Widget state is not saved with a notebook; this is. It has no script, and every name in it is text
in which everything is visible.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dualslot_widgets.words.visible import visible


class Static(NamedTuple):
    """A part of a widget as lines of text, and as HTML."""

    text: str
    html: str


def static_titled(title: str, text: str) -> Static:
    """Return a line that begins with what it is about, as with a scenario's name."""
    return Static(
        visible(f"{title}: {text}"), f"<p><strong>{_words(title)}</strong> {_words(text)}</p>"
    )


def static_line(text: str) -> Static:
    """Return a line of text, which may hold anything."""
    return Static(visible(text), f"<p>{_words(text)}</p>")


def static_lines(title: str, lines: Sequence[str]) -> Static:
    """Return a title and lines of text under it, which may hold anything."""
    shown = [visible(line) for line in lines]
    body = f"<pre>{html.escape(chr(10).join(shown))}</pre>" if lines else ""
    return Static("\n".join([visible(title), *shown]), f"<p>{_words(title)}</p>{body}")


def static_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[Static]:
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
        Static(
            "\n".join(" | ".join(line) for line in [list(head), *lines]),
            f"<table><thead><tr>{titles}</tr></thead><tbody>{body}</tbody></table>",
        )
    ]


def _words(text: str) -> str:
    return html.escape(visible(text))
