r"""What of a text would not be seen, or would forge what is seen, and how it is shown instead.

Names are data and stay as they are; wherever one is shown, control characters, bidirectional
overrides and invisible characters stand as escapes: a name with U+202E in it reads
``Ogre\u202e``. This is the only list of them: the browser is given texts that have passed
`as_shown`, and what it sends back is read with `from_shown`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

#: Inclusive ranges of code points that are always shown as an escape.
HIDDEN: tuple[tuple[int, int], ...] = (
    (0x00, 0x1F),  # C0, with tabulator and line feed: a name is one line
    (0x7F, 0x9F),  # delete, and C1
    (0xAD, 0xAD),  # soft hyphen
    (0x034F, 0x034F),  # combining grapheme joiner
    (0x061C, 0x061C),  # Arabic letter mark
    (0x115F, 0x1160),  # Hangul fillers, which look like nothing
    (0x17B4, 0x17B5),  # Khmer inherent vowels, which look like nothing
    (0x180B, 0x180F),  # Mongolian variation selectors and vowel separator
    (0x200B, 0x200B),  # zero width space
    (0x200E, 0x200F),  # left-to-right and right-to-left mark
    (0x2028, 0x202E),  # line and paragraph separator, bidirectional embeddings and overrides
    (0x2060, 0x206F),  # word joiner, invisible operators, isolates, deprecated format characters
    (0x3164, 0x3164),  # Hangul filler
    (0xD800, 0xDFFF),  # halves of a pair, which are no characters
    (0xFEFF, 0xFEFF),  # zero width no-break space
    (0xFFA0, 0xFFA0),  # halfwidth Hangul filler
    (0xFFF0, 0xFFFB),  # unassigned ignorable ones, interlinear annotation
    (0x13430, 0x1343F),  # Egyptian hieroglyph format controls
    (0x1BCA0, 0x1BCA3),  # shorthand format controls
    (0x1D173, 0x1D17A),  # musical format controls
    (0xE0000, 0xE0FFF),  # tags and variation selectors of plane 14
)
#: Zero width joiner and non-joiner, and variation selectors: shown as an escape, but for where a
#: script or an emoji needs them, which is after a character of `JOINING`.
JOINERS: tuple[tuple[int, int], ...] = ((0x200C, 0x200D), (0xFE00, 0xFE0F))
#: Scripts whose letters join (Arabic to Sinhala, Myanmar, Khmer, Mongolian), symbols and emoji, and
#: the variation selectors that may follow one.
JOINING: tuple[tuple[int, int], ...] = (
    (0x0620, 0x0DFF),
    (0x1000, 0x109F),
    (0x1780, 0x17B3),
    (0x17B6, 0x17FF),
    (0x1820, 0x18AF),
    (0x2190, 0x2BFF),
    (0x3030, 0x303D),
    (0x3297, 0x3299),
    (0xFE0F, 0xFE0F),
    (0x1F000, 0x1FAFF),
)


def _set(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


_JOINER = rf"(?<![{_set(JOINING)}])[{_set(JOINERS)}]"
_UNSEEN = re.compile(rf"[{_set(HIDDEN)}]|{_JOINER}")
_UNSEEN_IN_LINES = re.compile(rf"(?!\n)(?:{_UNSEEN.pattern})")
_ESCAPES = re.compile(r"(?:\\u[0-9a-f]{4})+")


def visible(text: str) -> str:
    r"""Return a text in one line, with everything unseen in it as an escape of JSON's kind.

    What is visible stays as it is, so that doing it twice changes nothing.

    Examples
    --------
    >>> print(visible("Ogre\u202eerif"), visible("Imp\x7f"))
    Ogre\u202eerif Imp\u007f
    """
    return _UNSEEN.sub(_escape, text)


def visible_lines(text: str) -> str:
    """Return a text of several lines with everything unseen in it as an escape; line feeds stay."""
    return _UNSEEN_IN_LINES.sub(_escape, text)


def from_shown(text: str) -> str:
    r"""Return the text that `visible` shows in this way; other escapes are text as any other.

    Examples
    --------
    >>> from_shown(r"Ogre\u202e \u0041") == "Ogre\u202e \\u0041"
    True
    """
    return _ESCAPES.sub(_read_escapes, text)


def as_shown(value: Any) -> Any:
    """Return JSON with every text in it visible, line by line; the same object if all is.

    A text that is JSON itself stays JSON, and means the same.
    """
    if isinstance(value, str):
        return value if _UNSEEN_IN_LINES.search(value) is None else visible_lines(value)
    if isinstance(value, Mapping):
        shown = {key: as_shown(each) for key, each in value.items()}
        return shown if any(shown[key] is not value[key] for key in shown) else value
    if isinstance(value, list | tuple):
        items = [as_shown(each) for each in value]
        same = all(new is old for new, old in zip(items, value, strict=True))
        return value if same else items
    return value


def _escape(found: re.Match[str]) -> str:
    return _escaped(found[0])


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")  # one, or a pair above U+FFFF
    return "".join(f"\\u{units[i : i + 2].hex()}" for i in range(0, len(units), 2))


def _read_escapes(found: re.Match[str]) -> str:
    units = bytes.fromhex(found[0].replace("\\u", ""))
    text = units.decode("utf-16-be", "surrogatepass")
    return "".join(each if _UNSEEN.fullmatch(each) else _escaped(each) for each in text)
