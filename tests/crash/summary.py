"""What every part of the battery tried, added up for one line each at the end of the session."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

#: By part: how many of what were tried, and how many broke the promise.
TRIED: dict[str, Counter[str]] = {}
_VIOLATIONS = "violations"
_SHOWN = 3


def report(part: str, violations: Sequence[object], **tried: int) -> None:
    """Add to the counts of a part; raises AssertionError when there are violations."""
    add(part, {**tried, _VIOLATIONS: len(violations)})
    print(line(part))
    if violations:
        shown = "\n".join(str(violation) for violation in violations[:_SHOWN])
        raise AssertionError(f"{len(violations)} violations of the promise, first:\n{shown}")


def add(part: str, counts: Mapping[str, int]) -> None:
    """Add counts of a part."""
    TRIED.setdefault(part, Counter()).update(counts)


def line(part: str) -> str:
    """Return what a part tried, its violations last."""
    counts = TRIED[part]
    tried = [f"{number:,} {what}" for what, number in counts.items() if what != _VIOLATIONS]
    return f"{part}: {', '.join(tried)}, violations {counts[_VIOLATIONS]}"
